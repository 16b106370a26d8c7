import type { CountsStatisticDescriptor, DriftStatistic } from '../statistic.ts'
import { COUNTED_DOMAINS } from '../statistic.ts'
import { distanceResult } from './distance.ts'
import { sharesOf } from './shares.ts'

/**
 * The largest difference of shares of any cell.
 *
 * @param referenceCounts - Counts per cell.
 * @param currentCounts - Counts over the same cells.
 * @returns From 0 to 1; `null` with a reason when a side has no rows.
 * @throws RangeError when the tables differ in length or hold no counts.
 * Missing values: not counted, or a cell of their own. Complexity: O(cells).
 * Source: the maximum norm; used for category skew by TensorFlow Data Validation.
 */
export function lInfinity(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): DriftStatistic {
  const shares = sharesOf(referenceCounts, currentCounts)
  if ('reason' in shares) return distanceResult(shares.reason, shares.n, shares.m)
  const { reference, current, n, m } = shares
  let largest = 0
  reference.forEach((p, cell) => {
    largest = Math.max(largest, Math.abs(p - (current[cell] as number)))
  })
  return distanceResult(largest, n, m)
}

export const lInfinityDescriptor: CountsStatisticDescriptor = {
  id: 'l-infinity',
  title: 'L-infinity distance',
  family: 'distance',
  appliesTo: COUNTED_DOMAINS,
  input: 'counts',
  definition:
    'max |p - q| over the cells: the largest change of any one share. It does not see many small changes.',
  range: { minimum: 0, maximum: 1 },
  units: 'share of rows',
  missingRule: 'Missing values are not counted; they have a key of their own.',
  complexity: 'O(cells)',
  symmetric: true,
  references: [
    {
      title: 'Data validation for machine learning',
      authors: 'Breck, E.; Polyzotis, N.; Roy, S.; Whang, S. E.; Zinkevich, M.',
      year: 2019,
      where: 'Proceedings of SysML',
    },
  ],
  compute: lInfinity,
}
