import { kolmogorovSurvival } from '../special/kolmogorov.ts'

/**
 * Half the width of the two-sample band around D: |D - true D| is at most this with probability
 * 1 - alpha (Dvoretzky-Kiefer-Wolfowitz-Massart form; proved under the null hypothesis for n = m of at
 * least 458, an approximation away from it).
 *
 * @param n - Reference values, at least 1.
 * @param m - Current values, at least 1.
 * @param alpha - Error probability, above 0 and below 1.
 * @returns sqrt(ln(2/alpha)/2 * (n + m)/(nm)).
 * @throws RangeError when an argument is out of range.
 * Source: Massart 1990, The Annals of Probability 18; Wei, Dudley 2012, Statistics & Probability
 * Letters 82.
 */
export function dkwHalfWidth(n: number, m: number, alpha: number): number {
  requireSizes(n, m)
  requireProbability(alpha)
  return Math.sqrt((Math.log(2 / alpha) / 2) * (1 / n + 1 / m))
}

/**
 * The guaranteed band: the sum of the two one-sample bands at alpha/2 each, 1.4 to 1.5 times wider.
 *
 * @param n - Reference values, at least 1.
 * @param m - Current values, at least 1.
 * @param alpha - Error probability, above 0 and below 1.
 * @throws RangeError when an argument is out of range.
 * Source: Massart 1990, The Annals of Probability 18.
 */
export function dkwHalfWidthStrict(n: number, m: number, alpha: number): number {
  requireSizes(n, m)
  requireProbability(alpha)
  const factor = Math.log(4 / alpha)
  return Math.sqrt(factor / (2 * n)) + Math.sqrt(factor / (2 * m))
}

/**
 * The smallest D that would be significant: the limit law's quantile at `alpha`, scaled to the sizes.
 *
 * @param n - Reference values, at least 1.
 * @param m - Current values, at least 1.
 * @param alpha - The level after adjustment for the number of tests, above 0 and below 1.
 * @returns Above 0, at most 1.
 * @throws RangeError when an argument is out of range.
 * Complexity: 60 evaluations of the limit law.
 */
export function smallestSignificantD(n: number, m: number, alpha: number): number {
  requireSizes(n, m)
  requireProbability(alpha)
  return Math.min(1, limitQuantile(alpha) * Math.sqrt(1 / n + 1 / m))
}

/** The l with Q(l) = alpha. */
function limitQuantile(alpha: number): number {
  let low = 0
  // Q(l) < 2 exp(-2 l^2), so the quantile lies below this.
  let high = Math.sqrt(Math.log(2 / alpha) / 2)
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (kolmogorovSurvival(middle) > alpha) low = middle
    else high = middle
  }
  return high
}

/**
 * How many rows each side needs so that `effect` would be significant, with both sides equally large.
 *
 * @param effect - D, above 0 and at most 1.
 * @param alpha - The level after adjustment for the number of tests, above 0 and below 1.
 * @throws RangeError when an argument is out of range.
 */
export function rowsForEffect(effect: number, alpha: number): number {
  if (!(effect > 0 && effect <= 1)) throw new RangeError(`not an effect: ${String(effect)}`)
  requireProbability(alpha)
  return Math.ceil(2 * (limitQuantile(alpha) / effect) ** 2)
}

function requireSizes(n: number, m: number): void {
  if (!(n >= 1) || !(m >= 1) || n === Infinity || m === Infinity) {
    throw new RangeError(`not sample sizes: ${String(n)} and ${String(m)}`)
  }
}

function requireProbability(alpha: number): void {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`not a probability: ${String(alpha)}`)
}
