import { deviance, stirlingError } from './stirling.ts'

/** A little above rounding, so that the fraction always ends. */
const SETTLED = 2 ** -50
/** Keeps Lentz's method from dividing by zero; far below any partial denominator that occurs. */
const TINY = 1e-300
const MAX_STEPS = 2000

/** A point of the unit interval with its complement, so that neither loses digits near an end. */
interface UnitPoint {
  readonly x: number
  /** 1 - x. */
  readonly y: number
}

/**
 * The continuous binomial probability Gamma(n+1)/(Gamma(a+1)Gamma(b+1)) x^a y^b with n = a + b.
 *
 * @param a - Real, >= 0.
 * @param b - Real, >= 0.
 * @param x - Probability, from 0 to 1.
 * @param y - 1 - x, passed in so that it keeps its digits.
 * @returns The density; relative error about 1e-15 times its logarithm.
 * NaN in an argument gives NaN. Complexity: O(1). Source: C. Loader, 2000.
 */
export function binomialDensity(a: number, b: number, x: number, y: number): number {
  if (x === 0) return a === 0 ? 1 : 0
  if (y === 0) return b === 0 ? 1 : 0
  if (a === 0) return Math.exp(b * logOf(y, x))
  if (b === 0) return Math.exp(a * logOf(x, y))
  const n = a + b
  const difference = a * y - b * x
  const exponent =
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    deviance(a, n * x, difference) -
    deviance(b, n * y, -difference)
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * a * b))
}

/** log of the first of two numbers that add to 1, through the smaller of them. */
function logOf(value: number, complement: number): number {
  return complement < 0.5 ? Math.log1p(-complement) : Math.log(value)
}

/**
 * The regularised incomplete beta function I_x(a, b).
 *
 * @param x - From 0 to 1.
 * @param y - 1 - x; pass the exact complement, 1 - x loses digits near 1.
 * @param a - Positive.
 * @param b - Positive.
 * @returns `lower` = I_x(a, b) and `upper` = I_y(b, a). Whichever is small was computed directly;
 * relative error near 1e-13 down to 1e-300.
 * @throws RangeError when a or b is not positive and finite, or x or y lies outside 0 to 1.
 * Complexity: O(sqrt(a + b)) terms. Sources: continued fraction of DiDonato, Morris 1992
 * (equation 9) by Lentz's method; leading factor after Loader 2000.
 */
export function regularizedBeta(
  x: number,
  y: number,
  a: number,
  b: number,
): { lower: number; upper: number } {
  if (!(a > 0 && b > 0) || a === Infinity || b === Infinity) {
    throw new RangeError(`shapes must be positive: ${String(a)}, ${String(b)}`)
  }
  if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
    throw new RangeError(`outside 0 to 1: ${String(x)}, ${String(y)}`)
  }
  if (x === 0) return { lower: 0, upper: 1 }
  if (y === 0) return { lower: 1, upper: 0 }
  const density = binomialDensity(a, b, x, y) * a * (b / (a + b))
  if (x < (a + 1) / (a + b + 2)) {
    const lower = density * betaFraction(x, y, a, b)
    return { lower, upper: 1 - lower }
  }
  const upper = density * betaFraction(y, x, b, a)
  return { lower: 1 - upper, upper }
}

/** I_x(a, b) B(a, b) / (x^a y^b); `excess` = a - (a+b) x = a y - b x is what must not cancel. */
function betaFraction(x: number, y: number, a: number, b: number): number {
  const excess = a * y - b * x
  let c = Infinity
  let d = 1 / awayFromZero((a * (excess + 1)) / (a + 1))
  let fraction = d
  let change = 0
  for (let k = 1; Math.abs(change - 1) > SETTLED; k++) {
    const middle = a + 2 * k - 1
    const numerator = ((a + k - 1) / middle) * ((a + b + k - 1) / middle) * (k * (b - k) * x * x)
    const denominator =
      k + (k * (b - k) * x) / middle + ((a + k) / (middle + 2)) * (excess + 1 + k * (1 + y))
    d = 1 / awayFromZero(denominator + numerator * d)
    c = awayFromZero(denominator + numerator / c)
    change = c * d
    fraction *= change
  }
  return fraction
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}

/**
 * The point where the regularised incomplete beta function takes a value.
 *
 * @param lower - I_x(a, b), from 0 to 1.
 * @param upper - 1 - lower, passed in so that it keeps its digits.
 * @param a - Positive.
 * @param b - Positive.
 * @returns x and 1 - x, each with a relative error near 1e-13; a point below 1e-307 is 0.
 * @throws RangeError when a or b is not positive and finite, or a probability lies outside 0 to 1.
 * Complexity: about 10 evaluations of `regularizedBeta`.
 * Source: Newton's method on log I as a function of log x, kept inside a bracket by bisection.
 */
export function inverseRegularizedBeta(
  lower: number,
  upper: number,
  a: number,
  b: number,
): UnitPoint {
  if (!(lower >= 0 && lower <= 1 && upper >= 0 && upper <= 1)) {
    throw new RangeError(`probability outside 0 to 1: ${String(lower)}, ${String(upper)}`)
  }
  const half = regularizedBeta(0.5, 0.5, a, b)
  if (lower === 0) return { x: 0, y: 1 }
  if (upper === 0) return { x: 1, y: 0 }
  // Each tail is compared in its own terms: one of `lower` and `half.lower` may round to 1.
  const inLowerHalf = lower <= 0.5 ? lower <= half.lower : upper >= half.upper
  if (inLowerHalf) {
    const x = pointBelowHalf(lower, upper, a, b)
    return { x, y: 1 - x }
  }
  const y = pointBelowHalf(upper, lower, b, a)
  return { x: 1 - y, y }
}

/** Solves I_x(a, b) = p for x <= 1/2, in log x and in the logarithm of the smaller tail. */
function pointBelowHalf(p: number, q: number, a: number, b: number): number {
  let low = Math.log(Number.MIN_VALUE)
  let high = Math.log(0.5)
  const useLower = p <= q
  const target = Math.log(useLower ? p : q)
  let logX = Math.min(high, (Math.log(p) + Math.log(a)) / a - 1)
  if (!(logX > low)) logX = (low + high) / 2
  for (let step = 0; step < MAX_STEPS; step++) {
    const x = Math.exp(logX)
    const y = -Math.expm1(logX)
    const value = regularizedBeta(x, y, a, b)
    const tail = useLower ? value.lower : value.upper
    const excess = tail > 0 ? Math.log(tail) - target : -Infinity
    const isAbove = useLower ? excess > 0 : excess < 0
    if (isAbove) high = logX
    else low = logX
    // d I / d log x = x f(x), and x f(x) = binomialDensity * a b / (n y).
    const slope =
      ((binomialDensity(a, b, x, y) * a * b) / ((a + b) * y) / tail) * (useLower ? 1 : -1)
    let next = logX - excess / slope
    if (!(next > low && next < high)) next = (low + high) / 2
    if (Math.abs(next - logX) <= 2 ** -52 * Math.max(1, Math.abs(logX))) return Math.exp(next)
    logX = next
  }
  return Math.exp(logX)
}
