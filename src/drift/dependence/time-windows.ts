import type { FindingCode, GradedFinding } from '../../core/finding.ts'
import type { NumericColumn } from '../../table/types.ts'
import { NO_UNIT } from './unit-column.ts'

/** Fewer windows than this do not show how much the reference varies by itself. */
const LEAST_WINDOWS = 4
/** More windows than this add time, not knowledge; the latest are taken. */
const MOST_WINDOWS = 60

/** Windows with a smaller share of the rows of the median window are left out. */
const SPARSE_SHARE = 0.25

/** Windows of the reference, each as long as the current side. */
export interface TimeWindows {
  readonly count: number
  /** Milliseconds. */
  readonly length: number
  /** The window of each row; `count` for rows before the first window, NO_UNIT without a time. */
  readonly unitOfRow: Uint32Array
  /** TIME_WINDOWS_LEFT_OUT where some were. */
  readonly findings: readonly GradedFinding[]
}

/**
 * Cuts the reference into windows as long as the current side, ending with its last row. Windows with
 * few rows are left out: their effects are chance, and one placeholder date makes hundreds of them.
 *
 * @param reference - Times of the reference, milliseconds.
 * @param current - Times of the current side.
 * @returns The windows, the latest first, with TIME_WINDOWS_LEFT_OUT (notice) where windows have less
 * than a quarter of the rows of the median window, empty ones not counted; or a finding
 * TIME_WINDOWS_TOO_FEW (inconclusive): fewer than four are left, or the current side has no extent in
 * time.
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
  const ageOf = (time: number): number => Math.floor((before.last - time) / length)
  const rowsOfAge = new Map<number, number>()
  for (const time of reference.values) {
    const age = ageOf(time)
    if (age < fitting) rowsOfAge.set(age, (rowsOfAge.get(age) ?? 0) + 1)
  }
  const least = SPARSE_SHARE * median([...rowsOfAge.values()])
  const full = [...rowsOfAge].flatMap(([age, rows]) => (rows >= least ? [age] : []))
  if (full.length < LEAST_WINDOWS) return tooFew(column, full.length)
  const kept = full.sort((a, b) => a - b).slice(0, MOST_WINDOWS)
  const windowOfAge = new Map(kept.map((age, window) => [age, window]))
  const count = kept.length
  const unitOfRow = new Uint32Array(reference.rows).fill(NO_UNIT)
  for (let i = 0; i < reference.values.length; i++) {
    const row = reference.validRows === undefined ? i : (reference.validRows[i] as number)
    unitOfRow[row] = windowOfAge.get(ageOf(reference.values[i] as number)) ?? count
  }
  const leftOut = fitting - full.length
  return {
    count,
    length,
    unitOfRow,
    findings: leftOut === 0 ? [] : [sparse(column, leftOut, full.length)],
  }
}

function median(counts: readonly number[]): number {
  const sorted = [...counts].sort((a, b) => a - b)
  return sorted[sorted.length >>> 1] ?? 0
}

function sparse(column: string, windows: number, kept: number): GradedFinding {
  return { code: 'TIME_WINDOWS_LEFT_OUT', severity: 'notice', args: { column, windows, kept } }
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
