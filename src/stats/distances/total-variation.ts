import type { CountsStatisticDescriptor, DriftStatistic } from '../statistic.ts'
import { COUNTED_DOMAINS } from '../statistic.ts'
import { sumOf } from '../sums.ts'
import { distanceResult } from './distance.ts'
import { sharesOf } from './shares.ts'

/**
 * The total variation distance: half the sum of absolute differences of shares, which is the share of
 * rows that would have to change cell.
 *
 * @param referenceCounts - Counts per cell.
 * @param currentCounts - Counts over the same cells.
 * @returns From 0 to 1; `null` with a reason when a side has no rows.
 * @throws RangeError when the tables differ in length or hold no counts.
 * Missing values: not counted, or a cell of their own. Complexity: O(cells).
 * Source: Levin, Peres 2017, "Markov Chains and Mixing Times", proposition 4.2.
 */
export function totalVariation(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): DriftStatistic {
  const shares = sharesOf(referenceCounts, currentCounts)
  if ('reason' in shares) return distanceResult(shares.reason, shares.n, shares.m)
  const { reference, current, n, m } = shares
  const differences = reference.map((p, cell) => Math.abs(p - (current[cell] as number)))
  return distanceResult(Math.min(1, sumOf(differences) / 2), n, m)
}

export const totalVariationDescriptor: CountsStatisticDescriptor = {
  id: 'total-variation',
  title: 'Total variation distance',
  family: 'distance',
  appliesTo: COUNTED_DOMAINS,
  input: 'counts',
  definition:
    'TV = 1/2 * sum |p - q| over the cells: the share of rows that would have to change category. Many rare categories bias it upwards, so the default rule pools categories with an expected count below 5 first.',
  range: { minimum: 0, maximum: 1 },
  units: 'share of rows',
  missingRule: 'Missing values are not counted; they have a key of their own.',
  complexity: 'O(cells)',
  symmetric: true,
  references: [
    {
      title: 'Markov Chains and Mixing Times, 2nd edition',
      authors: 'Levin, D. A.; Peres, Y.',
      year: 2017,
      where: 'American Mathematical Society, section 4.1',
    },
  ],
  compute: totalVariation,
}
