import type { FindingArgs, FindingCode } from '../core/finding.ts'
import type {
  ClassificationRows,
  Metric,
  MetricValue,
  Proportion,
  RegressionRows,
} from '../stats/metrics/metric.ts'
import { classCodes, type ClassCodes } from './class-codes.ts'
import type { SplitPredictions } from './predictions.ts'
import type { RowValues } from './row-values.ts'

/** Why a metric cannot be computed from a table. */
export interface MetricProblem {
  readonly code: FindingCode
  readonly args: FindingArgs
}

/** A metric bound to the rows of one table. */
export interface BoundMetric {
  readonly rows: number
  /** Labels and predictions (1 is correct) or labels and scores, for intervals that need no resampling. */
  readonly classification: ClassificationRows | undefined
  /** Right rows among the rows that the metric counts; `undefined` when it is no such share. */
  readonly proportion: Proportion | undefined
  /** The metric on some rows; repeats count as often as they stand. */
  readonly on: (indices: Uint32Array) => MetricValue
  readonly value: MetricValue
}

/** That a metric says nothing of a task, such as one whose answers are an order. */
export function notForTask(name: string, split: string, task: string): MetricProblem {
  return problem('METRIC_NOT_FOR_TASK', { name, split, task })
}

/** Binds a metric to the labels, predictions and scores of a split, or says why it does not fit them. */
export function bindMetric(metric: Metric, table: SplitPredictions): BoundMetric | MetricProblem {
  if (table.rows === 0) return problem('DATA_WITHOUT_ROWS', { file: table.source.path })
  return metric.kind === 'regression'
    ? bindRegression(metric, table)
    : bindClassification(metric, table)
}

function problem(code: FindingCode, args: FindingArgs): MetricProblem {
  return { code, args }
}

function bindRegression(
  metric: Extract<Metric, { kind: 'regression' }>,
  table: SplitPredictions,
): BoundMetric | MetricProblem {
  const labels = numbers(table.label)
  const predictions = numbers(table.prediction)
  if (labels === undefined || predictions === undefined) {
    return problem('METRIC_COLUMN_MISSING', { split: table.split, column: 'prediction' })
  }
  const incomplete =
    incompleteRows(table, [labels, predictions]) ??
    infiniteRow(table, labels, table.columns.label) ??
    infiniteRow(table, predictions, table.columns.prediction ?? '')
  if (incomplete !== undefined) return incomplete
  const whole: RegressionRows = { kind: 'regression', labels, predictions }
  return {
    rows: table.rows,
    classification: undefined,
    proportion: undefined,
    value: metric.compute(whole),
    on: metric.on(whole),
  }
}

function bindClassification(
  metric: Extract<Metric, { kind: 'classification' }>,
  table: SplitPredictions,
): BoundMetric | MetricProblem {
  const coded = codedClasses(table)
  const [labels = new Int32Array(), predictions] = coded.codes
  if (metric.binaryOnly) {
    const without = withoutPositive(table, coded)
    if (without !== undefined) return without
  }
  const occurring = new Set(labels)
  if (
    predictions?.every((code) => code === -1 || !occurring.has(code)) === true &&
    coded.classes.length > 2
  ) {
    return problem('METRIC_CLASSES_DISJOINT', { split: table.split, classes: coded.classes })
  }
  if (metric.needs === 'prediction') {
    if (predictions === undefined) {
      return problem('METRIC_COLUMN_MISSING', { split: table.split, column: 'prediction' })
    }
    return bindClasses(metric, table, labels, predictions)
  }
  const scores = positiveScores(table, coded)
  if ('code' in scores) return scores
  if (metric.needs === 'probability' && scores.some((score) => score < 0 || score > 1)) {
    return problem('METRIC_SCORES_NOT_PROBABILITIES', { split: table.split })
  }
  return bindScores(metric, table, labels, scores)
}

function bindClasses(
  metric: Extract<Metric, { kind: 'classification' }>,
  table: SplitPredictions,
  labels: Int32Array,
  predictions: Int32Array,
): BoundMetric | MetricProblem {
  const incomplete = incompleteRows(table, [labels, predictions])
  if (incomplete !== undefined) return incomplete
  const classification: ClassificationRows = { kind: 'classification', labels, predictions }
  return {
    rows: table.rows,
    classification,
    proportion: metric.proportion?.(classification),
    value: metric.compute(classification),
    on: metric.on(classification),
  }
}

function bindScores(
  metric: Extract<Metric, { kind: 'classification' }>,
  table: SplitPredictions,
  labels: Int32Array,
  scores: Float64Array,
): BoundMetric | MetricProblem {
  const incomplete = incompleteRows(table, [labels, scores])
  if (incomplete !== undefined) return incomplete
  const classification: ClassificationRows = { kind: 'classification', labels, scores }
  return {
    rows: table.rows,
    classification,
    proportion: undefined,
    value: metric.compute(classification),
    on: metric.on(classification),
  }
}

/** Every metric of a table asks for them. */
const codedTables = new WeakMap<SplitPredictions, ClassCodes>()

/** The classes of a table, with the positive one as declared or as the only score column names it. */
export function codedClasses(table: SplitPredictions): ClassCodes {
  const known = codedTables.get(table) ?? codeClasses(table)
  codedTables.set(table, known)
  return known
}

function codeClasses(table: SplitPredictions): ClassCodes {
  const columns = [table.label, ...(table.prediction === undefined ? [] : [table.prediction])]
  const codes = classCodes(columns, table.columns.positive)
  const named = scoredClass(table)
  if (table.columns.positive !== undefined || codes.positive !== undefined) return codes
  return named === undefined ? codes : classCodes(columns, named)
}

/** The class of a score map with one column; of several, or of an unnamed one, nothing follows. */
function scoredClass({ scores }: SplitPredictions): string | undefined {
  const [only, ...others] = scores.keys()
  return others.length > 0 || only === '' ? undefined : only
}

/** Why a metric of the positive class cannot be computed: there are not two, or nobody says which it is. */
function withoutPositive(
  table: SplitPredictions,
  { classes, positive }: ClassCodes,
): MetricProblem | undefined {
  const { split } = table
  if (classes.length > 2) return problem('METRIC_NOT_FOR_MULTICLASS', { split, classes })
  if (classes.length < 2) return problem('METRIC_NEEDS_TWO_CLASSES', { split, classes })
  if (positive !== undefined) return undefined
  const declared = table.columns.positive ?? scoredClass(table)
  return declared === undefined
    ? problem('METRIC_POSITIVE_UNDECLARED', { split, classes })
    : problem('METRIC_POSITIVE_UNKNOWN', { split, classes, positive: declared })
}

/**
 * The scores of the positive class: a single unnamed column, or the column of that class. The column of
 * the other class is not turned around: nothing says that it holds probabilities.
 */
function positiveScores(
  { scores, split }: SplitPredictions,
  { positive, nameOf }: ClassCodes,
): Float64Array | MetricProblem {
  const named = [...scores].find(([name]) => name !== '' && nameOf(name) === positive)
  const values = numbers(scores.get('') ?? named?.[1])
  if (values !== undefined) return values
  if (scores.size === 0 || named !== undefined || scores.has('')) {
    return problem('METRIC_COLUMN_MISSING', { split, column: 'score' })
  }
  return problem('METRIC_SCORE_OF_OTHER_CLASS', {
    split,
    positive: positive ?? '',
    named: [...scores.keys()],
  })
}

function numbers(column: RowValues | undefined): Float64Array | undefined {
  return column?.kind === 'numeric' ? column.values : undefined
}

/** Leaving such rows out would compute another metric than the one that is claimed. */
function incompleteRows(
  table: SplitPredictions,
  columns: readonly (Int32Array | Float64Array)[],
): MetricProblem | undefined {
  let rows = 0
  for (let row = 0; row < table.rows; row++) {
    const isIncomplete = columns.some((column) =>
      column instanceof Int32Array ? column[row] === -1 : Number.isNaN(column[row]),
    )
    if (isIncomplete) rows += 1
  }
  if (rows === 0) return undefined
  return problem('METRIC_ROWS_INCOMPLETE', { split: table.split, rows, total: table.rows })
}

/** An error of infinite size has no mean; leaving the row out would compute another metric. */
function infiniteRow(
  table: SplitPredictions,
  values: Float64Array,
  column: string,
): MetricProblem | undefined {
  const first = values.findIndex((value) => !Number.isFinite(value))
  if (first === -1) return undefined
  const rows = values.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0)
  return problem('METRIC_ROWS_NOT_FINITE', { split: table.split, rows, row: first + 1, column })
}
