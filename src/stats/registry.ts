import { energyDescriptor } from './distances/energy.ts'
import { hellingerDescriptor } from './distances/hellinger.ts'
import { jensenShannonDistanceDescriptor } from './distances/jensen-shannon.ts'
import { kullbackLeiblerDescriptor } from './distances/kullback-leibler.ts'
import { lInfinityDescriptor } from './distances/l-infinity.ts'
import { mmdDescriptor } from './distances/mmd.ts'
import { populationStabilityIndexDescriptor } from './distances/population-stability-index.ts'
import { totalVariationDescriptor } from './distances/total-variation.ts'
import { wasserstein1Descriptor } from './distances/wasserstein.ts'
import type { StatisticDescriptor } from './statistic.ts'
import { andersonDarlingDescriptor } from './two-sample/anderson-darling.ts'
import { chiSquareHomogeneityDescriptor, gTestDescriptor } from './two-sample/contingency.ts'
import { cramerVonMisesDescriptor } from './two-sample/cramer-von-mises.ts'
import { kolmogorovSmirnovDescriptor } from './two-sample/kolmogorov-smirnov.ts'
import { kuiperDescriptor } from './two-sample/kuiper.ts'
import { mannWhitneyDescriptor } from './two-sample/mann-whitney.ts'
import { novelCategoryDescriptor } from './two-sample/novel-category.ts'
import { welchTDescriptor } from './two-sample/t-test.ts'
import { tailExceedanceDescriptor } from './two-sample/tail-exceedance.ts'
import { missingRateDescriptor } from './two-sample/two-proportion.ts'

/** Every statistic that compares two samples, in the order in which documentation lists them. */
export const STATISTICS: readonly StatisticDescriptor[] = [
  kolmogorovSmirnovDescriptor,
  chiSquareHomogeneityDescriptor,
  tailExceedanceDescriptor,
  novelCategoryDescriptor,
  missingRateDescriptor,
  cramerVonMisesDescriptor,
  andersonDarlingDescriptor,
  mannWhitneyDescriptor,
  kuiperDescriptor,
  welchTDescriptor,
  gTestDescriptor,
  wasserstein1Descriptor,
  totalVariationDescriptor,
  jensenShannonDistanceDescriptor,
  populationStabilityIndexDescriptor,
  hellingerDescriptor,
  kullbackLeiblerDescriptor,
  lInfinityDescriptor,
  energyDescriptor,
  mmdDescriptor,
]

/**
 * The statistic with an id.
 *
 * @param id - Kebab-case, as listed in `STATISTICS`.
 * @returns The descriptor, or `undefined` when there is none.
 * Complexity: O(number of statistics).
 */
export function findStatistic(id: string): StatisticDescriptor | undefined {
  return STATISTICS.find((statistic) => statistic.id === id)
}
