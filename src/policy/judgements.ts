import type { Location } from '../core/evidence.ts'
import type { Judgement } from '../core/judgement.ts'

/** What a check that threw comes to: the other items still run, and nobody takes silence for a pass. */
export function crashJudgement(error: unknown): Judgement {
  const message = error instanceof Error ? error.message : String(error)
  return { outcome: 'inconclusive', findings: [{ code: 'CHECK_CRASHED', args: { message } }] }
}

/** What an item comes to whose `applies_when` does not hold. */
export function unmetCondition(condition: string, location: Location): Judgement {
  return {
    outcome: 'not-applicable',
    findings: [{ code: 'CONDITION_NOT_MET', args: { condition }, location }],
  }
}
