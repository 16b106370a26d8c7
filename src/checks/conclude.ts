import type { Evidence, EvidenceLevel } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import { isNonEmpty, type Judgement } from '../core/judgement.ts'

/**
 * The judgement that graded findings add up to: one failure fails, else what could not be decided stays
 * undecided, else one warning warns. Notices travel with a pass.
 *
 * A pass needs evidence; without any, nothing was verified and the result is inconclusive.
 */
export function conclude(
  level: EvidenceLevel,
  graded: readonly GradedFinding[],
  evidence: readonly Evidence[],
): Judgement {
  const findings = [...graded].sort((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity])
  const has = (severity: GradedFinding['severity']) =>
    graded.some((finding) => finding.severity === severity)
  if (isNonEmpty(findings)) {
    if (has('fail')) return { outcome: 'fail', level, findings, evidence }
    if (has('inconclusive')) return { outcome: 'inconclusive', level, findings, evidence }
    if (has('warn')) return { outcome: 'warn', level, findings, evidence }
  }
  if (isNonEmpty(evidence)) return { outcome: 'pass', level, evidence, findings }
  return {
    outcome: 'inconclusive',
    findings: [{ code: 'NOTHING_VERIFIED', args: {} }, ...findings],
  }
}

const GRAVITY: Readonly<Record<GradedFinding['severity'], number>> = {
  fail: 0,
  inconclusive: 1,
  warn: 2,
  notice: 3,
}
