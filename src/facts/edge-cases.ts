import type { ManifestFeature } from '../config/manifest.ts'
import type { PredictProblem, Predictions } from '../runner/predict.ts'
import { startWorker, type WorkerAnswer, type WorkerRow } from '../runner/worker.ts'
import { comparePredictions, type PredictionAgreement } from './compare-predictions.ts'
import type { Collector, FactContext } from './context.ts'
import { edgeCaseInputs, type EdgeCaseInput, type EdgeCaseKind } from './edge-case-inputs.ts'
import { changedInputs } from './input-digests.ts'
import { workerSample, type WorkerSample } from './worker-sample.ts'

/** What the worker does with rows that the test data does not hold. */
export interface EdgeCases {
  readonly data: string
  readonly rows: number
  /** What is declared of the features: it says which behaviour is expected. */
  readonly declared: Readonly<Record<string, ManifestFeature>>
  /** Why not even real rows are answered; then nothing else was asked. */
  readonly firstProblem: PredictProblem | undefined
  readonly cases: readonly EdgeCase[]
  /** Cases that were not asked because the worker had ended too often. */
  readonly notAsked: number
  readonly closeProblem: PredictProblem | undefined
  readonly changedInputs: readonly string[]
}

export interface EdgeCase {
  readonly kind: EdgeCaseKind
  readonly feature: string | null
  readonly behaviour: EdgeBehaviour
}

export type EdgeBehaviour =
  | {
      readonly kind: 'predict'
      /** How far the answer agrees with that to the same rows alone, where it must. */
      readonly agreement: PredictionAgreement | undefined
    }
  | { readonly kind: 'reject' | 'fallback' }
  | { readonly kind: 'problem'; readonly problem: PredictProblem }

/** Rows of a batch; each is also asked alone. */
const BATCH_ROWS = 8

/** A worker that ends at a case is started again, but a Python process takes seconds to start. */
const STARTS = 8

export const edgeCases: Collector<EdgeCases> = {
  title: 'What the worker does with rows at the edge',
  async collect(key, context, facts) {
    const asked = await workerSample(key, context)
    if ('state' in asked) return asked
    const before = await facts.get('inputs.digests')
    const value: EdgeCases = {
      ...(await askAll(asked, context)),
      data: asked.sample.data,
      rows: asked.rows.length,
      declared: context.manifest.features ?? {},
      changedInputs: await changedInputs(before, context),
    }
    return { key, state: 'present', value, source: asked.source }
  },
}

type Asked = Pick<EdgeCases, 'firstProblem' | 'cases' | 'notAsked' | 'closeProblem'>

async function askAll(
  { request, rows, sample }: WorkerSample,
  { runner, manifest }: FactContext,
): Promise<Asked> {
  const nothing: Asked = {
    firstProblem: undefined,
    cases: [],
    notAsked: 0,
    closeProblem: undefined,
  }
  if (rows.length === 0) return nothing
  const real = fullest(rows).slice(0, BATCH_ROWS)
  let worker = await startWorker(runner, request)
  let starts = 1
  const ask = async (askedRows: readonly WorkerRow[]): Promise<WorkerAnswer | undefined> => {
    if (worker.isBroken()) {
      await worker.close()
      if (starts === STARTS) return undefined
      worker = await startWorker(runner, request)
      starts += 1
    }
    return worker.ask(askedRows)
  }
  const alone: Predictions[] = []
  for (const row of real) {
    const answer = await worker.ask([row])
    if (answer.kind === 'predicted') {
      alone.push(answer.predictions)
      continue
    }
    await worker.close()
    return { ...nothing, firstProblem: problemOf(answer) }
  }
  const inputs = edgeCaseInputs({
    rows: real,
    declared: manifest.features ?? {},
    typeOf: sample.typeOf,
  })
  const cases: EdgeCase[] = []
  for (const { kind, feature, rows: askedRows, alike } of inputs) {
    const answer = await ask(askedRows)
    if (answer === undefined) break
    const behaviour = behaviourOf(answer, alike, alone)
    cases.push({ kind, feature: feature ?? null, behaviour })
  }
  const closeProblem = await worker.close()
  return { ...nothing, cases, notAsked: inputs.length - cases.length, closeProblem }
}

function fullest(rows: readonly WorkerRow[]): readonly WorkerRow[] {
  const gaps = (row: WorkerRow) => Object.values(row).filter((value) => value === null).length
  return [...rows].sort((a, b) => gaps(a) - gaps(b))
}

function problemOf(answer: Exclude<WorkerAnswer, { readonly kind: 'predicted' }>): PredictProblem {
  if (answer.kind === 'failed') return answer.problem
  return { code: 'EDGE_REAL_ROW_REFUSED', args: { ...answer.error } }
}

function behaviourOf(
  answer: WorkerAnswer,
  alike: EdgeCaseInput['alike'],
  alone: readonly Predictions[],
): EdgeBehaviour {
  switch (answer.kind) {
    case 'failed':
      return { kind: 'problem', problem: answer.problem }
    case 'declared':
      return { kind: answer.error.kind === 'rejected' ? 'reject' : 'fallback' }
    case 'predicted': {
      const agreement =
        alike === undefined
          ? undefined
          : comparePredictions(together(alone, alike), answer.predictions)
      return { kind: 'predict', agreement }
    }
  }
}

/** The answers to single rows as if they had been asked together. */
function together(alone: readonly Predictions[], order: readonly number[]): Predictions {
  const rows = order.map((from, at) => [String(at), alone[from]?.rows.get('0') ?? []] as const)
  return { columns: alone[0]?.columns ?? [], rows: new Map(rows) }
}
