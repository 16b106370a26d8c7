import type { Interval } from './proportion.ts'
import { wilsonInterval } from './proportion.ts'

/** A difference of two proportions with its interval. */
export interface ProportionDifference extends Interval {
  /** k1/n1 - k2/n2. */
  readonly difference: number
}

/**
 * Newcombe's hybrid score interval (method 10) for the difference of two independent proportions.
 *
 * @param k1 - Successes of the first sample, 0 to n1.
 * @param n1 - Size of the first sample, at least 1.
 * @param k2 - Successes of the second sample, 0 to n2.
 * @param n2 - Size of the second sample, at least 1.
 * @param level - Two-sided confidence, above 0 and below 1.
 * @returns Within -1 to 1; contains the difference.
 * @throws RangeError when a count or the level is out of range.
 * Complexity: O(1). Source: Newcombe 1998, "Interval estimation for the difference between
 * independent proportions", Statistics in Medicine 17.
 */
export function newcombeInterval(
  k1: number,
  n1: number,
  k2: number,
  n2: number,
  level = 0.95,
): ProportionDifference {
  const first = wilsonInterval(k1, n1, level)
  const second = wilsonInterval(k2, n2, level)
  const p1 = k1 / n1
  const p2 = k2 / n2
  const difference = p1 - p2
  return {
    difference,
    low: Math.max(-1, difference - Math.hypot(p1 - first.low, second.high - p2)),
    high: Math.min(1, difference + Math.hypot(first.high - p1, p2 - second.low)),
  }
}

/**
 * Cohen's h, the difference of two proportions on the arcsine scale, on which its sampling spread does
 * not depend on the proportions.
 *
 * @param p1 - From 0 to 1.
 * @param p2 - From 0 to 1.
 * @returns From -π to π; 0.2, 0.5, 0.8 are customarily small, medium, large.
 * @throws RangeError when a proportion is out of range.
 * Complexity: O(1). Source: Cohen 1988, "Statistical Power Analysis for the Behavioral Sciences", chapter 6.
 */
export function cohensH(p1: number, p2: number): number {
  for (const p of [p1, p2]) {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`not a proportion: ${String(p)}`)
  }
  return 2 * (Math.asin(Math.sqrt(p1)) - Math.asin(Math.sqrt(p2)))
}
