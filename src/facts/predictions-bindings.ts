import type { Collector } from './context.ts'
import { repeatsLabels } from './predictions-run.ts'
import type { PredictionsBinding } from './recomputed-metrics.ts'

export const predictionsBindings: Collector<readonly PredictionsBinding[]> = {
  title: 'What ties the predictions of each split to its data',
  async collect(key, context, facts) {
    const tables = await facts.get('predictions')
    if (tables.state !== 'present') return { ...tables, key }
    const value = tables.value.map((table): PredictionsBinding => {
      const { split, source, rows, tie, lacksKey } = table
      return {
        split,
        source,
        rows,
        key: context.manifest.data?.key,
        tie,
        lacksKey,
        repeatsLabels: repeatsLabels(table),
        run: { kind: 'not-run', reason: 'not-claimed' },
      }
    })
    return { key, state: 'present', value, source: tables.source }
  },
}
