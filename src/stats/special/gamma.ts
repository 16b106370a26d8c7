import { deviance, stirlingError } from './stirling.ts'

/**
 * Relative change at which a continued fraction or a series has settled: a little above rounding, so
 * that every loop ends.
 */
const SETTLED = 2 ** -50

/**
 * x^a e^-x / Gamma(a + 1): the Poisson probability of a events at mean x, for real a.
 *
 * @param a - Shape, real, >= 0.
 * @param x - Mean, real, >= 0.
 * @returns The density; relative error about 1e-15 times its logarithm.
 * NaN in an argument gives NaN. Complexity: O(1). Source: C. Loader, 2000.
 */
export function poissonDensity(a: number, x: number): number {
  if (x === 0) return a === 0 ? 1 : 0
  if (a === 0) return Math.exp(-x)
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a)
}

/**
 * Both regularised incomplete gamma functions.
 *
 * @param a - Shape, real, >= 1/2 for the stated accuracy.
 * @param x - Real, >= 0; Infinity is allowed.
 * @returns `lower` = P(a, x) and `upper` = Q(a, x) = 1 - P(a, x). Whichever of the two is small was
 * computed directly, so each has a relative error near 1e-13 down to 1e-300.
 * @throws RangeError when a is not a positive finite number or x is negative or NaN.
 * Complexity: O(sqrt(a)) terms near x = a, fewer elsewhere.
 * Source: series below a + 1, Legendre's continued fraction by Lentz's method above; leading factor
 * after Loader 2000.
 */
export function regularizedGamma(a: number, x: number): { lower: number; upper: number } {
  if (!(a > 0) || a === Infinity) throw new RangeError(`shape must be positive: ${String(a)}`)
  if (!(x >= 0)) throw new RangeError(`argument must not be negative: ${String(x)}`)
  if (x === Infinity) return { lower: 1, upper: 0 }
  const density = poissonDensity(a, x)
  if (x < a + 1) {
    const lower = density * lowerSeries(a, x)
    return { lower, upper: 1 - lower }
  }
  const upper = density * a * upperFraction(a, x)
  return { lower: 1 - upper, upper }
}

function lowerSeries(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let k = a + 1; term > sum * SETTLED; k++) {
    term *= x / k
    sum += term
  }
  return sum
}

function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = Infinity
  let d = 1 / b
  let fraction = d
  let change = 0
  for (let k = 1; Math.abs(change - 1) > SETTLED; k++) {
    const numerator = -k * (k - a)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    change = c * d
    fraction *= change
  }
  return fraction
}
