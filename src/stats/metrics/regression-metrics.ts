import { moments } from '../moments.ts'
import { sumOf } from '../sums.ts'
import type { MetricValue, RegressionMetric, RegressionRows } from './metric.ts'

const NO_ROWS = { undefined: 'there are no rows' } as const
/** Squares of numbers beyond 1e154 are beyond the largest double. */
const OVERFLOW = { undefined: 'the sum of the squares overflows' } as const

function errors({ labels, predictions }: RegressionRows): Float64Array {
  const rows = labels.length
  if (rows !== predictions.length) throw new RangeError('labels and predictions differ in length')
  const result = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number
    const prediction = predictions[row] as number
    if (!Number.isFinite(label) || !Number.isFinite(prediction)) {
      throw new RangeError('a label or prediction is not finite')
    }
    result[row] = prediction - label
  }
  return result
}

function meanOf(values: Float64Array): MetricValue {
  return values.length === 0 ? NO_ROWS : finite(sumOf(values) / values.length)
}

function finite(value: number): MetricValue {
  return Number.isFinite(value) ? value : OVERFLOW
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
  const square = meanSquare(rows)
  if (typeof square !== 'number') return square
  // Exactly 0 for equal labels, whatever their mean rounds to.
  const { populationVariance } = moments(rows.labels)
  if (populationVariance === null || populationVariance === 0) {
    return { undefined: 'the labels do not vary' }
  }
  // An infinite variance would turn any error into a perfect fit.
  if (!Number.isFinite(populationVariance)) return OVERFLOW
  return finite(1 - square / populationVariance)
}

const common = { kind: 'regression', needs: 'prediction' } as const

/** Metrics of predicted numbers. */
export const regressionMetrics: readonly RegressionMetric[] = [
  {
    ...common,
    id: 'rmse',
    isShare: false,
    title: 'Root mean squared error',
    definition: 'root of the mean squared error, in the unit of the label',
    higherIsBetter: false,
    compute: rootMeanSquare,
  },
  {
    ...common,
    id: 'mse',
    isShare: false,
    title: 'Mean squared error',
    definition: 'mean of the squared errors',
    higherIsBetter: false,
    compute: meanSquare,
  },
  {
    ...common,
    id: 'mae',
    isShare: false,
    title: 'Mean absolute error',
    definition: 'mean of the absolute errors, in the unit of the label',
    higherIsBetter: false,
    compute: meanAbsolute,
  },
  {
    ...common,
    id: 'r2',
    isShare: true,
    title: 'Coefficient of determination',
    definition: '1 - squared errors / squared deviations of the labels from their mean',
    higherIsBetter: true,
    compute: rSquared,
  },
]
