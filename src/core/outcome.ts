/**
 * What can become of an item or a column. The set is closed: a state that a gate
 * does not know would have to be read as something, and that something would be a pass.
 */
export const OUTCOMES = [
  'pass',
  'warn',
  'fail',
  'inconclusive',
  'not-applicable',
  'needs-review',
  'waived',
] as const

export type Outcome = (typeof OUTCOMES)[number]

const GRAVITY: Readonly<Record<Outcome, number>> = {
  'not-applicable': 0,
  pass: 1,
  waived: 2,
  warn: 3,
  'needs-review': 4,
  inconclusive: 5,
  fail: 6,
}

/**
 * The gravest of some outcomes: a definite failure outranks what could not be decided.
 *
 * @returns `not-applicable` for an empty list.
 */
export function gravest(outcomes: Iterable<Outcome>): Outcome {
  let worst: Outcome = 'not-applicable'
  for (const outcome of outcomes) {
    if (GRAVITY[outcome] > GRAVITY[worst]) worst = outcome
  }
  return worst
}
