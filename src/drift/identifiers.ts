import type { FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import type { ColumnSummary } from '../core/result.ts'
import type { ColumnPlan } from './plan.ts'

/** A column with so many different values per value tells its rows apart. */
const NEARLY_UNIQUE = 0.9
/** Fewer different values than this share of what was to be expected have collapsed. */
const COLLAPSED_SHARE = 0.5
/** So few values may repeat by chance. */
const ENOUGH_VALUES = 10

/**
 * What can be said of a column of identifiers, whose values are not compared.
 *
 * @param plan - The column.
 * @param reference - Its reference side; a baseline does not know how many values differ.
 * @param current - Its current side.
 * @returns IDENTIFIER_NOT_COMPARED (notice) where nobody said that it is one, and UNIQUENESS_LOST
 * (warn) when the reference is nearly unique and the current side has less than half as many
 * different values as the smaller of the two sides: more rows of one law never have fewer.
 */
export function observeIdentifier(
  plan: ColumnPlan,
  reference: ColumnSummary,
  current: ColumnSummary,
): readonly GradedFinding[] {
  if (plan.view !== 'presence' || plan.role === 'group') return []
  const { typeEvidence } = plan
  const unsaid =
    plan.isPresumed === true
      ? [grade('IDENTIFIER_NOT_COMPARED', 'notice', { evidence: typeEvidence })]
      : []
  return [...unsaid, ...lostUniqueness(reference, current)]
}

function lostUniqueness(
  reference: ColumnSummary,
  current: ColumnSummary,
): readonly GradedFinding[] {
  const before = reference.distinct
  const now = current.distinct
  if (before === null || now === null || current.valid < ENOUGH_VALUES) return []
  if (before < NEARLY_UNIQUE * reference.valid || before < ENOUGH_VALUES) return []
  if (now >= COLLAPSED_SHARE * Math.min(before, current.valid)) return []
  return [
    grade('UNIQUENESS_LOST', 'warn', {
      reference: before,
      referenceValid: reference.valid,
      current: now,
      currentValid: current.valid,
    }),
  ]
}

function grade(code: FindingCode, severity: Severity, args: GradedFinding['args']): GradedFinding {
  return { code, severity, args }
}
