import type { GradedFinding } from '../../core/finding.ts'
import { reaches } from '../../core/threshold.ts'
import type { CanaryPlan, PlanAnalysis, Toothless } from './plan.ts'
import { timelineOf } from './timeline.ts'

const REASONS: Readonly<Record<Toothless, string>> = {
  'nothing-measured': 'it names nothing to measure',
  'no-condition': 'it has no condition that a measurement could break',
  'constant-condition': 'its condition gives the same answer whatever is measured',
  'limit-out-of-reach': 'it bears as many failures as there are measurements',
  'failures-ignored': 'it bears any number of failures',
  'dry-run': 'it runs dry, so its failures count for nothing',
  'never-starts': 'it begins after the last step',
  'refused-by-tool': 'a step that measures without end is refused, so it never runs',
}

/**
 * What is wrong with what a plan watches: nothing can fail, nothing leads back, no data passes, or it
 * begins so late that less than the asked time is watched.
 */
export function analysisFindings(
  plan: CanaryPlan,
  observedHours: number,
): readonly GradedFinding[] {
  const { location, abort } = plan
  const whole = plan.steps.findIndex(({ weight }) => weight === 100)
  const isEarly = ({ fromStep }: PlanAnalysis) => whole === -1 || whole === 0 || fromStep < whole
  const early = plan.analyses.filter(isEarly)
  const able = early.filter(({ toothless }) => toothless === undefined)
  const findings = plan.analyses.flatMap((each) => toothFinding(each, able.length > 0))
  if (plan.analyses.length === 0) {
    findings.push({ severity: 'fail', code: 'CANARY_WITHOUT_ANALYSIS', args: {}, location })
  } else if (early.length === 0) {
    findings.push({ severity: 'fail', code: 'CANARY_WATCHED_TOO_LATE', args: {}, location })
  }
  if (abort === undefined) {
    findings.push({ severity: 'fail', code: 'CANARY_WITHOUT_ABORT', args: {}, location })
  }
  findings.push(...unwatched(plan, able, observedHours))
  return onceForEachName([...findings, ...able.flatMap(noDataFinding)])
}

/** Time that passes before anything that can fail begins is waiting, not watching. */
function unwatched(
  plan: CanaryPlan,
  able: readonly PlanAnalysis[],
  limit: number,
): readonly GradedFinding[] {
  const first = Math.min(...able.map(({ fromStep }) => fromStep))
  if (!Number.isFinite(first) || first === 0) return []
  const whole = timelineOf(plan).observedHours
  const watched = timelineOf({ ...plan, steps: plan.steps.slice(first) }).observedHours
  if (!reaches(whole, limit) || reaches(watched, limit)) return []
  const args = { hours: watched, limit }
  return [{ severity: 'warn', code: 'CANARY_PARTLY_UNWATCHED', args, location: plan.location }]
}

/** A check that several steps use is told once, at the first of them. */
function onceForEachName(findings: readonly GradedFinding[]): readonly GradedFinding[] {
  const told = new Set<string>()
  return findings.filter(({ code, args }) => {
    const key = JSON.stringify([code, args])
    return told.size < told.add(key).size
  })
}

/** One that cannot fail beside others that can is a blemish, alone it leaves nothing that could. */
function toothFinding(analysis: PlanAnalysis, hasOthers: boolean): GradedFinding[] {
  const { name, location, toothless } = analysis
  if (toothless === undefined) return []
  if (toothless === 'unknown') {
    return [{ severity: 'inconclusive', code: 'CANARY_ANALYSIS_UNKNOWN', args: { name }, location }]
  }
  const isGrave = toothless === 'refused-by-tool' || !hasOthers
  const args = { name, reason: REASONS[toothless] }
  const severity = isGrave ? 'fail' : 'warn'
  return [{ severity, code: 'CANARY_ANALYSIS_CANNOT_FAIL', args, location }]
}

function noDataFinding({ name, noData, location }: PlanAnalysis): GradedFinding[] {
  const args = { name }
  if (noData === 'passes') {
    return [{ severity: 'warn', code: 'CANARY_NO_DATA_PASSES', args, location }]
  }
  if (noData !== 'unstated') return []
  return [{ severity: 'warn', code: 'CANARY_NO_DATA_UNSTATED', args, location }]
}
