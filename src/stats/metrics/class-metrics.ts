import { sumOf } from '../sums.ts'
import type { ClassScores, Confusion } from './confusion.ts'
import { classScores, confusionsOf } from './confusion.ts'
import type { ClassificationMetric, ClassificationRows, MetricValue, Proportion } from './metric.ts'
import { required } from './metric.ts'

const POSITIVE = 1

type Score = 'precision' | 'recall' | 'f1'

function confusions({ labels, predictions }: ClassificationRows): ReturnType<typeof confusionsOf> {
  return confusionsOf(labels, required(predictions, 'predictions'))
}

function allClasses(table: Confusion): ClassScores[] {
  return table.classes.map((code) => classScores(table, code))
}

const NO_ROWS = { undefined: 'there are no rows' } as const

function accuracy(table: Confusion): MetricValue {
  const { count, total } = rightRows(table)
  return total === 0 ? NO_ROWS : count / total
}

function rightRows(table: Confusion): Proportion {
  return { count: sumOf(table.correct), total: table.rows }
}

/** The true positives among the rows that are, or that are predicted, positive. */
function truePositives(among: 'support' | 'predicted') {
  return (table: Confusion): Proportion => {
    const index = table.classes.indexOf(POSITIVE)
    return { count: table.correct[index] ?? 0, total: table[among][index] ?? 0 }
  }
}

/** The mean recall of the classes that occur as labels. */
function balancedAccuracy(table: Confusion): MetricValue {
  const recalls = allClasses(table).filter(({ support }) => support > 0)
  if (recalls.length === 0) return NO_ROWS
  return sumOf(recalls.map(({ recall }) => recall ?? 0)) / recalls.length
}

function ofPositive(score: Score) {
  return (table: Confusion): MetricValue =>
    classScores(table, POSITIVE)[score] ?? {
      undefined:
        score === 'recall'
          ? 'no row has the positive class'
          : score === 'precision'
            ? 'no row is predicted positive'
            : 'the positive class neither occurs nor is predicted',
    }
}

/** As scikit-learn: a class whose score is not defined counts as 0 in an average. */
function averaged(score: Score, weight: (scores: ClassScores) => number) {
  return (table: Confusion): MetricValue => {
    const classes = allClasses(table)
    const total = sumOf(classes.map(weight))
    if (total === 0) return NO_ROWS
    return sumOf(classes.map((one) => weight(one) * (one[score] ?? 0))) / total
  }
}

const equally = (): number => 1
const bySupport = ({ support }: ClassScores): number => support

function metric(
  id: string,
  title: string,
  definition: string,
  of: (table: Confusion) => MetricValue,
  { binaryOnly = false, proportion }: MetricTraits = {},
): ClassificationMetric {
  return {
    kind: 'classification',
    id,
    title,
    definition,
    higherIsBetter: true,
    isShare: true,
    needs: 'prediction',
    binaryOnly,
    compute: (rows) => of(confusions(rows)()),
    on: (rows) => {
      const on = confusions(rows)
      return (indices) => of(on(indices))
    },
    ...(proportion === undefined ? {} : { proportion: (rows) => proportion(confusions(rows)()) }),
  }
}

interface MetricTraits {
  readonly binaryOnly?: boolean
  readonly proportion?: (table: Confusion) => Proportion
}

const TERMS: Readonly<Record<Score, readonly [title: string, definition: string]>> = {
  precision: ['Precision', 'true positives / predicted positives'],
  recall: ['Recall', 'true positives / actual positives'],
  f1: ['F1', 'harmonic mean of precision and recall'],
}

const POSITIVE_SHARES: Readonly<Record<Score, Pick<MetricTraits, 'proportion'>>> = {
  precision: { proportion: truePositives('predicted') },
  recall: { proportion: truePositives('support') },
  // The rows of its denominator stand on both sides, so it is no share of counted rows.
  f1: {},
}

const scores: readonly Score[] = ['precision', 'recall', 'f1']

/** Metrics of predicted classes. */
export const classMetrics: readonly ClassificationMetric[] = [
  metric('accuracy', 'Accuracy', 'share of rows predicted right', accuracy, {
    proportion: rightRows,
  }),
  metric(
    'balanced_accuracy',
    'Balanced accuracy',
    'mean recall of the classes that occur',
    balancedAccuracy,
  ),
  ...scores.flatMap((score) => {
    const [title, definition] = TERMS[score]
    return [
      metric(score, title, `${definition}, of the positive class`, ofPositive(score), {
        binaryOnly: true,
        ...POSITIVE_SHARES[score],
      }),
      metric(
        `${score}_macro`,
        `${title}, macro`,
        `${definition}, mean over the classes`,
        averaged(score, equally),
      ),
      // Every row is one decision, so precision, recall and F1 over all of them are the accuracy.
      metric(
        `${score}_micro`,
        `${title}, micro`,
        `${definition}, over the rows of all classes together`,
        accuracy,
        { proportion: rightRows },
      ),
      metric(
        `${score}_weighted`,
        `${title}, weighted`,
        `${definition}, mean over the classes by their rows`,
        averaged(score, bySupport),
      ),
    ]
  }),
]
