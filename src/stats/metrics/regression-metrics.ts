import { moments } from '../moments.ts'
import { meanOf, OVERFLOW } from './mean-of.ts'
import type { MetricValue, RegressionMetric, RegressionRows } from './metric.ts'
import { ofNumbers } from './taken.ts'

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

const meanSquare = meanOf((rows: RegressionRows) => errors(rows).map((error) => error * error))
const meanAbsolute = meanOf((rows: RegressionRows) => errors(rows).map(Math.abs))

function rootMeanSquare(rows: RegressionRows): MetricValue {
  const square = meanSquare.compute(rows)
  return typeof square === 'number' ? Math.sqrt(square) : square
}

function rSquared(rows: RegressionRows): MetricValue {
  const square = meanSquare.compute(rows)
  if (typeof square !== 'number') return square
  // Exactly 0 for equal labels, whatever their mean rounds to.
  const { populationVariance } = moments(rows.labels)
  if (populationVariance === null || populationVariance === 0) {
    return { undefined: 'the labels do not vary' }
  }
  // An infinite variance would turn any error into a perfect fit.
  if (!Number.isFinite(populationVariance)) return OVERFLOW
  const explained = 1 - square / populationVariance
  return Number.isFinite(explained) ? explained : OVERFLOW
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
    ...ofNumbers(rootMeanSquare),
  },
  {
    ...common,
    id: 'mse',
    isShare: false,
    title: 'Mean squared error',
    definition: 'mean of the squared errors',
    higherIsBetter: false,
    ...meanSquare,
  },
  {
    ...common,
    id: 'mae',
    isShare: false,
    title: 'Mean absolute error',
    definition: 'mean of the absolute errors, in the unit of the label',
    higherIsBetter: false,
    ...meanAbsolute,
  },
  {
    ...common,
    id: 'r2',
    isShare: true,
    title: 'Coefficient of determination',
    definition: '1 - squared errors / squared deviations of the labels from their mean',
    higherIsBetter: true,
    ...ofNumbers(rSquared),
  },
]
