/**
 * The type-7 quantile (linear interpolation between order statistics), numpy's default.
 *
 * @param sorted - Ascending, without NaN, at least one value. Infinite values are allowed.
 * @param probability - From 0 to 1.
 * @returns The value at position (n - 1) * probability, counted from 0. Between a finite value and an
 * infinite one it is the infinite one, between the two infinities the nearer one; never NaN.
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
  if (step === Infinity) return acrossInfinity(low, high, fraction)
  // As numpy does: interpolate from the nearer end, so that the result never leaves the interval.
  return fraction < 0.5 ? low + step * fraction : high - step * (1 - fraction)
}

/** Between values whose difference is no double: an infinite one, or finite ones far apart. */
function acrossInfinity(low: number, high: number, fraction: number): number {
  if (low === -Infinity && high === Infinity) return fraction < 0.5 ? low : high
  return low * (1 - fraction) + high * fraction
}
