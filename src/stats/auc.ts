import { normalSurvival } from './distributions/normal.ts'
import { rankAtMost, rankBelow } from './histogram.ts'
import type { Interval } from './intervals/proportion.ts'
import { twoSidedQuantile } from './intervals/proportion.ts'
import { moments } from './moments.ts'
import { sumOf } from './sums.ts'

/** The area under the ROC curve with what is needed for intervals and paired comparison. */
export interface RocAuc {
  readonly auc: number
  /**
   * DeLong's variance; 0 when the scores separate the classes or are all equal, `null` when a class
   * has a single row, whose spread nobody knows.
   */
  readonly variance: number | null
  readonly positives: number
  readonly negatives: number
  /** Per positive row, in order: twice the number of negatives that score lower, equal ones once. */
  readonly positivePlacements: Float64Array
  /** Per negative row, in order: twice the number of positives that score higher, equal ones once. */
  readonly negativePlacements: Float64Array
}

/** The scores of the two classes, each in the order of their rows. */
export interface ScoresByClass {
  readonly positive: Float64Array
  readonly negative: Float64Array
}

/**
 * Separates the scores of positive and negative rows.
 *
 * @param labels - 1 for positive, any other number for negative; one per row.
 * @param scores - One per row. Infinite scores are the extremes.
 * @returns Two arrays that hold every row once.
 * @throws RangeError when the lengths differ or a label or score is NaN.
 * Missing values: rows without label or score are removed before. Complexity: O(n).
 */
export function scoresByClass(labels: ArrayLike<number>, scores: ArrayLike<number>): ScoresByClass {
  const rows = labels.length
  if (rows !== scores.length) throw new RangeError('labels and scores differ in length')
  const positive = new Float64Array(rows)
  const negative = new Float64Array(rows)
  let positives = 0
  let negatives = 0
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number
    const score = scores[row] as number
    if (Number.isNaN(label)) throw new RangeError('a label is NaN')
    if (Number.isNaN(score)) throw new RangeError('a score is NaN')
    if (label === 1) positive[positives++] = score
    else negative[negatives++] = score
  }
  return { positive: positive.subarray(0, positives), negative: negative.subarray(0, negatives) }
}

/**
 * The area under the ROC curve alone: the probability that a random positive scores higher than a
 * random negative, ties as half.
 *
 * @param positiveSorted - Scores of the positives, ascending, no NaN.
 * @param negativeSorted - Scores of the negatives, ascending, no NaN.
 * @returns From 0 to 1, rounded once; `null` when one of the classes does not occur.
 * Complexity: O(n). The count of pairs is exact below 2^52 of them.
 * Source: Hanley, McNeil 1982, Radiology 143: the Mann-Whitney statistic over the number of pairs.
 */
export function areaUnderRoc(
  positiveSorted: Float64Array,
  negativeSorted: Float64Array,
): number | null {
  const positives = positiveSorted.length
  const negatives = negativeSorted.length
  if (positives === 0 || negatives === 0) return null
  let twice = 0
  let below = 0
  let upTo = 0
  for (const score of positiveSorted) {
    while (below < negatives && (negativeSorted[below] as number) < score) below++
    while (upTo < negatives && (negativeSorted[upTo] as number) <= score) upTo++
    twice += below + upTo
  }
  return twice / (2 * positives * negatives)
}

/**
 * The area under the ROC curve with DeLong's variance.
 *
 * @param labels - 1 for positive, any other number for negative; one per row.
 * @param scores - Higher means more positive; one per row. Infinite scores are the extremes.
 * @returns `null` when one of the classes does not occur: the area is undefined then.
 * @throws RangeError when the lengths differ or a label or score is NaN.
 * Missing values: rows without label or score are removed before. Complexity: O(n log n).
 * Source: DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44; Sun, Xu 2014, IEEE Signal Processing
 * Letters 21.
 */
export function rocAuc(labels: ArrayLike<number>, scores: ArrayLike<number>): RocAuc | null {
  const { positive, negative } = scoresByClass(labels, scores)
  const positives = positive.length
  const negatives = negative.length
  const positiveSorted = positive.slice().sort()
  const negativeSorted = negative.slice().sort()
  const auc = areaUnderRoc(positiveSorted, negativeSorted)
  if (auc === null) return null
  const positivePlacements = positive.map(
    (score) => rankBelow(negativeSorted, score) + rankAtMost(negativeSorted, score),
  )
  const negativePlacements = negative.map(
    (score) => 2 * positives - rankBelow(positiveSorted, score) - rankAtMost(positiveSorted, score),
  )
  const common = { auc, positives, negatives, positivePlacements, negativePlacements }
  return { ...common, variance: placementVariance(positivePlacements, negativePlacements) }
}

/** DeLong's variance of the area (or of a difference of areas) that these placements average to. */
function placementVariance(
  positivePlacements: Float64Array,
  negativePlacements: Float64Array,
): number | null {
  const ofPositives = moments(positivePlacements).sampleVariance
  const ofNegatives = moments(negativePlacements).sampleVariance
  if (ofPositives === null || ofNegatives === null) return null
  return inAreas(ofPositives, ofNegatives, positivePlacements.length, negativePlacements.length)
}

/** Products of placements are four times too large in each class, times the square of the other's size. */
function inAreas(
  ofPositives: number,
  ofNegatives: number,
  positives: number,
  negatives: number,
): number {
  return (
    ofPositives / (4 * positives * negatives ** 2) + ofNegatives / (4 * negatives * positives ** 2)
  )
}

/** Divided by n - 1, at least two values each. */
function covariance(x: Float64Array, y: Float64Array): number {
  const n = x.length
  const meanX = sumOf(x) / n
  const meanY = sumOf(y) / n
  return sumOf(x.map((value, i) => (value - meanX) * ((y[i] as number) - meanY))) / (n - 1)
}

/**
 * Wald's interval auc ± z * sd. It may leave 0 to 1; kept for comparison with other tools.
 *
 * @param result - From `rocAuc`.
 * @param level - Confidence, above 0 and below 1.
 * @returns `null` when the variance is unknown.
 * @throws RangeError when the level is out of range.
 * Complexity: O(1). Source: DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44.
 */
export function waldAucInterval({ auc, variance }: RocAuc, level = 0.95): Interval | null {
  if (variance === null) return null
  const half = twoSidedQuantile(level) * Math.sqrt(variance)
  return { low: auc - half, high: auc + half }
}

/**
 * The interval on the logit scale, which stays within 0 to 1.
 *
 * @param result - From `rocAuc`.
 * @param level - Confidence, above 0 and below 1.
 * @returns `null` when the area is 0 or 1 or the variance is 0 or unknown: the data do not bound it
 * this way.
 * @throws RangeError when the level is out of range.
 * Complexity: O(1). Source: Pepe 2003, "The Statistical Evaluation of Medical Tests for Classification
 * and Prediction", chapter 5.
 */
export function logitAucInterval({ auc, variance }: RocAuc, level = 0.95): Interval | null {
  if (auc <= 0 || auc >= 1 || variance === null || variance === 0) return null
  const centre = Math.log(auc / (1 - auc))
  const half = (twoSidedQuantile(level) * Math.sqrt(variance)) / (auc * (1 - auc))
  return { low: logistic(centre - half), high: logistic(centre + half) }
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** An interval of the area and what it rests on. */
export interface AucInterval extends Interval {
  /** `pairs`: independent pairs of rows; `none`: the rows do not bound the area, so it is 0 to 1. */
  readonly method: 'delong-logit' | 'pairs' | 'none'
}

/**
 * An interval of the area for any scores: on the logit scale where DeLong's variance allows it. When
 * the classes are separated, the variance is 0 and says nothing; then each row of the smaller class
 * with a row of its own from the other makes as many independent pairs, all of them ordered alike,
 * and Clopper and Pearson's bound of their share is a guarantee.
 *
 * @param result - From `rocAuc`.
 * @param level - Confidence, above 0 and below 1.
 * @returns Within 0 to 1; contains the area.
 * @throws RangeError when the level is out of range.
 * Complexity: O(1). Sources: `logitAucInterval`; Clopper, Pearson 1934, Biometrika 26.
 */
export function aucInterval(result: RocAuc, level = 0.95): AucInterval {
  const logit = logitAucInterval(result, level)
  if (logit !== null) return { ...logit, method: 'delong-logit' }
  const { auc, positives, negatives } = result
  const pairs = Math.min(positives, negatives)
  const bound = ((1 - level) / 2) ** (1 / pairs)
  if (auc === 1) return { low: bound, high: 1, method: 'pairs' }
  if (auc === 0) return { low: 0, high: 1 - bound, method: 'pairs' }
  return { low: 0, high: 1, method: 'none' }
}

/** The paired comparison of two areas on the same rows. */
export interface AucDifference {
  readonly difference: number
  /** DeLong's; `null` when a class has a single row. */
  readonly covariance: number | null
  /** `null` when there is no spread to divide by. */
  readonly z: number | null
  /** Two-sided; 1 when no row is scored differently, `null` where a difference has no known spread. */
  readonly pValue: number | null
  /** Why `pValue` is `null`; present exactly then. */
  readonly reason?: string
}

/**
 * DeLong's test of two scores on the same rows.
 *
 * @param first - From `rocAuc` over the rows in one order.
 * @param second - From `rocAuc` over the same rows in the same order.
 * @returns The difference first - second and its two-sided p-value.
 * @throws RangeError when the numbers of positives or negatives differ.
 * Complexity: O(n).
 * Source: DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44.
 */
export function compareAucs(first: RocAuc, second: RocAuc): AucDifference {
  const { positives, negatives } = first
  if (positives !== second.positives || negatives !== second.negatives) {
    throw new RangeError('the two areas are not over the same rows')
  }
  const difference = first.auc - second.auc
  // Of the differences row by row: the sum of two variances minus twice the covariance would cancel.
  const variance = placementVariance(
    differences(first.positivePlacements, second.positivePlacements),
    differences(first.negativePlacements, second.negativePlacements),
  )
  if (variance === null) {
    const reason = 'a class with a single row has no known spread'
    return { difference, covariance: null, z: null, pValue: null, reason }
  }
  const joint = inAreas(
    covariance(first.positivePlacements, second.positivePlacements),
    covariance(first.negativePlacements, second.negativePlacements),
    positives,
    negatives,
  )
  if (variance === 0) {
    if (difference === 0) return { difference, covariance: joint, z: null, pValue: 1 }
    const reason = 'the difference is the same for every row, so its spread is not known'
    return { difference, covariance: joint, z: null, pValue: null, reason }
  }
  const z = difference / Math.sqrt(variance)
  return { difference, covariance: joint, z, pValue: Math.min(1, 2 * normalSurvival(Math.abs(z))) }
}

function differences(x: Float64Array, y: Float64Array): Float64Array {
  return x.map((value, i) => value - (y[i] as number))
}
