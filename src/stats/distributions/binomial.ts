import { binomialDensity, regularizedBeta } from '../special/beta.ts'

/**
 * The binomial probability P(X = k).
 *
 * @param k - Count; outside 0 to n the answer is 0.
 * @param n - Trials, a whole number >= 0.
 * @param p - Probability of success, from 0 to 1.
 * @returns From 0 to 1; relative error about 1e-15 times its logarithm.
 * @throws RangeError when an argument is not a count or not a probability.
 * Complexity: O(1). Source: C. Loader, 2000.
 */
export function binomialProbability(k: number, n: number, p: number): number {
  requireBinomial(k, n, p)
  return k < 0 || k > n ? 0 : binomialDensity(k, n - k, p, 1 - p)
}

/**
 * The binomial survival function P(X > k).
 *
 * @param k - Count; below 0 the answer is 1, from n on it is 0.
 * @param n - Trials, a whole number >= 0.
 * @param p - Probability of success, from 0 to 1.
 * @returns From 0 to 1; relative error near 1e-13 down to 1e-300.
 * @throws RangeError when an argument is not a count or not a probability.
 * Complexity: O(sqrt(n)). Source: I_p(k + 1, n - k).
 */
export function binomialSurvival(k: number, n: number, p: number): number {
  requireBinomial(k, n, p)
  if (k < 0) return 1
  return k >= n ? 0 : regularizedBeta(p, 1 - p, k + 1, n - k).lower
}

function requireBinomial(k: number, n: number, p: number): void {
  if (!Number.isInteger(k)) throw new RangeError(`not a whole number: ${String(k)}`)
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`not a count: ${String(n)}`)
  if (!(p >= 0 && p <= 1)) throw new RangeError(`probability outside 0 to 1: ${String(p)}`)
}
