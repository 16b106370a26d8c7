import { betaBinomialUpperTail } from '../distributions/beta-binomial.ts'
import type { DescribedStatisticDescriptor } from '../statistic.ts'
import { NUMERIC_DOMAINS } from '../statistic.ts'
import { requireWholeCounts } from './counts.ts'

/**
 * The exact test of too many current values beyond extreme order statistics of the reference.
 *
 * With K the number of the m current values below the `rLow`-th smallest or above the `rHigh`-th
 * largest of the n reference values, K is BetaBinomial(m, r, n + 1 - r) with r = rLow + rHigh when
 * both samples come from one continuous distribution, whatever it is.
 *
 * @param k - Observed K.
 * @param n - Valid reference values, at least 1.
 * @param m - Valid current values.
 * @param rLow - Rank from below, 0 to look at the upper end only.
 * @param rHigh - Rank from above, 0 to look at the lower end only.
 * @returns p = P(K >= k), conservative with ties; 1 when the two ranks cross, because every value
 * then lies outside.
 * @throws RangeError when an argument is not a count, k exceeds m, n is 0, or both ranks are 0.
 * Complexity: O(k) at most.
 * Source: exceedances of order statistics, Gumbel, von Schelling 1950.
 */
export function tailExceedance(
  k: number,
  n: number,
  m: number,
  rLow: number,
  rHigh: number,
): number {
  requireWholeCounts({ k, n, m, rLow, rHigh })
  if (n === 0) throw new RangeError('the reference sample has no valid value')
  if (k > m) throw new RangeError(`${String(k)} of ${String(m)} values cannot be outside`)
  const r = rLow + rHigh
  if (r === 0) throw new RangeError('both ranks are 0')
  if (r > n) return 1
  return betaBinomialUpperTail(k, m, r, n + 1 - r)
}

export const tailExceedanceDescriptor: DescribedStatisticDescriptor = {
  id: 'tail-exceedance',
  title: 'Exceedances of the reference tails',
  family: 'test',
  appliesTo: NUMERIC_DOMAINS,
  input: 'other',
  definition:
    'K counts current values below the r-th smallest or above the r-th largest reference value. Without drift K is BetaBinomial(m, 2r, n + 1 - 2r) for every continuous distribution; p = P(K >= k). The effect is k/m - 2r/(n + 1).',
  range: { minimum: -1, maximum: 1 },
  units: 'share of rows',
  missingRule: 'Missing values are removed. Infinite values count as outside.',
  complexity: 'O(n + m) to count, O(k) for the p-value',
  symmetric: false,
  references: [
    {
      title: 'The distribution of the number of exceedances',
      authors: 'Gumbel, E. J.; von Schelling, H.',
      year: 1950,
      where: 'Annals of Mathematical Statistics 21, 247-262',
    },
  ],
}
