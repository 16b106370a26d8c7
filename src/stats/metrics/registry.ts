import { classMetrics } from './class-metrics.ts'
import type { Metric } from './metric.ts'
import { regressionMetrics } from './regression-metrics.ts'
import { scoreMetrics } from './score-metrics.ts'

/** Every metric that can be recomputed from a predictions file. */
export const METRICS: readonly Metric[] = [...classMetrics, ...scoreMetrics, ...regressionMetrics]

/**
 * The metric of a name as people write it: case, spaces, hyphens and underscores do not matter.
 *
 * @param name - Such as `roc_auc` or `ROC AUC`.
 * @returns `undefined` when there is none.
 * Complexity: O(number of metrics).
 */
export function findMetric(name: string): Metric | undefined {
  const wanted = plain(name)
  return METRICS.find(({ id }) => plain(id) === wanted)
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '')
}
