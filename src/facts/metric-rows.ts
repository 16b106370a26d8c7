import type { FindingArgs, FindingCode } from '../core/finding.ts'
import type {
  ClassificationRows,
  Metric,
  MetricValue,
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
  /** The metric on some rows; repeats count as often as they stand. */
  readonly on: (indices: Uint32Array) => MetricValue
  readonly value: MetricValue
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
  const incomplete = incompleteRows(table, [labels, predictions])
  if (incomplete !== undefined) return incomplete
  const whole: RegressionRows = { kind: 'regression', labels, predictions }
  return {
    rows: table.rows,
    classification: undefined,
    value: metric.compute(whole),
    on: (indices) =>
      metric.compute({
        kind: 'regression',
        labels: take(labels, indices),
        predictions: take(predictions, indices),
      }),
  }
}

function bindClassification(
  metric: Extract<Metric, { kind: 'classification' }>,
  table: SplitPredictions,
): BoundMetric | MetricProblem {
  const withPrediction = table.prediction === undefined ? [] : [table.prediction]
  const coded = classCodes([table.label, ...withPrediction], table.rows)
  const [labels = new Int32Array(), predictions] = coded.codes
  if (metric.binaryOnly && coded.classes.length !== 2) {
    return problem('METRIC_NEEDS_TWO_CLASSES', { split: table.split, classes: coded.classes })
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
  if (scores === undefined) {
    return problem('METRIC_COLUMN_MISSING', { split: table.split, column: 'score' })
  }
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
    value: metric.compute(classification),
    on: (indices) =>
      metric.compute({
        kind: 'classification',
        labels: take(labels, indices),
        predictions: take(predictions, indices),
      }),
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
    value: metric.compute(classification),
    on: (indices) =>
      metric.compute({
        kind: 'classification',
        labels: take(labels, indices),
        scores: take(scores, indices),
      }),
  }
}

/** A single score column belongs to the positive class; of one column per class, that class's own. */
function positiveScores(
  table: SplitPredictions,
  { classes }: ClassCodes,
): Float64Array | undefined {
  const positive = classes[1]
  return numbers(table.scores.get('') ?? table.scores.get(positive ?? ''))
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

function take<T extends Int32Array | Float64Array>(values: T, indices: Uint32Array): T {
  const taken = new (values.constructor as new (length: number) => T)(indices.length)
  for (let at = 0; at < indices.length; at++) taken[at] = values[indices[at] as number] as number
  return taken
}
