import { areaUnderRoc, scoresByClass } from '../auc.ts'
import { sumOf } from '../sums.ts'
import { meanOf } from './mean-of.ts'
import type { ClassificationMetric, ClassificationRows, MetricValue } from './metric.ts'
import { required } from './metric.ts'
import { ofScores } from './taken.ts'

const ONE_CLASS = { undefined: 'only one class occurs' } as const

interface SortedScores {
  readonly positive: Float64Array
  readonly negative: Float64Array
}

/** Numbers are sorted apart by class: the engine does that far faster than rows by their scores. */
function sortedScores({ labels, scores }: ClassificationRows): SortedScores {
  const { positive, negative } = scoresByClass(labels, required(scores, 'scores'))
  return { positive: positive.sort(), negative: negative.sort() }
}

function rocAuc(rows: ClassificationRows): MetricValue {
  const { positive, negative } = sortedScores(rows)
  return areaUnderRoc(positive, negative) ?? ONE_CLASS
}

/**
 * The mean precision over the positives, each at the threshold of its own score: the step sum of
 * (recall gained) * precision, rows of equal score taken together.
 */
function averagePrecision(rows: ClassificationRows): MetricValue {
  const { positive, negative } = sortedScores(rows)
  const positives = positive.length
  if (positives === 0) return { undefined: 'no row has the positive class' }
  const steps: number[] = []
  let found = 0
  let wrong = 0
  while (found < positives) {
    const threshold = positive[positives - 1 - found] as number
    const before = found
    while (found < positives && positive[positives - 1 - found] === threshold) found++
    while (wrong < negative.length && reachesFromTop(negative, wrong, threshold)) wrong++
    steps.push((found - before) * (found / (found + wrong)))
  }
  return sumOf(steps) / positives
}

function reachesFromTop(sorted: Float64Array, rank: number, threshold: number): boolean {
  return (sorted[sorted.length - 1 - rank] as number) >= threshold
}

/** A certain and wrong probability would cost infinitely much; scikit-learn clips here too. */
const CLIP = Number.EPSILON

function logLosses(rows: ClassificationRows): Float64Array {
  return losses(rows, (given, isPositive) => {
    const p = Math.min(1 - CLIP, Math.max(CLIP, given))
    return isPositive ? -Math.log(p) : -Math.log1p(-p)
  })
}

function squaredErrors(rows: ClassificationRows): Float64Array {
  return losses(rows, (p, isPositive) => (p - (isPositive ? 1 : 0)) ** 2)
}

function losses(
  { labels, scores }: ClassificationRows,
  lossOf: (probability: number, isPositive: boolean) => number,
): Float64Array {
  const given = required(scores, 'probabilities')
  const rows = labels.length
  if (rows !== given.length) throw new RangeError('labels and probabilities differ in length')
  const result = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number
    const probability = given[row] as number
    if (Number.isNaN(label)) throw new RangeError('a label is NaN')
    if (!(probability >= 0 && probability <= 1)) {
      throw new RangeError(`not a probability: ${String(probability)}`)
    }
    result[row] = lossOf(probability, label === 1)
  }
  return result
}

const common = { kind: 'classification', binaryOnly: true } as const

/** Metrics of scores for the positive class. */
export const scoreMetrics: readonly ClassificationMetric[] = [
  {
    ...common,
    id: 'roc_auc',
    isShare: true,
    title: 'Area under the ROC curve',
    definition: 'probability that a random positive scores above a random negative, ties as half',
    higherIsBetter: true,
    needs: 'score',
    ...ofScores(rocAuc),
  },
  {
    ...common,
    id: 'pr_auc',
    isShare: true,
    title: 'Average precision',
    definition:
      'sum over the distinct scores of (recall gained) * precision, without interpolation',
    higherIsBetter: true,
    needs: 'score',
    ...ofScores(averagePrecision),
  },
  {
    ...common,
    id: 'log_loss',
    isShare: false,
    title: 'Log loss',
    definition: 'mean of -ln(probability of the actual class), probabilities clipped at 2.2e-16',
    higherIsBetter: false,
    needs: 'probability',
    ...meanOf(logLosses),
  },
  {
    ...common,
    id: 'brier',
    isShare: false,
    title: 'Brier score',
    definition: 'mean squared difference of probability and outcome',
    higherIsBetter: false,
    needs: 'probability',
    ...meanOf(squaredErrors),
  },
]
