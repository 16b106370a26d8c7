import type { JsonValue } from '../core/evidence.ts'
import type { FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import { isSignificant, reaches } from '../core/threshold.ts'
import { novelCategory } from '../stats/two-sample/novel-category.ts'
import { writeNumber } from './baseline/extended-number.ts'
import { isoTime } from './describe/summary.ts'
import { onlyIn, unseenIn } from './keys/novel.ts'
import type { ColumnPlan } from './plan.ts'
import { kindOf } from './plan.ts'
import type { NumericSample, Sample } from './sample.ts'
import { finiteValues, validCount } from './sample.ts'

/** A current maximum this many times the reference's speaks of another unit. */
const UNIT_FACTOR = 20
/** Unseen values in this share of rows warn at the unadjusted level below. */
const UNSEEN_SHARE = 0.005
const UNADJUSTED_LEVEL = 0.01
/** A sparse column may be empty by chance; below this probability it was emptied. */
const CHANCE_OF_NONE = 1e-4

/**
 * What can be said of a column without inference over the run: a changed type, a side without
 * values, a value that became the only one, unseen values, another unit.
 *
 * @param plan - The column with its fields on both sides.
 * @param reference - Its reference side.
 * @param current - Its current side.
 * @returns Graded findings, each at most once. Complexity: O(distinct values).
 */
export function observeColumn(
  plan: ColumnPlan,
  reference: Sample,
  current: Sample,
): readonly GradedFinding[] {
  const empty = emptySide(reference, current)
  if (empty !== undefined) return [...typeChange(plan, current), empty]
  const findings = [...typeChange(plan, current)]
  if (plan.view !== 'presence') findings.push(...becameConstant(plan, reference, current))
  if (plan.view === 'values') findings.push(...suspectedUnitChange(plan, reference, current))
  if (plan.view === 'categories') findings.push(...unseenCategories(plan, reference, current))
  return findings
}

function emptySide(reference: Sample, current: Sample): GradedFinding | undefined {
  const n = validCount(reference)
  const m = validCount(current)
  const rows = { reference: reference.rows, current: current.rows }
  if (n === 0 && m === 0) return grade('EMPTY_ON_BOTH_SIDES', 'notice', rows)
  if (n === 0) return grade('REFERENCE_ALL_MISSING', 'inconclusive', { ...rows, valid: m })
  if (m > 0) return undefined
  const chance = chanceOfNone(n, reference.rows, current.rows)
  return isSignificant(chance, CHANCE_OF_NONE)
    ? grade('ALL_MISSING', 'fail', { ...rows, valid: n })
    : grade('TOO_FEW_VALUES', 'inconclusive', { ...rows, valid: n, chance })
}

/**
 * The probability that none of the values of both sides falls on the current one, if they are
 * spread over the rows by chance (hypergeometric). Complexity: O(values), ending early.
 */
function chanceOfNone(values: number, referenceRows: number, currentRows: number): number {
  return currentRows === 0 ? 1 : novelCategory(values, currentRows, referenceRows)
}

function typeChange({ reference, current }: ColumnPlan, sample: Sample): readonly GradedFinding[] {
  if (reference === null || current === null || reference.type === current.type) return []
  const args = { reference: reference.type, current: current.type }
  // A column of whole numbers that gained empty cells is stored as floating point by many tools.
  const isHarmless =
    kindOf(reference.type) === kindOf(current.type) &&
    !(reference.type === 'integer' && current.type === 'number' && !isWhole(sample)) &&
    reference.type !== 'boolean'
  return [grade('TYPE_CHANGED', isHarmless ? 'notice' : 'warn', args)]
}

function isWhole(sample: Sample): boolean {
  return sample.kind === 'numeric' && sample.sorted.every((value) => Number.isInteger(value))
}

/** Warns when chance would leave a single value with a probability below the unadjusted level. */
function becameConstant(
  plan: ColumnPlan,
  reference: Sample,
  current: Sample,
): readonly GradedFinding[] {
  const only = onlyValue(current)
  if (only === undefined) return []
  const share = shareOf(reference, only)
  if (share === undefined || share >= 1) return []
  const chance = share ** validCount(current)
  if (!isSignificant(chance, UNADJUSTED_LEVEL)) return []
  const value = shownValue(only, plan)
  return [grade('BECAME_CONSTANT', 'warn', { value, referenceShare: share })]
}

function shownValue(value: string | number, { view }: ColumnPlan): JsonValue {
  if (typeof value === 'string') return value
  return view === 'time' ? isoTime(value) : writeNumber(value)
}

function onlyValue(sample: Sample): string | number | undefined {
  if (sample.kind === 'coded') {
    return sample.counts.size === 1 ? [...sample.counts.keys()][0] : undefined
  }
  if (sample.kind === 'envelope') return undefined
  const first = sample.sorted[0]
  return first === sample.sorted.at(-1) ? first : undefined
}

/** The share of a value in a reference that may hold it once more than was seen. */
function shareOf(reference: Sample, value: string | number): number | undefined {
  const n = validCount(reference)
  if (reference.kind === 'envelope') return reference.distinct === 1 ? undefined : 0.5
  const distinct = reference.kind === 'coded' ? reference.counts.size : distinctUpToTwo(reference)
  if (distinct < 2) return undefined
  const count =
    reference.kind === 'coded'
      ? (reference.counts.get(String(value)) ?? 0)
      : reference.sorted.filter((other) => other === value).length
  return (count + 1) / (n + 1)
}

function distinctUpToTwo({ sorted }: NumericSample): number {
  return sorted[0] === sorted.at(-1) ? 1 : 2
}

function suspectedUnitChange(
  plan: ColumnPlan,
  reference: Sample,
  current: Sample,
): readonly GradedFinding[] {
  if (plan.range?.min !== undefined && plan.range.max !== undefined) return []
  const before = largestMagnitude(reference)
  const now = largestMagnitude(current)
  if (before === null || now === null || before === 0) return []
  const factor = Math.min(now / before, Number.MAX_VALUE)
  if (!reaches(factor, UNIT_FACTOR)) return []
  return [grade('SUSPECTED_UNIT_CHANGE', 'warn', { reference: before, current: now, factor })]
}

function largestMagnitude(sample: Sample): number | null {
  if (sample.kind === 'coded') return null
  if (sample.kind === 'envelope') return sample.largest
  const finite = finiteValues(sample)
  const first = finite[0]
  const last = finite.at(-1)
  return first === undefined || last === undefined
    ? null
    : Math.max(Math.abs(first), Math.abs(last))
}

function unseenCategories(
  plan: ColumnPlan,
  reference: Sample,
  current: Sample,
): readonly GradedFinding[] {
  if (plan.values !== undefined) return []
  if (reference.kind !== 'coded' || current.kind !== 'coded') return []
  const unseen = unseenIn(reference, current)
  if (reference.rest !== undefined || unseen.rows === 0) return []
  const share = Math.max(0, unseen.rows - unseen.expected) / validCount(current)
  if (!reaches(share, UNSEEN_SHARE) || !isSignificant(unseen.pValue, UNADJUSTED_LEVEL)) return []
  const values = onlyIn(current, reference)
    .slice(0, 5)
    .map(({ value }) => value)
  const args = { rows: unseen.rows, share, distinct: unseen.distinct, values }
  return [grade('UNSEEN_VALUES', 'warn', args)]
}

function grade(code: FindingCode, severity: Severity, args: GradedFinding['args']): GradedFinding {
  return { code, severity, args }
}
