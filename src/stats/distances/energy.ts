import type { DriftStatistic, NumericStatisticDescriptor } from '../statistic.ts'
import { NUMERIC_DOMAINS } from '../statistic.ts'
import { lineDistances } from './line-distances.ts'

/**
 * The energy distance on the line, in scipy's form: sqrt(2 * integral of (F - G)^2 dx).
 *
 * @param referenceSorted - Ascending, no NaN.
 * @param currentSorted - Ascending, no NaN.
 * @returns At least 0, in the square root of the unit of the values; `null` with a reason for an empty
 * sample, infinite values, or an overflow.
 * @throws RangeError when an array is not sorted or contains NaN.
 * Missing values: removed before. Complexity: O(n + m), compensated sum.
 * Source: Székely, Rizzo 2013, "Energy statistics", Journal of Statistical Planning and Inference 143.
 */
export function energyDistance(
  referenceSorted: Float64Array,
  currentSorted: Float64Array,
): DriftStatistic {
  return lineDistances(referenceSorted, currentSorted).energy
}

export const energyDescriptor: NumericStatisticDescriptor = {
  id: 'energy',
  title: 'Energy distance',
  family: 'distance',
  appliesTo: NUMERIC_DOMAINS,
  input: 'sorted-values',
  definition:
    "E = sqrt(2 * integral of (F_n(x) - G_m(x))^2 dx), which equals sqrt(2 E|X-Y| - E|X-X'| - E|Y-Y'|). It is 0 only for equal distributions and depends on the unit of the feature.",
  range: { minimum: 0, maximum: Infinity },
  units: 'square root of the units of the feature',
  missingRule: 'Missing values are removed. Infinite values leave it undefined.',
  complexity: 'O(n + m) on sorted samples',
  symmetric: true,
  references: [
    {
      title: 'Energy statistics: a class of statistics based on distances',
      authors: 'Székely, G. J.; Rizzo, M. L.',
      year: 2013,
      where: 'Journal of Statistical Planning and Inference 143, 1249-1272',
    },
  ],
  compute: energyDistance,
}
