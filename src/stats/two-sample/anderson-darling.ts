import { andersonDarlingSurvival } from '../distributions/limit-laws.ts'
import { requireSorted } from '../sort.ts'
import type { DriftStatistic, NumericStatisticDescriptor } from '../statistic.ts'
import { NUMERIC_DOMAINS } from '../statistic.ts'
import { emptySampleReason } from './tie-groups.ts'

/** Scholz and Stephens's table: significance, and the coefficients b0 + b1/sqrt(k-1) + b2/(k-1). */
const CRITICAL_TABLE = [
  { level: 0.25, b: [0.675, -0.245, -0.105] },
  { level: 0.1, b: [1.281, 0.25, -0.305] },
  { level: 0.05, b: [1.645, 0.678, -0.362] },
  { level: 0.025, b: [1.96, 1.149, -0.391] },
  { level: 0.01, b: [2.326, 1.822, -0.396] },
  { level: 0.005, b: [2.573, 2.364, -0.345] },
  { level: 0.001, b: [3.085, 3.615, -0.154] },
] as const

/** Variance 2 * sum 1/(j(j+1))^2 of the limit law of the two-sample statistic; its mean is 1. */
const LIMIT_VARIANCE = (2 * Math.PI * Math.PI) / 3 - 6

/** The statistic of two samples with what the published table says of it. */
export interface AndersonDarlingResult {
  /** The standardised midrank statistic (A^2 - (k-1)) / sigma; `null` when it is not defined. */
  readonly statistic: number | null
  /** Critical values of the statistic at 25, 10, 5, 2.5, 1, 0.5 and 0.1 %. */
  readonly criticalValues: readonly number[]
  /**
   * p interpolated in the published table, which ends at 0.25 and 0.001: unfit for a multiplicity
   * correction. `null` with the statistic.
   */
  readonly tablePValue: number | null
  /** Present when the statistic is `null`. */
  readonly reason?: string
}

/**
 * The k-sample Anderson-Darling test in its midrank form.
 *
 * @param samplesSorted - At least two samples, each ascending and without NaN. Infinite values are
 * ordinary order statistics.
 * @returns The statistic standardised by its exact null mean and variance, critical values, and p
 * interpolated in the table. Fewer than 4 values, an empty sample or one single distinct value give
 * `null` with a reason.
 * @throws RangeError when there are fewer than two samples, or one is not sorted or contains NaN.
 * Missing values: removed before.
 * Complexity: O(kN + N log N) for N values in all. Source: Scholz, Stephens 1987, equations 6 and 7.
 */
export function andersonDarlingKSample(
  samplesSorted: readonly Float64Array[],
): AndersonDarlingResult {
  if (samplesSorted.length < 2) throw new RangeError('at least two samples are needed')
  for (const [k, sample] of samplesSorted.entries()) requireSorted(sample, `sample ${String(k)}`)
  const criticalValues = criticalValuesOf(samplesSorted.length)
  const reason = undefinedReason(samplesSorted)
  if (reason !== undefined) return { statistic: null, criticalValues, tablePValue: null, reason }
  const squared = midrankStatistic(samplesSorted)
  const k = samplesSorted.length
  const statistic =
    (squared - (k - 1)) / Math.sqrt(nullVariance(samplesSorted.map((s) => s.length)))
  return { statistic, criticalValues, tablePValue: interpolate(criticalValues, statistic) }
}

/**
 * The two-sample Anderson-Darling test.
 *
 * @param referenceSorted - Ascending, no NaN. Infinite values are ordinary order statistics.
 * @param currentSorted - Ascending, no NaN.
 * @returns The standardised midrank statistic and p from its limit law, over the whole range from 0
 * to 1, matched to the exact mean and variance. All values equal gives p = 1 and no statistic; an
 * empty sample or fewer than 4 values gives `null` with a reason.
 * @throws RangeError when an array is not sorted or contains NaN.
 * Missing values: removed before.
 * Complexity: O(N log N). Sources: Pettitt 1976; Scholz, Stephens 1987.
 */
export function andersonDarling(
  referenceSorted: Float64Array,
  currentSorted: Float64Array,
): DriftStatistic {
  const { statistic, reason } = andersonDarlingKSample([referenceSorted, currentSorted])
  const n = { reference: referenceSorted.length, current: currentSorted.length }
  const base = { method: 'asymptotic', n, warnings: [] } as const
  if (statistic !== null) {
    const pValue = andersonDarlingSurvival(1 + statistic * Math.sqrt(LIMIT_VARIANCE))
    return { ...base, statistic, pValue }
  }
  const isConstant =
    n.reference > 0 && n.current > 0 && isOneValue([referenceSorted, currentSorted])
  return {
    ...base,
    statistic: null,
    pValue: isConstant ? 1 : null,
    ...(reason === undefined ? {} : { reason }),
  }
}

function undefinedReason(samples: readonly Float64Array[]): string | undefined {
  const [first, second] = samples
  const empty = emptySampleReason(first?.length ?? 0, second?.length ?? 0)
  if (samples.length === 2 && empty !== undefined) return empty
  if (samples.some((sample) => sample.length === 0)) return 'a sample has no valid value'
  if (isOneValue(samples)) return 'all values are equal'
  const total = samples.reduce((sum, sample) => sum + sample.length, 0)
  return total < 4 ? 'fewer than 4 values' : undefined
}

function isOneValue(samples: readonly Float64Array[]): boolean {
  const value = samples[0]?.[0]
  return samples.every((sample) => sample[0] === value && sample.at(-1) === value)
}

/** A^2_akN: the weighted squared differences of each sample's distribution from the pooled one. */
function midrankStatistic(samples: readonly Float64Array[]): number {
  const total = samples.reduce((sum, sample) => sum + sample.length, 0)
  const pooled = new Float64Array(total)
  let offset = 0
  for (const sample of samples) {
    pooled.set(sample, offset)
    offset += sample.length
  }
  pooled.sort()
  const positions = samples.map(() => 0)
  const sums = samples.map(() => 0)
  for (let start = 0; start < total;) {
    const value = pooled[start] as number
    let end = start
    while (end < total && pooled[end] === value) end++
    const copies = end - start
    const middle = start + copies / 2
    const weight = copies / total / (middle * (total - middle) - (total * copies) / 4)
    for (const [k, sample] of samples.entries()) {
      const before = positions[k] as number
      let after = before
      while (after < sample.length && sample[after] === value) after++
      positions[k] = after
      const difference = total * ((before + after) / 2) - middle * sample.length
      sums[k] = (sums[k] as number) + weight * difference * difference
    }
    start = end
  }
  const weighted = samples.reduce((sum, s, k) => sum + (sums[k] as number) / s.length, 0)
  return (weighted * (total - 1)) / total
}

/** The exact variance of the statistic under the null hypothesis without ties. */
function nullVariance(sizes: readonly number[]): number {
  const k = sizes.length
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const inverses = sizes.reduce((sum, size) => sum + 1 / size, 0)
  let h = 0
  let g = 0
  // g = sum over i < j < N of 1 / ((N - i) j), with the inner sums of 1/j as they grow.
  for (let i = total - 1; i >= 1; i--) {
    g += h / (total - i)
    h += 1 / i
  }
  const a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * inverses
  const b = (2 * g - 4) * k * k + 8 * h * k + (2 * g - 14 * h - 4) * inverses - 8 * h + 4 * g - 6
  const c = (6 * h + 2 * g - 2) * k * k + (4 * h - 4 * g + 6) * k + (2 * h - 6) * inverses + 4 * h
  const d = (2 * h + 6) * k * k - 4 * h * k
  const numerator = ((a * total + b) * total + c) * total + d
  return numerator / (total - 1) / (total - 2) / (total - 3)
}

function criticalValuesOf(k: number): readonly number[] {
  const m = k - 1
  return CRITICAL_TABLE.map(({ b }) => b[0] + b[1] / Math.sqrt(m) + b[2] / m)
}

/** Least-squares parabola of log level over the critical values, clipped to the table's ends. */
function interpolate(critical: readonly number[], statistic: number): number {
  const levels = CRITICAL_TABLE.map(({ level }) => level)
  if (statistic < (critical[0] as number)) return levels[0] as number
  if (statistic > (critical.at(-1) as number)) return levels.at(-1) as number
  const center = critical.reduce((sum, value) => sum + value, 0) / critical.length
  const x = critical.map((value) => value - center)
  const power = (p: number): number => x.reduce((sum, value) => sum + value ** p, 0)
  const moment = (p: number): number =>
    x.reduce((sum, value, i) => sum + value ** p * Math.log(levels[i] as number), 0)
  const [s0, s1, s2, s3, s4] = [x.length, power(1), power(2), power(3), power(4)] as const
  const [t0, t1, t2] = [moment(0), moment(1), moment(2)] as const
  const determinant = (m: readonly number[][]): number => {
    const [[a, b, c], [d, e, f], [g, h, i]] = m as [Row, Row, Row]
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
  }
  const whole = determinant([
    [s0, s1, s2],
    [s1, s2, s3],
    [s2, s3, s4],
  ])
  const constant =
    determinant([
      [t0, s1, s2],
      [t1, s2, s3],
      [t2, s3, s4],
    ]) / whole
  const linear =
    determinant([
      [s0, t0, s2],
      [s1, t1, s3],
      [s2, t2, s4],
    ]) / whole
  const quadratic =
    determinant([
      [s0, s1, t0],
      [s1, s2, t1],
      [s2, s3, t2],
    ]) / whole
  const at = statistic - center
  return Math.exp(constant + at * (linear + at * quadratic))
}

type Row = [number, number, number]

export const andersonDarlingDescriptor: NumericStatisticDescriptor = {
  id: 'anderson-darling',
  title: 'Anderson-Darling test',
  family: 'test',
  appliesTo: NUMERIC_DOMAINS,
  input: 'sorted-values',
  definition:
    'The squared difference of the distribution functions, weighted with 1/(H(1 - H)) of the pooled H so that the tails count, in the midrank form for ties, minus its mean k - 1 and divided by its exact standard deviation. p from the limit law, without the clipping of the published table.',
  range: { minimum: -Infinity, maximum: Infinity },
  units: 'standard deviations of the statistic without drift',
  missingRule: 'Missing values are removed. Infinite values take part as the largest or smallest.',
  complexity: 'O(N log N)',
  symmetric: true,
  references: [
    {
      title: 'K-sample Anderson-Darling tests',
      authors: 'Scholz, F. W.; Stephens, M. A.',
      year: 1987,
      where: 'Journal of the American Statistical Association 82, 918-924',
    },
    {
      title: 'A two-sample Anderson-Darling rank statistic',
      authors: 'Pettitt, A. N.',
      year: 1976,
      where: 'Biometrika 63, 161-168',
    },
  ],
  compute: (reference, current) => andersonDarling(reference, current),
}
