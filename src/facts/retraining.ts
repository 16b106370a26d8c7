import { realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ArtifactKind, Inspection } from '../artifacts/artifact.ts'
import { inspectArtifact } from '../artifacts/registry.ts'
import type { ManifestCommand } from '../config/manifest.ts'
import { isInside } from '../config/repository.ts'
import { InputError, InterruptedError } from '../core/errors.ts'
import { DEFAULT_LIMITS, type CommandResult } from '../runner/command.ts'
import { predict, type PredictProblem } from '../runner/predict.ts'
import { removeFolder } from '../runner/remove-folder.ts'
import { lastLines, pathsHidden } from '../runner/said.ts'
import { digestArtifact, type ArtifactFiles } from './artifact-digest.ts'
import { comparePredictions, type PredictionAgreement } from './compare-predictions.ts'
import type { Collector, FactContext } from './context.ts'
import { changedInputs } from './input-digests.ts'
import type { ModelArtifact } from './model-artifact.ts'
import { predictSample } from './predict-sample.ts'
import { absentBlock, notAllowed } from './project-files.ts'
import { compareModels, type ParameterAgreement } from './retraining-parameters.ts'

/** The training command, run once more, and what it gave held against the released model. */
export interface Retraining {
  /** The released model, as in the manifest. */
  readonly model: string
  readonly task: string
  readonly outcome: RetrainingOutcome
  /** Files that the audit reads and that are not what they were before the first command. */
  readonly changedInputs: readonly string[]
}

export type RetrainingOutcome =
  /** No model came of it. */
  | { readonly kind: 'failed'; readonly problem: PredictProblem }
  | { readonly kind: 'identical' }
  | {
      readonly kind: 'other-format'
      readonly released: ArtifactKind
      readonly retrained: ArtifactKind
    }
  | {
      readonly kind: 'compared'
      readonly parameters: ParameterAgreement
      readonly predictions: RetrainedPredictions
    }

export type RetrainedPredictions =
  /** The predict command takes no `{model}`, or there is no row to ask about. */
  | { readonly kind: 'not-asked' }
  | {
      readonly kind: 'failed'
      readonly model: 'released' | 'retrained'
      readonly problem: PredictProblem
    }
  | {
      readonly kind: 'compared'
      readonly data: string
      readonly agreement: PredictionAgreement
    }

const DEFAULT_TIMEOUT_MS = 10 * 60_000

export const retraining: Collector<Retraining> = {
  title: 'Whether the training command gives the released model again',
  async collect(key, context, facts) {
    const command = context.manifest.commands?.train
    if (command === undefined) return absentBlock(key, context, 'commands.train')
    const source = context.manifest.locate(['commands', 'train'])
    if (!context.permission.run) return notAllowed(key, source)
    const artifact = await facts.get('model.artifact')
    if (artifact.state !== 'present') return { ...artifact, key }
    const { value: released } = artifact
    const [pointer] = released.pointers
    if (pointer !== undefined) {
      return {
        key,
        state: 'unreadable',
        reason: `${pointer.path} is a pointer to the released model, not the model`,
        source: artifact.source,
        remedy: 'Fetch the model before the audit.',
      }
    }
    const inspection = await facts.get('model.inspection')
    const before = await facts.get('inputs.digests')
    const value: Retraining = {
      model: released.path,
      task: context.manifest.model.task,
      outcome: await trainAgain(
        { command, released, inspection: inspection.state === 'present' ? inspection.value : null },
        context,
      ),
      changedInputs: await changedInputs(before, context),
    }
    return { key, state: 'present', value, source }
  },
}

interface Training {
  readonly command: ManifestCommand
  readonly released: ModelArtifact
  /** `null` for a released model of no format that can be read as data. */
  readonly inspection: Inspection | null
}

async function trainAgain(training: Training, context: FactContext): Promise<RetrainingOutcome> {
  const { command, released } = training
  const { runner } = context
  const folder = await realpath(await runner.temporaryFolder())
  // Formats are told by content and, where two would fit, by the name; so the name stays the same.
  const output = join(folder, basename(released.path))
  const timeoutMs = command.timeout ?? DEFAULT_TIMEOUT_MS
  const run = await runner.run({
    line: command.run,
    placeholders: { '{output}': output },
    environment: { PYTHONHASHSEED: '0' },
    limits: { timeoutMs, fileBytes: Math.max(DEFAULT_LIMITS.fileBytes, 2 * released.bytes) },
  })
  const clean = pathsHidden(folder, runner)
  const problem = endProblem(run, timeoutMs, clean)
  const outcome: RetrainingOutcome =
    problem === undefined
      ? await compareOutput(output, training, context)
      : { kind: 'failed', problem }
  await removeFolder(folder)
  return outcome
}

/** @param clean - takes this machine's paths out of what the program says. */
function endProblem(
  { end, stdout, stderr }: CommandResult,
  timeoutMs: number,
  clean: (text: string) => string,
): PredictProblem | undefined {
  const said = clean(lastLines(stderr.text))
  switch (end.kind) {
    case 'exited':
      if (end.exitCode === 0) return undefined
      return { code: 'TRAINING_EXITED', args: { exitCode: end.exitCode, stderr: said } }
    case 'signalled':
      return { code: 'TRAINING_SIGNALLED', args: { signal: end.signal, stderr: said } }
    case 'timed-out':
      return { code: 'TRAINING_TIMED_OUT', args: { seconds: timeoutMs / 1000, stderr: said } }
    case 'flooded':
      return { code: 'TRAINING_FLOODED', args: { bytes: stdout.bytes + stderr.bytes } }
    case 'not-started':
      return { code: 'TRAINING_NOT_STARTED', args: { reason: end.reason } }
    case 'aborted':
      throw new InterruptedError()
  }
}

async function compareOutput(
  output: string,
  { released, inspection }: Training,
  context: FactContext,
): Promise<RetrainingOutcome> {
  const unreadable = (reason: string): RetrainingOutcome => ({
    kind: 'failed',
    problem: { code: 'TRAINING_OUTPUT_UNREADABLE', args: { reason } },
  })
  try {
    const files = await digestArtifact(output)
    if (files === undefined) {
      return { kind: 'failed', problem: { code: 'TRAINING_OUTPUT_MISSING', args: {} } }
    }
    if (files.bytes === 0) return unreadable('it is empty')
    if (await leadsAway(output, files)) return unreadable('it is a link to another place')
    if (files.sha256 === released.sha256) return { kind: 'identical' }

    const retrained =
      inspection === null
        ? null
        : await inspectArtifact(output, {
            now: () => performance.now(),
            policy: context.globalPolicy,
          })
    if (retrained !== null && inspection !== null) {
      if (retrained.kind !== inspection.kind) {
        return { kind: 'other-format', released: inspection.kind, retrained: retrained.kind }
      }
      if (retrained.object === null && inspection.object !== null) {
        const codes = retrained.reasons.map(({ code }) => code)
        return unreadable(`nothing of it is understood (${codes.join(', ')})`)
      }
    }
    return {
      kind: 'compared',
      parameters: compareModels(inspection, retrained),
      predictions: await askBoth(output, context),
    }
  } catch (error) {
    if (error instanceof InputError) return unreadable(error.message)
    // A folder that may not be entered, or a file that goes while it is read.
    if (error instanceof Error && 'syscall' in error) return unreadable('it cannot be opened')
    throw error
  }
}

/** A link to the released model would be equal to it, and trained by nobody. */
async function leadsAway(output: string, { kind, paths }: ArtifactFiles): Promise<boolean> {
  const folder = kind === 'directory' ? output : dirname(output)
  for (const path of paths) {
    if (!isInside(dirname(output), await realpath(join(folder, path)))) return true
  }
  return false
}

/** Asks about the same rows with the released model and with the one that was trained again. */
async function askBoth(output: string, context: FactContext): Promise<RetrainedPredictions> {
  const { predict: command } = context.manifest.commands ?? {}
  const takesModel = command?.run.some((argument) => argument.includes('{model}')) === true
  if (!takesModel) return { kind: 'not-asked' }
  const sample = await predictSample('reproducibility.retraining', context)
  if ('state' in sample || sample.request.ids.length === 0) return { kind: 'not-asked' }
  const { request, data } = sample
  const first = await predict(context.runner, request)
  if (first.kind === 'failed') {
    return { kind: 'failed', model: 'released', problem: first.problem }
  }
  const second = await predict(context.runner, { ...request, model: output })
  if (second.kind === 'failed') {
    return { kind: 'failed', model: 'retrained', problem: second.problem }
  }
  const agreement = comparePredictions(first.predictions, second.predictions)
  return { kind: 'compared', data, agreement }
}
