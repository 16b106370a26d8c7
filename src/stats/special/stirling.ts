/** Below this the asymptotic series of `stirlingError` would lose digits. */
const SERIES_FROM = 16

/** Relative size of |x - mean| up to which the deviance is summed as a series. */
const DEVIANCE_SERIES_LIMIT = 0.3

/**
 * The error of Stirling's formula: log(x!) - [log(sqrt(2 pi x)) + x log x - x].
 *
 * Probabilities built from this and `deviance` keep full relative accuracy; differences of
 * log-gamma values lose log10(x log x) digits.
 *
 * @param x - Real, positive.
 * @returns Absolute error below about 1e-15.
 * NaN gives NaN. Complexity: O(1). Source: C. Loader, Fast and accurate computation of binomial probabilities, 2000.
 */
export function stirlingError(x: number): number {
  let shifted = x
  let sum = 0
  while (shifted < SERIES_FROM) {
    sum += (shifted + 0.5) * Math.log1p(1 / shifted) - 1
    shifted += 1
  }
  const r = 1 / (shifted * shifted)
  const series =
    (1 / 12 -
      r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - r * (691 / 360360)))))) /
    shifted
  return sum + series
}

/**
 * The deviance term x log(x / mean) + mean - x of a Poisson or binomial probability ("bd0").
 *
 * @param x - Observed, non-negative.
 * @param mean - Expected, positive.
 * @param difference - x - mean, where the caller knows it more exactly than the subtraction does.
 * @returns Non-negative; full relative accuracy also where x is close to the mean. NaN gives NaN.
 * Complexity: O(1). Source: C. Loader, 2000.
 */
export function deviance(x: number, mean: number, difference: number = x - mean): number {
  if (x === 0) return mean
  const v = difference / (x + mean)
  // Not with >, or NaN would enter the series, which it never ends.
  if (!(Math.abs(v) <= DEVIANCE_SERIES_LIMIT)) return x * Math.log(x / mean) - difference
  const square = v * v
  let power = 2 * x * v * square
  let sum = difference * v
  for (let k = 3; ; k += 2) {
    const next = sum + power / k
    if (next === sum) return sum
    sum = next
    power *= square
  }
}
