import type { JsonValue } from '../../core/evidence.ts'
import type { ColumnSummary } from '../../core/result.ts'
import { moments } from '../../stats/moments.ts'
import { quantileSorted } from '../../stats/quantile.ts'
import { countDistinct } from '../keys/novel.ts'
import type { View } from '../plan.ts'
import type { CodedSample, NumericSample } from '../sample.ts'
import { finiteValues, validCount } from '../sample.ts'

/** The probabilities of the quantiles that are shown. */
export const SUMMARY_PROBABILITIES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const

/**
 * The summary of one side of a column.
 *
 * @param sample - Its values or counts.
 * @param view - Times are shown as ISO dates in UTC.
 * @returns Counts, range, mean, standard deviation (ddof 1) and type-7 quantiles of the finite
 * values; what is not defined is `null` with a reason. Complexity: O(n).
 */
export function summarise(sample: NumericSample | CodedSample, view: View): ColumnSummary {
  return sample.kind === 'numeric' ? numericSummary(sample, view) : codedSummary(sample)
}

/**
 * The summary of a column whose values are nobody's business, as those of identifiers: rows and
 * missing values, and `null` with a reason for what would need a look at the others.
 */
export function countOnly(sample: NumericSample | CodedSample): ColumnSummary {
  const why = 'values of identifiers are not described'
  const nothing = ['distinct', 'min', 'max', 'mean', 'std'].map((name) => optional(name, null, why))
  return {
    rows: sample.rows,
    valid: validCount(sample),
    missing: sample.missing,
    nan: sample.kind === 'numeric' ? sample.nan : 0,
    infinite: 0,
    ...(Object.assign({}, ...nothing) as Pick<
      ColumnSummary,
      'distinct' | 'min' | 'max' | 'mean' | 'std'
    >),
    quantiles: {},
  }
}

function codedSummary(sample: CodedSample): ColumnSummary {
  const why = 'labels have no order and no moments'
  return {
    rows: sample.rows,
    valid: validCount(sample),
    missing: sample.missing,
    nan: 0,
    infinite: 0,
    distinct: countDistinct(sample),
    min: null,
    minReason: why,
    max: null,
    maxReason: why,
    mean: null,
    meanReason: why,
    std: null,
    stdReason: why,
    quantiles: {},
  }
}

function numericSummary(sample: NumericSample, view: View): ColumnSummary {
  const { sorted, negativeInfinity, positiveInfinity } = sample
  const finite = finiteValues(sample)
  const infinite = negativeInfinity + positiveInfinity
  const whyNot = noMomentsReason(finite.length, infinite)
  const { mean, std } = moments(finite)
  return {
    rows: sample.rows,
    valid: sorted.length,
    missing: sample.missing,
    nan: sample.nan,
    infinite,
    distinct: countDistinctSorted(sorted),
    ...optional('min', shown(finite[0], view), 'no finite value'),
    ...optional('max', shown(finite.at(-1), view), 'no finite value'),
    ...optional('mean', whyNot === undefined ? mean : null, whyNot ?? 'not a finite number'),
    ...optional('std', whyNot === undefined ? std : null, whyNot ?? 'fewer than two values'),
    quantiles: quantilesOf(finite),
  } as ColumnSummary
}

function quantilesOf(finite: Float64Array): Readonly<Record<string, number>> {
  if (finite.length === 0) return {}
  return Object.fromEntries(
    SUMMARY_PROBABILITIES.map((p) => [String(p), quantileSorted(finite, p)]),
  )
}

function noMomentsReason(finite: number, infinite: number): string | undefined {
  if (infinite > 0) return `undefined: ${String(infinite)} infinite values`
  return finite === 0 ? 'no valid value' : undefined
}

function shown(value: number | undefined, view: View): JsonValue {
  if (value === undefined) return null
  return view === 'time' ? isoTime(value) : value
}

/** Milliseconds since 1970 as an ISO instant, or the number where it is no date. */
export function isoTime(milliseconds: number): JsonValue {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? milliseconds : date.toISOString()
}

/** A value, or `null` with the reason beside it. */
export function optional(
  name: string,
  value: JsonValue,
  reason: string,
): Record<string, JsonValue> {
  const isDefined = value !== null && (typeof value !== 'number' || Number.isFinite(value))
  return isDefined ? { [name]: value } : { [name]: null, [`${name}Reason`]: reason }
}

/** The number of distinct values of an ascending array. Complexity: O(n). */
export function countDistinctSorted(sorted: Float64Array): number {
  let distinct = 0
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++
  }
  return distinct
}
