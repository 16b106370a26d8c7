import type { DescribedStatisticDescriptor } from '../statistic.ts'
import { requireWholeCounts } from './counts.ts'

/**
 * The exact test of a value that the reference does not have: given k copies among all n + m rows,
 * the probability that all of them fell into the current sample.
 *
 * @param k - Copies of the value in the current sample.
 * @param n - Valid reference values.
 * @param m - Valid current values.
 * @returns p = product over i < k of (m - i) / (n + m - i); 1 for k = 0.
 * @throws RangeError when an argument is not a count or k exceeds m.
 * Complexity: O(k), less when p underflows to 0.
 * Source: hypergeometric law; one side of Fisher's exact test.
 */
export function novelCategory(k: number, n: number, m: number): number {
  requireWholeCounts({ k, n, m })
  if (k > m) throw new RangeError(`${String(k)} of ${String(m)} values cannot be new`)
  let p = 1
  for (let i = 0; i < k && p > 0; i++) p *= (m - i) / (n + m - i)
  return p
}

export const novelCategoryDescriptor: DescribedStatisticDescriptor = {
  id: 'novel-category',
  title: 'Values that the reference does not have',
  family: 'test',
  appliesTo: ['category', 'boolean'],
  input: 'other',
  definition:
    'For each value that occurs k times in the current sample and never in the reference, p = product over i < k of (m - i)/(n + m - i), multiplied by the number of such values (Bonferroni). The effect is the share of current rows in such values.',
  range: { minimum: 0, maximum: 1 },
  units: 'share of rows',
  missingRule: 'Missing values are removed; they are not a value.',
  complexity: 'O(k) per value',
  symmetric: false,
  references: [
    {
      title: 'The logic of inductive inference',
      authors: 'Fisher, R. A.',
      year: 1935,
      where: 'Journal of the Royal Statistical Society 98, 39-82',
    },
  ],
}
