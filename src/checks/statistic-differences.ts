import type { JsonValue } from '../core/evidence.ts'
import { reaches } from '../core/threshold.ts'

export interface StatisticDifference {
  /** The way to the number: `summary.mean`. */
  readonly statistic: string
  readonly recorded: JsonValue
  readonly recomputed: JsonValue
}

/** How a type was found out is prose, and the type in the file changes with the format. */
const NOT_STATISTICS = ['evidence', 'physical']

/** Every number and name in which two records of one column differ, in the order of the record. */
export function differencesOf(
  recorded: object,
  recomputed: object,
  relativeTolerance: number,
): readonly StatisticDifference[] {
  const differences: StatisticDifference[] = []
  const compare = (before: unknown, now: unknown, path: string) => {
    if (typeof before === 'number' && typeof now === 'number') {
      const scale = Math.max(Math.abs(before), Math.abs(now))
      if (reaches(relativeTolerance * scale, Math.abs(before - now))) return
    } else if (isRecord(before) && isRecord(now)) {
      const keys = new Set([...Object.keys(before), ...Object.keys(now)])
      for (const key of keys) {
        if (path === '' && NOT_STATISTICS.includes(key)) continue
        compare(before[key], now[key], path === '' ? key : `${path}.${key}`)
      }
      return
    } else if (before === now) return
    differences.push({ statistic: path, recorded: shown(before), recomputed: shown(now) })
  }
  compare(recorded, recomputed, '')
  return differences
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** What differs may be long; the place and the beginning are enough to find it. */
function shown(value: unknown): JsonValue {
  if (value === undefined) return null
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
