import type { Outcome } from '../core/outcome.ts'
import type { Summary } from '../core/result.ts'

/** How many outcomes there are of each kind. */
export function summarize(outcomes: Iterable<Outcome>): Summary {
  const counts: Record<Outcome, number> = {
    pass: 0,
    warn: 0,
    fail: 0,
    inconclusive: 0,
    'not-applicable': 0,
    'needs-review': 0,
    waived: 0,
  }
  for (const outcome of outcomes) counts[outcome] += 1
  return {
    pass: counts.pass,
    warn: counts.warn,
    fail: counts.fail,
    inconclusive: counts.inconclusive,
    notApplicable: counts['not-applicable'],
    needsReview: counts['needs-review'],
    waived: counts.waived,
  }
}
