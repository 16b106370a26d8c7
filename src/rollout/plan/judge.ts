import type { GradedFinding } from '../../core/finding.ts'
import { reaches } from '../../core/threshold.ts'
import { analysisFindings } from './judge-analyses.ts'
import type { CanaryPlan, PlanStep } from './plan.ts'
import { timelineOf } from './timeline.ts'

/** What a plan must keep to. */
export interface PlanLimits {
  /** The largest first share, in percent. */
  readonly firstWeight: number
  /** How long the new model is watched before it gets everything, in hours. */
  readonly observedHours: number
}

export const PLAN_LIMITS: PlanLimits = { firstWeight: 10, observedHours: 24 }

/** A step that adds more than this many points of percent at once is a large one. */
const LARGE_STEP = 50

/**
 * Judges a canary plan: first weight, growth, end, time under observation, a condition that can fail,
 * the way back, and what no data means. Without findings of `warn` or worse the plan keeps all of it.
 */
export function judgePlan(
  plan: CanaryPlan,
  limits: PlanLimits = PLAN_LIMITS,
): readonly GradedFinding[] {
  if (plan.steps.length === 0) return [...plan.findings, ...withoutSteps(plan, limits)]
  if (plan.isPercentageOnly) {
    const { location } = plan
    const args = { format: plan.format }
    return [
      ...plan.findings,
      ...firstWeight(plan, limits),
      { severity: 'warn', code: 'CANARY_PERCENTAGE_ONLY', args, location },
    ]
  }
  return [
    ...plan.findings,
    ...firstWeight(plan, limits),
    ...growth(plan.steps),
    ...end(plan, limits),
    ...observation(plan, limits),
    ...manual(plan.steps),
    ...analysisFindings(plan, limits.observedHours),
  ]
}

function withoutSteps(plan: CanaryPlan, limits: PlanLimits): readonly GradedFinding[] {
  const { format, location } = plan
  return [
    { severity: 'inconclusive', code: 'CANARY_WITHOUT_STEPS', args: { format }, location },
    ...(format === 'kayenta' ? analysisFindings(plan, limits.observedHours) : []),
  ]
}

function firstWeight({ steps }: CanaryPlan, limits: PlanLimits): readonly GradedFinding[] {
  const first = steps.find(({ weight }) => weight === undefined || weight > 0)
  if (first === undefined) return []
  const { weight, location } = first
  if (weight === undefined) {
    return [{ severity: 'inconclusive', code: 'CANARY_WEIGHT_UNKNOWN', args: {}, location }]
  }
  if (reaches(limits.firstWeight, weight)) return []
  const args = { weight: weight / 100, limit: limits.firstWeight / 100 }
  return [{ severity: 'fail', code: 'CANARY_FIRST_WEIGHT_LARGE', args, location }]
}

function growth(steps: readonly PlanStep[]): readonly GradedFinding[] {
  return steps.flatMap((step, index): readonly GradedFinding[] => {
    const { weight, location } = step
    const before = steps[index - 1]?.weight
    if (weight === undefined || before === undefined) return []
    const args = { from: before / 100, to: weight / 100 }
    if (weight < before) {
      return [{ severity: 'fail', code: 'CANARY_WEIGHT_DECREASES', args, location }]
    }
    const isLarge = weight - before > LARGE_STEP
    return isLarge ? [{ severity: 'warn', code: 'CANARY_STEP_LARGE', args, location }] : []
  })
}

/** Everything must get there, and not from the first share in one step. */
function end({ steps, location }: CanaryPlan, limits: PlanLimits): readonly GradedFinding[] {
  const last = steps.at(-1)
  if (last?.weight !== 100) {
    const weight = last?.weight === undefined ? null : last.weight / 100
    const args = { weight }
    const at = last?.location ?? location
    return [{ severity: 'fail', code: 'CANARY_NEVER_COMPLETES', args, location: at }]
  }
  const arrival = steps.findIndex(({ weight }) => weight === 100)
  const between = steps.slice(0, arrival)
  if (between.some(({ weight }) => weight === undefined || weight > limits.firstWeight)) return []
  const from = (between.at(-1)?.weight ?? 0) / 100
  const at = steps[arrival]?.location ?? location
  return [{ severity: 'fail', code: 'CANARY_JUMPS', args: { from }, location: at }]
}

function observation(plan: CanaryPlan, limits: PlanLimits): readonly GradedFinding[] {
  const { observedHours, waitsForPerson } = timelineOf(plan)
  if (reaches(observedHours, limits.observedHours)) return []
  const args = { hours: observedHours, limit: limits.observedHours }
  const { location } = plan
  return waitsForPerson
    ? [{ severity: 'inconclusive', code: 'CANARY_OBSERVATION_UNKNOWN', args, location }]
    : [{ severity: 'fail', code: 'CANARY_OBSERVED_SHORT', args, location }]
}

function manual(steps: readonly PlanStep[]): readonly GradedFinding[] {
  return steps
    .filter(({ isManual }) => isManual)
    .map(({ weight, location }) => ({
      severity: 'warn',
      code: 'CANARY_PAUSE_MANUAL',
      args: { weight: weight === undefined ? null : weight / 100 },
      location,
    }))
}
