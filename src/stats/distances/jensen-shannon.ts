import type { CountsStatisticDescriptor, DriftStatistic } from '../statistic.ts'
import { COUNTED_DOMAINS } from '../statistic.ts'
import { sumOf } from '../sums.ts'
import { distanceResult } from './distance.ts'
import { sharesOf } from './shares.ts'

/** Base 2 bounds the divergence by 1; natural logarithms bound it by ln 2. */
export type LogarithmBase = 'bits' | 'nats'

/**
 * The Jensen-Shannon divergence (KL(p, m) + KL(q, m)) / 2 with m = (p + q) / 2.
 *
 * @param referenceCounts - Counts or densities per cell; only their proportions matter.
 * @param currentCounts - The same over the same cells.
 * @param base - The logarithm's base.
 * @returns From 0 to 1 bit; `null` with a reason when a side has no rows.
 * @throws RangeError when the tables differ in length or hold negative numbers.
 * Missing values: not counted, or a cell of their own. Complexity: O(cells).
 * Source: Lin 1991, "Divergence measures based on the Shannon entropy", IEEE Transactions on
 * Information Theory 37.
 */
export function jensenShannonDivergence(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
  base: LogarithmBase = 'bits',
): DriftStatistic {
  const shares = sharesOf(referenceCounts, currentCounts)
  if ('reason' in shares) return distanceResult(shares.reason, shares.n, shares.m)
  const { reference, current, n, m } = shares
  const nats = sumOf(reference.map((p, cell) => cellTerm(p, current[cell] as number)))
  const divergence = base === 'bits' ? nats / Math.LN2 : nats
  return distanceResult(Math.min(base === 'bits' ? 1 : Math.LN2, Math.max(0, divergence)), n, m)
}

/**
 * The Jensen-Shannon distance: the root of the divergence, which is a metric. What scipy's
 * `jensenshannon` returns is this, not the divergence.
 *
 * @param referenceCounts - Counts or densities per cell; only their proportions matter.
 * @param currentCounts - The same over the same cells.
 * @param base - The logarithm's base.
 * @returns From 0 to 1 in base 2, to 0.8326 in nats; `null` with a reason when a side has no rows.
 * @throws RangeError when the tables differ in length or hold negative numbers.
 * Missing values: not counted, or a cell of their own. Complexity: O(cells).
 * Source: Endres, Schindelin 2003, IEEE Transactions on Information Theory 49.
 */
export function jensenShannonDistance(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
  base: LogarithmBase = 'bits',
): DriftStatistic {
  const divergence = jensenShannonDivergence(referenceCounts, currentCounts, base)
  if (divergence.statistic === null) return divergence
  return { ...divergence, statistic: Math.sqrt(divergence.statistic) }
}

/**
 * One cell's share of the divergence, without the cancellation that makes the textbook form negative
 * for nearly equal shares: with s = p + q and r = (p - q) / s it is
 * s/4 * [(1 + r) ln(1 + r) + (1 - r) ln(1 - r)].
 */
function cellTerm(p: number, q: number): number {
  const sum = p + q
  if (sum === 0) return 0
  const ratio = (p - q) / sum
  const square = ratio * ratio
  if (square < 1e-8) return (sum / 4) * (square + (square * square) / 6)
  const upper = ratio === -1 ? 0 : (1 + ratio) * Math.log1p(ratio)
  const lower = ratio === 1 ? 0 : (1 - ratio) * Math.log1p(-ratio)
  return (sum / 4) * (upper + lower)
}

export const jensenShannonDistanceDescriptor: CountsStatisticDescriptor = {
  id: 'jensen-shannon-distance',
  title: 'Jensen-Shannon distance',
  family: 'distance',
  appliesTo: COUNTED_DOMAINS,
  input: 'counts',
  definition:
    'The square root of the Jensen-Shannon divergence (KL(p, m) + KL(q, m)) / 2, m = (p + q) / 2, in base 2. Its value on unchanged data is about sqrt((k - 1)/8 * (1/n + 1/m) / ln 2) for k cells: a fixed limit fires on small samples.',
  range: { minimum: 0, maximum: 1 },
  units: 'none (base 2)',
  missingRule: 'Missing values are not counted; they have a key of their own.',
  complexity: 'O(cells)',
  symmetric: true,
  references: [
    {
      title: 'Divergence measures based on the Shannon entropy',
      authors: 'Lin, J.',
      year: 1991,
      where: 'IEEE Transactions on Information Theory 37, 145-151',
    },
    {
      title: 'A new metric for probability distributions',
      authors: 'Endres, D. M.; Schindelin, J. E.',
      year: 2003,
      where: 'IEEE Transactions on Information Theory 49, 1858-1860',
    },
  ],
  compute: jensenShannonDistance,
}
