import type { DatetimeLayout } from './datetime.ts'
import type { LogicalType } from './types.ts'

/** What the cells of a whole column of text look like. */
export interface CellTally {
  readonly valid: number
  readonly integers: number
  readonly decimals: number
  readonly infinities: number
  /** Digits with a leading zero, or more of them than a double can hold. */
  readonly codes: number
  readonly dates: Readonly<Record<DatetimeLayout, number>>
  /** Texts such as `1,5` that would be numbers with a decimal comma. */
  readonly commaNumbers: number
}

/** What a column of text is taken to be, unless it is labels, which their repetition decides. */
export interface InferredType {
  readonly type: Extract<LogicalType, 'number' | 'integer' | 'datetime'> | 'labels'
  readonly evidence: string
}

/** So many of the values must fit; the rest is reported place by place, never dropped in silence. */
const FITTING_SHARE = 0.95

/**
 * Infers the type of a column from all of its cells, never from a sample.
 *
 * @param tally - Counts over the whole column.
 */
export function inferType(tally: CellTally): InferredType {
  const { valid, integers, decimals, infinities, codes, dates } = tally
  const numbers = integers + decimals + infinities
  const times = dates.date + dates.local + dates.zoned
  const of = (count: number): string => `${String(count)} of ${String(valid)} values`
  if (valid === 0) return { type: 'labels', evidence: 'no values' }
  if (codes > 0) {
    return { type: 'labels', evidence: `${of(codes)} are digits that a number would change` }
  }
  if (numbers >= FITTING_SHARE * valid) {
    return decimals + infinities === 0
      ? { type: 'integer', evidence: `${of(integers)} are integers` }
      : { type: 'number', evidence: `${of(numbers)} are numbers` }
  }
  if (times >= FITTING_SHARE * valid) {
    const unzoned = times - dates.zoned
    const zone = unzoned === 0 ? '' : `, ${String(unzoned)} without a zone and read as UTC`
    return { type: 'datetime', evidence: `${of(times)} are ISO 8601 dates${zone}` }
  }
  return { type: 'labels', evidence: `${of(numbers)} are numbers, ${String(times)} are dates` }
}
