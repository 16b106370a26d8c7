import type { ClassificationRows, Computation, MetricValue, RegressionRows } from './metric.ts'

/**
 * A metric of predicted numbers that has to be computed anew on some rows.
 *
 * @param compute - Its value on rows without missing values.
 * @returns How it is computed, on all rows and on some of them.
 * Complexity: that of the metric. Source: the definition of the metric.
 */
export function ofNumbers(
  compute: (rows: RegressionRows) => MetricValue,
): Computation<RegressionRows> {
  return {
    compute,
    on:
      ({ kind, labels, predictions }) =>
      (indices) =>
        compute({ kind, labels: take(labels, indices), predictions: take(predictions, indices) }),
  }
}

/**
 * A metric of scores that has to be computed anew on some rows, such as one of their order.
 *
 * @param compute - Its value on rows without missing values.
 * @returns How it is computed, on all rows and on some of them.
 * Complexity: that of the metric. Source: the definition of the metric.
 */
export function ofScores(
  compute: (rows: ClassificationRows) => MetricValue,
): Computation<ClassificationRows> {
  return {
    compute,
    on:
      ({ kind, labels, scores }) =>
      (indices) =>
        compute({
          kind,
          labels: take(labels, indices),
          ...(scores === undefined ? {} : { scores: take(scores, indices) }),
        }),
  }
}

function take(values: ArrayLike<number>, indices: Uint32Array): Float64Array {
  const taken = new Float64Array(indices.length)
  for (let at = 0; at < indices.length; at++) taken[at] = values[indices[at] as number] as number
  return taken
}
