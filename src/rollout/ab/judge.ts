import type { GradedFinding } from '../../core/finding.ts'
import { reaches } from '../../core/threshold.ts'
import type { ExperimentPlan, ToolExperiment } from './experiment.ts'
import { powerOf, requiredControl, type TestDesign } from './power.ts'

/** What the numbers of a plan come to. */
export interface ExperimentNumbers {
  /** Units that the smallest comparison needs: control and one treatment. */
  readonly neededControl: number
  readonly neededTreatment: number
  /** Days until all parts have them; `undefined` without the traffic of a day. */
  readonly neededDays: number | undefined
  /** Units that the plan gives each. */
  readonly plannedControl: number | undefined
  readonly plannedTreatment: number | undefined
  /** The chance to see the minimum effect with what is planned. */
  readonly power: number | undefined
}

export interface JudgedExperiment {
  readonly numbers: ExperimentNumbers | undefined
  readonly findings: readonly GradedFinding[]
}

/** Whole weeks, so that every weekday counts. */
const MINIMUM_DAYS = 7

/**
 * Judges an experiment: what is measured and in which direction, the smallest effect of interest, the
 * power of the planned size, guardrails, and whether it looks early without a method for that. With
 * several treatments the smallest of them decides.
 */
export function judgeExperiment(plan: ExperimentPlan): JudgedExperiment {
  const { location } = plan
  const missing = missingParts(plan)
  const findings: GradedFinding[] = [...plan.findings]
  if (missing.length > 0) {
    findings.push({ severity: 'fail', code: 'AB_PLAN_LACKS', args: { parts: missing }, location })
  }
  const numbers = numbersOf(plan)
  if (numbers?.power !== undefined && !reaches(numbers.power, plan.power)) {
    const args = {
      power: numbers.power,
      asked: plan.power,
      planned: Math.floor(numbers.plannedControl ?? 0),
      needed: numbers.neededControl,
      days: numbers.neededDays ?? null,
    }
    findings.push({ severity: 'fail', code: 'AB_UNDERPOWERED', args, location })
  }
  return { numbers, findings: [...findings, ...cautions(plan)] }
}

function missingParts(plan: ExperimentPlan): readonly string[] {
  const parts: readonly (readonly [string, unknown])[] = [
    ['metric', plan.metric],
    ['direction', plan.direction],
    ['baseline and minimum_effect', plan.effect],
    ['weights', plan.arms[0]],
    ['traffic_per_day', plan.trafficPerDay],
    ['duration', plan.durationDays],
  ]
  return parts.flatMap(([name, value]) => (value === undefined ? [name] : []))
}

function cautions(plan: ExperimentPlan): readonly GradedFinding[] {
  const { location, guardrails, durationDays, looks, isSequential } = plan
  const findings: GradedFinding[] = []
  if (guardrails.length === 0) {
    findings.push({ severity: 'warn', code: 'AB_WITHOUT_GUARDRAIL', args: {}, location })
  }
  for (const { metric, location: at } of guardrails.filter(({ hasLimit }) => !hasLimit)) {
    const args = { metric }
    findings.push({ severity: 'warn', code: 'AB_GUARDRAIL_WITHOUT_LIMIT', args, location: at })
  }
  if (durationDays !== undefined && durationDays < MINIMUM_DAYS) {
    const args = { days: durationDays, limit: MINIMUM_DAYS }
    findings.push({ severity: 'warn', code: 'AB_SHORTER_THAN_WEEK', args, location })
  }
  if (looks > 1 && !isSequential) {
    findings.push({ severity: 'warn', code: 'AB_PEEKS', args: { looks }, location })
  }
  return findings
}

function numbersOf(plan: ExperimentPlan): ExperimentNumbers | undefined {
  const [control, ...treatments] = plan.arms
  const { effect, alpha, trafficPerDay, durationDays } = plan
  if (control === undefined || treatments.length === 0 || effect === undefined) return undefined
  const smallest = Math.min(...treatments.map(({ weight }) => weight))
  const design: TestDesign = { effect, alpha, ratio: smallest / control.weight }
  const total = plan.arms.reduce((sum, { weight }) => sum + weight, 0)
  const neededControl = requiredControl(design, plan.power)
  const perDay = trafficPerDay === undefined ? undefined : (trafficPerDay * control.weight) / total
  const plannedControl =
    perDay === undefined || durationDays === undefined ? undefined : perDay * durationDays
  return {
    neededControl,
    neededTreatment: Math.ceil(neededControl * design.ratio),
    neededDays: perDay === undefined ? undefined : Math.ceil(neededControl / perDay),
    plannedControl,
    plannedTreatment: plannedControl === undefined ? undefined : plannedControl * design.ratio,
    power:
      plannedControl === undefined
        ? undefined
        : plannedControl < 1
          ? 0
          : powerOf(design, plannedControl),
  }
}

/**
 * Judges what a tool runs as an experiment: without a planned effect and size nobody knows what it
 * can show.
 */
export function judgeToolExperiment(experiment: ToolExperiment): readonly GradedFinding[] {
  const { format, location, metrics } = experiment
  const args = { format }
  const findings: GradedFinding[] = [
    { severity: 'inconclusive', code: 'AB_WITHOUT_NUMBERS', args, location },
  ]
  if (metrics.length === 0) {
    findings.push({ severity: 'warn', code: 'AB_WITHOUT_METRICS', args, location })
  }
  return findings
}
