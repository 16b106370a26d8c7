import { requireSorted } from '../sort.ts'
import type { DriftStatistic } from '../statistic.ts'
import { emptySampleReason } from '../two-sample/tie-groups.ts'
import { integrateCdfGaps, unboundedReason } from './cdf-gaps.ts'
import { distanceResult } from './distance.ts'

/** The distances that are integrals of F - G over the axis. */
export interface LineDistances {
  /** The integral of |F - G| dx, in the unit of the values. */
  readonly wasserstein1: DriftStatistic
  /** sqrt(2 * integral of (F - G)^2 dx), in the square root of the unit of the values. */
  readonly energy: DriftStatistic
}

/**
 * The Wasserstein-1 and the energy distance of two samples, for the price of one walk over them.
 *
 * @param referenceSorted - Ascending, no NaN.
 * @param currentSorted - Ascending, no NaN.
 * @returns Each at least 0; `null` with a reason for an empty sample, infinite values, or an overflow.
 * @throws RangeError when an array is not sorted or contains NaN.
 * Missing values: removed before. Complexity: O(n + m), compensated sums.
 * Sources: as `wasserstein1` and `energyDistance`.
 */
export function lineDistances(
  referenceSorted: Float64Array,
  currentSorted: Float64Array,
): LineDistances {
  requireSorted(referenceSorted, 'reference')
  requireSorted(currentSorted, 'current')
  const n = referenceSorted.length
  const m = currentSorted.length
  const reason = emptySampleReason(n, m) ?? unboundedReason(referenceSorted, currentSorted)
  if (reason !== undefined) {
    const none = distanceResult(reason, n, m)
    return { wasserstein1: none, energy: none }
  }
  const { absolute, squared } = integrateCdfGaps(referenceSorted, currentSorted)
  const resultOf = (distance: number): DriftStatistic =>
    distanceResult(Number.isFinite(distance) ? distance : 'the sum overflows', n, m)
  return {
    wasserstein1: resultOf(absolute),
    // Two roots instead of the root of the double: the doubled integral could overflow.
    energy: resultOf(Math.SQRT2 * Math.sqrt(squared)),
  }
}
