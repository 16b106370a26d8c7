import type { Location } from '../../core/evidence.ts'
import { namedMetric } from './metric-names.ts'
import { intervalOf, list, numberOf, property, type StatedMetric } from './stated-metric.ts'

/** Deeper files are no metrics, and recursion has an end. */
const DEEPEST = 20
const INTERVALS = ['ci', 'confidence_interval', 'interval'] as const

/**
 * The numbers of a nested JSON file of metrics, as DVC reads it: every number under its keys, one of
 * which may name the split. An object with `value` may hold the interval too, as `ci: [low, high]`.
 *
 * @param content - parsed.
 * @param splits - those of the manifest. Texts and lists are no metrics.
 */
export function metricsOf(
  content: unknown,
  source: Location,
  splits: readonly string[],
): readonly StatedMetric[] {
  return visit(content, [], source, splits)
}

function visit(
  value: unknown,
  keys: readonly string[],
  source: Location,
  splits: readonly string[],
): readonly StatedMetric[] {
  if (typeof value === 'number') return [{ ...namedMetric(keys, splits), value, source }]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  if (keys.length > DEEPEST) return []
  const stated = property(value, 'value')
  if (typeof stated === 'number' && keys.length > 0) {
    const interval = INTERVALS.map((name) => endsOf(property(value, name), value, name)).find(
      (ends) => ends !== undefined,
    )
    const level = numberOf(property(value, 'level'))
    return [
      {
        ...namedMetric(keys, splits),
        value: stated,
        source,
        ...(interval === undefined ? {} : { interval }),
        ...(level === undefined || !(level > 0 && level < 1) ? {} : { level }),
      },
    ]
  }
  return Object.entries(value).flatMap(([key, each]) => visit(each, [...keys, key], source, splits))
}

function endsOf(written: unknown, parent: unknown, name: string) {
  const [low, high] = list(parent, name)
  return (
    intervalOf(low, high) ??
    intervalOf(property(written, 'low'), property(written, 'high')) ??
    intervalOf(property(written, 'lower_bound'), property(written, 'upper_bound'))
  )
}
