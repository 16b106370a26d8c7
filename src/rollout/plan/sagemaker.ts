import type { GradedFinding } from '../../core/finding.ts'
import { at, entriesOf, itemsOf, numberOf, textOf, type Value } from '../located.ts'
import { weightInvalid } from './invalid-values.ts'
import type { CanaryPlan, PlanAnalysis, PlanStep } from './plan.ts'

const MAX_ALARMS = 10

/**
 * The deployment configuration of a SageMaker endpoint: by itself, as an argument of
 * `UpdateEndpoint`, or in a CloudFormation template; `undefined` when there is none.
 */
export function deploymentConfigOf(document: Value): Value | undefined {
  if (at(document, 'BlueGreenUpdatePolicy') ?? at(document, 'RollingUpdatePolicy')) return document
  const given = at(document, 'DeploymentConfig')
  if (given !== undefined) return given
  for (const [, resource] of entriesOf(at(document, 'Resources'))) {
    const config = at(resource, 'Properties', 'DeploymentConfig')
    if (textOf(at(resource, 'Type')) === 'AWS::SageMaker::Endpoint' && config) return config
  }
  return undefined
}

/**
 * Reads a deployment configuration: traffic goes to the new fleet at once, as a canary and the rest,
 * or in equal steps; a CloudWatch alarm takes it back. What an alarm does without data is set at the
 * alarm, not here.
 */
export function sagemakerPlan(config: Value): CanaryPlan {
  const alarms = at(config, 'AutoRollbackConfiguration', 'Alarms')
  const analyses = itemsOf(alarms).map(alarmOf)
  const { steps, findings } = stepsOf(config)
  return {
    format: 'sagemaker',
    name: undefined,
    location: config.location,
    steps,
    analyses,
    abort: analyses.length > 0 ? 'an alarm moves the traffic back to the old fleet' : undefined,
    isPercentageOnly: false,
    findings: [...findings, ...tooManyAlarms(alarms)],
  }
}

function alarmOf(alarm: Value): PlanAnalysis {
  const name = textOf(at(alarm, 'AlarmName'))
  return {
    name: name ?? '',
    location: alarm.location,
    successCondition: undefined,
    failureCondition: name === undefined ? undefined : `the alarm ${name} rings`,
    fromStep: 0,
    toothless: name === undefined ? 'no-condition' : undefined,
    noData: 'unstated',
  }
}

function tooManyAlarms(alarms: Value | undefined): readonly GradedFinding[] {
  const count = itemsOf(alarms).length
  if (alarms === undefined || count <= MAX_ALARMS) return []
  const args = { count, limit: MAX_ALARMS }
  return [{ severity: 'fail', code: 'CANARY_ALARMS_TOO_MANY', args, location: alarms.location }]
}

interface Steps {
  readonly steps: readonly PlanStep[]
  readonly findings: readonly GradedFinding[]
}

function stepsOf(config: Value): Steps {
  const rolling = at(config, 'RollingUpdatePolicy')
  if (rolling !== undefined) return linear(rolling, at(rolling, 'MaximumBatchSize'))
  const routing = at(config, 'BlueGreenUpdatePolicy', 'TrafficRoutingConfiguration')
  const type = textOf(at(routing, 'Type')) ?? 'ALL_AT_ONCE'
  if (routing === undefined || type === 'ALL_AT_ONCE') {
    return { steps: [stepAt(100, 0, (routing ?? config).location)], findings: [] }
  }
  if (type === 'LINEAR') return linear(routing, at(routing, 'LinearStepSize'))
  if (type === 'CANARY') return canary(routing, at(routing, 'CanarySize'))
  return {
    steps: [],
    findings: [
      {
        severity: 'inconclusive',
        code: 'CANARY_STEP_UNKNOWN',
        args: { key: type },
        location: routing.location,
      },
    ],
  }
}

function canary(routing: Value, size: Value | undefined): Steps {
  const share = shareOf(size)
  if (share === 'invalid') return { steps: [], findings: [weightInvalid(size ?? routing)] }
  const { location } = size ?? routing
  return {
    steps: [stepAt(share, waitOf(routing), location), stepAt(100, 0, location)],
    findings: [],
  }
}

function linear(policy: Value, size: Value | undefined): Steps {
  const share = shareOf(size)
  if (share === 'invalid') return { steps: [], findings: [weightInvalid(size ?? policy)] }
  const { location } = size ?? policy
  const waitMs = waitOf(policy)
  if (share === undefined) {
    return { steps: [stepAt(undefined, waitMs, location), stepAt(100, 0, location)], findings: [] }
  }
  const count = Math.ceil(100 / share)
  const steps = Array.from({ length: count }, (_, index) => {
    const weight = Math.min(100, (index + 1) * share)
    return stepAt(weight, weight === 100 ? 0 : waitMs, location)
  })
  return { steps, findings: [] }
}

/** The percentage of a capacity; `undefined` when it counts instances. */
function shareOf(size: Value | undefined): number | undefined | 'invalid' {
  const value = numberOf(at(size, 'Value'))
  const type = textOf(at(size, 'Type'))
  if (value === undefined || value <= 0) return 'invalid'
  if (type === 'INSTANCE_COUNT') return undefined
  return type === 'CAPACITY_PERCENT' && value >= 1 && value <= 100 ? value : 'invalid'
}

function waitOf(policy: Value): number {
  return (numberOf(at(policy, 'WaitIntervalInSeconds')) ?? 0) * 1000
}

function stepAt(
  weight: number | undefined,
  observedMs: number,
  location: PlanStep['location'],
): PlanStep {
  return { weight, observedMs, isManual: false, isImplied: false, location }
}
