/**
 * A copy of the values in ascending order.
 *
 * @param values - Without NaN; missing values are removed before. Infinite values are allowed.
 * @returns A new array. -0 stands before +0; every statistic treats the two as equal.
 * @throws RangeError when a value is NaN.
 * Complexity: O(n log n), the engine's own numeric sort.
 */
export function sortAscending(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values).sort()
  requireSorted(sorted, 'values')
  return sorted
}

/**
 * Refuses an array that is not in ascending order, so that a defect of the caller does not become
 * a wrong statistic.
 *
 * @param values - The array.
 * @param name - What the array holds, for the message.
 * @throws RangeError when a value is NaN or smaller than the one before it.
 * Complexity: O(n), about 1 ms for a million values.
 */
export function requireSorted(values: Float64Array, name: string): void {
  let previous = -Infinity
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!(value >= previous)) {
      throw new RangeError(
        Number.isNaN(value) ? `${name}: NaN is not a value` : `${name}: not in ascending order`,
      )
    }
    previous = value
  }
}
