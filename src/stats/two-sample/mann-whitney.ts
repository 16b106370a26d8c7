import { normalSurvival } from '../distributions/normal.ts'
import { requireSorted } from '../sort.ts'
import type { DriftStatistic, NumericStatisticDescriptor } from '../statistic.ts'
import { NUMERIC_DOMAINS } from '../statistic.ts'
import { emptySampleReason, tieGroups } from './tie-groups.ts'

/** Largest n*m for which the exact law is tabulated; the table costs (n*m)^2 steps. */
const EXACT_UP_TO = 10_000

/** Where the p-value comes from. */
export interface MannWhitneyOptions {
  /** `exact` is refused to tied samples and to more than 10,000 pairs, which get the normal law. */
  readonly method?: 'auto' | 'exact' | 'asymptotic'
  /** Continuity correction of the normal law, on by default. */
  readonly continuity?: boolean
}

export interface MannWhitneyResult extends DriftStatistic {
  /** U of the reference: pairs with reference > current, ties as one half. */
  readonly statistic: number | null
  readonly pValue: number | null
  readonly method: 'exact' | 'asymptotic'
  /** P(current > reference) + P(tie)/2, from 0 to 1. */
  readonly auc: number | null
}

/**
 * The two-sided Mann-Whitney (Wilcoxon rank-sum) test.
 *
 * @param referenceSorted - Ascending, no NaN. Infinite values are ordinary ranks.
 * @param currentSorted - Ascending, no NaN.
 * @param options - Method and continuity correction.
 * @returns U of the reference from midranks, the AUC of current against reference, and p: exact
 * without ties up to 10,000 pairs, else normal with the tie-corrected variance. All values tied gives
 * p = 1; an empty sample gives `null` with a reason.
 * @throws RangeError when an array is not sorted or contains NaN.
 * Missing values: removed before.
 * Complexity: O(n + m), plus (nm)^2 for the exact law.
 * Source: Mann, Whitney 1947. It sees only P(current > reference) != 1/2 and is blind to spread.
 */
export function mannWhitney(
  referenceSorted: Float64Array,
  currentSorted: Float64Array,
  options: MannWhitneyOptions = {},
): MannWhitneyResult {
  requireSorted(referenceSorted, 'reference')
  requireSorted(currentSorted, 'current')
  const n = referenceSorted.length
  const m = currentSorted.length
  const base = { n: { reference: n, current: m }, warnings: [] }
  const reason = emptySampleReason(n, m)
  if (reason !== undefined) {
    return { ...base, statistic: null, pValue: null, auc: null, method: 'exact', reason }
  }
  const groups = tieGroups(referenceSorted, currentSorted)
  let currentBelow = 0
  let twiceU = 0
  let tieTerm = 0
  for (let g = 0; g < groups.reference.length; g++) {
    const a = groups.reference[g] as number
    const b = groups.current[g] as number
    twiceU += a * (2 * currentBelow + b)
    currentBelow += b
    const t = a + b
    tieTerm += t * (t - 1) * (t + 1)
  }
  const u = twiceU / 2
  const larger = Math.max(u, n * m - u)
  const { method = 'auto', continuity = true } = options
  const isExact = method !== 'asymptotic' && !groups.hasTies && n * m <= EXACT_UP_TO
  const pValue = isExact
    ? Math.min(1, 2 * exactUpperTail(larger, n, m))
    : normalPValue(larger, n, m, tieTerm, continuity)
  return {
    ...base,
    statistic: u,
    pValue,
    auc: (n * m - u) / (n * m),
    method: isExact ? 'exact' : 'asymptotic',
  }
}

function normalPValue(
  larger: number,
  n: number,
  m: number,
  tieTerm: number,
  continuity: boolean,
): number {
  const total = n + m
  const variance = ((n * m) / 12) * (total + 1 - tieTerm / total / (total - 1))
  if (!(variance > 0)) return 1
  const excess = larger - (n * m) / 2 - (continuity ? 0.5 : 0)
  return Math.min(1, 2 * normalSurvival(excess / Math.sqrt(variance)))
}

/**
 * P(U >= u) without ties. The largest of i + j values is from the first sample with probability
 * i / (i + j) and then beats j others: the law grows by positive terms alone.
 */
function exactUpperTail(u: number, n: number, m: number): number {
  let laws: Float64Array[] = Array.from({ length: m + 1 }, () => Float64Array.of(1))
  for (let i = 1; i <= n; i++) {
    const next: Float64Array[] = [Float64Array.of(1)]
    for (let j = 1; j <= m; j++) {
      const law = new Float64Array(i * j + 1)
      const withFirst = laws[j] as Float64Array
      const withSecond = next[j - 1] as Float64Array
      const share = i / (i + j)
      for (let k = 0; k < withFirst.length; k++) law[k + j] = share * (withFirst[k] as number)
      for (let k = 0; k < withSecond.length; k++) {
        law[k] = (law[k] as number) + (1 - share) * (withSecond[k] as number)
      }
      next.push(law)
    }
    laws = next
  }
  const law = laws[m] as Float64Array
  let tail = 0
  for (let k = law.length - 1; k >= u; k--) tail += law[k] as number
  return tail
}

export const mannWhitneyDescriptor: NumericStatisticDescriptor = {
  id: 'mann-whitney',
  title: 'Mann-Whitney U test',
  family: 'test',
  appliesTo: NUMERIC_DOMAINS,
  input: 'sorted-values',
  definition:
    'U counts the pairs in which the reference value is larger, ties as one half. The AUC 1 - U/(nm) is the probability that a current value exceeds a reference value. p is exact without ties up to 10,000 pairs, else from the normal law with tie correction and continuity correction.',
  range: { minimum: 0, maximum: Infinity },
  units: 'pairs of rows',
  missingRule: 'Missing values are removed. Infinite values are ranked as the largest or smallest.',
  complexity: 'O(n + m) on sorted samples',
  symmetric: false,
  references: [
    {
      title:
        'On a test of whether one of two random variables is stochastically larger than the other',
      authors: 'Mann, H. B.; Whitney, D. R.',
      year: 1947,
      where: 'Annals of Mathematical Statistics 18, 50-60',
    },
  ],
  compute: (reference, current) => mannWhitney(reference, current),
}
