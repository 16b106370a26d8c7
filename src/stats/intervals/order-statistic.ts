import { binomialSurvival } from '../distributions/binomial.ts'
import { quantileSorted } from '../quantile.ts'

/** A confidence interval for a quantile; `null` where the sample is too small for that end. */
export interface QuantileInterval {
  /** The type-7 quantile of the sample. */
  readonly estimate: number
  readonly low: number | null
  readonly high: number | null
}

/** Ranks in the ordered sample, counted from 1; `null` where none is far enough out. */
export interface RankInterval {
  readonly low: number | null
  readonly high: number | null
}

/**
 * The order statistics between which a quantile lies with at least the asked confidence, whatever the
 * distribution: each end is missed with probability at most (1 - level) / 2.
 *
 * @param n - Values in the sample, at least 1.
 * @param probability - Of the quantile, above 0 and below 1.
 * @param level - Confidence, above 0 and below 1.
 * @returns The largest low rank l with P(B < l) <= (1 - level) / 2 and the smallest high rank u with
 * P(B >= u) <= (1 - level) / 2, where B is binomial(n, probability).
 * @throws RangeError when an argument is out of range.
 * Complexity: O(log n) survival functions. Source: David, Nagaraja 2003, "Order Statistics", 3rd ed., 7.1.
 */
export function quantileRanks(n: number, probability: number, level = 0.95): RankInterval {
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`not a sample size: ${String(n)}`)
  for (const share of [probability, level]) {
    if (!(share > 0 && share < 1)) throw new RangeError(`not a probability: ${String(share)}`)
  }
  const tail = (1 - level) / 2
  // By symmetry, the low rank is a high rank counted from the other end, with the small tail in both.
  const high = highRank(n, probability, tail)
  const low = highRank(n, 1 - probability, tail)
  return { low: low === null ? null : n + 1 - low, high }
}

/** The smallest rank u with P(B >= u) <= tail, by bisection. */
function highRank(n: number, probability: number, tail: number): number | null {
  const isFar = (rank: number) => binomialSurvival(rank - 1, n, probability) <= tail
  if (!isFar(n)) return null
  let [near, far] = [0, n]
  while (far - near > 1) {
    const middle = (near + far) >>> 1
    if (isFar(middle)) far = middle
    else near = middle
  }
  return far
}

/**
 * A quantile of a sample with the interval of `quantileRanks`.
 *
 * @param sorted - Ascending, without NaN, at least one value.
 * @param probability - Of the quantile, above 0 and below 1.
 * @param level - Confidence, above 0 and below 1.
 * @returns Values of the sample as ends; ties only make the interval more certain.
 * @throws RangeError for an empty sample or an argument out of range.
 * Missing values: removed before. Complexity: O(log n) survival functions. Source: see `quantileRanks`.
 */
export function quantileInterval(
  sorted: ArrayLike<number>,
  probability: number,
  level = 0.95,
): QuantileInterval {
  const { low, high } = quantileRanks(sorted.length, probability, level)
  return {
    estimate: quantileSorted(sorted, probability),
    low: low === null ? null : (sorted[low - 1] ?? null),
    high: high === null ? null : (sorted[high - 1] ?? null),
  }
}
