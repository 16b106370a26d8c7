import { poissonDensity, regularizedGamma } from '../special/gamma.ts'

/** A Poisson weight below this share of the largest cannot change a sum of doubles. */
const NEGLIGIBLE = 1e-20

/**
 * The chi-square survival function P(X > x).
 *
 * @param x - Real; below 0 the answer is 1.
 * @param df - Degrees of freedom, positive, not necessarily whole.
 * @returns From 0 to 1; relative error near 1e-13 down to 1e-300.
 * @throws RangeError when x is NaN or df is not positive and finite.
 * Complexity: O(sqrt(df)).
 * Source: Q(df/2, x/2), DLMF 8.2, through `regularizedGamma`.
 */
export function chiSquareSurvival(x: number, df: number): number {
  if (Number.isNaN(x)) throw new RangeError('x is NaN')
  return regularizedGamma(df / 2, Math.max(0, x) / 2).upper
}

/**
 * The noncentral chi-square survival function P(X > x), the null law of a minimum-effect test:
 * with nc = nm/(n+m) * phi0^2 it bounds the p-value of "the effect is at most phi0".
 *
 * @param x - Real; below 0 the answer is 1.
 * @param df - Degrees of freedom, positive.
 * @param nc - Noncentrality, >= 0; 0 gives the central law.
 * @returns From 0 to 1; relative error near 1e-12.
 * @throws RangeError when x is NaN, df is not positive and finite, or nc is negative or not finite.
 * Complexity: O(sqrt(nc) + sqrt(x) + sqrt(df)). Source: Poisson mixture of central laws, summed
 * upwards with Q(a+1, x) = Q(a, x) + x^a e^-x / Gamma(a+1), so every term is positive.
 */
export function noncentralChiSquareSurvival(x: number, df: number, nc: number): number {
  if (!(nc >= 0) || nc === Infinity) throw new RangeError(`noncentrality: ${String(nc)}`)
  if (nc === 0) return chiSquareSurvival(x, df)
  if (Number.isNaN(x)) throw new RangeError('x is NaN')
  if (!(x > 0)) return 1
  if (x === Infinity) return 0
  const mean = nc / 2
  const mode = Math.floor(mean)
  const floor = poissonDensity(mode, mean) * NEGLIGIBLE
  let j = mode
  // Lower terms have both less weight and less survival than the one at the mode.
  while (j > 0 && poissonDensity(j, mean) > floor)
    j = Math.max(0, j - 1 - Math.floor((mode - j) / 4))
  const half = x / 2
  let survival = regularizedGamma(df / 2 + j, half).upper
  let sum = 0
  for (let previous = 0; ; j++) {
    const term = poissonDensity(j, mean) * survival
    sum += term
    if (j > mode && term <= previous && term <= sum * 2 ** -54) return Math.min(1, sum)
    previous = term
    survival += poissonDensity(df / 2 + j, half)
  }
}
