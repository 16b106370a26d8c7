import type { Fact } from '../core/fact.ts'
import type { Manifest, ManifestCommand } from '../config/manifest.ts'
import { DEFAULT_MISSING } from '../readers/csv-dialect.ts'
import { DEFAULT_LIMITS } from '../runner/command.ts'
import type { TextTable } from '../runner/exchange-csv.ts'
import type { AnswerRules, PredictRequest } from '../runner/predict.ts'
import type { FactContext } from './context.ts'
import { featureSample, type FeatureSample } from './feature-sample.ts'
import { absentBlock, notAllowed, projectPath } from './project-files.ts'

/** A predict command that may run, with some rows of the project's own data to ask it about. */
export interface PredictSample {
  readonly request: PredictRequest
  /** The table that the rows are from, as in the manifest. */
  readonly data: string
  readonly typeOf: FeatureSample['typeOf']
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
  if (!context.permission.run) return notAllowed(key, source)
  const sample = await featureSample(context, SAMPLE_ROWS)
  if (sample === undefined) return absentBlock(key, context, 'data')
  const { data, typeOf } = sample
  return { request: requestOf(command, sample, context), data, typeOf, source }
}

function requestOf(
  command: ManifestCommand,
  { table, rowNumbers }: FeatureSample,
  context: FactContext,
): PredictRequest {
  return {
    line: command.run,
    timeoutMs: command.timeout ?? DEFAULT_LIMITS.timeoutMs,
    table,
    ids: Array.from(rowNumbers, String),
    environment: { PYTHONHASHSEED: '0' },
    model: projectPath(context, context.manifest.model.path),
    rules: rulesOf(context.manifest),
  }
}

/** What an answer about this model must be. */
export function rulesOf({ model, predictions = {} }: Manifest): AnswerRules {
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
