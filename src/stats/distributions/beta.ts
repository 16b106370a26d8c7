import { inverseRegularizedBeta, regularizedBeta } from '../special/beta.ts'

/**
 * The beta distribution function P(X <= x) = I_x(a, b).
 *
 * @param x - Real; below 0 the answer is 0, above 1 it is 1.
 * @param a - Positive.
 * @param b - Positive.
 * @returns From 0 to 1; relative error near 1e-13 down to 1e-300.
 * @throws RangeError when x is NaN or a or b is not positive and finite.
 * Complexity: O(sqrt(a + b)).
 * Source: DLMF 8.17, through `regularizedBeta`.
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (Number.isNaN(x)) throw new RangeError('x is NaN')
  const inside = Math.min(1, Math.max(0, x))
  return regularizedBeta(inside, 1 - inside, a, b).lower
}

/**
 * The beta quantile: the x with I_x(a, b) = p. Clopper-Pearson limits are beta quantiles.
 *
 * @param p - From 0 to 1.
 * @param a - Positive.
 * @param b - Positive.
 * @returns From 0 to 1; relative error near 1e-13.
 * @throws RangeError when p is outside 0 to 1 or a or b is not positive and finite.
 * Complexity: about 10 incomplete beta functions.
 * Source: DLMF 8.17, through `inverseRegularizedBeta`.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`probability outside 0 to 1: ${String(p)}`)
  return inverseRegularizedBeta(p, 1 - p, a, b).x
}
