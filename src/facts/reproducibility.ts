import { createRandom } from '../stats/random.ts'
import {
  predict,
  type PredictProblem,
  type PredictRequest,
  type PredictResult,
  type Predictions,
} from '../runner/predict.ts'
import type { Runner } from '../runner/runner.ts'
import { comparePredictions, type PredictionAgreement } from './compare-predictions.ts'
import type { Collector, FactContext } from './context.ts'
import { changedInputs } from './input-digests.ts'
import { predictSample, withRows } from './predict-sample.ts'

/** What changes between the first run and the one that is compared with it. */
export const VARIATIONS = [
  'repeated',
  'fresh-ids',
  'shuffled-rows',
  'single-rows',
  'hash-seed',
  'one-thread',
  'many-threads',
] as const
export type Variation = (typeof VARIATIONS)[number]

export interface VariedRun {
  readonly variation: Variation
  readonly outcome:
    | { readonly kind: 'compared'; readonly agreement: PredictionAgreement }
    | { readonly kind: 'failed'; readonly problem: PredictProblem }
}

/** The predict command, run again and again on the same rows. */
export interface ReproducibilityRuns {
  readonly data: string
  readonly rows: number
  readonly task: string
  /** The columns of the first answer that were compared. */
  readonly columns: readonly string[]
  /** Files that the audit reads and that are not what they were before the first command. */
  readonly changedInputs: readonly string[]
  /** Set when the very first run gave no usable answer; then nothing is compared. */
  readonly firstProblem: PredictProblem | undefined
  readonly runs: readonly VariedRun[]
}

/** One process each, and starting a Python process takes seconds. */
const SINGLE_ROWS = 8

const THREAD_VARIABLES = [
  'OMP_NUM_THREADS',
  'OPENBLAS_NUM_THREADS',
  'MKL_NUM_THREADS',
  'NUMEXPR_NUM_THREADS',
  'VECLIB_MAXIMUM_THREADS',
]
const threads = (count: number) =>
  Object.fromEntries(THREAD_VARIABLES.map((name) => [name, String(count)]))

export const reproducibility: Collector<ReproducibilityRuns> = {
  title: 'Whether the predict command gives the same predictions again',
  async collect(key, context, facts) {
    const sample = await predictSample(key, context)
    if ('state' in sample) return sample
    const before = await facts.get('inputs.digests')
    const value: ReproducibilityRuns = {
      ...(await runAll(sample.request, context)),
      data: sample.data,
      changedInputs: await changedInputs(before, context),
    }
    return { key, state: 'present', value, source: sample.source }
  },
}

async function runAll(
  request: PredictRequest,
  context: FactContext,
): Promise<Omit<ReproducibilityRuns, 'data' | 'changedInputs'>> {
  const { runner, manifest } = context
  const first = await predict(runner, request)
  const shared = { rows: request.ids.length, task: manifest.model.task }
  if (first.kind === 'failed') {
    return { ...shared, columns: [], firstProblem: first.problem, runs: [] }
  }
  const runs: VariedRun[] = []
  for (const variation of VARIATIONS) {
    const result = await runVariation(variation, request, context)
    const outcome: VariedRun['outcome'] =
      result.kind === 'failed'
        ? { kind: 'failed', problem: result.problem }
        : {
            kind: 'compared',
            agreement: comparePredictions(first.predictions, result.predictions),
          }
    runs.push({ variation, outcome })
  }
  return { ...shared, columns: first.predictions.columns, firstProblem: undefined, runs }
}

function runVariation(
  variation: Variation,
  request: PredictRequest,
  { runner, seed }: FactContext,
): Promise<PredictResult> {
  const { environment = {} } = request
  switch (variation) {
    case 'repeated':
      return predict(runner, request)
    case 'fresh-ids':
      return predictUnderIds(runner, request, freshIds(request, seed))
    case 'shuffled-rows': {
      const rows = shuffled(request, seed)
      return predictUnderIds(runner, rows, positions(rows))
    }
    case 'single-rows':
      return predictOneByOne(request, (one) => predictUnderIds(runner, one, positions(one)))
    case 'hash-seed':
      return predict(runner, {
        ...request,
        environment: { ...environment, PYTHONHASHSEED: '4242' },
      })
    case 'one-thread':
      return predict(runner, { ...request, environment: { ...environment, ...threads(1) } })
    case 'many-threads':
      return predict(runner, { ...request, environment: { ...environment, ...threads(4) } })
  }
}

/**
 * Ids that the first run did not have, in no order: an answer that depends on its id, or is looked up by
 * it, differs.
 */
function freshIds({ ids }: PredictRequest, seed: number): readonly string[] {
  const beyond = Math.max(0, ...ids.map(Number)) + 1
  const order = ids.map((_, index) => index)
  createRandom(seed).fork('fresh-ids').shuffle(order)
  return order.map((place) => String(beyond + place))
}

function positions({ ids }: PredictRequest): readonly string[] {
  return ids.map((_, index) => String(index))
}

/** Asks about the same rows under other ids, and gives the answer under the ids of the request. */
async function predictUnderIds(
  runner: Runner,
  request: PredictRequest,
  ids: readonly string[],
): Promise<PredictResult> {
  const result = await predict(runner, { ...request, ids })
  if (result.kind === 'failed') return result
  const { columns, rows } = result.predictions
  const restored = new Map(
    request.ids.map((id, index) => [id, rows.get(ids[index] ?? '') ?? []] as const),
  )
  return { kind: 'predicted', predictions: { columns, rows: restored } }
}

function shuffled(request: PredictRequest, seed: number): PredictRequest {
  const order = request.ids.map((_, index) => index)
  createRandom(seed).fork('shuffled-rows').shuffle(order)
  return withRows(request, order)
}

async function predictOneByOne(
  request: PredictRequest,
  ask: (one: PredictRequest) => Promise<PredictResult>,
): Promise<PredictResult> {
  const step = Math.max(1, Math.floor(request.ids.length / SINGLE_ROWS))
  const rows = new Map<string, readonly string[]>()
  let columns: Predictions['columns'] = []
  for (let at = 0; at < request.ids.length && rows.size < SINGLE_ROWS; at += step) {
    const answer = await ask(withRows(request, [at]))
    if (answer.kind === 'failed') return answer
    columns = answer.predictions.columns
    for (const [id, cells] of answer.predictions.rows) rows.set(id, cells)
  }
  return { kind: 'predicted', predictions: { columns, rows } }
}
