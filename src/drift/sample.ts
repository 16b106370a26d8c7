import type { CodedColumn, Column, NumericColumn } from '../table/types.ts'
import { ascending } from './ascending.ts'

/** The values of one side of a numeric column, in ascending order. */
export interface NumericSample {
  readonly kind: 'numeric'
  /** All rows, the missing ones included. */
  readonly rows: number
  readonly missing: number
  readonly nan: number
  readonly negativeInfinity: number
  readonly positiveInfinity: number
  /** Ascending, without NaN; infinite values stand at the ends. */
  readonly sorted: Float64Array
}

/** How often each value of one side of a column occurs. */
export interface CodedSample {
  readonly kind: 'coded'
  readonly rows: number
  readonly missing: number
  /** Only values that occur. */
  readonly counts: ReadonlyMap<string, number>
  /** Values that a baseline counted together because there were too many. */
  readonly rest?: { readonly distinct: number; readonly rows: number }
}

/** A step function: from `at[i]` on, and up to `at[i + 1]`, it is `counts[i]`; 0 before. */
export interface Steps {
  /** Ascending. */
  readonly at: Float64Array
  readonly counts: Float64Array
}

/**
 * What a baseline knows of a numeric column without its rows: two step functions between which the
 * number of reference values up to any point certainly lies, and the facts that are exact.
 */
export interface EnvelopeSample {
  readonly kind: 'envelope'
  readonly rows: number
  readonly missing: number
  readonly nan: number
  readonly negativeInfinity: number
  readonly positiveInfinity: number
  /** Valid values. */
  readonly valid: number
  readonly lower: Steps
  readonly upper: Steps
  /** The exact order statistics that bound the tails. */
  readonly tail: TailBounds
  /** The largest absolute finite value, or `null` without one. */
  readonly largest: number | null
  readonly distinct: number | null
}

/** The r-th smallest and the r-th largest of the values. */
export interface TailBounds {
  readonly r: number
  readonly low: number
  readonly high: number
}

/** One side of a column as the rules see it: rows of values, counts, or the bounds of a baseline. */
export type Sample = NumericSample | CodedSample | EnvelopeSample

/** The number of values that are not missing. */
export function validCount(sample: Sample): number {
  return sample.rows - sample.missing
}

/**
 * The values of a whole column, ready for comparison.
 *
 * @param column - All rows of a column, in any order.
 * @returns Sorted values, or counts by label; independent of the order of rows.
 * Missing values: only counted. Complexity: O(n log n) for numbers, O(n) for labels.
 */
export function sampleOf(column: Column): NumericSample | CodedSample {
  return column.kind === 'numeric' ? numericSample(column) : codedSample(column)
}

/** Sorted values of a column of numbers. Missing values: only counted. Complexity: O(n log n). */
export function numericSample(column: NumericColumn): NumericSample {
  return {
    kind: 'numeric',
    rows: column.rows,
    missing: column.missing,
    nan: column.nan,
    negativeInfinity: column.negativeInfinity,
    positiveInfinity: column.positiveInfinity,
    sorted: ascending(column.values),
  }
}

/** Counts by label. Missing values: only counted. Complexity: O(n). */
export function codedSample(column: CodedColumn): CodedSample {
  return {
    kind: 'coded',
    rows: column.rows,
    missing: column.missing,
    counts: countLabels(column),
  }
}

function countLabels(column: CodedColumn): ReadonlyMap<string, number> {
  const perCode = new Float64Array(column.labels.length)
  for (const code of column.codes) perCode[code] = (perCode[code] as number) + 1
  const counts = new Map<string, number>()
  column.labels.forEach((label, code) => {
    const count = perCode[code] as number
    if (count > 0) counts.set(label, (counts.get(label) ?? 0) + count)
  })
  return counts
}

/** The finite part of a sorted sample. */
export function finiteValues(sample: NumericSample): Float64Array {
  const { sorted, negativeInfinity, positiveInfinity } = sample
  return sorted.subarray(negativeInfinity, sorted.length - positiveInfinity)
}

/** Compares texts by code units, which no locale can change. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
