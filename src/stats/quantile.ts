/**
 * The type-7 quantile (linear interpolation between order statistics), numpy's default.
 *
 * @param sorted - Ascending, without NaN, at least one value.
 * @param probability - From 0 to 1.
 * @returns The value at position (n - 1) * probability, counted from 0.
 * @throws RangeError for an empty sample or a probability outside 0 to 1.
 * Missing values: removed before. Complexity: O(1).
 * Source: Hyndman, Fan 1996, "Sample quantiles in statistical packages", The American Statistician 50.
 */
export function quantileSorted(sorted: ArrayLike<number>, probability: number): number {
  const n = sorted.length
  if (n === 0) throw new RangeError('a quantile needs at least one value')
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`not a probability: ${String(probability)}`)
  }
  const position = (n - 1) * probability
  const below = Math.floor(position)
  const low = sorted[below] as number
  const fraction = position - below
  if (fraction === 0) return low
  const high = sorted[below + 1] as number
  if (low === high) return low
  const step = high - low
  // As numpy does: interpolate from the nearer end, so that the result never leaves the interval.
  return fraction < 0.5 ? low + step * fraction : high - step * (1 - fraction)
}

/**
 * Several type-7 quantiles of one sample.
 *
 * @param sorted - Ascending, without NaN, at least one value.
 * @param probabilities - Each from 0 to 1.
 * @returns One value per probability, in their order. Errors as for `quantileSorted`.
 */
export function quantilesSorted(
  sorted: ArrayLike<number>,
  probabilities: readonly number[],
): number[] {
  return probabilities.map((probability) => quantileSorted(sorted, probability))
}
