import { fisherExact } from '../../src/stats/two-sample/fisher-exact.ts'

/**
 * Two simulations of one rate disagree when Fisher's exact test of their two counts says so at this
 * level, which takes the Monte Carlo error of both sides into account. Over the 74 cells
 * of the tables chance alone makes a false disagreement in fewer than 8 % of all seeds.
 */
export const DISAGREEMENT_LEVEL = 0.001

export interface Agreement {
  readonly pValue: number
  readonly agrees: boolean
}

/**
 * Compares a count with a rate that another simulation printed after rounding.
 *
 * @param count - Tables that alarmed here.
 * @param replicates - Out of how many.
 * @param published - The printed rate.
 * @param publishedReplicates - Tables behind it.
 * @returns The p-value of the count behind the printed rate that is nearest to ours: rounding is
 * taken in our favour, by at most half a unit of the last digit. Complexity: O(1).
 */
export function agreement(
  count: number,
  replicates: number,
  published: string,
  publishedReplicates: number,
): Agreement {
  const behind = nearestCount(count / replicates, published, publishedReplicates)
  const others = publishedReplicates - behind
  const pValue = fisherExact(count, replicates - count, behind, others)
  return { pValue, agrees: pValue >= DISAGREEMENT_LEVEL }
}

/** Of the counts that would have been printed like this, the one whose rate is nearest to ours. */
function nearestCount(rate: number, published: string, replicates: number): number {
  const printed = Number(published)
  const half = halfUnit(published)
  const low = Math.max(0, Math.ceil((printed - half) * replicates))
  const high = Math.min(replicates, Math.floor((printed + half) * replicates))
  return Math.min(high, Math.max(low, Math.round(rate * replicates)))
}

/** Rates are printed to a hundredth, smaller ones to a thousandth. */
function halfUnit(published: string): number {
  const digits = published.split('.')[1]?.length ?? 3
  return digits >= 3 ? 0.0005 : 0.005
}
