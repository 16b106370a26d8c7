import type { Fact } from '../core/fact.ts'
import type { Manifest, ManifestCommand } from '../config/manifest.ts'
import { DEFAULT_MISSING } from '../readers/csv-dialect.ts'
import { DEFAULT_LIMITS } from '../runner/command.ts'
import type { TextTable } from '../runner/exchange-csv.ts'
import type { AnswerRules, PredictRequest } from '../runner/predict.ts'
import { createRandom } from '../stats/random.ts'
import type { FactContext } from './context.ts'
import { openDataSnapshots, type DataSnapshot } from './data-snapshots.ts'
import { absentBlock } from './project-files.ts'
import { readSample, sampleRowNumbers } from './sample-rows.ts'

/** A predict command that may run, with some rows of the project's own data to ask it about. */
export interface PredictSample {
  readonly request: PredictRequest
  /** The table that the rows are from, as in the manifest. */
  readonly data: string
  readonly source: Extract<Fact<unknown>, { readonly state: 'present' }>['source']
}

/** Enough rows to meet rare branches of a model, few enough for a slow one. */
const SAMPLE_ROWS = 200

/**
 * A seeded sample of the data that the predict command is asked about, rows the model has not learned
 * from first, or the fact that there is no command, no permission or no data.
 */
export async function predictSample(
  key: string,
  context: FactContext,
): Promise<PredictSample | Exclude<Fact<never>, { readonly state: 'present' }>> {
  const command = context.manifest.commands?.predict
  if (command === undefined) return absentBlock(key, context, 'commands.predict')
  const source = context.manifest.locate(['commands', 'predict'])
  if (!context.permission.run) {
    return {
      key,
      state: 'unreadable',
      reason: 'commands of the manifest were not allowed to run',
      source,
      remedy:
        'Pass --allow-run, or set `run: {allow: true}` in the mlcheck.yaml of the repository.',
    }
  }
  const data = preferred(await openDataSnapshots(context))
  if (data === undefined) return absentBlock(key, context, 'data')
  return { request: await prepare(command, data, context), data: data.path, source }
}

function preferred(snapshots: readonly DataSnapshot[]): DataSnapshot | undefined {
  const order = ['test', 'validation', 'reference', 'train'] as const
  return order
    .map((role) => snapshots.find(({ roles }) => roles.includes(role)))
    .find((data) => data !== undefined)
}

async function prepare(
  command: ManifestCommand,
  { snapshot }: DataSnapshot,
  { manifest, seed }: FactContext,
): Promise<PredictRequest> {
  const { target, key, time, exploration } = manifest.data ?? {}
  const declared = Object.keys(manifest.features ?? {})
  const present = snapshot.fields.map(({ name }) => name)
  const features =
    declared.length > 0
      ? declared.filter((name) => present.includes(name))
      : present.filter((name) => ![target, key, time, exploration].includes(name))
  const random = createRandom(seed).fork('reproducibility')
  const rowNumbers = sampleRowNumbers(snapshot.rowCount, SAMPLE_ROWS, random)
  return {
    line: command.run,
    timeoutMs: command.timeout ?? DEFAULT_LIMITS.timeoutMs,
    table: await readSample(snapshot, features, rowNumbers),
    ids: Array.from(rowNumbers, String),
    environment: { PYTHONHASHSEED: '0' },
    rules: rulesOf(manifest),
  }
}

function rulesOf({ model, predictions = {} }: Manifest): AnswerRules {
  return {
    numericPredictions: ['regression', 'ranking'].includes(model.task),
    scoresAreShares: model.task.endsWith('classification'),
    needsScore: Object.values(predictions).some(({ score }) => score !== undefined),
    missing: DEFAULT_MISSING,
  }
}

/** The same request about some of its rows, in the given order. */
export function withRows(request: PredictRequest, order: readonly number[]): PredictRequest {
  const { columns, rows } = request.table
  const table: TextTable = { columns, rows: order.map((index) => rows[index] ?? []) }
  return { ...request, table, ids: order.map((index) => request.ids[index] ?? '') }
}
