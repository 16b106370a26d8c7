import { rankAtMost, rankBelow } from '../../stats/histogram.ts'
import { tailExceedance } from '../../stats/two-sample/tail-exceedance.ts'
import type { ColumnComparison } from '../comparison.ts'
import type { NumericSample, Sample, TailBounds } from '../sample.ts'
import { validCount } from '../sample.ts'
import { differenceLowerBound, smallestWhere } from './bounds.ts'
import type { KeyMeasurement } from './measurement.ts'
import { measured } from './measurement.ts'

const TEST = 'tail-exceedance'

/**
 * The r-th smallest and r-th largest of the valid values, r = max(1, floor(0.001 n)).
 *
 * @param sorted - Ascending, not empty.
 */
export function tailBounds(sorted: Float64Array): TailBounds {
  const n = sorted.length
  const r = Math.max(1, Math.floor(0.001 * n))
  return { r, low: sorted[r - 1] as number, high: sorted[n - r] as number }
}

/**
 * The key `tail`: current values beyond extreme order statistics of the reference. It sees the one
 * percent of rows in another unit that a rank statistic cannot.
 *
 * @param column - A numeric column with valid values on both sides. An end for which a range is
 * declared is left to the exact range check.
 * @param alpha - Level of the one-sided bound.
 * @returns Effect k/m - r/(n+1), r the sum of the ranks in use; the exact beta-binomial p-value.
 * Infinite current values beyond the reference count as outside. Exact from a baseline too.
 * Complexity: O(log m + k).
 */
export function measureTail(column: ColumnComparison, alpha: number): KeyMeasurement {
  const { current, reference, range } = column
  const nothing = { key: 'tail', test: TEST } as const
  const bounds = boundsOf(reference)
  if (current.kind !== 'numeric' || bounds === null) {
    return { ...nothing, kind: 'not-applicable', reason: 'no numeric values to compare' }
  }
  const low = range?.min === undefined ? bounds.r : 0
  const high = range?.max === undefined ? bounds.r : 0
  if (low + high === 0) {
    return { ...nothing, kind: 'not-applicable', reason: 'the declared range is checked exactly' }
  }
  const n = validCount(reference)
  const m = current.sorted.length
  const k =
    (low === 0 ? 0 : rankBelow(current.sorted, bounds.low)) +
    (high === 0 ? 0 : m - rankAtMost(current.sorted, bounds.high))
  const expected = Math.min(1, (low + high) / (n + 1))
  const isSeen = (level: number) => (count: number) =>
    tailExceedance(count, n, m, low, high) < level
  return measured({
    ...nothing,
    method: 'exact',
    statistic: k,
    effect: k / m - expected,
    pValue: tailExceedance(k, n, m, low, high),
    thresholds: column.thresholds.tail,
    lowerBound: () =>
      differenceLowerBound({ k, of: m, base: Math.min(n, low + high), from: n }, alpha),
    detectable: (level) => {
      const smallest = smallestWhere(Math.floor(expected * m), m, isSeen(level))
      return smallest === undefined ? 1 : smallest / m - expected
    },
    n: { reference: n, current: m },
  })
}

function boundsOf(reference: Sample): TailBounds | null {
  if (reference.kind === 'envelope') return reference.valid > 0 ? reference.tail : null
  if (reference.kind !== 'numeric' || reference.sorted.length === 0) return null
  return tailBounds(reference.sorted)
}

/**
 * The exact check of a declared range.
 *
 * @returns `undefined` where no range is declared; otherwise the share of valid current values, as
 * they were read, outside it (ends included in the range). Infinite values are outside any declared end.
 */
export function measureRange(column: ColumnComparison): KeyMeasurement | undefined {
  const { range, currentAsRead: current } = column
  if (range === undefined || current.kind !== 'numeric') return undefined
  const m = current.sorted.length
  const outside = countOutside(current, range)
  return {
    kind: 'exact',
    key: 'range',
    test: 'declared-range',
    count: outside.belowMin + outside.aboveMax,
    effect: m === 0 ? 0 : (outside.belowMin + outside.aboveMax) / m,
    n: { reference: validCount(column.reference), current: m },
  }
}

/** How many values lie below `min` and above `max`. */
export function countOutside(
  sample: NumericSample,
  range: { readonly min?: number; readonly max?: number },
): { readonly belowMin: number; readonly aboveMax: number } {
  const { sorted } = sample
  return {
    belowMin: range.min === undefined ? 0 : rankBelow(sorted, range.min),
    aboveMax: range.max === undefined ? 0 : sorted.length - rankAtMost(sorted, range.max),
  }
}
