import type { Collector } from './context.ts'
import { changedInputs } from './input-digests.ts'
import { predictSample } from './predict-sample.ts'
import { runOnPredictions, type PredictionsRun } from './predictions-run.ts'

/** What a freshly loaded model says of rows whose predictions are stored, in one process after another. */
export interface StoredPredictionRuns {
  readonly split: string
  /** The file of the stored predictions. */
  readonly file: string
  readonly runs: readonly PredictionsRun[]
  readonly changedInputs: readonly string[]
}

/** A model that only loads where its caches are warm shows it the second time, or the first. */
const RUNS = 2

export const storedPredictions: Collector<StoredPredictionRuns> = {
  title: 'Whether the loaded model gives the stored predictions',
  async collect(key, context, facts) {
    const predictions = await facts.get('predictions')
    if (predictions.state !== 'present') return predictions
    const sample = await predictSample(key, context)
    if ('state' in sample) return sample
    const tables = predictions.value
    const table = tables.find(({ split }) => split === 'test') ?? tables[0]
    if (table === undefined) throw new TypeError('a present fact has a split')
    const before = await facts.get('inputs.digests')
    const runs: PredictionsRun[] = []
    for (let run = 0; run < RUNS; run++) runs.push(await runOnPredictions(table, context))
    const value = {
      split: table.split,
      file: table.source.path,
      runs,
      changedInputs: await changedInputs(before, context),
    }
    return { key, state: 'present', value, source: table.source }
  },
}
