import { requireSorted } from '../sort.ts'
import type { DriftStatistic, NumericStatisticDescriptor } from '../statistic.ts'
import { NUMERIC_DOMAINS } from '../statistic.ts'
import { emptySampleReason, greatestCommonDivisor } from './tie-groups.ts'

/** Below this the law's survival function is 1 to double precision. */
const CERTAIN_BELOW = 0.4

export interface KuiperResult extends DriftStatistic {
  readonly pValue: number | null
  readonly method: 'asymptotic'
}

/**
 * Kuiper's two-sample test: V = D+ + D-, the same for every starting point of a cyclic feature.
 *
 * @param referenceSorted - Ascending, no NaN. Infinite values are ordinary order statistics.
 * @param currentSorted - Ascending, no NaN.
 * @returns V and its asymptotic p-value with Stephens's small-sample factor. An empty sample gives
 * `null` with a reason.
 * @throws RangeError when an array is not sorted or contains NaN.
 * Missing values: removed before.
 * Complexity: O(n + m). Sources: Kuiper 1960; Stephens 1970.
 */
export function kuiper(referenceSorted: Float64Array, currentSorted: Float64Array): KuiperResult {
  requireSorted(referenceSorted, 'reference')
  requireSorted(currentSorted, 'current')
  const n = referenceSorted.length
  const m = currentSorted.length
  const base = { method: 'asymptotic', n: { reference: n, current: m }, warnings: [] } as const
  const reason = emptySampleReason(n, m)
  if (reason !== undefined) return { ...base, statistic: null, pValue: null, reason }
  const gcd = greatestCommonDivisor(n, m)
  const height = spread(referenceSorted, currentSorted, n / gcd, m / gcd)
  const statistic = height / ((n / gcd) * m)
  const root = Math.sqrt(n / (1 + n / m))
  return { ...base, statistic, pValue: survival((root + 0.155 + 0.24 / root) * statistic) }
}

/** max(i*m - j*n) - min(i*m - j*n) in units of gcd(n, m), over the ends of groups of equal values. */
function spread(x: Float64Array, y: Float64Array, unitN: number, unitM: number): number {
  let highest = 0
  let lowest = 0
  let i = 0
  let j = 0
  while (i < x.length && j < y.length) {
    const value = Math.min(x[i] as number, y[j] as number)
    while (i < x.length && x[i] === value) i++
    while (j < y.length && y[j] === value) j++
    const signed = i * unitM - j * unitN
    highest = Math.max(highest, signed)
    lowest = Math.min(lowest, signed)
  }
  return highest - lowest
}

function survival(lambda: number): number {
  if (lambda < CERTAIN_BELOW) return 1
  const square = 2 * lambda * lambda
  let sum = 0
  for (let j = 1; ; j++) {
    const exponent = square * j * j
    const term = (2 * exponent - 1) * Math.exp(-exponent)
    sum += term
    if (exponent > 1 && Math.abs(term) <= sum * 2 ** -54) break
  }
  return Math.min(1, 2 * sum)
}

export const kuiperDescriptor: NumericStatisticDescriptor = {
  id: 'kuiper',
  title: "Kuiper's test",
  family: 'test',
  appliesTo: NUMERIC_DOMAINS,
  input: 'sorted-values',
  definition:
    'V = max(F_n - G_m) + max(G_m - F_n). It does not depend on where a cycle is cut, so it suits hours and angles. p = 2 sum (4 j^2 L^2 - 1) exp(-2 j^2 L^2) with L = (sqrt(N) + 0.155 + 0.24/sqrt(N)) V and N = nm/(n+m).',
  range: { minimum: 0, maximum: 1 },
  units: 'share of rows',
  missingRule: 'Missing values are removed. Infinite values take part as the largest or smallest.',
  complexity: 'O(n + m) on sorted samples',
  symmetric: true,
  references: [
    {
      title: 'Tests concerning random points on a circle',
      authors: 'Kuiper, N. H.',
      year: 1960,
      where: 'Indagationes Mathematicae 63, 38-47',
    },
    {
      title:
        'Use of the Kolmogorov-Smirnov, Cramér-von Mises and related statistics without extensive tables',
      authors: 'Stephens, M. A.',
      year: 1970,
      where: 'Journal of the Royal Statistical Society B 32, 115-122',
    },
  ],
  compute: (reference, current) => kuiper(reference, current),
}
