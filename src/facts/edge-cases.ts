import type { ManifestFeature } from '../config/manifest.ts'
import type { PredictProblem, Predictions } from '../runner/predict.ts'
import { startWorker, type WorkerAnswer, type WorkerRow } from '../runner/worker.ts'
import { comparePredictions } from './compare-predictions.ts'
import type { Collector, FactContext } from './context.ts'
import {
  fullest,
  NOTHING_ASKED,
  together,
  type AskedCases,
  type EdgeBehaviour,
  type EdgeCase,
} from './edge-behaviour.ts'
import { edgeCaseInputs, type EdgeCaseInput } from './edge-case-inputs.ts'
import { askPredictCommand } from './edge-cases-predict.ts'
import { changedInputs } from './input-digests.ts'
import { predictSample } from './predict-sample.ts'
import { workerSample, type WorkerSample } from './worker-sample.ts'

/** What the model does with rows that the test data does not hold. */
export interface EdgeCases extends AskedCases {
  /** What was asked: a predict command is started anew for every question. */
  readonly over: 'worker' | 'predict'
  readonly data: string
  readonly rows: number
  /** What is declared of the features: it says which behaviour is expected. */
  readonly declared: Readonly<Record<string, ManifestFeature>>
  readonly changedInputs: readonly string[]
}

/** Rows of a batch; each is also asked alone. */
const BATCH_ROWS = 8

/** A worker that ends at a case is started again, but a Python process takes seconds to start. */
const STARTS = 8

export const edgeCases: Collector<EdgeCases> = {
  title: 'What the model does with rows at the edge',
  async collect(key, context, facts) {
    const asked = await workerSample(key, context)
    if (!('state' in asked)) {
      const before = await facts.get('inputs.digests')
      const value: EdgeCases = {
        ...(await askWorker(asked, context)),
        over: 'worker',
        data: asked.sample.data,
        rows: asked.rows.length,
        declared: context.manifest.features ?? {},
        changedInputs: await changedInputs(before, context),
      }
      return { key, state: 'present', value, source: asked.source }
    }
    const { worker, predict } = context.manifest.commands ?? {}
    if (worker !== undefined || predict === undefined) return asked
    const sample = await predictSample(key, context)
    if ('state' in sample) return sample
    const before = await facts.get('inputs.digests')
    const value: EdgeCases = {
      ...(await askPredictCommand(sample, context)),
      over: 'predict',
      data: sample.data,
      rows: sample.request.ids.length,
      declared: context.manifest.features ?? {},
      changedInputs: await changedInputs(before, context),
    }
    return { key, state: 'present', value, source: sample.source }
  },
}

async function askWorker(
  { request, rows, sample }: WorkerSample,
  { runner, manifest }: FactContext,
): Promise<AskedCases> {
  if (rows.length === 0) return NOTHING_ASKED
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
    return { ...NOTHING_ASKED, firstProblem: problemOf(answer) }
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
  return { ...NOTHING_ASKED, cases, notAsked: inputs.length - cases.length, closeProblem }
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
    case 'declared': {
      const kind = answer.error.kind === 'rejected' ? 'reject' : 'fallback'
      return { kind, isUncaught: false }
    }
    case 'predicted': {
      const agreement =
        alike === undefined
          ? undefined
          : comparePredictions(together(alone, alike), answer.predictions)
      return { kind: 'predict', agreement }
    }
  }
}
