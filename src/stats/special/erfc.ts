const TWO_OVER_SQRT_PI = 1.1283791670955126
const ONE_OVER_SQRT_PI = 0.5641895835477563
const SETTLED = 2 ** -52
/** Above this the continued fraction needs few terms, below it 1 - erf still keeps its digits. */
const FRACTION_FROM = 1
/** Levels of the continued fraction that x = 1 needs for all digits. */
const FRACTION_DEPTH = 160
/** Beyond this erfc is below the smallest double. */
const LARGEST = 28

/**
 * exp(-x^2) without the error of rounding x^2, which would be multiplied by x^2 itself.
 *
 * @param x - Real.
 * @returns Relative error about 2e-16. Complexity: O(1).
 * Source: x^2 = h^2 + (x - h)(x + h) with an h whose square is exact. NaN gives NaN.
 */
export function gaussianKernel(x: number): number {
  const head = Math.round(x * 16) / 16
  return Math.exp(-head * head) * Math.exp(-(x - head) * (x + head))
}

/**
 * The error function 2/sqrt(pi) * integral of exp(-t^2) from 0 to x.
 *
 * @param x - Real.
 * @returns From -1 to 1, full relative accuracy also near 0.
 * NaN gives NaN. Complexity: O(1), at most about 30 terms.
 * Source: DLMF 7.6.2 below 1, 1 - erfc above.
 */
export function erf(x: number): number {
  const size = Math.abs(x)
  if (size < FRACTION_FROM) return centralErf(x)
  const value = 1 - upperErfc(size)
  return x < 0 ? -value : value
}

/**
 * The complementary error function 1 - erf(x).
 *
 * @param x - Real.
 * @returns From 0 to 2, relative error near 1e-15 down to the smallest doubles.
 * NaN gives NaN. Complexity: O(1), at most 180 terms.
 * Source: Laplace's continued fraction (DLMF 7.9.1) above 1.
 */
export function erfc(x: number): number {
  if (x >= FRACTION_FROM) return upperErfc(x)
  if (x <= -FRACTION_FROM) return 2 - upperErfc(-x)
  return 1 - centralErf(x)
}

function centralErf(x: number): number {
  const square = 2 * x * x
  let term = x
  let sum = x
  for (let k = 3; Math.abs(term) > Math.abs(sum) * SETTLED; k += 2) {
    term *= square / k
    sum += term
  }
  return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum
}

function upperErfc(x: number): number {
  if (x > LARGEST) return 0
  const square = x * x
  // Backwards from a fixed depth: near 1 the convergents settle too slowly to stop by their change.
  let tail = 0
  for (let k = 20 + Math.ceil(FRACTION_DEPTH / square); k >= 1; k--) {
    tail = (k * (k - 0.5)) / (square + 2 * k + 0.5 - tail)
  }
  return (gaussianKernel(x) * x * ONE_OVER_SQRT_PI) / (square + 0.5 - tail)
}
