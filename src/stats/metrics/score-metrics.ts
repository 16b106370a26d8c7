import { rocAuc } from '../auc.ts'
import { sumOf } from '../sums.ts'
import type { ClassificationMetric, ClassificationRows, MetricValue } from './metric.ts'
import { required } from './metric.ts'

const ONE_CLASS = { undefined: 'only one class occurs' } as const
const NO_ROWS = { undefined: 'there are no rows' } as const

function areaUnderRoc(rows: ClassificationRows): MetricValue {
  return rocAuc(rows.labels, required(rows.scores, 'scores'))?.auc ?? ONE_CLASS
}

/**
 * The mean precision over the positives, each at the threshold of its own score: the step sum of
 * (recall gained) * precision, rows of equal score taken together.
 */
function averagePrecision({ labels, scores }: ClassificationRows): MetricValue {
  const given = required(scores, 'scores')
  const order = Array.from({ length: labels.length }, (_, row) => row).sort(
    (a, b) => (given[b] as number) - (given[a] as number) || a - b,
  )
  const positives = countPositives(labels)
  if (positives === 0) return { undefined: 'no row has the positive class' }
  const steps: number[] = []
  let found = 0
  let seen = 0
  while (seen < order.length) {
    const score = given[order[seen] as number]
    const before = found
    while (seen < order.length && given[order[seen] as number] === score) {
      if (labels[order[seen] as number] === 1) found++
      seen++
    }
    steps.push(((found - before) / positives) * (found / seen))
  }
  return sumOf(steps)
}

function countPositives(labels: ArrayLike<number>): number {
  let count = 0
  for (let row = 0; row < labels.length; row++) if (labels[row] === 1) count++
  return count
}

/** A certain and wrong probability would cost infinitely much; scikit-learn clips here too. */
const CLIP = Number.EPSILON

function logLoss({ labels, scores }: ClassificationRows): MetricValue {
  const given = required(scores, 'probabilities')
  if (labels.length === 0) return NO_ROWS
  const losses = Array.from(given, (score, row) => {
    const p = Math.min(1 - CLIP, Math.max(CLIP, probability(score)))
    return labels[row] === 1 ? -Math.log(p) : -Math.log1p(-p)
  })
  return sumOf(losses) / losses.length
}

function brier({ labels, scores }: ClassificationRows): MetricValue {
  const given = required(scores, 'probabilities')
  if (labels.length === 0) return NO_ROWS
  const losses = Array.from(
    given,
    (score, row) => (probability(score) - (labels[row] === 1 ? 1 : 0)) ** 2,
  )
  return sumOf(losses) / losses.length
}

function probability(score: number): number {
  if (!(score >= 0 && score <= 1)) throw new RangeError(`not a probability: ${String(score)}`)
  return score
}

const common = { kind: 'classification', binaryOnly: true } as const

/** Metrics of scores for the positive class. */
export const scoreMetrics: readonly ClassificationMetric[] = [
  {
    ...common,
    id: 'roc_auc',
    title: 'Area under the ROC curve',
    definition: 'probability that a random positive scores above a random negative, ties as half',
    higherIsBetter: true,
    needs: 'score',
    compute: areaUnderRoc,
  },
  {
    ...common,
    id: 'pr_auc',
    title: 'Average precision',
    definition:
      'sum over the distinct scores of (recall gained) * precision, without interpolation',
    higherIsBetter: true,
    needs: 'score',
    compute: averagePrecision,
  },
  {
    ...common,
    id: 'log_loss',
    title: 'Log loss',
    definition: 'mean of -ln(probability of the actual class), probabilities clipped at 2.2e-16',
    higherIsBetter: false,
    needs: 'probability',
    compute: logLoss,
  },
  {
    ...common,
    id: 'brier',
    title: 'Brier score',
    definition: 'mean squared difference of probability and outcome',
    higherIsBetter: false,
    needs: 'probability',
    compute: brier,
  },
]
