import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { GradedFinding } from '../../core/finding.ts'
import type { Inspection, Producer } from '../artifact.ts'
import { inspected, type Found } from '../inspection.ts'
import { jsonValue } from '../json/object-value.ts'
import { member, textMember } from '../json/read-json.ts'
import type { ObjectStep, ObjectValue } from '../object-facts.ts'
import { folderFiles } from './folder-files.ts'
import { readYaml, signatureOf } from './model-file.ts'

/** Inspects a file inside the folder; `unknown` for what is no model file. */
export type InspectFile = (path: string) => Promise<Inspection>

/** Files that describe the model, and that loading it does not run. */
const DESCRIPTIONS = new Set(['.txt', '.yaml', '.yml', '.json', '.md', '.csv', '.png', '.html', ''])
const MODEL_FILE = 'MLmodel'
const CODE = new Set(['.py', '.pyc', '.so', '.pyd', '.egg', '.whl', '.zip'])

/**
 * What an MLflow model folder says: flavours, signature, environment; and every model file in it.
 *
 * @param folder - absolute.
 * @param inspectFile - reads a file of the folder.
 * @returns the gravest verdict of its files; inconclusive besides where the folder brings Python code or
 *   a loader of its own, since loading the model runs it.
 * Source: MLflow 3, "MLflow Models", storage format.
 */
export function inspectMlflow(folder: string, inspectFile: InspectFile): Promise<Inspection> {
  return inspected('mlflow', async () => {
    const model = await readYaml(join(folder, MODEL_FILE), MODEL_FILE)
    const files = await folderFiles(folder)
    const inner = await readFiles(folder, files, inspectFile)
    const reasons = [...ownCode(model, files), ...lostFiles(model, files), ...inner.reasons]
    const version = textMember(model, 'mlflow_version') ?? null
    const inputs = signatureOf(model, 'inputs')
    return {
      reasons,
      globals: inner.globals,
      producers: [{ library: 'mlflow', version }, ...inner.producers],
      object: {
        kind: 'object',
        class: 'mlflow.models.Model',
        fitted: null,
        features: inputs?.names ?? null,
        featureCount: inputs?.names?.length ?? null,
        parameters: {
          flavors: jsonValue(member(model, 'flavors') ?? null),
          inputs: inputs?.columns ?? null,
          outputs: signatureOf(model, 'outputs')?.columns ?? null,
          run_id: textMember(model, 'run_id') ?? null,
          model_uuid: textMember(model, 'model_uuid') ?? null,
          ...(await environment(folder, files)),
        },
        steps: inner.steps,
      },
    }
  })
}

async function readFiles(
  folder: string,
  files: readonly string[],
  inspectFile: InspectFile,
): Promise<
  Required<Pick<Found, 'reasons' | 'globals' | 'producers'>> & {
    readonly steps: readonly ObjectStep[]
  }
> {
  const reasons: GradedFinding[] = []
  const globals: string[] = []
  const producers: Producer[] = []
  const steps: ObjectStep[] = []
  for (const path of files) {
    if (path === MODEL_FILE || CODE.has(extname(path))) continue
    const found = await inspectFile(join(folder, path))
    if (found.kind === 'unknown' && DESCRIPTIONS.has(extname(path))) continue
    for (const reason of found.reasons) reasons.push({ ...reason, location: { path } })
    for (const global of found.globals) globals.push(global)
    for (const producer of found.producers) producers.push(producer)
    const { object } = found
    if (object !== null) steps.push({ name: path, role: 'part', columns: null, object })
  }
  return { reasons, globals, producers, steps }
}

/** Loading imports the loader, and what lies in the folder of code. */
function ownCode(model: unknown, files: readonly string[]): readonly GradedFinding[] {
  const code = files.filter((path) => CODE.has(extname(path)))
  const loader = textMember(member(member(model, 'flavors'), 'python_function'), 'loader_module')
  const findings: GradedFinding[] = []
  if (code.length > 0) {
    findings.push({ code: 'MLFLOW_CODE', severity: 'inconclusive', args: { files: code } })
  }
  if (loader !== undefined && !loader.startsWith('mlflow.')) {
    findings.push({ code: 'MLFLOW_LOADER', severity: 'inconclusive', args: { module: loader } })
  }
  return findings
}

/** Under these names flavours say which file or folder holds the model. */
const FILE_KEYS = ['data', 'model_path', 'model_data', 'pickled_model', 'python_model'] as const

function lostFiles(model: unknown, files: readonly string[]): readonly GradedFinding[] {
  const flavors = Object.values(
    (member(model, 'flavors') ?? {}) as Readonly<Record<string, unknown>>,
  )
  const named = flavors.flatMap((flavor) =>
    FILE_KEYS.flatMap((key) => textMember(flavor, key) ?? []),
  )
  const lost = [...new Set(named)].filter(
    (name) => !files.some((path) => path === name || path.startsWith(`${name}/`)),
  )
  return lost
    .sort()
    .map((file) => ({ code: 'ARTIFACT_FILE_MISSING', severity: 'inconclusive', args: { file } }))
}

async function environment(
  folder: string,
  files: readonly string[],
): Promise<Readonly<Record<string, ObjectValue>>> {
  const found: [string, ObjectValue][] = []
  if (files.includes('requirements.txt')) {
    const text = await readFile(join(folder, 'requirements.txt'), 'utf8')
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
    found.push(['requirements', lines])
  }
  for (const name of ['conda', 'python_env'] as const) {
    if (!files.includes(`${name}.yaml`)) continue
    found.push([name, jsonValue(await readYaml(join(folder, `${name}.yaml`), `${name}.yaml`))])
  }
  return Object.fromEntries(found)
}
