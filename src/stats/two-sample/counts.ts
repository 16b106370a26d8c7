/**
 * Refuses what is not a table of counts of two samples over the same cells.
 *
 * @param reference - Counts per cell.
 * @param current - Counts over the same cells.
 * @throws RangeError when the lengths differ, or a count is negative, NaN or infinite.
 * Complexity: O(cells).
 */
export function requireCounts(reference: ArrayLike<number>, current: ArrayLike<number>): void {
  if (reference.length !== current.length) {
    throw new RangeError(
      `different numbers of cells: ${String(reference.length)} and ${String(current.length)}`,
    )
  }
  for (let cell = 0; cell < reference.length; cell++) {
    requireCount(reference[cell] as number)
    requireCount(current[cell] as number)
  }
}

/** @throws RangeError when the count is negative, NaN or infinite. */
function requireCount(count: number): void {
  if (!(count >= 0) || count === Infinity) throw new RangeError(`not a count: ${String(count)}`)
}

/**
 * Refuses what is not a count of rows.
 *
 * @param counts - Counts with the names that the message uses.
 * @throws RangeError when a count is not a whole number from 0 to 2^53; NaN is none.
 * Complexity: O(counts).
 */
export function requireWholeCounts(counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new RangeError(`${name} is not a count: ${String(count)}`)
    }
  }
}

/**
 * The sum of a table's counts.
 *
 * @param counts - Counts per cell, checked before.
 * @returns Exact while below 2^53.
 * Complexity: O(cells).
 */
export function totalCount(counts: ArrayLike<number>): number {
  let total = 0
  for (let cell = 0; cell < counts.length; cell++) total += counts[cell] as number
  return total
}
