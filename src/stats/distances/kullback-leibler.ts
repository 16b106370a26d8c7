import type { CountsStatisticDescriptor, DriftStatistic } from '../statistic.ts'
import { COUNTED_DOMAINS } from '../statistic.ts'
import { sumOf } from '../sums.ts'
import { distanceResult } from './distance.ts'
import { sharesOf } from './shares.ts'

/**
 * The Kullback-Leibler divergence sum p ln(p / q) of the reference from the current shares, in nats.
 *
 * @param referenceCounts - Counts per cell (p).
 * @param currentCounts - Counts over the same cells (q).
 * @param smoothing - Added to every count of both tables before shares are taken; 0 leaves them.
 * @returns At least 0; Infinity when a cell of the reference is empty in the current table and nothing
 * is added; `null` with a reason when a side has no rows.
 * @throws RangeError when the tables differ in length, hold no counts, or `smoothing` is negative.
 * Missing values: not counted, or a cell of their own. Complexity: O(cells).
 * Source: Kullback, Leibler 1951, The Annals of Mathematical Statistics 22.
 */
export function kullbackLeibler(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
  smoothing = 0,
): DriftStatistic {
  if (!(smoothing >= 0)) throw new RangeError(`not an amount to add: ${String(smoothing)}`)
  const plain = sharesOf(referenceCounts, currentCounts)
  if ('reason' in plain) return distanceResult(plain.reason, plain.n, plain.m)
  const add = (count: number): number => count + smoothing
  const shares = sharesOf(Array.from(referenceCounts, add), Array.from(currentCounts, add))
  if ('reason' in shares) return distanceResult(shares.reason, plain.n, plain.m)
  const terms = shares.reference.map((p, cell) =>
    p === 0 ? 0 : p * Math.log(p / (shares.current[cell] as number)),
  )
  return distanceResult(Math.max(0, sumOf(terms)), plain.n, plain.m)
}

export const kullbackLeiblerDescriptor: CountsStatisticDescriptor = {
  id: 'kullback-leibler',
  title: 'Kullback-Leibler divergence',
  family: 'distance',
  appliesTo: COUNTED_DOMAINS,
  input: 'counts',
  definition:
    'KL = sum p ln(p / q) in nats, p from the reference. An empty cell makes it infinite, so it is computed with half a row added to every cell; it is not symmetric.',
  range: { minimum: 0, maximum: Infinity },
  units: 'nats',
  missingRule: 'Missing values are not counted; they have a key of their own.',
  complexity: 'O(cells)',
  symmetric: false,
  references: [
    {
      title: 'On information and sufficiency',
      authors: 'Kullback, S.; Leibler, R. A.',
      year: 1951,
      where: 'The Annals of Mathematical Statistics 22, 79-86',
    },
  ],
  compute: (reference, current) => kullbackLeibler(reference, current, 0.5),
}
