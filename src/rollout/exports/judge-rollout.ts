import type { GradedFinding } from '../../core/finding.ts'
import { reaches } from '../../core/threshold.ts'
import { PLAN_LIMITS, type PlanLimits } from '../plan/judge.ts'
import type { CanaryPlan } from '../plan/plan.ts'
import { HOUR_MS } from '../quantities.ts'
import type { RolloutLog, WeightPoint } from './rollout-log.ts'
import { momentText, type TimeWindow } from './times.ts'

/** What a rollout did, in numbers. */
export interface RolloutSummary {
  /** The first share above 0, in percent, and when it began. */
  readonly first: WeightPoint | undefined
  /** When the new model got everything; `undefined` when that has not happened. */
  readonly completed: WeightPoint | undefined
  /** From the first share to everything, or to the last record. */
  readonly window: TimeWindow | undefined
}

/** The numbers of a log; nothing is judged. */
export function summaryOf({ points }: RolloutLog): RolloutSummary {
  const first = points.find(({ weight }) => weight > 0)
  const completed = points.find(({ weight }) => weight === 100)
  const end = completed ?? points.at(-1)
  const window =
    first === undefined || end === undefined || end.timeMs <= first.timeMs
      ? undefined
      : { fromMs: first.timeMs, toMs: end.timeMs }
  return { first, completed, window }
}

/** Judges the first share of a rollout. A log of one moment decides nothing: what came before is not known. */
export function judgeFirstWeight(
  log: RolloutLog,
  limits: PlanLimits = PLAN_LIMITS,
): readonly GradedFinding[] {
  const { first } = summaryOf(log)
  if (first === undefined || log.points.length < 2) return [...log.findings, ...tooFew(log)]
  if (reaches(limits.firstWeight, first.weight)) return log.findings
  const { weight, timeMs, location } = first
  const args = { weight: weight / 100, limit: limits.firstWeight / 100, at: momentText(timeMs) }
  return [...log.findings, { severity: 'fail', code: 'ROLLOUT_FIRST_WEIGHT_LARGE', args, location }]
}

/**
 * Judges the growth of a rollout: never back, no share that was not planned on the way, everything in
 * the end, and long enough below everything.
 *
 * @param plan the plan it followed, where one was read
 */
export function judgeGrowth(
  log: RolloutLog,
  plan?: CanaryPlan,
  limits: PlanLimits = PLAN_LIMITS,
): readonly GradedFinding[] {
  const { points, isAborted } = log
  const findings: GradedFinding[] = [...log.findings]
  const place = points.at(-1)?.location ?? log.findings[0]?.location
  const at = place === undefined ? {} : { location: place }
  if (isAborted) findings.push({ severity: 'fail', code: 'ROLLOUT_ABORTED', args: {}, ...at })
  if (points.length < 2) return [...findings, ...tooFew(log)]
  findings.push(...falls(points), ...abovePlan(points, plan))
  const { completed, window } = summaryOf(log)
  if (completed === undefined) {
    const weight = (points.at(-1)?.weight ?? 0) / 100
    findings.push({ severity: 'inconclusive', code: 'ROLLOUT_UNFINISHED', args: { weight }, ...at })
    return findings
  }
  const hours = window === undefined ? 0 : (window.toMs - window.fromMs) / HOUR_MS
  if (!reaches(hours, limits.observedHours)) {
    const args = { hours, limit: limits.observedHours }
    const { location } = completed
    findings.push({ severity: 'fail', code: 'ROLLOUT_TOO_FAST', args, location })
  }
  return findings
}

function tooFew({ points, isAborted }: RolloutLog): readonly GradedFinding[] {
  const location = points[0]?.location
  if (isAborted && points.length === 0) return []
  const args = { count: points.length }
  const at = location === undefined ? {} : { location }
  return [{ severity: 'inconclusive', code: 'ROLLOUT_LOG_SHORT', args, ...at }]
}

function falls(points: readonly WeightPoint[]): readonly GradedFinding[] {
  return points.flatMap(({ weight, location, timeMs }, index): readonly GradedFinding[] => {
    const before = points[index - 1]?.weight ?? 0
    if (weight >= before) return []
    const args = { from: before / 100, to: weight / 100, at: momentText(timeMs) }
    return [{ severity: 'fail', code: 'ROLLOUT_WEIGHT_FELL', args, location }]
  })
}

/** A step is above the plan when it goes from a planned share past the next one. */
function abovePlan(
  points: readonly WeightPoint[],
  plan: CanaryPlan | undefined,
): readonly GradedFinding[] {
  const planned = (plan?.steps ?? []).flatMap(({ weight }) => weight ?? [])
  if (planned.length === 0) return []
  return points.flatMap(({ weight, location, timeMs }, index): readonly GradedFinding[] => {
    const before = points[index - 1]?.weight ?? 0
    const next = planned.find((each) => each > before)
    if (next === undefined || weight <= next) return []
    const args = { from: before / 100, to: weight / 100, next: next / 100, at: momentText(timeMs) }
    return [{ severity: 'fail', code: 'ROLLOUT_STEP_ABOVE_PLAN', args, location }]
  })
}
