/**
 * Walks the pooled values of two samples and reports each interval between neighbours: its width
 * and the difference F_reference - F_current that holds throughout it.
 *
 * @param reference - Ascending, finite, at least one value.
 * @param current - Ascending, finite, at least one value.
 * @param visit - Called in ascending order with the difference and a width above 0.
 * Complexity: O(n + m).
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
    if (value > previous) visit(i / n - j / m, value - previous)
    while (i < n && reference[i] === value) i++
    while (j < m && current[j] === value) j++
    previous = value
  }
}

/** Why two sorted samples have no distance measured along the axis, if they have none. */
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
