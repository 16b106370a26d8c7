import { existsSync } from 'node:fs'
import type { Inspection } from '../artifacts/artifact.ts'
import { flattenSteps, type FittedStep } from '../artifacts/fitted-steps.ts'
import { inspectArtifact } from '../artifacts/registry.ts'
import type { ManifestFeature, ManifestPreprocessing } from '../config/manifest.ts'
import { MlcheckError } from '../core/errors.ts'
import type { Source } from '../core/evidence.ts'
import type { Collector, FactContext, FactReader } from './context.ts'
import { projectPath } from './project-files.ts'
import { readVocabulary, type Vocabulary } from './vocabulary.ts'

export type { FittedStep } from '../artifacts/fitted-steps.ts'
export type { ObjectValue } from '../artifacts/object-facts.ts'

/** A file that may hold fitted preprocessing: the model, or one that the manifest names. */
export interface StepFile {
  /** As in the manifest. */
  readonly path: string
  /**
   * `foreign`: of no format that holds objects of a known library; `unreadable`: of one, and damaged, cut
   * off or hiding its objects.
   */
  readonly state: 'read' | 'missing' | 'pointer' | 'foreign' | 'unreadable'
  /** Why it is not `read`. */
  readonly reason: string | null
  /** Every object in it, each with the columns that it sees; empty unless `read`. */
  readonly steps: readonly FittedStep[]
}

/** An entry of the manifest's `preprocessing` and the file that it is about. */
export interface DeclaredStep {
  readonly kind: ManifestPreprocessing['kind']
  readonly columns: readonly string[] | null
  readonly location: Source
  readonly file: StepFile
  /** Of an entry of the kind vocabulary; `null` for others and where it cannot be read. */
  readonly vocabulary: Vocabulary | null
}

export interface PreprocessingSteps {
  readonly declared: readonly DeclaredStep[]
  readonly model: StepFile
  /** What the manifest says of the columns that steps see. */
  readonly features: Readonly<Record<string, ManifestFeature>>
  readonly target: string | null
}

export const preprocessingSteps: Collector<PreprocessingSteps> = {
  title: 'The fitted preprocessing in the model and in the files beside it',
  async collect(key, context, facts) {
    const { path } = context.manifest.model
    const model = await modelFile(path, facts)
    const files = new Map<string, StepFile>([[path, model]])
    const declared: DeclaredStep[] = []
    for (const [index, entry] of (context.manifest.preprocessing ?? []).entries()) {
      const place = entry.path ?? path
      const file = files.get(place) ?? (await fileOf(place, context))
      files.set(place, file)
      declared.push({
        kind: entry.kind,
        columns: entry.columns ?? null,
        location: context.manifest.locate(['preprocessing', String(index)]),
        file,
        vocabulary: entry.kind === 'vocabulary' ? await vocabularyOf(place, context) : null,
      })
    }
    const { features = {}, data } = context.manifest
    const value = { declared, model, features, target: data?.target ?? null }
    return { key, state: 'present', value, source: { path } }
  },
}

async function modelFile(path: string, facts: FactReader): Promise<StepFile> {
  const fact = await facts.get('model.inspection')
  if (fact.state === 'present') return read(path, fact.value)
  const isAbsent = fact.state === 'absent'
  const reason = isAbsent ? 'it is not there' : fact.reason
  return { path, state: isAbsent ? 'missing' : 'unreadable', reason, steps: [] }
}

async function fileOf(path: string, context: FactContext): Promise<StepFile> {
  const place = projectPath(context, path)
  if (!existsSync(place)) return { path, state: 'missing', reason: 'it is not there', steps: [] }
  try {
    return read(path, await inspectArtifact(place, { now: () => performance.now() }))
  } catch (error) {
    if (!(error instanceof MlcheckError)) throw error
    return { path, state: 'unreadable', reason: error.message, steps: [] }
  }
}

function read(path: string, { kind, object, reasons, verdict }: Inspection): StepFile {
  if (object !== null) return { path, state: 'read', reason: null, steps: flattenSteps(object) }
  if (kind.endsWith('-pointer')) {
    return { path, state: 'pointer', reason: `it is a ${kind.replaceAll('-', ' ')}`, steps: [] }
  }
  // A file of weights alone, such as safetensors, has no objects to hide.
  if (verdict === 'safe') return { path, state: 'read', reason: null, steps: [] }
  if (kind === 'unknown') {
    return { path, state: 'foreign', reason: 'its format is not known', steps: [] }
  }
  const [first] = reasons
  const reason = first === undefined ? `no object in it is understood (${kind})` : first.code
  return { path, state: 'unreadable', reason, steps: [] }
}

async function vocabularyOf(path: string, context: FactContext): Promise<Vocabulary | null> {
  try {
    return await readVocabulary(projectPath(context, path))
  } catch {
    // That it is not there, or why it cannot be read, is told of the file.
    return null
  }
}
