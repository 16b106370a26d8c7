import { inverseRegularizedBeta, regularizedBeta } from '../special/beta.ts'
import { normalQuantile, normalSurvival } from './normal.ts'

/**
 * The survival function P(T > t) of Student's distribution.
 *
 * @param t - Real; infinite values are allowed.
 * @param df - Degrees of freedom, positive; Infinity gives the normal law.
 * @returns From 0 to 1; relative error near 1e-13 down to 1e-300.
 * @throws RangeError when t is NaN or df is not positive.
 * Complexity: O(sqrt(df)).
 * Source: I_y(df/2, 1/2) / 2 with y = df / (df + t^2), DLMF 8.17.
 */
export function studentTSurvival(t: number, df: number): number {
  if (Number.isNaN(t)) throw new RangeError('t is NaN')
  if (!(df > 0)) throw new RangeError(`degrees of freedom must be positive: ${String(df)}`)
  if (df === Infinity) return normalSurvival(t)
  if (t === 0) return 0.5
  const square = t * t
  const { lower } = regularizedBeta(1 / (1 + square / df), 1 / (1 + df / square), df / 2, 0.5)
  return t > 0 ? lower / 2 : 1 - lower / 2
}

/**
 * The quantile of Student's distribution: the t with P(T <= t) = p.
 *
 * @param p - From 0 to 1; 0 and 1 give -Infinity and Infinity.
 * @param df - Degrees of freedom, positive; Infinity gives the normal law.
 * @returns Relative error near 1e-12.
 * @throws RangeError when p is outside 0 to 1 or df is not positive.
 * Complexity: about 10 incomplete beta functions.
 * Source: the inverse of the same relation, through `inverseRegularizedBeta`.
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`probability outside 0 to 1: ${String(p)}`)
  if (!(df > 0)) throw new RangeError(`degrees of freedom must be positive: ${String(df)}`)
  if (df === Infinity) return normalQuantile(p)
  if (p === 0.5) return 0
  const tail = Math.min(p, 1 - p)
  // 1 - 2 tail is exact near p = 1/2, so a quantile close to 0 keeps its digits.
  const { x, y } = inverseRegularizedBeta(2 * tail, 1 - 2 * tail, df / 2, 0.5)
  const size = x === 0 ? Infinity : Math.sqrt((df * y) / x)
  return p < 0.5 ? -size : size
}
