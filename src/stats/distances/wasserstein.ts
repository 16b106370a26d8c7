import type { DriftStatistic, NumericStatisticDescriptor } from '../statistic.ts'
import { NUMERIC_DOMAINS } from '../statistic.ts'
import { lineDistances } from './line-distances.ts'

/**
 * The Wasserstein-1 distance: the area between the two empirical distribution functions, in the unit
 * of the values. For a pure shift it is the shift.
 *
 * @param referenceSorted - Ascending, no NaN.
 * @param currentSorted - Ascending, no NaN.
 * @returns At least 0; `null` with a reason for an empty sample, infinite values, or an overflow.
 * @throws RangeError when an array is not sorted or contains NaN.
 * Missing values: removed before. Complexity: O(n + m), compensated sum.
 * Source: Vallender 1974, "Calculation of the Wasserstein distance between probability distributions
 * on the line", Theory of Probability and its Applications 18.
 */
export function wasserstein1(
  referenceSorted: Float64Array,
  currentSorted: Float64Array,
): DriftStatistic {
  return lineDistances(referenceSorted, currentSorted).wasserstein1
}

export const wasserstein1Descriptor: NumericStatisticDescriptor = {
  id: 'wasserstein-1',
  title: 'Wasserstein-1 distance',
  family: 'distance',
  appliesTo: NUMERIC_DOMAINS,
  input: 'sorted-values',
  definition:
    'W = integral of |F_n(x) - G_m(x)| dx: the area between the two empirical distribution functions, which is the least average distance over which values have to be moved to turn one sample into the other. It has the unit of the feature, so an absolute limit means something else for each feature; reports also give it divided by a robust scale of the reference.',
  range: { minimum: 0, maximum: Infinity },
  units: 'units of the feature',
  missingRule: 'Missing values are removed. Infinite values leave it undefined.',
  complexity: 'O(n + m) on sorted samples',
  symmetric: true,
  references: [
    {
      title:
        'Calculation of the Wasserstein distance between probability distributions on the line',
      authors: 'Vallender, S. S.',
      year: 1974,
      where: 'Theory of Probability and its Applications 18, 784-786',
    },
  ],
  compute: wasserstein1,
}
