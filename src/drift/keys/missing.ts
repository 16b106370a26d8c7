import { missingRateTest } from '../../stats/two-sample/two-proportion.ts'
import type { ColumnComparison } from '../comparison.ts'
import { differenceLowerBound, smallestWhere } from './bounds.ts'
import type { KeyMeasurement } from './measurement.ts'
import { measured } from './measurement.ts'

const TEST = 'missing-rate'

/**
 * The key `missing`: the share of rows without a value, and whether it changed.
 *
 * @param column - Both sides; only rows and missing counts are looked at, so it is exact from a
 * baseline too.
 * @param alpha - Level of the one-sided bound.
 * @returns Effect |current rate - reference rate|, Fisher's exact or pooled z p-value. The smallest
 * detectable effect is that of a rate that rises from the observed reference rate.
 * Complexity: O(log N + sqrt(N)).
 */
export function measureMissing(column: ColumnComparison, alpha: number): KeyMeasurement {
  const n = column.reference.rows
  const m = column.current.rows
  const a = column.reference.missing
  const b = column.current.missing
  const test = missingRateTest(a, n, b, m)
  if (test.statistic === null || test.pValue === null) {
    return { kind: 'inconclusive', key: 'missing', test: TEST, reason: test.reason ?? 'no rows' }
  }
  const grown =
    b * n >= a * m ? { k: b, of: m, base: a, from: n } : { k: a, of: n, base: b, from: m }
  return measured({
    key: 'missing',
    test: TEST,
    method: test.method,
    statistic: test.statistic,
    effect: Math.abs(test.statistic),
    pValue: test.pValue,
    thresholds: column.thresholds.missing,
    lowerBound: () => differenceLowerBound(grown, alpha),
    detectable: (level) => detectableRise(a, n, m, level),
    n: test.n,
  })
}

function detectableRise(a: number, n: number, m: number, level: number): number {
  const expected = Math.round((a / n) * m)
  const isSeen = (b: number): boolean => (missingRateTest(a, n, b, m).pValue ?? 1) < level
  const smallest = smallestWhere(expected, m, isSeen)
  return smallest === undefined ? 1 : Math.abs(smallest / m - a / n)
}
