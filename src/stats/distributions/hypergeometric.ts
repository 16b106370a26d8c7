import { binomialDensity } from '../special/beta.ts'

/**
 * The hypergeometric probability C(good, k) C(bad, drawn - k) / C(good + bad, drawn), with binomial
 * coefficients of real arguments.
 *
 * @param k - Good ones among the drawn, from max(0, drawn - bad) to min(good, drawn).
 * @param good - Real, >= 0.
 * @param bad - Real, >= 0.
 * @param drawn - Real, from 0 to good + bad.
 * @returns From 0 to 1 (0 outside the support); relative error about 1e-15 times its logarithm.
 * NaN in an argument gives NaN. Complexity: O(1). Source: C. Loader, 2000: a ratio of three binomial probabilities.
 */
export function hypergeometricDensity(k: number, good: number, bad: number, drawn: number): number {
  if (k < 0 || k > good || drawn - k < 0 || drawn - k > bad) return 0
  const total = good + bad
  if (drawn === 0 || drawn === total) return 1
  const p = drawn / total
  const q = (total - drawn) / total
  const numerator =
    binomialDensity(k, good - k, p, q) * binomialDensity(drawn - k, bad - drawn + k, p, q)
  return numerator / binomialDensity(drawn, total - drawn, p, q)
}
