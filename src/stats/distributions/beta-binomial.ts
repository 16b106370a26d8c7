import { hypergeometricDensity } from './hypergeometric.ts'

/** A term this small, in a falling sequence, cannot change the sum. */
const NEGLIGIBLE = 2 ** -60

/**
 * The beta-binomial probability P(K = k): k successes in m trials whose probability is Beta(a, b).
 *
 * @param k - Count; a whole number; outside 0 to m the answer is 0.
 * @param m - Trials, a whole number >= 0.
 * @param a - Real, >= 1.
 * @param b - Real, >= 1.
 * @returns From 0 to 1; relative error about 1e-15 times its logarithm.
 * NaN in an argument gives NaN. Complexity: O(1). Source: written as a hypergeometric probability, so that no factor overflows.
 */
export function betaBinomialProbability(k: number, m: number, a: number, b: number): number {
  if (k < 0 || k > m) return 0
  const share = (a / (a + k)) * (b / (b + m - k)) * ((m + a + b) / (a + b))
  return share * hypergeometricDensity(k, k + a, m - k + b, m)
}

/**
 * The upper tail P(K >= k) of the beta-binomial distribution.
 *
 * @param k - Count; at or below 0 the answer is 1, above m it is 0.
 * @param m - Trials, a whole number >= 0.
 * @param a - Real, >= 1.
 * @param b - Real, >= 1; with a and b >= 1 the distribution has one mode.
 * @returns From 0 to 1; relative error near 1e-13 down to 1e-300.
 * @throws RangeError when k or m is not a whole number, m is negative, or a or b is below 1.
 * Complexity: O(terms above 1e-18 of the largest), at most m. Source: ratio recursion away from the
 * mode, beginning with the exact probability at the near end of the tail.
 */
export function betaBinomialUpperTail(k: number, m: number, a: number, b: number): number {
  if (!Number.isInteger(k)) throw new RangeError(`not a whole number: ${String(k)}`)
  if (!Number.isInteger(m) || m < 0) throw new RangeError(`not a count: ${String(m)}`)
  if (!(a >= 1 && b >= 1)) throw new RangeError(`shapes below 1: ${String(a)}, ${String(b)}`)
  if (k <= 0) return 1
  if (k > m) return 0
  const mean = (m * a) / (a + b)
  if (k > mean) return tailSum(k, m, a, b)
  // By symmetry P(K <= k - 1) is the upper tail of the failures.
  return 1 - tailSum(m - k + 1, m, b, a)
}

function tailSum(k: number, m: number, a: number, b: number): number {
  let term = betaBinomialProbability(k, m, a, b)
  let sum = 0
  for (let i = k; i <= m; i++) {
    sum += term
    const ratio = ((m - i) * (a + i)) / ((i + 1) * (b + m - i - 1))
    term *= ratio
    if (ratio < 1 && term < sum * NEGLIGIBLE) break
  }
  return Math.min(1, sum)
}
