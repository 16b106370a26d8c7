import type { FindingCode, GradedFinding } from '../core/finding.ts'
import type { Column, Field, NumericColumn } from '../table/types.ts'
import { numericSample, finiteValues } from './sample.ts'
import { moments } from '../stats/moments.ts'

/** Decimals beyond this many are those of a double, not of a person. */
const DIGITS_OF_A_DOUBLE = 15
/**
 * A grid resolves a column when its step is at most this share of the standard deviation. Values
 * from 0 to 1 have a standard deviation of at most 0.5, so whole numbers never resolve them.
 */
const RESOLVING_STEP = 0.5
/** From here on a double has no digits after the point and toFixed prints an exponent. */
const LARGEST_FIXED = 1e21

export interface HarmonisedPair {
  readonly reference: Column
  readonly current: Column
  readonly findings: readonly GradedFinding[]
}

interface Grid {
  readonly isFloat32: boolean
  /** Digits after the point, or `null` for what is not printed. */
  readonly digits: number | null
}

/**
 * Brings two numeric columns to the coarser of their precisions, so that the same data printed with
 * fewer digits, or stored as float32, is the same data.
 *
 * @param reference - The reference column and its field.
 * @param current - The current column and its field.
 * @returns Columns rounded to float32 where one side is float32, and to the fewer digits after the
 * point where both print or one prints decimals (finding PRECISION_DIFFERS). Where those digits no
 * longer resolve the reference (their step is more than half of its standard deviation) the
 * columns stay as they are and PRECISION_LOST warns: scores replaced by 0/1 labels are not a rounding.
 * A pair in which no value would change is left alone without a finding.
 * Missing values stay missing. Complexity: O(n + m), and O(n log n) once where digits differ.
 */
export function harmonisePrecision(
  reference: { readonly column: Column; readonly field: Field },
  current: { readonly column: Column; readonly field: Field },
): HarmonisedPair {
  const unchanged = { reference: reference.column, current: current.column, findings: [] }
  if (reference.column.kind !== 'numeric' || current.column.kind !== 'numeric') return unchanged
  if (!isReal(reference.field) || !isReal(current.field)) return unchanged
  const a = gridOf(reference.field)
  const b = gridOf(current.field)
  const toFloat32 = a.isFloat32 !== b.isFloat32
  const digits = coarserDigits(a.digits, b.digits)
  if (!toFloat32 && digits === null) return unchanged
  const rounding = roundingTo(toFloat32, digits)
  const roundedReference = rounded(reference.column, rounding)
  const roundedCurrent = rounded(current.column, rounding)
  if (roundedReference === reference.column && roundedCurrent === current.column) return unchanged
  const args = { reference: describe(reference.field), current: describe(current.field) }
  const step = digits === null ? 0 : 10 ** -digits
  if (digits !== null && !resolves(step, reference.column)) {
    return { ...unchanged, findings: [grade('PRECISION_LOST', 'warn', { ...args, step })] }
  }
  return {
    reference: roundedReference,
    current: roundedCurrent,
    findings: [grade('PRECISION_DIFFERS', 'notice', args)],
  }
}

function isReal(field: Field): boolean {
  return field.type === 'number' || field.type === 'integer'
}

function gridOf({ type, precision }: Field): Grid {
  if (precision?.kind === 'decimals') return { isFloat32: false, digits: precision.digits }
  if (precision?.kind === 'float32') return { isFloat32: true, digits: null }
  return { isFloat32: false, digits: type === 'integer' ? 0 : null }
}

/** The digits to round to, or `null` when both sides already agree or neither prints decimals. */
function coarserDigits(a: number | null, b: number | null): number | null {
  if (a === b) return null
  const coarser = Math.min(a ?? Infinity, b ?? Infinity)
  return coarser >= DIGITS_OF_A_DOUBLE ? null : coarser
}

function resolves(step: number, reference: NumericColumn): boolean {
  const { std } = moments(finiteValues(numericSample(reference)))
  return std !== null && step <= RESOLVING_STEP * std
}

function roundingTo(toFloat32: boolean, digits: number | null): (value: number) => number {
  return (value) => {
    const single = Math.fround(value)
    const stored = toFloat32 && Number.isFinite(single) ? single : value
    if (digits === null || !(Math.abs(stored) < LARGEST_FIXED)) return stored
    // Multiplying and dividing by a power of ten would round twice; the printed form does not.
    return Number(stored.toFixed(digits))
  }
}

/** The same column when no value changes. */
function rounded(column: NumericColumn, rounding: (value: number) => number): NumericColumn {
  const values = column.values.map(rounding)
  return values.every((value, row) => value === column.values[row]) ? column : { ...column, values }
}

function describe(field: Field): string {
  const { precision, physical } = field
  if (precision === undefined) return `${physical} ${field.type}`
  return precision.kind === 'decimals' ? `${String(precision.digits)} decimals` : precision.kind
}

function grade(
  code: FindingCode,
  severity: 'notice' | 'warn',
  args: GradedFinding['args'],
): GradedFinding {
  return { code, severity, args }
}
