import type { CountsStatisticDescriptor, DriftStatistic } from '../statistic.ts'
import { COUNTED_DOMAINS } from '../statistic.ts'
import { sumOf } from '../sums.ts'
import { distanceResult } from './distance.ts'
import { sharesOf } from './shares.ts'

/** How empty cells are kept from deciding the value: half a row in every cell, or a fixed share. */
export type EmptyCells = 'jeffreys' | { readonly floor: number }

/**
 * The population stability index sum (q - p) ln(q / p), the symmetrised Kullback-Leibler divergence.
 *
 * @param referenceCounts - Counts per cell.
 * @param currentCounts - Counts over the same cells.
 * @param emptyCells - `jeffreys` uses (count + 0.5) / (n + 0.5 k); a floor replaces shares of 0 and
 * does not scale the others, as several tools do.
 * @returns At least 0; `null` with a reason when a side has no rows.
 * @throws RangeError when the tables differ in length, hold no counts, or a floor is not above 0.
 * Missing values: not counted, or a cell of their own. Complexity: O(cells).
 * Source: Yurdakul, Naranjo 2020, "Statistical properties of the population stability index", Journal
 * of Risk Model Validation 14.
 */
export function populationStabilityIndex(
  referenceCounts: ArrayLike<number>,
  currentCounts: ArrayLike<number>,
  emptyCells: EmptyCells = 'jeffreys',
): DriftStatistic {
  const shares = sharesOf(referenceCounts, currentCounts)
  if ('reason' in shares) return distanceResult(shares.reason, shares.n, shares.m)
  const { n, m } = shares
  const p = withoutEmptyCells(referenceCounts, shares.reference, n, emptyCells)
  const q = withoutEmptyCells(currentCounts, shares.current, m, emptyCells)
  const terms = p.map((share, cell) => {
    const other = q[cell] as number
    return (other - share) * Math.log(other / share)
  })
  return distanceResult(Math.max(0, sumOf(terms)), n, m)
}

function withoutEmptyCells(
  counts: ArrayLike<number>,
  shares: readonly number[],
  total: number,
  emptyCells: EmptyCells,
): number[] {
  if (emptyCells === 'jeffreys') {
    const denominator = total + 0.5 * counts.length
    return Array.from(counts, (count) => (count + 0.5) / denominator)
  }
  const { floor } = emptyCells
  if (!(floor > 0)) throw new RangeError(`not a floor for shares: ${String(floor)}`)
  return shares.map((share) => (share === 0 ? floor : share))
}

export const populationStabilityIndexDescriptor: CountsStatisticDescriptor = {
  id: 'population-stability-index',
  title: 'Population stability index',
  family: 'distance',
  appliesTo: COUNTED_DOMAINS,
  input: 'counts',
  definition:
    'PSI = sum (q - p) ln(q / p) with half a row added to every cell. Numbers are counted between the deciles of the reference, with open outer cells. On unchanged data it is about (k - 1)(1/n + 1/m) for k cells, so the customary limits of 0.1 and 0.25 fire on small samples.',
  range: { minimum: 0, maximum: Infinity },
  units: 'nats',
  missingRule: 'Missing values are not counted; they have a key of their own.',
  complexity: 'O(cells)',
  symmetric: true,
  references: [
    {
      title: 'Statistical properties of the population stability index',
      authors: 'Yurdakul, B.; Naranjo, J.',
      year: 2020,
      where: 'Journal of Risk Model Validation 14(4)',
    },
  ],
  compute: (reference, current) => populationStabilityIndex(reference, current),
}
