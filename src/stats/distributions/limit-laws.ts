/**
 * Limit laws of the empirical-process statistics: sums of Z_k^2 / lambda_k over independent standard
 * normal Z_k. Smirnov's formula gives the upper tail itself, as an alternating sum of integrals over
 * the intervals between lambda_1 and lambda_2, lambda_3 and lambda_4, …, so p-values keep their
 * relative accuracy where one minus a series for the distribution function would be noise.
 */

/**
 * Points of the midpoint rule per interval, and how many more a steep exponential needs; the
 * integrand is smooth and periodic in the angle, so the error falls exponentially.
 */
const NODES = 48
const NODES_PER_STEEPNESS = 3
/** Beyond this exponent a term is below the smallest double. */
const LARGEST_EXPONENT = 760
/** At or below this both limit laws have survival 1 to double precision. */
const CERTAIN = 0.003

/**
 * The survival function of the limit law of the Cramer-von Mises statistic.
 *
 * @param x - The standardised statistic (mean 1/6), real.
 * @returns From 0 to 1; relative error near 1e-12 for the tail below 1/2.
 * @throws RangeError when x is NaN.
 * Complexity: O(1). Source: Smirnov 1936; Anderson, Darling 1952; lambda_k = k^2 pi^2.
 */
export function cramerVonMisesSurvival(x: number): number {
  return smirnovTail(x, (first, share, rest) => {
    const root = (first + share) * Math.PI
    const distance = Math.sin(Math.PI * Math.min(share, rest))
    return { y: root * root, derivative: 2 * Math.PI * root, weight: Math.sqrt(root / distance) }
  })
}

/**
 * The survival function of the limit law of the two-sample Anderson-Darling statistic.
 *
 * @param x - The statistic scaled to the mean 1 of the limit law, real.
 * @returns From 0 to 1; relative error near 1e-12 for the tail below 1/2.
 * @throws RangeError when x is NaN.
 * Complexity: O(1). Source: Anderson, Darling 1952; lambda_k = k (k + 1).
 */
export function andersonDarlingSurvival(x: number): number {
  return smirnovTail(x, (first, share, rest) => {
    const k = first + share
    const y = k * (k + 1)
    // The product over k of 1 - y / lambda_k is sin(pi k) / (pi y) on this scale.
    const distance = Math.sin(Math.PI * Math.min(share, rest))
    return { y, derivative: 2 * k + 1, weight: Math.sqrt((Math.PI * y) / distance) }
  })
}

interface SmirnovPoint {
  /** The place on the axis of the lambdas. */
  readonly y: number
  /** dy / d(first + share). */
  readonly derivative: number
  /** 1 / sqrt|D(y)| with D(y) the product over k of (1 - y / lambda_k). */
  readonly weight: number
}

/** The point a `share` of the way from the index `first` to the next; `rest` is 1 - share. */
type SmirnovCurve = (first: number, share: number, rest: number) => SmirnovPoint

function smirnovTail(x: number, at: SmirnovCurve): number {
  if (Number.isNaN(x)) throw new RangeError('the statistic is NaN')
  if (x <= CERTAIN) return 1
  if (x === Infinity) return 0
  let sum = 0
  for (let first = 1, sign = 1; ; first += 2, sign = -sign) {
    const term = intervalIntegral(x, first, at)
    sum += sign * term
    if (term <= Math.abs(sum) * 2 ** -54) break
  }
  return Math.min(1, Math.max(0, sum))
}

function intervalIntegral(x: number, first: number, at: SmirnovCurve): number {
  const start = at(first, 0, 1).y
  const steepness = Math.sqrt(x * (at(first, 1, 0).y - start))
  // Beyond this the exponential is below the smallest double.
  if ((start * x) / 2 > LARGEST_EXPONENT) return 0
  const nodes = NODES + Math.ceil(NODES_PER_STEEPNESS * steepness)
  let integral = 0
  for (let node = 0; node < nodes; node++) {
    // The substitution share = (1 - cos angle) / 2 takes the root singularities away.
    const angle = ((node + 0.5) * Math.PI) / nodes
    const { y, derivative, weight } = at(first, Math.sin(angle / 2) ** 2, Math.cos(angle / 2) ** 2)
    integral += (Math.sin(angle) * derivative * weight * Math.exp((-x * y) / 2)) / y
  }
  return integral / (2 * nodes)
}
