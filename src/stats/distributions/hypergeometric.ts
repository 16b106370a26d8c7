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

const NEGLIGIBLE = 2 ** -60

/**
 * The probability of at least k good ones among those drawn without replacement.
 *
 * @param k - Whole.
 * @param good - Whole, >= 0.
 * @param bad - Whole, >= 0.
 * @param drawn - Whole, from 0 to good + bad.
 * @returns From 0 to 1; relative error near 1e-13.
 * @throws RangeError when an argument is not a whole number, or is out of range.
 * Complexity: O(sqrt(drawn)). Source: summation of `hypergeometricDensity` away from the mode.
 */
export function hypergeometricTail(k: number, good: number, bad: number, drawn: number): number {
  if (![k, good, bad, drawn].every(Number.isSafeInteger) || good < 0 || bad < 0 || drawn < 0) {
    throw new RangeError('a hypergeometric tail needs counts')
  }
  if (drawn > good + bad) throw new RangeError('more are drawn than there are')
  const least = Math.max(0, drawn - bad)
  const most = Math.min(good, drawn)
  if (k <= least) return 1
  if (k > most) return 0
  const mode = Math.floor(((good + 1) * (drawn + 1)) / (good + bad + 2))
  // Terms fall away from the mode, so each side is summed from its largest term.
  if (k > mode) return Math.min(1, sumFrom(k, most, 1, good, bad, drawn))
  return Math.max(0, 1 - sumFrom(k - 1, least, -1, good, bad, drawn))
}

function sumFrom(
  from: number,
  to: number,
  step: 1 | -1,
  good: number,
  bad: number,
  drawn: number,
): number {
  let term = hypergeometricDensity(from, good, bad, drawn)
  let sum = 0
  for (let k = from; step === 1 ? k <= to : k >= to; k += step) {
    sum += term
    if (term <= sum * NEGLIGIBLE) break
    const above = step === 1 ? k : k - 1
    const rise = (((good - above) / (above + 1)) * (drawn - above)) / (bad - drawn + above + 1)
    term *= step === 1 ? rise : 1 / rise
  }
  return sum
}
