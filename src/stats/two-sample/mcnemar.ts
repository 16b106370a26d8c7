import { binomialProbability, binomialSurvival } from '../distributions/binomial.ts'
import { chiSquareSurvival } from '../distributions/chi-square.ts'
import { requireWholeCounts } from './counts.ts'

/** Statistics and two-sided p-values of the b + c rows on which the two classifiers disagree. */
export interface McNemarResult {
  /** Two-sided exact p-value. */
  readonly exact: number
  /** Two-sided mid-p value, the recommended one. */
  readonly midP: number
  /** (b - c)^2 / (b + c) and its p-value. */
  readonly chiSquare: number
  readonly chiSquarePValue: number
  /** (|b - c| - 1)^2 / (b + c) and its p-value (Edwards). */
  readonly correctedChiSquare: number
  readonly correctedChiSquarePValue: number
}

/**
 * McNemar's test of two classifiers on the same rows.
 *
 * @param b - Rows that only the first gets right.
 * @param c - Rows that only the second gets right.
 * @returns All four usual p-values; without discordant rows every p is 1.
 * @throws RangeError when b or c is not a count.
 * Complexity: O(sqrt(b + c)). Sources: McNemar 1947; Edwards 1948; Fagerland, Lydersen, Laake 2013.
 */
export function mcNemar(b: number, c: number): McNemarResult {
  requireWholeCounts({ b, c })
  const n = b + c
  if (n === 0) {
    return {
      exact: 1,
      midP: 1,
      chiSquare: 0,
      chiSquarePValue: 1,
      correctedChiSquare: 0,
      correctedChiSquarePValue: 1,
    }
  }
  // P(X <= fewer) = P(X > n - fewer - 1) at probability 1/2.
  const fewer = Math.min(b, c)
  const twoTails = 2 * binomialSurvival(n - fewer - 1, n, 0.5)
  const chiSquare = ((b - c) / n) * (b - c)
  const corrected = ((Math.abs(b - c) - 1) / n) * (Math.abs(b - c) - 1)
  return {
    exact: Math.min(1, twoTails),
    midP: Math.min(1, twoTails - binomialProbability(fewer, n, 0.5)),
    chiSquare,
    chiSquarePValue: chiSquareSurvival(chiSquare, 1),
    correctedChiSquare: corrected,
    correctedChiSquarePValue: chiSquareSurvival(corrected, 1),
  }
}
