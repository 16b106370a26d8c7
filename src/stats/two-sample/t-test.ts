import { studentTSurvival } from '../distributions/student-t.ts'
import { moments } from '../moments.ts'
import { stirlingError } from '../special/stirling.ts'
import type { DriftStatistic, NumericStatisticDescriptor } from '../statistic.ts'
import { NUMERIC_DOMAINS } from '../statistic.ts'
import { emptySampleReason } from './tie-groups.ts'

/** What a t test needs to know of one sample. */
export interface SampleMoments {
  readonly n: number
  readonly mean: number
  /** With divisor n - 1. */
  readonly variance: number
}

export interface TTestResult extends DriftStatistic {
  /** t of reference mean - current mean. */
  readonly statistic: number | null
  readonly pValue: number | null
  readonly method: 'asymptotic'
  readonly degreesOfFreedom: number | null
}

/** Differences of means in standard deviations; `null` where the scale is 0 or not defined. */
export interface MeanEffects {
  /** (reference - current) / pooled standard deviation. */
  readonly cohensD: number | null
  /** Cohen's d times the exact bias correction. */
  readonly hedgesG: number | null
  /** (current - reference) / standard deviation of the reference. */
  readonly glassDelta: number | null
}

/**
 * Mean and variance (divisor n - 1) of a sample, as the tests below need them.
 *
 * @param values - Any order, no NaN. Infinite values are allowed.
 * @returns What is not defined (the variance of one value, moments with infinite values) is NaN here;
 * the tests turn it into a reason.
 * @throws RangeError when a value is NaN.
 * Missing values: removed before. Complexity: O(n), two compensated passes. Source: as `moments`.
 */
export function sampleMoments(values: Float64Array): SampleMoments {
  const n = values.length
  if (values.some(Number.isNaN)) throw new RangeError('NaN is not a value')
  if (!values.every(Number.isFinite)) return { n, mean: NaN, variance: NaN }
  const { mean, sampleVariance } = moments(values)
  return { n, mean: mean ?? NaN, variance: sampleVariance ?? NaN }
}

/**
 * Welch's t test of equal means, two-sided, without the assumption of equal variances.
 *
 * @param reference - Moments of the reference sample.
 * @param current - Moments of the current sample.
 * @returns t of reference - current, Welch-Satterthwaite degrees of freedom and p. Fewer than 2
 * values or an infinite one give `null` with a reason; two constants give p = 1 when they are equal
 * and p = 0 when they are not, without a statistic.
 * @throws RangeError never; the moments come from `sampleMoments`.
 * Complexity: O(sqrt(n + m)). Sources: Welch 1947; Satterthwaite 1946.
 */
export function welchT(reference: SampleMoments, current: SampleMoments): TTestResult {
  const a = reference.variance / reference.n
  const b = current.variance / current.n
  const shareA = a / (a + b)
  const shareB = b / (a + b)
  const df = 1 / ((shareA * shareA) / (reference.n - 1) + (shareB * shareB) / (current.n - 1))
  return tTest(reference, current, Math.sqrt(a + b), df)
}

/**
 * Student's t test of equal means, two-sided, with the pooled variance.
 *
 * @param reference - Moments of the reference sample.
 * @param current - Moments of the current sample.
 * @returns As `welchT`, with n + m - 2 degrees of freedom.
 * Complexity: O(sqrt(n + m)). Source: Student 1908.
 * Missing values: removed before the moments are taken.
 */
export function studentT(reference: SampleMoments, current: SampleMoments): TTestResult {
  const scale = pooledDeviation(reference, current) * Math.sqrt(1 / reference.n + 1 / current.n)
  return tTest(reference, current, scale, reference.n + current.n - 2)
}

function tTest(
  reference: SampleMoments,
  current: SampleMoments,
  scale: number,
  df: number,
): TTestResult {
  const n = { reference: reference.n, current: current.n }
  const base = { method: 'asymptotic', n, warnings: [] } as const
  const difference = reference.mean - current.mean
  const reason = undefinedReason(reference, current)
  if (reason !== undefined) {
    return { ...base, statistic: null, pValue: null, degreesOfFreedom: null, reason }
  }
  if (scale === 0) {
    const pValue = difference === 0 ? 1 : 0
    const why = 'both samples are constant'
    return { ...base, statistic: null, pValue, degreesOfFreedom: null, reason: why }
  }
  const statistic = difference / scale
  const pValue = Math.min(1, 2 * studentTSurvival(Math.abs(statistic), df))
  return { ...base, statistic, pValue, degreesOfFreedom: df }
}

function undefinedReason(reference: SampleMoments, current: SampleMoments): string | undefined {
  const empty = emptySampleReason(reference.n, current.n)
  if (empty !== undefined) return empty
  if (reference.n < 2 || current.n < 2) return 'a sample has fewer than 2 values'
  const isDefined = [reference, current].every(
    ({ mean, variance }) => Number.isFinite(mean) && Number.isFinite(variance),
  )
  return isDefined ? undefined : 'a mean or variance is not finite'
}

function pooledDeviation(reference: SampleMoments, current: SampleMoments): number {
  const { n } = reference
  const m = current.n
  return Math.sqrt(((n - 1) * reference.variance + (m - 1) * current.variance) / (n + m - 2))
}

/**
 * Effect sizes of a difference of means.
 *
 * @param reference - Moments of the reference sample.
 * @param current - Moments of the current sample.
 * @returns Cohen's d, Hedges's g with the exact gamma factor, Glass's delta; `null` where a sample
 * is too small, not finite, or the scale is 0 (never a division by a small constant).
 * Complexity: O(1). Sources: Cohen 1988; Hedges 1981; Glass 1976.
 * Missing values: removed before the moments are taken.
 */
export function meanEffects(reference: SampleMoments, current: SampleMoments): MeanEffects {
  if (undefinedReason(reference, current) !== undefined) {
    return { cohensD: null, hedgesG: null, glassDelta: null }
  }
  const difference = reference.mean - current.mean
  const pooled = pooledDeviation(reference, current)
  const cohensD = pooled === 0 ? null : difference / pooled
  const df = reference.n + current.n - 2
  return {
    cohensD,
    hedgesG: cohensD === null ? null : cohensD * hedgesFactor(df),
    glassDelta: reference.variance === 0 ? null : -difference / Math.sqrt(reference.variance),
  }
}

/** Gamma(df/2) / (sqrt(df/2) Gamma((df-1)/2)), without forming a gamma function. */
function hedgesFactor(df: number): number {
  const a = df / 2
  const logFactor =
    -(a - 1) * Math.log1p(-0.5 / a) - 0.5 + stirlingError(a) - stirlingError(a - 0.5)
  return Math.exp(logFactor)
}

export const welchTDescriptor: NumericStatisticDescriptor = {
  id: 'welch-t',
  title: "Welch's t test",
  family: 'test',
  appliesTo: NUMERIC_DOMAINS,
  input: 'sorted-values',
  definition:
    't = (mean of reference - mean of current) / sqrt(s_n^2/n + s_m^2/m) on Welch-Satterthwaite degrees of freedom. It sees a difference of means only.',
  range: { minimum: -Infinity, maximum: Infinity },
  units: 'standard errors',
  missingRule: 'Missing values are removed. Not defined with infinite values.',
  complexity: 'O(n + m)',
  symmetric: false,
  references: [
    {
      title:
        "The generalization of 'Student's' problem when several different population variances are involved",
      authors: 'Welch, B. L.',
      year: 1947,
      where: 'Biometrika 34, 28-35',
    },
  ],
  compute: (reference, current) => welchT(sampleMoments(reference), sampleMoments(current)),
}
