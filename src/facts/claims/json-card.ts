import type { Location } from '../../core/evidence.ts'
import { knownName, splitOf } from './metric-names.ts'
import { intervalOf, list, property, type StatedMetric } from './stated-metric.ts'

/**
 * The metrics of a model card in JSON: of the TensorFlow Model Card Toolkit
 * (`quantitative_analysis.performance_metrics`), or of CycloneDX, where each component may have one and
 * every value is a text. A slice that is no split is another metric, which nobody can recompute here.
 *
 * Source: the schema of the Model Card Toolkit, version 0.0.2; CycloneDX 1.5, "modelCard".
 */
export function metricsOfCard(
  content: unknown,
  source: Location,
  splits: readonly string[],
): readonly StatedMetric[] {
  const cards = [
    content,
    ...[property(property(content, 'metadata'), 'component'), ...list(content, 'components')].map(
      (component) => property(component, 'modelCard'),
    ),
  ]
  return cards.flatMap((card) => metricsIn(card)).map((metric) => statedOf(metric, source, splits))
}

function metricsIn(card: unknown): readonly unknown[] {
  const analysis = either(card, 'quantitative_analysis', 'quantitativeAnalysis')
  return [...list(analysis, 'performance_metrics'), ...list(analysis, 'performanceMetrics')]
}

function statedOf(metric: unknown, source: Location, splits: readonly string[]): StatedMetric {
  const type = property(metric, 'type')
  const slice = property(metric, 'slice')
  const value = property(metric, 'value')
  const bounds = either(metric, 'confidence_interval', 'confidenceInterval')
  const interval = intervalOf(
    either(bounds, 'lower_bound', 'lowerBound'),
    either(bounds, 'upper_bound', 'upperBound'),
  )
  const named = typeof slice === 'string' && slice.trim() !== '' ? slice.trim() : undefined
  const split = named === undefined ? undefined : splitOf(named, splits)
  const name = knownName(typeof type === 'string' ? type : JSON.stringify(type ?? null))
  return {
    name: named !== undefined && split === undefined ? `${name} of ${named}` : name,
    split,
    value:
      typeof value === 'number' || typeof value === 'string'
        ? value
        : JSON.stringify(value ?? null),
    ...(interval === undefined ? {} : { interval }),
    source,
  }
}

function either(value: unknown, first: string, second: string): unknown {
  return property(value, first) ?? property(value, second)
}
