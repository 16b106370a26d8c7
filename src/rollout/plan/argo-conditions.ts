import type { NoData } from './plan.ts'

/** The conditions of one measurement of Argo Rollouts. */
export interface Conditions {
  readonly success: string | undefined
  readonly failure: string | undefined
  /** Whether the file says how many errors or undecided measurements are borne. */
  readonly statesErrorLimit: boolean
  readonly statesInconclusiveLimit: boolean
}

const ABSENCE_OR = /(?<!!\s*)(?:\bisNaN\([^)]*\)|\bisNil\([^)]*\)|\blen\(result\)\s*==\s*0)\s*\|\|/
const ABSENCE = /\b(?:isNaN|isNil|len)\(/
const DEFAULT = /\bdefault\(\s*result(?:\[0\])?\s*,\s*(-?[\d.]+)\s*\)\s*(>=|<=|>|<|==)\s*(-?[\d.]+)/

/**
 * What happens when the query answers NaN or nothing.
 *
 * Comparisons with NaN are false. A measurement without a failure condition fails when its success
 * condition is false; one without a success condition succeeds when its failure condition is false;
 * with both it is undecided, and the rollout pauses. An empty answer is an error, of which
 * `consecutiveErrorLimit` are borne.
 */
export function noDataOf({
  success,
  failure,
  statesErrorLimit,
  statesInconclusiveLimit,
}: Conditions): NoData {
  const ifMissing = (condition: string | undefined) => heldWithoutData(condition)
  if (ifMissing(failure) === true) return 'abort'
  if (ifMissing(success) === true) return 'passes'
  if (success === undefined && failure !== undefined) return 'passes'
  if (success !== undefined && failure === undefined) {
    return ifMissing(success) === false || statesErrorLimit ? 'abort' : 'unstated'
  }
  return statesInconclusiveLimit || statesErrorLimit ? 'pause' : 'unstated'
}

/** Whether a condition holds without data; `undefined` when it does not speak of that. */
function heldWithoutData(condition: string | undefined): boolean | undefined {
  if (condition === undefined) return undefined
  const [, value, operator, limit] = DEFAULT.exec(condition) ?? []
  if (value !== undefined && operator !== undefined) {
    return compare(Number(value), operator, Number(limit))
  }
  if (ABSENCE_OR.test(condition)) return true
  return ABSENCE.test(condition) ? false : undefined
}

function compare(value: number, operator: string, limit: number): boolean {
  if (operator === '>=') return value >= limit
  if (operator === '<=') return value <= limit
  if (operator === '>') return value > limit
  return operator === '<' ? value < limit : value === limit
}

/** A condition that does not look at the result has one answer, whatever is measured. */
export function isConstant(condition: string | undefined): boolean {
  return condition !== undefined && !/\bresult\b/.test(condition)
}
