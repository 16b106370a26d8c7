import { normalSurvival } from '../distributions/normal.ts'
import type { DescribedStatisticDescriptor, DriftStatistic } from '../statistic.ts'
import { requireWholeCounts } from './counts.ts'
import { fisherExact } from './fisher-exact.ts'
import { emptySampleReason } from './tie-groups.ts'

/** Up to this many rows the exact test is always taken. */
const EXACT_UP_TO = 100_000
/** Above that, the normal law is trusted only where every expected count is at least this. */
const ENOUGH_EXPECTED = 100

export interface TwoProportionResult extends DriftStatistic {
  /** Current share minus reference share. */
  readonly statistic: number | null
  readonly pValue: number | null
  readonly method: 'exact' | 'asymptotic'
  /** The standardised difference, where the normal law was used and the pooled variance is not 0. */
  readonly z: number | null
}

/**
 * The two-sided z test of equal proportions with the pooled variance (no continuity correction).
 *
 * @param successesReference - Successes among `n`.
 * @param n - Rows of the reference.
 * @param successesCurrent - Successes among `m`.
 * @param m - Rows of the current sample.
 * @returns The difference current - reference and p = P(|Z| >= z). Shares that are 0 or 1 on both
 * sides give p = 1; an empty sample gives `null` with a reason.
 * @throws RangeError when a count is not a whole number or exceeds its rows.
 * Complexity: O(1). Source: equals Pearson's chi-square test of the 2x2 table.
 */
export function twoProportionZ(
  successesReference: number,
  n: number,
  successesCurrent: number,
  m: number,
): TwoProportionResult {
  return compareProportions(successesReference, n, successesCurrent, m, 'asymptotic')
}

/**
 * The test of equal missing rates, two-sided.
 *
 * @param missingReference - Rows without a value among `n`.
 * @param n - All rows of the reference, the missing ones included.
 * @param missingCurrent - Rows without a value among `m`.
 * @param m - All rows of the current sample.
 * @returns `statistic`: current rate minus reference rate; p by Fisher's exact test up to 100,000
 * rows in total or where an expected count is below 100, else by the pooled z test. An empty sample
 * gives `null` with a reason.
 * @throws RangeError when a count is not a whole number or exceeds its rows.
 * Complexity: O(log N + sqrt(N)). Source: Fisher 1935; above, as `twoProportionZ`.
 */
export function missingRateTest(
  missingReference: number,
  n: number,
  missingCurrent: number,
  m: number,
): TwoProportionResult {
  const total = n + m
  const missing = missingReference + missingCurrent
  const smallest = (Math.min(missing, total - missing) / total) * Math.min(n, m)
  const isLarge = total > EXACT_UP_TO && smallest >= ENOUGH_EXPECTED
  return compareProportions(
    missingReference,
    n,
    missingCurrent,
    m,
    isLarge ? 'asymptotic' : 'exact',
  )
}

function compareProportions(
  a: number,
  n: number,
  b: number,
  m: number,
  method: 'exact' | 'asymptotic',
): TwoProportionResult {
  requireWholeCounts({ 'reference count': a, 'reference rows': n })
  requireWholeCounts({ 'current count': b, 'current rows': m })
  if (a > n || b > m) throw new RangeError('a count exceeds its number of rows')
  const base = { method, n: { reference: n, current: m }, warnings: [] }
  const reason = emptySampleReason(n, m)
  if (reason !== undefined) return { ...base, statistic: null, pValue: null, z: null, reason }
  const statistic = b / m - a / n
  if (method === 'exact') {
    return { ...base, statistic, pValue: fisherExact(a, n - a, b, m - b), z: null }
  }
  const pooled = (a + b) / (n + m)
  const variance = pooled * ((n - a + (m - b)) / (n + m)) * (1 / n + 1 / m)
  if (variance === 0) return { ...base, statistic, pValue: 1, z: null }
  const z = statistic / Math.sqrt(variance)
  return { ...base, statistic, pValue: Math.min(1, 2 * normalSurvival(Math.abs(z))), z }
}

export const missingRateDescriptor: DescribedStatisticDescriptor = {
  id: 'missing-rate',
  title: 'Difference of missing rates',
  family: 'test',
  appliesTo: ['number', 'integer', 'datetime', 'category', 'boolean'],
  input: 'other',
  definition:
    "The share of rows without a value in the current sample minus that in the reference; p two-sided from Fisher's exact test, or from the pooled z test above 100,000 rows when every expected count is at least 100.",
  range: { minimum: -1, maximum: 1 },
  units: 'share of rows',
  missingRule: 'Missing values are what is counted: empty cells, nulls, missing tokens and NaN.',
  complexity: 'O(log N + sqrt(N))',
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
