import { createRandom } from '../stats/random.ts'
import {
  predict,
  type PredictProblem,
  type PredictRequest,
  type PredictResult,
  type Predictions,
} from '../runner/predict.ts'
import { comparePredictions, type PredictionAgreement } from './compare-predictions.ts'
import type { Collector, FactContext } from './context.ts'
import { predictSample, withRows } from './predict-sample.ts'

/** What changes between the first run and the one that is compared with it. */
export const VARIATIONS = [
  'repeated',
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
  async collect(key, context) {
    const sample = await predictSample(key, context)
    if ('state' in sample) return sample
    const value = await runAll(sample.request, context)
    return { key, state: 'present', value: { ...value, data: sample.data }, source: sample.source }
  },
}

async function runAll(
  request: PredictRequest,
  context: FactContext,
): Promise<Omit<ReproducibilityRuns, 'data'>> {
  const { runner, manifest } = context
  const first = await predict(runner, request)
  const shared = { rows: request.ids.length, task: manifest.model.task }
  if (first.kind === 'failed') return { ...shared, firstProblem: first.problem, runs: [] }
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
  return { ...shared, firstProblem: undefined, runs }
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
    case 'shuffled-rows':
      return predict(runner, shuffled(request, seed))
    case 'single-rows':
      return predictOneByOne(request, (one) => predict(runner, one))
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
