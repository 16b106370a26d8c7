import { sumOf } from '../sums.ts'
import type { MetricValue, RegressionMetric, RegressionRows } from './metric.ts'

const NO_ROWS = { undefined: 'there are no rows' } as const

function errors({ labels, predictions }: RegressionRows): number[] {
  if (labels.length !== predictions.length) {
    throw new RangeError('labels and predictions differ in length')
  }
  return Array.from(labels, (label, row) => {
    const error = (predictions[row] as number) - label
    if (!Number.isFinite(error)) throw new RangeError('a label or prediction is not finite')
    return error
  })
}

function meanOf(values: readonly number[]): MetricValue {
  return values.length === 0 ? NO_ROWS : sumOf(values) / values.length
}

function meanSquare(rows: RegressionRows): MetricValue {
  return meanOf(errors(rows).map((error) => error * error))
}

function rootMeanSquare(rows: RegressionRows): MetricValue {
  const square = meanSquare(rows)
  return typeof square === 'number' ? Math.sqrt(square) : square
}

function meanAbsolute(rows: RegressionRows): MetricValue {
  return meanOf(errors(rows).map(Math.abs))
}

function rSquared(rows: RegressionRows): MetricValue {
  const residual = sumOf(errors(rows).map((error) => error * error))
  const labels = Array.from(rows.labels)
  const mean = sumOf(labels) / labels.length
  const total = sumOf(labels.map((label) => (label - mean) ** 2))
  if (labels.length < 2 || total === 0) return { undefined: 'the labels do not vary' }
  return 1 - residual / total
}

const common = { kind: 'regression', needs: 'prediction' } as const

/** Metrics of predicted numbers. */
export const regressionMetrics: readonly RegressionMetric[] = [
  {
    ...common,
    id: 'rmse',
    title: 'Root mean squared error',
    definition: 'root of the mean squared error, in the unit of the label',
    higherIsBetter: false,
    compute: rootMeanSquare,
  },
  {
    ...common,
    id: 'mse',
    title: 'Mean squared error',
    definition: 'mean of the squared errors',
    higherIsBetter: false,
    compute: meanSquare,
  },
  {
    ...common,
    id: 'mae',
    title: 'Mean absolute error',
    definition: 'mean of the absolute errors, in the unit of the label',
    higherIsBetter: false,
    compute: meanAbsolute,
  },
  {
    ...common,
    id: 'r2',
    title: 'Coefficient of determination',
    definition: '1 - squared errors / squared deviations of the labels from their mean',
    higherIsBetter: true,
    compute: rSquared,
  },
]
