/** Where both series need four terms for full accuracy. */
const CROSSOVER = 1.18

/**
 * The survival function of the Kolmogorov distribution, Q(lambda) = P(K > lambda).
 *
 * @param lambda - D * sqrt(nm/(n+m)), >= 0.
 * @returns From 0 to 1; relative error about 1e-15 where lambda >= 1.18, absolute 1e-16 below.
 * @throws RangeError when lambda is negative or NaN.
 * Complexity: O(1), four or five terms.
 * Source: Kolmogorov 1933; the two series are theta functions of each other.
 */
export function kolmogorovSurvival(lambda: number): number {
  if (!(lambda >= 0)) throw new RangeError(`lambda must not be negative: ${String(lambda)}`)
  if (lambda === 0) return 1
  return lambda < CROSSOVER ? 1 - lowerSeries(lambda) : upperSeries(lambda)
}

function upperSeries(lambda: number): number {
  const square = -2 * lambda * lambda
  let sum = 0
  for (let k = 5; k >= 1; k--) sum = Math.exp(square * k * k) - sum
  return 2 * sum
}

function lowerSeries(lambda: number): number {
  const rate = (-Math.PI * Math.PI) / (8 * lambda * lambda)
  let sum = 0
  for (let k = 9; k >= 1; k -= 2) sum += Math.exp(rate * k * k)
  return (Math.sqrt(2 * Math.PI) / lambda) * sum
}
