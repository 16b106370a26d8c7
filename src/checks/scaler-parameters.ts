import { normalQuantile } from '../stats/distributions/normal.ts'
import { moments } from '../stats/moments.ts'
import { quantileSorted } from '../stats/quantile.ts'
import type { FittedStep, ObjectValue } from '../facts/preprocessing.ts'
import type { ColumnSample } from './column-sample.ts'
import { powerParameters, quantileParameters } from './shape-transformers.ts'
import { elementsOf, numbersOf } from './step-values.ts'

/** One fitted parameter: what is saved for each column, and what the training data give. */
export interface ScalerParameter {
  readonly name: string
  readonly saved: readonly number[]
  /** `null` where it cannot be computed. */
  readonly expected: readonly (number | null)[]
  /** A shift is compared on the scale of the spread of its column, for its own size may be 0 by chance. */
  readonly isShift: boolean
}

type Parameters = FittedStep['object']['parameters']
type Samples = readonly (ColumnSample | undefined)[]

/**
 * The parameters of a scaler beside what its training data give.
 *
 * @param samples - the training values of each column that it sees; `undefined` where they are not known.
 * @returns `undefined` for a class whose parameters cannot be computed again.
 * Source: sklearn.preprocessing._data of scikit-learn 1.7; https://onnx.ai/onnx/operators/onnx_aionnxml_Scaler.html
 */
export function scalerParameters(
  step: FittedStep,
  samples: Samples,
): readonly ScalerParameter[] | undefined {
  const { parameters } = step.object
  switch (step.className) {
    case 'StandardScaler':
      return standard(parameters, samples)
    case 'MinMaxScaler':
      return minMax(parameters, samples)
    case 'MaxAbsScaler':
      return compared(parameters, samples, [], {
        max_abs_: [false, maxAbsolute],
        scale_: [false, (sample) => nonZero(maxAbsolute(sample))],
      })
    case 'RobustScaler':
      return robust(parameters, samples)
    case 'Normalization':
      return compared(parameters, samples, [], {
        mean: [true, meanOf],
        variance: [false, varianceOf],
      })
    case 'Scaler':
      return onnxScaler(parameters, samples)
    case 'PowerTransformer':
      return powerParameters(step, samples)
    case 'QuantileTransformer':
      return quantileParameters(step, samples)
    case 'Normalizer':
      return []
    default:
      return undefined
  }
}

type Rule = readonly [isShift: boolean, expected: (sample: ColumnSample) => number]

/**
 * The parameters of the rules. One that is None or absent and was asked for has no values, which is a
 * finding; one whose values are not listed is left out, see `unlistedParameters`.
 *
 * @param unasked - parameters that the settings of the scaler make None.
 */
function compared(
  parameters: Parameters,
  samples: Samples,
  unasked: readonly string[],
  rules: Readonly<Record<string, Rule>>,
): readonly ScalerParameter[] {
  return Object.entries(rules).flatMap(([name, [isShift, expected]]) => {
    const value = parameters[name] ?? null
    const saved = value === null ? [] : numbersOf(value)
    if (saved === undefined || (value === null && unasked.includes(name))) return []
    return [
      {
        name,
        saved,
        isShift,
        expected: samples.map((sample) => (sample === undefined ? null : expected(sample))),
      },
    ]
  })
}

/** Fitted attributes that are held against the training data, of all classes. */
const COMPARED = new Set([
  ...['mean_', 'var_', 'scale_', 'center_', 'max_abs_', 'mean', 'variance', 'offset', 'scale'],
  ...['data_min_', 'data_max_', 'data_range_', 'min_', 'lambdas_', 'quantiles_', 'references_'],
])

/** The fitted parameters that are there and whose numbers are not: too many, or of a type without numbers. */
export function unlistedParameters({ parameters }: FittedStep['object']): readonly string[] {
  return Object.entries(parameters)
    .filter(([name, value]) => COMPARED.has(name) && value !== null)
    .filter(([, value]) => numbersOf(value) === undefined)
    .map(([name]) => name)
}

function standard(parameters: Parameters, samples: Samples): readonly ScalerParameter[] {
  const withoutSpread = parameters['with_std'] === false ? ['var_', 'scale_'] : []
  const withoutMean = parameters['with_mean'] === false ? ['mean_'] : []
  return compared(parameters, samples, [...withoutMean, ...withoutSpread], {
    mean_: [true, meanOf],
    var_: [false, varianceOf],
    scale_: [false, standardScale],
  })
}

/** Of a column that varies by no more than rounding the scale is 1. */
export function standardScale(sample: ColumnSample): number {
  const [mean, variance, count] = [meanOf(sample), varianceOf(sample), sample.values.length]
  const rounding = count * Number.EPSILON * variance + (count * mean * Number.EPSILON) ** 2
  return variance > rounding ? Math.sqrt(variance) : 1
}

function minMax(parameters: Parameters, samples: Samples): readonly ScalerParameter[] {
  const [low = 0, high = 1] = numbersOf(parameters['feature_range']) ?? []
  const scale = (sample: ColumnSample) => (high - low) / nonZero(maxOf(sample) - minOf(sample))
  return compared(parameters, samples, [], {
    data_min_: [true, minOf],
    data_max_: [true, maxOf],
    data_range_: [false, (sample) => maxOf(sample) - minOf(sample)],
    scale_: [false, scale],
    min_: [false, (sample) => low - minOf(sample) * scale(sample)],
  })
}

function robust(parameters: Parameters, samples: Samples): readonly ScalerParameter[] {
  const [low = 25, high = 75] = numbersOf(parameters['quantile_range']) ?? []
  const unit =
    parameters['unit_variance'] === true
      ? normalQuantile(high / 100) - normalQuantile(low / 100)
      : 1
  const unasked = [
    ...(parameters['with_centering'] === false ? ['center_'] : []),
    ...(parameters['with_scaling'] === false ? ['scale_'] : []),
  ]
  return compared(parameters, samples, unasked, {
    center_: [true, ({ values }) => quantileSorted(values, 0.5)],
    scale_: [
      false,
      ({ values }) =>
        nonZero(quantileSorted(values, high / 100) - quantileSorted(values, low / 100)) / unit,
    ],
  })
}

/** What each scaler becomes in ONNX, where y = (x - offset) * scale. */
const ONNX_RULES: readonly (readonly [offset: Rule[1], scale: Rule[1]])[] = [
  [meanOf, (sample) => 1 / standardScale(sample)],
  [minOf, (sample) => 1 / nonZero(maxOf(sample) - minOf(sample))],
  [
    ({ values }) => quantileSorted(values, 0.5),
    ({ values }) => 1 / nonZero(quantileSorted(values, 0.75) - quantileSorted(values, 0.25)),
  ],
  [() => 0, (sample) => 1 / nonZero(maxAbsolute(sample))],
]

/** The node does not say how it was fitted: it is held against the scaler that it is nearest to. */
function onnxScaler(parameters: Parameters, samples: Samples): readonly ScalerParameter[] {
  const candidates = ONNX_RULES.map(([offset, scale]) =>
    compared(parameters, samples, [], { offset: [true, offset], scale: [false, scale] }),
  )
  const distances = candidates.map((candidate) =>
    candidate.reduce((sum, parameter) => sum + countDifferent(parameter), 0),
  )
  return candidates[distances.indexOf(Math.min(...distances))] ?? []
}

function countDifferent({ saved, expected }: ScalerParameter): number {
  return expected.filter((value, at) => {
    const size = Math.max(Math.abs(value ?? 0), Math.abs(saved[at] ?? 0))
    return value !== null && !(Math.abs(value - (saved[at] ?? Number.NaN)) <= 1e-4 * size)
  }).length
}

/** How many rows a scaler says it saw, for each column. */
export function rowsSeen(value: ObjectValue | undefined, columns: number): readonly number[] {
  const seen = numbersOf(value) ?? []
  const isOne = seen.length === 1 && elementsOf(value)?.length !== columns
  return isOne ? Array.from({ length: columns }, () => seen[0] ?? Number.NaN) : seen
}

function meanOf({ values }: ColumnSample): number {
  return moments(values).mean ?? Number.NaN
}

function varianceOf({ values }: ColumnSample): number {
  return moments(values).populationVariance ?? Number.NaN
}

function minOf({ values }: ColumnSample): number {
  return values[0] ?? Number.NaN
}

function maxOf({ values }: ColumnSample): number {
  return values.at(-1) ?? Number.NaN
}

function maxAbsolute(sample: ColumnSample): number {
  return Math.max(Math.abs(minOf(sample)), Math.abs(maxOf(sample)))
}

/** A range that is no more than rounding scales by 1. */
function nonZero(scale: number): number {
  return scale < 10 * Number.EPSILON ? 1 : scale
}
