import { erf, erfc, gaussianKernel } from '../special/erfc.ts'

const SQRT_2_PI = 2.5066282746310002
/** Distance of p from 1/2 up to which the quantile is solved from erf, which is exact near 0. */
const CENTRAL = 0.25
const MAX_STEPS = 60

/**
 * The standard normal survival function P(Z > z).
 *
 * @param z - Real; infinite values are allowed.
 * @returns From 0 to 1, relative error near 1e-15 (never 1 - cdf).
 * @throws RangeError when z is NaN.
 * Complexity: O(1).
 * Source: erfc(z / sqrt 2) / 2, DLMF 7.2.
 */
export function normalSurvival(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('z is NaN')
  return 0.5 * erfc(z * Math.SQRT1_2)
}

/**
 * The standard normal quantile: the z with P(Z <= z) = p.
 *
 * @param p - From 0 to 1; 0 and 1 give -Infinity and Infinity.
 * @returns Relative error near 1e-15. For an upper tail smaller than 1e-16 use the symmetry
 * -normalQuantile(q): 1 - q cannot hold it.
 * @throws RangeError when p is outside 0 to 1.
 * Complexity: O(1), a few Newton steps on erf or on the logarithm of the tail.
 * Source: Newton's method on `normalSurvival`; first guess from Abramowitz, Stegun 1964, 26.2.22.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`probability outside 0 to 1: ${String(p)}`)
  if (p === 0) return -Infinity
  if (p === 1) return Infinity
  const offset = p - 0.5
  if (Math.abs(offset) < CENTRAL) return centralQuantile(offset)
  return offset < 0 ? -upperQuantile(p) : upperQuantile(1 - p)
}

/** Solves erf(z / sqrt 2) / 2 = offset. */
function centralQuantile(offset: number): number {
  let z = offset * SQRT_2_PI
  for (let step = 0; step < MAX_STEPS; step++) {
    const change =
      ((0.5 * erf(z * Math.SQRT1_2) - offset) * SQRT_2_PI) / gaussianKernel(z * Math.SQRT1_2)
    z -= change
    if (Math.abs(change) <= Math.abs(z) * 2 ** -52) break
  }
  return z
}

/** Solves P(Z > z) = tail for tails below 1/2; the log tail is concave, so Newton cannot stray. */
function upperQuantile(tail: number): number {
  const target = Math.log(tail)
  const scale = Math.sqrt(-2 * target)
  let z = scale - (2.30753 + 0.27061 * scale) / (1 + scale * (0.99229 + scale * 0.04481))
  for (let step = 0; step < MAX_STEPS; step++) {
    const survival = normalSurvival(z)
    const slope = gaussianKernel(z * Math.SQRT1_2) / (SQRT_2_PI * survival)
    const change = (target - Math.log(survival)) / slope
    z -= change
    if (Math.abs(change) <= z * 2 ** -51) break
  }
  return z
}
