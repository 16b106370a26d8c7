import { moments } from '../stats/moments.ts'
import { quantileSorted } from '../stats/quantile.ts'
import { sumOf } from '../stats/sums.ts'
import type { FittedStep } from '../facts/preprocessing.ts'
import type { ColumnSample } from './column-sample.ts'
import type { ScalerParameter } from './scaler-parameters.ts'
import { numbersOf } from './step-values.ts'

type Samples = readonly (ColumnSample | undefined)[]

/**
 * The quantiles that a QuantileTransformer keeps, beside those of its training data.
 *
 * @returns `undefined` when it was fitted on a random choice of the rows, which cannot be drawn again.
 * Source: sklearn.preprocessing.QuantileTransformer of scikit-learn 1.7.
 */
export function quantileParameters(
  { object: { parameters } }: FittedStep,
  samples: Samples,
): readonly ScalerParameter[] | undefined {
  const references = numbersOf(parameters['references_'])
  const quantiles = numbersOf(parameters['quantiles_'])
  if (references === undefined || quantiles === undefined) return undefined
  const [most] = numbersOf(parameters['subsample']) ?? []
  const isDrawn = samples.some(
    (sample) => sample !== undefined && sample.values.length + sample.missing > (most ?? Infinity),
  )
  if (isDrawn) return undefined
  const width = quantiles.length / references.length
  return references.map((reference, row) => ({
    name: `quantiles_[${String(row)}]`,
    saved: quantiles.slice(row * width, (row + 1) * width),
    expected: samples.map((sample) =>
      sample === undefined ? null : quantileSorted(sample.values, reference),
    ),
    isShift: true,
  }))
}

/** A lambda is as good as the best when the likelihood falls on both sides of it. */
const LAMBDA_STEP = 0.01

/**
 * The lambdas of a PowerTransformer, held against the likelihood of its training data, and the mean and
 * variance of the values that they make.
 *
 * Source: Yeo, Johnson 2000, "A new family of power transformations to improve normality or symmetry",
 * Biometrika 87; Box, Cox 1964, "An analysis of transformations", JRSS B 26.
 */
export function powerParameters(step: FittedStep, samples: Samples): readonly ScalerParameter[] {
  const { parameters } = step.object
  const lambdas = numbersOf(parameters['lambdas_']) ?? []
  const family = parameters['method'] === 'box-cox' ? boxCox : yeoJohnson
  const kept = innerScaler(step)?.parameters ?? {}
  const isScaled = parameters['standardize'] !== false
  const after = (at: number, sample: ColumnSample | undefined) =>
    sample === undefined || lambdas[at] === undefined || !Number.isFinite(lambdas[at])
      ? null
      : moments(sample.values.map((value) => family.transform(value, lambdas[at] ?? 1)))
  const made = samples.map((sample, at) => after(at, sample))
  const ofScaler = [
    ['mean_', true, made.map((each) => each?.mean ?? null)],
    ['var_', false, made.map((each) => each?.populationVariance ?? null)],
    ['scale_', false, made.map((each) => scaleOf(each?.populationVariance))],
  ] as const
  return [
    {
      name: 'lambdas_',
      saved: lambdas,
      isShift: false,
      expected: samples.map((sample, at) =>
        sample === undefined ? null : bestLambda(sample.values, lambdas[at] ?? Number.NaN, family),
      ),
    },
    ...ofScaler.flatMap(([name, isShift, expected]) => {
      const value = kept[name] ?? null
      const saved = value === null ? [] : numbersOf(value)
      return saved === undefined || !isScaled ? [] : [{ name, saved, isShift, expected }]
    }),
  ]
}

/** Of values that do not vary the scale is 1, see `standardScale`; near to that nothing is computed. */
function scaleOf(variance: number | null | undefined): number | null {
  return variance === null || variance === undefined || variance < 1e-20
    ? null
    : Math.sqrt(variance)
}

/** The scaler that a PowerTransformer keeps for what it makes. */
export function innerScaler({ object }: FittedStep): FittedStep['object'] | undefined {
  const inner = object.steps.find(({ name }) => name === '_scaler')?.object
  return typeof inner === 'object' ? inner : undefined
}

interface Family {
  transform(value: number, lambda: number): number
  /** The logarithm of the derivative of the transformation, divided by lambda - 1. */
  slope(value: number): number
}

const boxCox: Family = {
  transform: (value, lambda) => (lambda === 0 ? Math.log(value) : (value ** lambda - 1) / lambda),
  slope: Math.log,
}

const yeoJohnson: Family = {
  transform: (value, lambda) =>
    value >= 0 ? boxCox.transform(value + 1, lambda) : -boxCox.transform(1 - value, 2 - lambda),
  slope: (value) => Math.sign(value) * Math.log1p(Math.abs(value)),
}

/** The saved lambda where it is the best nearby, else the best one. */
function bestLambda(values: Float64Array, saved: number, family: Family): number | null {
  const slopes = sumOf(values.map((value) => family.slope(value)))
  const likelihood = (lambda: number) => {
    const made = values.map((value) => family.transform(value, lambda))
    if (!made.every(Number.isFinite)) return -Infinity
    const { populationVariance } = moments(made)
    return (lambda - 1) * slopes - (values.length / 2) * Math.log(populationVariance ?? 0)
  }
  const here = Number.isFinite(saved) ? likelihood(saved) : -Infinity
  const isBest = [-1, 1].every((side) => here >= likelihood(saved + side * LAMBDA_STEP))
  return isBest && Number.isFinite(here) ? saved : highest(likelihood)
}

/** The place of the one maximum between -5 and 5, by golden sections. */
function highest(of: (x: number) => number): number {
  const ratio = (Math.sqrt(5) - 1) / 2
  let [low, high] = [-5, 5]
  while (high - low > 1e-8) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)]
    if (of(left) < of(right)) low = left
    else high = right
  }
  return (low + high) / 2
}
