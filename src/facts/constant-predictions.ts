import { quantileSorted } from '../stats/quantile.ts'
import type { Metric } from '../stats/metrics/metric.ts'
import { classCodes } from './class-codes.ts'
import type { BoundMetric } from './metric-rows.ts'
import type { SplitPredictions } from './predictions.ts'
import { textAt, type RowValues } from './row-values.ts'

/** What somebody who looks at no feature could answer to every row. */
export interface ConstantPrediction {
  readonly against: 'constant'
  readonly name: string
  readonly column: RowValues
}

/**
 * The constant that serves a metric best, taken from the labels of the same rows, which favours it: the
 * most frequent class, the share of the positive class as score, the mean or the median label. A metric
 * that no constant bounds has none.
 */
export function constantPredictions(
  { label, rows, columns }: SplitPredictions,
  metric: Metric,
  model: BoundMetric,
): readonly ConstantPrediction[] {
  const constant = (name: string, value: number): readonly ConstantPrediction[] => [
    {
      against: 'constant',
      name,
      column: { kind: 'numeric', values: new Float64Array(rows).fill(value) },
    },
  ]
  if (metric.kind === 'regression') {
    if (label.kind !== 'numeric') return []
    const sorted = Float64Array.from(label.values).sort()
    const isMedian = metric.id === 'mae'
    const mean = sorted.reduce((sum, value) => sum + value / rows, 0)
    return isMedian ? constant('median', quantileSorted(sorted, 0.5)) : constant('mean', mean)
  }
  if (metric.needs !== 'prediction') {
    const { labels = [] } = model.classification ?? {}
    let positives = 0
    for (let row = 0; row < labels.length; row++) positives += labels[row] === 1 ? 1 : 0
    return constant('prior', positives / rows)
  }
  const { classes, codes } = classCodes([label], columns.positive)
  const counts = classes.map((_, code) => codes[0]?.filter((each) => each === code).length ?? 0)
  const most = counts.indexOf(Math.max(...counts))
  // As the labels spell it, so that the constant is one of their classes.
  const row = codes[0]?.indexOf(most) ?? -1
  const name = textAt(label, row) ?? ''
  if (label.kind === 'numeric') return constant(name, Number(name))
  const code = label.codes[row] ?? -1
  const filled = new Int32Array(rows).fill(code)
  return [
    { against: 'constant', name, column: { kind: 'coded', codes: filled, labels: label.labels } },
  ]
}
