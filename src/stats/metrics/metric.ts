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
}

export interface ClassificationMetric extends MetricBase {
  readonly kind: 'classification'
  readonly needs: 'prediction' | 'score' | 'probability'
  /** Whether it is defined for two classes only. */
  readonly binaryOnly: boolean
  readonly compute: (rows: ClassificationRows) => MetricValue
}

export interface RegressionMetric extends MetricBase {
  readonly kind: 'regression'
  readonly needs: 'prediction'
  readonly compute: (rows: RegressionRows) => MetricValue
}

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
