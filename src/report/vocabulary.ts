import type { Outcome } from '../core/outcome.ts'
import type { KeyResult, Summary, Verdict } from '../core/result.ts'
import { countText } from './number-text.ts'

/** The words for outcomes; every report uses these and no others. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  pass: 'pass',
  warn: 'warn',
  fail: 'fail',
  inconclusive: 'not verified',
  'not-applicable': 'n/a',
  'needs-review': 'needs review',
  waived: 'waived',
}

/** The same for the keys of a column, which know one outcome more. */
export const KEY_WORDS: Readonly<Record<KeyResult['outcome'], string>> = {
  pass: OUTCOME_WORDS.pass,
  notice: 'notice',
  warn: OUTCOME_WORDS.warn,
  fail: OUTCOME_WORDS.fail,
  inconclusive: OUTCOME_WORDS.inconclusive,
  'not-applicable': OUTCOME_WORDS['not-applicable'],
}

/** How a report groups outcomes: what blocks comes first. */
export const REPORT_ORDER: readonly Outcome[] = [
  'fail',
  'inconclusive',
  'needs-review',
  'warn',
  'waived',
  'pass',
  'not-applicable',
]

export const VERDICT_WORDS: Readonly<Record<Verdict['outcome'], string>> = {
  pass: 'PASS',
  fail: 'FAIL',
  inconclusive: 'NOT VERIFIED',
  'nothing-checked': 'NOTHING CHECKED',
}

const COUNTED: readonly (readonly [keyof Summary, string, string])[] = [
  ['fail', 'failed', 'failed'],
  ['inconclusive', 'not verified', 'not verified'],
  ['needsReview', 'needs review', 'need review'],
  ['warn', 'warning', 'warnings'],
  ['waived', 'waived', 'waived'],
  ['pass', 'passed', 'passed'],
  ['notApplicable', 'n/a', 'n/a'],
]

/** `1 failed`, `2 warnings`, …: failures, what is not verified and passes always, the rest unless 0. */
export function summaryParts(summary: Summary): readonly string[] {
  return COUNTED.filter(
    ([name]) => summary[name] > 0 || name === 'fail' || name === 'inconclusive' || name === 'pass',
  ).map(([name, one, many]) => `${countText(summary[name])} ${summary[name] === 1 ? one : many}`)
}

/** Whether an outcome is unfolded with everything that is known about it. */
export function isUnfolded(outcome: Outcome): boolean {
  return outcome !== 'pass' && outcome !== 'not-applicable'
}
