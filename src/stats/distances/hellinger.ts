import type { CountsStatisticDescriptor, DriftStatistic } from '../statistic.ts'
import { COUNTED_DOMAINS } from '../statistic.ts'
import { sumOf } from '../sums.ts'
import { distanceResult } from './distance.ts'
import { sharesOf } from './shares.ts'

/**
 * The Hellinger distance sqrt(1/2 * sum (sqrt p - sqrt q)^2). The difference form is used because
 * 1 - sum sqrt(pq) loses its digits for similar shares.
 *
 * @param referenceCounts - Counts per cell.
 * @param currentCounts - Counts over the same cells.
 * @returns From 0 to 1; `null` with a reason when a side has no rows.
 * @throws RangeError when the tables differ in length or hold no counts.
 * Missing values: not counted, or a cell of their own. Complexity: O(cells).
 * Source: Le Cam, Yang 2000, "Asymptotics in Statistics", chapter 3.
 */
export function hellinger(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
): DriftStatistic {
  const shares = sharesOf(referenceCounts, currentCounts)
  if ('reason' in shares) return distanceResult(shares.reason, shares.n, shares.m)
  const { reference, current, n, m } = shares
  const squares = reference.map(
    (p, cell) => (Math.sqrt(p) - Math.sqrt(current[cell] as number)) ** 2,
  )
  return distanceResult(Math.min(1, Math.sqrt(sumOf(squares) / 2)), n, m)
}

export const hellingerDescriptor: CountsStatisticDescriptor = {
  id: 'hellinger',
  title: 'Hellinger distance',
  family: 'distance',
  appliesTo: COUNTED_DOMAINS,
  input: 'counts',
  definition: 'H = sqrt(1/2 * sum (sqrt p - sqrt q)^2) over the cells; 1 when no cell is shared.',
  range: { minimum: 0, maximum: 1 },
  units: 'none',
  missingRule: 'Missing values are not counted; they have a key of their own.',
  complexity: 'O(cells)',
  symmetric: true,
  references: [
    {
      title: 'Asymptotics in Statistics: Some Basic Concepts, 2nd edition',
      authors: 'Le Cam, L.; Yang, G. L.',
      year: 2000,
      where: 'Springer, chapter 3',
    },
  ],
  compute: hellinger,
}
