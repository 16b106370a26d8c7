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
 * Complexity: O(1).
 */
export function dkwHalfWidth(n: number, m: number, alpha: number): number {
  requireSizes(n, m)
  requireProbability(alpha)
  return Math.sqrt((Math.log(2 / alpha) / 2) * (1 / n + 1 / m))
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
 * Source: Smirnov 1939: D sqrt(nm/(n+m)) has the Kolmogorov limit law.
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

function requireSizes(n: number, m: number): void {
  if (!(n >= 1) || !(m >= 1) || n === Infinity || m === Infinity) {
    throw new RangeError(`not sample sizes: ${String(n)} and ${String(m)}`)
  }
}

function requireProbability(alpha: number): void {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`not a probability: ${String(alpha)}`)
}
