import type { FindingCode, GradedFinding } from '../../core/finding.ts'
import type { NumericColumn } from '../../table/types.ts'
import { NO_UNIT } from './unit-column.ts'

/** Fewer windows than this do not show how much the reference varies by itself. */
const LEAST_WINDOWS = 4
/** More windows than this add time, not knowledge; the latest are taken. */
const MOST_WINDOWS = 60

/** Contiguous windows of the reference, each as long as the current side. */
export interface TimeWindows {
  readonly count: number
  /** Milliseconds. */
  readonly length: number
  /** The window of each row; `count` for rows before the first window, NO_UNIT without a time. */
  readonly unitOfRow: Uint32Array
}

/**
 * Cuts the reference into windows as long as the current side, ending with its last row.
 *
 * @param reference - Times of the reference, milliseconds.
 * @param current - Times of the current side.
 * @returns The windows, or a finding TIME_WINDOWS_TOO_FEW (inconclusive): fewer than four fit, or the
 * current side has no extent in time.
 * Missing values: their rows belong to no window. Complexity: O(rows).
 */
export function timeWindows(
  reference: NumericColumn,
  current: NumericColumn,
  column: string,
): TimeWindows | GradedFinding {
  const now = extent(current.values)
  const before = extent(reference.values)
  if (now === null || before === null) return tooFew(column, 0)
  const length = now.last - now.first
  const fitting = length > 0 ? Math.floor((before.last - before.first) / length) : 0
  if (fitting < LEAST_WINDOWS) return tooFew(column, fitting)
  const count = Math.min(fitting, MOST_WINDOWS)
  const unitOfRow = new Uint32Array(reference.rows).fill(NO_UNIT)
  for (let i = 0; i < reference.values.length; i++) {
    const row = reference.validRows === undefined ? i : (reference.validRows[i] as number)
    const age = Math.floor((before.last - (reference.values[i] as number)) / length)
    unitOfRow[row] = age < count ? age : count
  }
  return { count, length, unitOfRow }
}

function extent(times: Float64Array): { readonly first: number; readonly last: number } | null {
  let first = Infinity
  let last = -Infinity
  for (const time of times) {
    if (time < first) first = time
    if (time > last) last = time
  }
  return Number.isFinite(first) && Number.isFinite(last) ? { first, last } : null
}

function tooFew(column: string, windows: number): GradedFinding {
  const code: FindingCode = 'TIME_WINDOWS_TOO_FEW'
  return { code, severity: 'inconclusive', args: { column, windows, needed: LEAST_WINDOWS } }
}
