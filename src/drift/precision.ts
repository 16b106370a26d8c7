import type { FindingCode, GradedFinding } from '../core/finding.ts'
import type { Column, Field, NumericColumn } from '../table/types.ts'
import { ascending } from './ascending.ts'
import type { EnvelopeSample, NumericSample, Sample, Steps } from './sample.ts'
import { finiteValues } from './sample.ts'

/** Decimals beyond this many are those of a double, not of a person. */
const DIGITS_OF_A_DOUBLE = 15
/**
 * A step resolves a column when rounding hides no larger change of the distribution function than
 * this, which is where a shape fails by default. Of a normal law a step of half a standard deviation
 * hides as much, whatever its outliers.
 */
const HIDDEN_SHARE = 0.1
/** From here on a double has no digits after the point and toFixed prints an exponent. */
const LARGEST_FIXED = 1e21

/** Both sides at one precision; a side that was the coarser one already is returned as it came. */
export interface HarmonisedPair<Reference> {
  readonly reference: Reference
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
 * point where both print or one prints decimals (finding PRECISION_DIFFERS). Where those digits do
 * not resolve a side that they change (rounding could hide a change of 10 % of its rows) the columns stay as they are and PRECISION_LOST warns: scores replaced by 0/1 labels are not a
 * rounding. A pair in which no value would change is left alone without a finding; so is one with a
 * side without finite values, or with a single one, unless rounding makes both sides the same value.
 * Missing values stay missing. Complexity: O(n log n + m log m) where digits differ.
 */
export function harmonisePrecision(
  reference: { readonly column: Column; readonly field: Field },
  current: { readonly column: Column; readonly field: Field },
): HarmonisedPair<Column> {
  const unchanged = { reference: reference.column, current: current.column, findings: [] }
  if (reference.column.kind !== 'numeric' || current.column.kind !== 'numeric') return unchanged
  const common = commonPrecision(reference.field, current.field)
  if (common === null) return unchanged
  const before = rounded(reference.column, common.round)
  const now = rounded(current.column, common.round)
  const decision = decide(
    common,
    spreadSide(reference.column, before),
    spreadSide(current.column, now),
  )
  return decision.isRounding
    ? { reference: before, current: now, findings: decision.findings }
    : { ...unchanged, findings: decision.findings }
}

/**
 * The same where the reference is what a baseline recorded: rounding is monotone, so the quantiles of
 * rounded values are the rounded quantiles, and what bounds the distribution bounds it still.
 *
 * @param reference - What is known of the reference, and its field as it was recorded.
 * @param current - The current column and its field.
 */
export function harmoniseRecorded(
  reference: { readonly sample: Sample; readonly field: Field },
  current: { readonly column: Column; readonly field: Field },
): HarmonisedPair<Sample> {
  const unchanged = { reference: reference.sample, current: current.column, findings: [] }
  if (reference.sample.kind === 'coded' || current.column.kind !== 'numeric') return unchanged
  const common = commonPrecision(reference.field, current.field)
  if (common === null) return unchanged
  const spread = spreadOfSample(reference.sample)
  const now = rounded(current.column, common.round)
  const isChanged = spread.values.some((value) => common.round(value) !== value)
  const decision = decide(
    common,
    { spread: () => spread, isChanged },
    spreadSide(current.column, now),
  )
  return decision.isRounding
    ? {
        reference: isChanged ? roundedSample(reference.sample, common.round) : reference.sample,
        current: now,
        findings: decision.findings,
      }
    : { ...unchanged, findings: decision.findings }
}

type Round = (value: number) => number

interface CommonPrecision {
  readonly round: Round
  /** The step of the digits both sides are rounded to, or `null` where only float32 rounds. */
  readonly step: number | null
  readonly args: { readonly reference: string; readonly current: string }
}

/** What both sides can be rounded to, or `null` where there is nothing to round. */
function commonPrecision(reference: Field, current: Field): CommonPrecision | null {
  if (!isReal(reference) || !isReal(current)) return null
  const a = gridOf(reference)
  const b = gridOf(current)
  const toFloat32 = a.isFloat32 !== b.isFloat32
  const digits = coarserDigits(a.digits, b.digits)
  if (!toFloat32 && digits === null) return null
  return {
    round: roundingTo(toFloat32, digits),
    step: digits === null ? null : 10 ** -digits,
    args: { reference: describe(reference), current: describe(current) },
  }
}

/** Finite values, ascending; `weights` where a value stands for another number of rows than one. */
interface Spread {
  readonly values: Float64Array
  readonly weights?: Float64Array
}

interface Side {
  /** Sorts, so it is asked for only where rounding changes something. */
  readonly spread: () => Spread
  readonly isChanged: boolean
}

interface Decision {
  readonly isRounding: boolean
  readonly findings: readonly GradedFinding[]
}

const LEFT_ALONE: Decision = { isRounding: false, findings: [] }

function decide({ round, step, args }: CommonPrecision, a: Side, b: Side): Decision {
  if (!a.isChanged && !b.isChanged) return LEFT_ALONE
  const sides = [a, b].map(({ spread, isChanged }) => ({ spread: spread(), isChanged }))
  const only = sides.map(({ spread }) => onlyValue(spread))
  if (only.includes(null)) return LEFT_ALONE
  const [before, now] = only
  if (before !== undefined && now !== undefined) {
    const isSame = round(before as number) === round(now as number)
    return { isRounding: isSame, findings: [] }
  }
  if (before !== undefined || now !== undefined) return LEFT_ALONE
  const isLost =
    step !== null &&
    sides.some(({ spread, isChanged }) => isChanged && hiddenShare(spread, round) >= HIDDEN_SHARE)
  return isLost
    ? { isRounding: false, findings: [grade('PRECISION_LOST', 'warn', { ...args, step })] }
    : { isRounding: true, findings: [grade('PRECISION_DIFFERS', 'notice', args)] }
}

/** The only value, `undefined` where there are several and `null` without any. */
function onlyValue({ values }: Spread): number | undefined | null {
  const first = values[0]
  if (first === undefined) return null
  return first === values.at(-1) ? first : undefined
}

interface Part {
  rows: number
  /** Rows of its most frequent value, which rounding moves as a whole. */
  atom: number
}

/**
 * The largest share of rows by which rounding may change the distribution function in one place: what
 * it moves up to a point from below, or down from above, and half of all that it makes equal there.
 * The most frequent value does not count: 9.99 that becomes 10 is not less resolved.
 */
function hiddenShare({ values, weights }: Spread, round: Round): number {
  const parts: Record<'all' | 'below' | 'above', Part> = { all: NONE, below: NONE, above: NONE }
  let cell = NaN
  let value = NaN
  let same = 0
  let total = 0
  let largest = 0
  values.forEach((each, i) => {
    const rows = weights?.[i] ?? 1
    const at = round(each)
    if (at !== cell) {
      cell = at
      for (const name of ['all', 'below', 'above'] as const) parts[name] = { ...NONE }
    }
    same = each === value ? same + rows : rows
    value = each
    total += rows
    const { all } = parts
    for (const part of each === at ? [all] : [all, each < at ? parts.below : parts.above]) {
      part.rows += rows
      part.atom = Math.max(part.atom, same)
    }
    const [here, below, above] = [all, parts.below, parts.above].map(
      (part) => part.rows - part.atom,
    )
    largest = Math.max(largest, (here ?? 0) / 2, below ?? 0, above ?? 0)
  })
  return total === 0 ? 0 : largest / total
}

const NONE: Readonly<Part> = { rows: 0, atom: 0 }

function spreadSide({ values }: NumericColumn, after: NumericColumn): Side {
  return {
    spread: () => ({ values: ascending(values).filter(Number.isFinite) }),
    isChanged: after.values !== values,
  }
}

/** Of a baseline's bounds: the recorded order statistics, each for the rows up to it. */
function spreadOfSample(sample: NumericSample | EnvelopeSample): Spread {
  if (sample.kind === 'numeric') return { values: finiteValues(sample) }
  const { at, counts } = sample.lower
  const isFinite = at.map((value) => (Number.isFinite(value) ? 1 : 0))
  return {
    values: at.filter((_, i) => isFinite[i] === 1),
    weights: counts
      .map((count, i) => count - (counts[i - 1] ?? 0))
      .filter((_, i) => isFinite[i] === 1),
  }
}

function roundedSample(sample: NumericSample | EnvelopeSample, round: Round): Sample {
  if (sample.kind === 'numeric') return { ...sample, sorted: sample.sorted.map(round) }
  const { lower, upper, tail, largest } = sample
  return {
    ...sample,
    lower: roundedSteps(lower, round),
    upper: roundedSteps(upper, round),
    tail: { r: tail.r, low: round(tail.low), high: round(tail.high) },
    largest: largest === null ? null : round(largest),
  }
}

function roundedSteps({ at, counts }: Steps, round: Round): Steps {
  return { at: at.map(round), counts }
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

function roundingTo(toFloat32: boolean, digits: number | null): Round {
  return (value) => {
    const single = Math.fround(value)
    const stored = toFloat32 && Number.isFinite(single) ? single : value
    if (digits === null || !(Math.abs(stored) < LARGEST_FIXED)) return stored
    // Multiplying and dividing by a power of ten would round twice; the printed form does not.
    return Number(stored.toFixed(digits))
  }
}

/** The same column when no value changes. */
function rounded(column: NumericColumn, rounding: Round): NumericColumn {
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
