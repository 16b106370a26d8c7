import { sumAt, sumOf } from '../sums.ts'
import type { Computation, MetricValue } from './metric.ts'

/** Squares of numbers beyond 1e154 are beyond the largest double. */
export const OVERFLOW = { undefined: 'the sum of the squares overflows' } as const

/**
 * A metric that is the mean of what each row gives, which a resample need not compute again.
 *
 * @param terms - Gives one number per row, in the order of the rows.
 * @returns How the mean is computed, on all rows and on some of them.
 * Missing values: rows without a value are removed before. Complexity: O(rows). Source: as `compensatedSum`.
 */
export function meanOf<Rows>(terms: (rows: Rows) => Float64Array): Computation<Rows> {
  return {
    compute: (rows) => {
      const all = terms(rows)
      return mean(sumOf(all), all.length)
    },
    on: (rows) => {
      let all: Float64Array | undefined
      return (indices) => {
        all ??= terms(rows)
        return mean(sumAt(all, indices), indices.length)
      }
    },
  }
}

function mean(sum: number, count: number): MetricValue {
  if (count === 0) return { undefined: 'there are no rows' }
  return Number.isFinite(sum / count) ? sum / count : OVERFLOW
}
