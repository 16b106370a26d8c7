import { quantileSorted } from '../stats/quantile.ts'
import type { RowValues } from './row-values.ts'

/** Rows that are alike in one column: of one value, without a value, or in one bin of numbers. */
export type Level =
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'missing'; readonly name: string }
  | {
      readonly kind: 'range'
      readonly name: string
      /** The smallest and the largest value in the bin. */
      readonly low: number
      readonly high: number
      /** The nearest values outside; `null` at an end of the data. */
      readonly before: number | null
      readonly after: number | null
    }

export interface FeatureLevels {
  readonly levels: readonly Level[]
  /** -1 for a row in no level. */
  readonly codes: Int32Array
}

const BINS = 5
/** Numbers of so few different values are taken one by one. */
const FEW_VALUES = 8
/** A category beyond that many has few rows. */
const MOST_VALUES = 200

/**
 * Parts the rows of a column: numbers into fifths by their quantiles on these rows, or by value when they
 * have few; categories by value, the most frequent 200; rows without a value apart.
 *
 * Complexity: O(rows * log rows).
 */
export function levelsOf(column: RowValues): FeatureLevels {
  const { levels, codes } = column.kind === 'numeric' ? numericLevels(column.values) : coded(column)
  if (!codes.includes(MISSING)) return { levels, codes }
  const missing: Level = { kind: 'missing', name: 'missing' }
  const found = codes.map((code) => (code === MISSING ? levels.length : code))
  return { levels: [...levels, missing], codes: found }
}

const NO_LEVEL = -1
const MISSING = -2

function coded(column: Extract<RowValues, { kind: 'coded' }>): FeatureLevels {
  const counts = new Map<number, number>()
  for (const code of column.codes) if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1)
  const kept = [...counts]
    .sort(([a, m], [b, n]) => n - m || a - b)
    .slice(0, MOST_VALUES)
    .map(([code]) => code)
  const levelOf = new Map(kept.map((code, level) => [code, level]))
  return {
    levels: kept.map((code) => ({ kind: 'value', name: column.labels[code] ?? '' })),
    codes: column.codes.map((code) => (code < 0 ? MISSING : (levelOf.get(code) ?? NO_LEVEL))),
  }
}

function numericLevels(values: Float64Array): FeatureLevels {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const distinct = [...new Set(sorted)]
  if (distinct.length <= FEW_VALUES) {
    const levelOf = new Map(distinct.map((value, level) => [value, level]))
    return {
      levels: distinct.map((value) => ({ kind: 'value', name: String(value) })),
      codes: Int32Array.from(values, (value) => levelOf.get(value) ?? MISSING),
    }
  }
  const edges = new Set(
    Array.from({ length: BINS - 1 }, (_, i) => quantileSorted(sorted, (i + 1) / BINS)),
  )
  const tops = [...edges, Infinity]
  const binOf = (value: number) => tops.findIndex((top) => value <= top)
  const lows = new Map<number, number>()
  const highs = new Map<number, number>()
  for (const value of sorted) {
    const bin = binOf(value)
    if (!lows.has(bin)) lows.set(bin, value)
    highs.set(bin, value)
  }
  const bins = [...lows.keys()]
  const levels = bins.map((bin, at): Level => {
    const [low = NaN, high = NaN] = [lows.get(bin), highs.get(bin)]
    const before = highs.get(bins[at - 1] ?? NaN) ?? null
    const after = lows.get(bins[at + 1] ?? NaN) ?? null
    return { kind: 'range', name: rangeName(low, high, before, after), low, high, before, after }
  })
  const codes = Int32Array.from(values, (value) =>
    Number.isNaN(value) ? MISSING : bins.indexOf(binOf(value)),
  )
  return { levels, codes }
}

function rangeName(low: number, high: number, before: number | null, after: number | null): string {
  if (before === null) return `up to ${String(high)}`
  if (after === null) return `from ${String(low)}`
  return low === high ? String(low) : `${String(low)} to ${String(high)}`
}
