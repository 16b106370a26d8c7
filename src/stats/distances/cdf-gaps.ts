/** The two integrals of F - G, the difference of two empirical distribution functions. */
export interface CdfGaps {
  /** Of |F - G| dx, in the unit of the values. */
  readonly absolute: number
  /** Of (F - G)^2 dx, in the unit of the values. */
  readonly squared: number
}

/**
 * Integrates the difference of two empirical distribution functions, in one walk over the pooled
 * values: it is constant between neighbours.
 *
 * @param reference - Ascending, finite, at least one value.
 * @param current - Ascending, finite, at least one value.
 * @returns Both integrals, at least 0; Infinity after an overflow, as when a gap is wider than the
 * largest double.
 * Missing values: removed before. Complexity: O(n + m), compensated sums.
 * Source: Neumaier 1974, as `compensatedSum`, whose two calls a gap would cost more than the walk.
 */
export function integrateCdfGaps(reference: Float64Array, current: Float64Array): CdfGaps {
  const n = reference.length
  const m = current.length
  let i = 0
  let j = 0
  let previous = Math.min(reference[0] as number, current[0] as number)
  let absolute = 0
  let absoluteLost = 0
  let squared = 0
  let squaredLost = 0
  while (i < n || j < m) {
    const x = i < n ? (reference[i] as number) : Infinity
    const y = j < m ? (current[j] as number) : Infinity
    const value = x < y ? x : y
    const difference = i / n - j / m
    if (difference !== 0 && value > previous) {
      const width = value - previous
      const area = Math.abs(difference) * width
      const nextAbsolute = absolute + area
      absoluteLost +=
        absolute >= area ? absolute - nextAbsolute + area : area - nextAbsolute + absolute
      absolute = nextAbsolute
      const square = difference * difference * width
      const nextSquared = squared + square
      squaredLost +=
        squared >= square ? squared - nextSquared + square : square - nextSquared + squared
      squared = nextSquared
    }
    while (i < n && reference[i] === value) i++
    while (j < m && current[j] === value) j++
    previous = value
  }
  // An overflown sum has no lost digits to add back: Infinity - Infinity would be NaN.
  return {
    absolute: Number.isFinite(absolute) ? absolute + absoluteLost : absolute,
    squared: Number.isFinite(squared) ? squared + squaredLost : squared,
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
