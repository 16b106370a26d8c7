import { betaQuantile } from '../distributions/beta.ts'
import { normalQuantile } from '../distributions/normal.ts'

/** A confidence interval; `low` is at most `high`. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * Wilson's score interval for a proportion.
 *
 * @param k - Successes, 0 to n.
 * @param n - Trials, at least 1.
 * @param level - Confidence, above 0 and below 1.
 * @returns Within 0 to 1; contains k/n.
 * @throws RangeError when k, n or the level is out of range.
 * Complexity: O(1). Source: Wilson 1927, JASA 22; Brown, Cai, DasGupta 2001, Statistical Science 16.
 */
export function wilsonInterval(k: number, n: number, level = 0.95): Interval {
  requireTrials(k, n)
  const z = twoSidedQuantile(level)
  const share = k / n
  const scale = 1 + (z * z) / n
  const centre = (share + (z * z) / (2 * n)) / scale
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return {
    low: k === 0 ? 0 : Math.max(0, centre - half),
    high: k === n ? 1 : Math.min(1, centre + half),
  }
}

/**
 * Wilson's score interval with continuity correction: wider, closer to a guarantee.
 *
 * @param k - Successes, 0 to n.
 * @param n - Trials, at least 1.
 * @param level - Confidence, above 0 and below 1.
 * @returns Within 0 to 1; contains k/n.
 * @throws RangeError when k, n or the level is out of range.
 * Complexity: O(1). Source: Newcombe 1998, "Two-sided confidence intervals for the single proportion",
 * Statistics in Medicine 17, method 4.
 */
export function wilsonIntervalCorrected(k: number, n: number, level = 0.95): Interval {
  requireTrials(k, n)
  const z = twoSidedQuantile(level)
  const share = k / n
  const scale = 2 * (n + z * z)
  const centre = 2 * n * share + z * z
  const spread = z * z - 1 / n + 4 * n * share * (1 - share)
  const below = z * Math.sqrt(spread + (4 * share - 2)) + 1
  const above = z * Math.sqrt(spread - (4 * share - 2)) + 1
  return {
    low: k === 0 ? 0 : Math.max(0, (centre - below) / scale),
    high: k === n ? 1 : Math.min(1, (centre + above) / scale),
  }
}

/**
 * Clopper and Pearson's interval for a proportion: its coverage is never below the level.
 *
 * @param k - Successes, 0 to n.
 * @param n - Trials, at least 1.
 * @param level - Confidence, above 0 and below 1.
 * @returns Within 0 to 1; contains k/n; exact ends for k = 0 and k = n.
 * @throws RangeError when k, n or the level is out of range.
 * Complexity: two beta quantiles. Source: Clopper, Pearson 1934, Biometrika 26.
 */
export function clopperPearson(k: number, n: number, level = 0.95): Interval {
  requireTrials(k, n)
  requireLevel(level)
  const tail = (1 - level) / 2
  return { low: clopperPearsonLower(k, n, tail), high: clopperPearsonUpper(k, n, tail) }
}

/**
 * The one-sided upper Clopper-Pearson bound: the true proportion exceeds it with probability at most
 * `tail`.
 *
 * @param k - Successes, 0 to n.
 * @param n - Trials, at least 1.
 * @param tail - Error probability, above 0 and below 1.
 * @returns From 0 to 1; exactly 1 for k = n.
 * @throws RangeError when k, n or `tail` is out of range.
 * Complexity: one beta quantile. Source: Clopper, Pearson 1934, Biometrika 26.
 */
export function clopperPearsonUpper(k: number, n: number, tail: number): number {
  requireTrials(k, n)
  requireLevel(tail)
  // By symmetry, so that the quantile is taken at the small end where it has all its digits.
  return k === n ? 1 : 1 - betaQuantile(tail, n - k, k + 1)
}

/** The one-sided lower bound; see `clopperPearsonUpper`. */
function clopperPearsonLower(k: number, n: number, tail: number): number {
  return k === 0 ? 0 : betaQuantile(tail, k, n - k + 1)
}

/**
 * The z of a two-sided interval: 1.96 for a level of 0.95.
 *
 * @param level - Confidence, above 0 and below 1.
 * @returns Above 0.
 * @throws RangeError when the level is out of range.
 * Complexity: O(1). Source: `normalQuantile`.
 */
export function twoSidedQuantile(level: number): number {
  requireLevel(level)
  return -normalQuantile((1 - level) / 2)
}

function requireLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`not a probability: ${String(level)}`)
}

function requireTrials(k: number, n: number): void {
  if (!Number.isSafeInteger(n) || n < 1 || !Number.isSafeInteger(k) || k < 0 || k > n) {
    throw new RangeError(`not successes of trials: ${String(k)} of ${String(n)}`)
  }
}
