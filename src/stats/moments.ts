import { sumOf } from './sums.ts'

/** Location and spread of a sample. What is not defined for its size is `null`. */
export interface Moments {
  readonly n: number
  readonly mean: number | null
  /** Divided by n. */
  readonly populationVariance: number | null
  /** Divided by n - 1; `null` below two values. */
  readonly sampleVariance: number | null
  /** Root of the sample variance. */
  readonly std: number | null
  /** Root of the population variance. */
  readonly populationStd: number | null
  readonly min: number | null
  readonly max: number | null
  /** Why something is `null`; present exactly when something is. */
  readonly reason?: string
}

/**
 * Mean, variance, minimum and maximum, by two compensated passes: the sum of squares minus the
 * square of the sum would lose every digit of `4, 7, 13, 16` shifted by 1e9.
 *
 * @param values - Finite values in any order.
 * @returns `null` for what needs more values; a variance that overflows a double is Infinity.
 * @throws RangeError when a value is NaN or infinite.
 * Missing values: removed before. Complexity: O(n), two passes.
 * Source: Chan, Golub, LeVeque 1983, "Algorithms for computing the sample variance", The American
 * Statistician 37.
 */
export function moments(values: ArrayLike<number>): Moments {
  const n = values.length
  let min = Infinity
  let max = -Infinity
  for (let i = 0; i < n; i++) {
    const value = values[i] as number
    if (!Number.isFinite(value)) throw new RangeError(`not a finite value: ${String(value)}`)
    if (value < min) min = value
    if (value > max) max = value
  }
  if (n === 0) {
    return {
      n,
      mean: null,
      populationVariance: null,
      sampleVariance: null,
      std: null,
      populationStd: null,
      min: null,
      max: null,
      reason: 'there is no value',
    }
  }
  const mean = meanOf(values, n)
  // Rounding of the mean would give equal values a variance that is not 0.
  const squares = min === max ? 0 : sumOfSquares(values, mean)
  const populationVariance = squares / n
  const sampleVariance = n < 2 ? null : squares / (n - 1)
  return {
    n,
    mean: min === max ? min : mean,
    populationVariance,
    sampleVariance,
    std: sampleVariance === null ? null : Math.sqrt(sampleVariance),
    populationStd: Math.sqrt(populationVariance),
    min,
    max,
    ...(n < 2 ? { reason: 'a single value has no sample variance' } : {}),
  }
}

function meanOf(values: ArrayLike<number>, n: number): number {
  const sum = sumOf(values)
  if (Number.isFinite(sum)) return sum / n
  return sumOf(Array.from(values, (value) => value / n))
}

/** The second sum removes what the rounded mean is off by. */
function sumOfSquares(values: ArrayLike<number>, mean: number): number {
  const n = values.length
  let squares = 0
  let lost = 0
  let residual = 0
  for (let i = 0; i < n; i++) {
    const deviation = (values[i] as number) - mean
    const term = deviation * deviation
    const next = squares + term
    lost += squares >= term ? squares - next + term : term - next + squares
    squares = next
    residual += deviation
  }
  if (!Number.isFinite(squares)) return Infinity
  return Math.max(0, squares + lost - (residual / n) * residual)
}
