/**
 * Walks the pooled values of two samples and reports each interval between neighbours: its width
 * and the difference F_reference - F_current that holds throughout it.
 *
 * @param reference - Ascending, finite, at least one value.
 * @param current - Ascending, finite, at least one value.
 * @param visit - Called in ascending order with a difference other than 0 and a width above 0, which
 * is Infinity when the gap is wider than the largest double.
 * Missing values: removed before. Complexity: O(n + m).
 */
export function forEachCdfGap(
  reference: Float64Array,
  current: Float64Array,
  visit: (difference: number, width: number) => void,
): void {
  const n = reference.length
  const m = current.length
  let i = 0
  let j = 0
  let previous = Math.min(reference[0] as number, current[0] as number)
  while (i < n || j < m) {
    const x = i < n ? (reference[i] as number) : Infinity
    const y = j < m ? (current[j] as number) : Infinity
    const value = x < y ? x : y
    const difference = i / n - j / m
    if (difference !== 0 && value > previous) visit(difference, value - previous)
    while (i < n && reference[i] === value) i++
    while (j < m && current[j] === value) j++
    previous = value
  }
}

/**
 * Why two sorted samples have no distance measured along the axis, if they have none.
 *
 * @param reference - Ascending, no NaN.
 * @param current - Ascending, no NaN.
 * @returns How many values are infinite, as a sentence; `undefined` when all are finite.
 * Complexity: O(number of infinite values).
 */
export function unboundedReason(
  reference: Float64Array,
  current: Float64Array,
): string | undefined {
  const infinite = countInfinite(reference) + countInfinite(current)
  return infinite === 0 ? undefined : `${String(infinite)} infinite values`
}

function countInfinite(sorted: Float64Array): number {
  let count = 0
  for (let i = 0; i < sorted.length && sorted[i] === -Infinity; i++) count++
  for (let i = sorted.length - 1; i >= 0 && sorted[i] === Infinity; i--) count++
  return count
}
