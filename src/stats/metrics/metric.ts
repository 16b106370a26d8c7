/** Labels and what a model said of the same rows. */
export interface ClassificationRows {
  readonly kind: 'classification'
  /** Class codes; for two classes 1 is the positive one. */
  readonly labels: ArrayLike<number>
  /** Class codes of the same coding. */
  readonly predictions?: ArrayLike<number>
  /** Scores of the positive class; probabilities where a metric asks for them. */
  readonly scores?: ArrayLike<number>
}

/**
 * Observed numbers and what a model predicted for the same rows, in the unit of the target, without
 * missing values.
 */
export interface RegressionRows {
  readonly kind: 'regression'
  readonly labels: ArrayLike<number>
  readonly predictions: ArrayLike<number>
}

/** A metric, or the sentence that says why it is not defined on these rows. */
export type MetricValue = number | { readonly undefined: string }

interface MetricBase {
  /** As it is named in a manifest: `roc_auc`. */
  readonly id: string
  readonly title: string
  readonly definition: string
  readonly higherIsBetter: boolean
  /** Whether it is a number without unit of which two decimals say most, unlike errors and losses. */
  readonly isShare: boolean
}

/** A share of counted rows: of all rows, of those predicted positive, of those that are positive. */
export interface Proportion {
  readonly count: number
  readonly total: number
}

/** How a metric is computed of rows of one kind. */
export interface Computation<Rows> {
  /** The value on rows without missing values; throws RangeError without the column that it needs. */
  readonly compute: (rows: Rows) => MetricValue
  /** The value on some of the rows by their indices; one that is repeated counts as often as it stands. */
  readonly on: (rows: Rows) => (indices: Uint32Array) => MetricValue
}

/** A metric of classes or of scores, with what it needs of the model. */
export interface ClassificationMetric extends MetricBase, Computation<ClassificationRows> {
  readonly kind: 'classification'
  readonly needs: 'prediction' | 'score' | 'probability'
  /** Whether it is defined for two classes only. */
  readonly binaryOnly: boolean
  /** For a metric that counts right rows among some of them; the total may be 0. */
  readonly proportion?: (rows: ClassificationRows) => Proportion
}

/** A metric of predicted numbers. */
export interface RegressionMetric extends MetricBase, Computation<RegressionRows> {
  readonly kind: 'regression'
  readonly needs: 'prediction'
}

/** Everything that `METRICS` holds; `kind` says of which rows it is computed. */
export type Metric = ClassificationMetric | RegressionMetric

/**
 * The column a metric asks for.
 *
 * @param column - The column, if the caller has it.
 * @param name - What it is called, for the message.
 * @returns The column.
 * @throws RangeError when there is none: the caller asked for a metric that its rows cannot give.
 * Complexity: O(1).
 */
export function required<T>(column: T | undefined, name: string): T {
  if (column === undefined) throw new RangeError(`the metric needs ${name}`)
  return column
}
