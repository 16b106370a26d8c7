import { requireCounts, totalCount } from '../two-sample/counts.ts'
import { emptySampleReason } from '../two-sample/tie-groups.ts'

/** Two tables of counts as shares of their rows, over the same cells. */
export interface Shares {
  readonly reference: readonly number[]
  readonly current: readonly number[]
  readonly n: number
  readonly m: number
}

/**
 * Turns counts into shares.
 *
 * @param reference - Counts per cell.
 * @param current - Counts over the same cells.
 * @returns The shares, or the sentence that says why there are none.
 * @throws RangeError when the tables differ in length or a count is negative, NaN or infinite.
 * Missing values: not counted, or a cell of their own. Complexity: O(cells).
 */
export function sharesOf(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): Shares | { readonly n: number; readonly m: number; readonly reason: string } {
  requireCounts(reference, current)
  const n = totalCount(reference)
  const m = totalCount(current)
  const reason = emptySampleReason(n, m)
  if (reason !== undefined) return { n, m, reason }
  return {
    reference: Array.from(reference, (count) => count / n),
    current: Array.from(current, (count) => count / m),
    n,
    m,
  }
}
