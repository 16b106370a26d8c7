import { normalSurvival } from './distributions/normal.ts'
import type { Interval } from './intervals/proportion.ts'
import { twoSidedQuantile } from './intervals/proportion.ts'
import { sumOf } from './sums.ts'

/** The area under the ROC curve with what is needed for intervals and paired comparison. */
export interface RocAuc {
  readonly auc: number
  /** DeLong's variance; 0 when the scores separate the classes. */
  readonly variance: number
  readonly positives: number
  readonly negatives: number
  /** Per positive row, in order: the share of negatives that score lower, ties as half. */
  readonly positivePlacements: Float64Array
  /** Per negative row, in order: the share of positives that score higher, ties as half. */
  readonly negativePlacements: Float64Array
}

/**
 * The area under the ROC curve: the probability that a random positive scores higher than a random
 * negative, ties as half, with DeLong's variance.
 *
 * @param labels - 1 for positive, anything else for negative; one per row.
 * @param scores - Higher means more positive; one per row, no NaN. Infinite scores are the extremes.
 * @returns `null` when one of the classes does not occur: the area is undefined then.
 * @throws RangeError when the lengths differ or a score is NaN.
 * Missing values: rows without label or score are removed before. Complexity: O(n log n).
 * Source: DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44; Sun, Xu 2014, IEEE Signal Processing
 * Letters 21.
 */
export function rocAuc(labels: ArrayLike<number>, scores: ArrayLike<number>): RocAuc | null {
  if (labels.length !== scores.length) throw new RangeError('labels and scores differ in length')
  const positive: number[] = []
  const negative: number[] = []
  for (let row = 0; row < labels.length; row++) {
    const score = scores[row] as number
    if (Number.isNaN(score)) throw new RangeError('a score is NaN')
    if (labels[row] === 1) positive.push(score)
    else negative.push(score)
  }
  if (positive.length === 0 || negative.length === 0) return null
  const positivePlacements = placements(positive, negative)
  const negativePlacements = placements(negative, positive).map((share) => 1 - share)
  const auc = sumOf(positivePlacements) / positive.length
  return {
    auc,
    variance:
      covariance(positivePlacements, positivePlacements) / positive.length +
      covariance(negativePlacements, negativePlacements) / negative.length,
    positives: positive.length,
    negatives: negative.length,
    positivePlacements,
    negativePlacements,
  }
}

/** Per value, the share of the others that is smaller, equal ones as half. */
function placements(values: readonly number[], others: readonly number[]): Float64Array {
  const sorted = Float64Array.from(others).sort()
  const order = Array.from(values.keys()).sort(
    (a, b) => (values[a] as number) - (values[b] as number) || a - b,
  )
  const result = new Float64Array(values.length)
  let below = 0
  let upTo = 0
  for (const index of order) {
    const value = values[index] as number
    while (below < sorted.length && (sorted[below] as number) < value) below++
    if (upTo < below) upTo = below
    while (upTo < sorted.length && (sorted[upTo] as number) <= value) upTo++
    result[index] = (below + upTo) / (2 * sorted.length)
  }
  return result
}

/** Divided by n - 1; 0 for a single value, whose spread is unknown. */
function covariance(x: Float64Array, y: Float64Array): number {
  const n = x.length
  if (n < 2) return 0
  const meanX = sumOf(x) / n
  const meanY = sumOf(y) / n
  return sumOf(x.map((value, i) => (value - meanX) * ((y[i] as number) - meanY))) / (n - 1)
}

/**
 * Wald's interval auc ± z * sd. It may leave 0 to 1; kept for comparison with other tools.
 *
 * @param result - From `rocAuc`.
 * @param level - Confidence, above 0 and below 1.
 */
export function waldAucInterval(result: RocAuc, level = 0.95): Interval {
  const half = twoSidedQuantile(level) * Math.sqrt(result.variance)
  return { low: result.auc - half, high: result.auc + half }
}

/**
 * The interval on the logit scale, which stays within 0 to 1.
 *
 * @param result - From `rocAuc`.
 * @param level - Confidence, above 0 and below 1.
 * @returns `null` when the area is 0 or 1 or the variance is 0: the data do not bound it this way.
 */
export function logitAucInterval(result: RocAuc, level = 0.95): Interval | null {
  const { auc, variance } = result
  if (auc <= 0 || auc >= 1 || variance === 0) return null
  const centre = Math.log(auc / (1 - auc))
  const half = (twoSidedQuantile(level) * Math.sqrt(variance)) / (auc * (1 - auc))
  return { low: logistic(centre - half), high: logistic(centre + half) }
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** The paired comparison of two areas on the same rows. */
export interface AucDifference {
  readonly difference: number
  readonly covariance: number
  /** `null` with p-value 1 when both score the rows alike: there is no difference to test. */
  readonly z: number | null
  readonly pValue: number
}

/**
 * DeLong's test of two scores on the same rows.
 *
 * @param first - From `rocAuc` over the rows in one order.
 * @param second - From `rocAuc` over the same rows in the same order.
 * @returns The two-sided p-value of the difference.
 * @throws RangeError when the numbers of positives or negatives differ.
 * Source: DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44.
 */
export function compareAucs(first: RocAuc, second: RocAuc): AucDifference {
  if (first.positives !== second.positives || first.negatives !== second.negatives) {
    throw new RangeError('the two areas are not over the same rows')
  }
  const joint =
    covariance(first.positivePlacements, second.positivePlacements) / first.positives +
    covariance(first.negativePlacements, second.negativePlacements) / first.negatives
  const difference = first.auc - second.auc
  const variance = first.variance + second.variance - 2 * joint
  if (difference === 0 && !(variance > 0)) {
    return { difference, covariance: joint, z: null, pValue: 1 }
  }
  if (!(variance > 0)) return { difference, covariance: joint, z: null, pValue: 0 }
  const z = difference / Math.sqrt(variance)
  return { difference, covariance: joint, z, pValue: Math.min(1, 2 * normalSurvival(Math.abs(z))) }
}
