/**
 * The p-value of the mixture sequential probability ratio test, valid however often and whenever it is
 * looked at: the smallest value seen so far is the one to report.
 *
 * @param difference - Measured difference of the two parts.
 * @param variance - Its estimated variance, positive.
 * @param scale - Standard deviation of the mixing normal law, set beforehand, near the smallest effect
 * of interest; positive.
 * @returns From 0 to 1: min(1, 1/L).
 * @throws RangeError when a number is not finite, or the variance or scale not positive.
 * Complexity: O(1). Source: Robbins 1970; Johari, Koomen, Pekelis, Walsh 2022, Operations Research 70.
 */
export function sequentialPValue(difference: number, variance: number, scale: number): number {
  requirePositive(variance, 'variance')
  requirePositive(scale, 'scale')
  if (!Number.isFinite(difference)) throw new RangeError(`difference: ${String(difference)}`)
  const mixed = scale ** 2
  const exponent = (mixed * difference ** 2) / (2 * variance * (variance + mixed))
  const logRatio = 0.5 * Math.log(variance / (variance + mixed)) + exponent
  return Math.min(1, Math.exp(-logRatio))
}

function requirePositive(value: number, what: string): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${what}: ${String(value)}`)
}
