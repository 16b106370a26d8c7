import type { GradedFinding } from '../../core/finding.ts'
import { at, booleanOf, entriesOf, itemsOf, numberOf, textOf, type Value } from '../located.ts'
import { percentOf, statedDurationOf } from '../quantities.ts'
import { unknownKeys } from '../unknown-keys.ts'
import { durationInvalid, weightInvalid } from './invalid-values.ts'
import type { CanaryPlan, NoData, PlanAnalysis, PlanStep } from './plan.ts'

const ROOT_KEYS = ['version', 'name', 'steps', 'checks', 'abort', 'on_no_data']
const STEP_KEYS = ['weight', 'observe', 'checks', 'approval']
const CHECK_KEYS = ['metric', 'query', 'min', 'max', 'for']

/** Whether a document is a plan in our own format: steps with weights, and no resource of a tool. */
export function isOwnPlan(document: Value): boolean {
  return (
    at(document, 'apiVersion') === undefined &&
    itemsOf(at(document, 'steps')).some((step) => at(step, 'weight') !== undefined)
  )
}

/**
 * Reads a canary plan in our own format.
 *
 * ```yaml
 * version: 1
 * name: credit-default
 * steps:                                  # in their order, the last one at 100%
 *   - {weight: 5%, observe: 24h, checks: [errors, p95]}
 *   - {weight: 25%, observe: 6h, checks: [errors, p95]}
 *   - {weight: 50%, observe: 6h, approval: bo@example.org}   # waits for a person as well
 *   - {weight: 100%}
 * checks:                                 # by name; a step may also write one out
 *   errors: {metric: 'rate(errors_total[5m])', max: 0.01, for: 10m}
 *   p95: {metric: latency_p95_seconds, max: 0.05}
 * abort: kubectl rollout undo deployment/credit     # what brings the traffic back
 * on_no_data: abort                       # or pause: what a check without data means
 * ```
 *
 * `weight` is a percentage of the traffic, `observe` a duration with its unit. A check needs `min`,
 * `max` or both. A key that is not listed here is a finding: misspelt, it would mean nothing.
 */
export function ownPlan(document: Value): CanaryPlan {
  const checks = at(document, 'checks')
  const read = itemsOf(at(document, 'steps')).map((step, index) => stepOf(step, index, checks))
  const abort = at(document, 'abort')
  const noData = noDataOf(at(document, 'on_no_data'))
  return {
    format: 'mlcheck',
    name: textOf(at(document, 'name')),
    location: (at(document, 'steps') ?? document).location,
    steps: read.flatMap(({ step }) => step ?? []),
    analyses: read.flatMap(({ analyses }) => analyses.map((each) => ({ ...each, noData }))),
    abort: abort === undefined ? undefined : abortText(abort),
    isPercentageOnly: false,
    findings: [
      ...unknownKeys(document, ROOT_KEYS),
      ...entriesOf(checks).flatMap(([, check]) => unknownKeys(check, CHECK_KEYS)),
      ...read.flatMap(({ findings }) => findings),
      ...noDataFindings(at(document, 'on_no_data')),
    ],
  }
}

interface StepRead {
  readonly step: PlanStep | undefined
  readonly analyses: readonly PlanAnalysis[]
  readonly findings: readonly GradedFinding[]
}

function stepOf(step: Value, index: number, checks: Value | undefined): StepRead {
  const findings = [...unknownKeys(step, STEP_KEYS)]
  const weight = percentOf(at(step, 'weight'))
  if (weight === undefined) findings.push(weightInvalid(at(step, 'weight') ?? step))
  const observe = at(step, 'observe')
  const observedMs = observe === undefined ? 0 : statedDurationOf(observe)
  if (observe !== undefined && observedMs === undefined) findings.push(durationInvalid(observe))
  const approval = at(step, 'approval')
  const analyses = itemsOf(at(step, 'checks')).map((item) => checkOf(item, index, checks))
  for (const item of itemsOf(at(step, 'checks'))) {
    if (item.kind === 'map') findings.push(...unknownKeys(item, CHECK_KEYS))
  }
  const location = (at(step, 'weight') ?? step).location
  const isManual = approval !== undefined && booleanOf(approval) !== false
  return {
    step:
      weight === undefined
        ? undefined
        : { weight, observedMs: observedMs ?? 0, isManual, isImplied: false, location },
    analyses,
    findings,
  }
}

function checkOf(item: Value, fromStep: number, checks: Value | undefined): PlanAnalysis {
  const name = textOf(item)
  const check = name === undefined ? item : at(checks, name)
  const [min, max] = [numberOf(at(check, 'min')), numberOf(at(check, 'max'))]
  const words = [
    ...(min === undefined ? [] : [`at least ${String(min)}`]),
    ...(max === undefined ? [] : [`at most ${String(max)}`]),
  ]
  const measured = textOf(at(check, 'metric')) ?? textOf(at(check, 'query'))
  const isEmpty = words.length === 0 || measured === undefined
  return {
    name: name ?? measured ?? '',
    location: item.location,
    successCondition: words.length === 0 ? undefined : words.join(' and '),
    failureCondition: undefined,
    fromStep,
    toothless: check === undefined ? 'unknown' : isEmpty ? 'no-condition' : undefined,
    noData: 'unstated',
  }
}

/** A command, a text, or a mapping that is not empty; anything else brings nothing back. */
function abortText(abort: Value): string | undefined {
  if (abort.kind === 'list') {
    const words = abort.items.flatMap((item) => textOf(item) ?? [])
    return words.length === 0 ? undefined : words.join(' ')
  }
  if (abort.kind === 'map')
    return abortText(at(abort, 'run') ?? [...abort.entries.values()][0] ?? NONE)
  if (booleanOf(abort) !== undefined) return undefined
  const text = textOf(abort)?.trim()
  return text === undefined || /^(none|no|never|-|)$/i.test(text) ? undefined : text
}

const NONE: Value = { kind: 'scalar', location: { path: '' }, value: null, source: '' }

function noDataOf(value: Value | undefined): NoData {
  const text = textOf(value)
  return text === 'abort' || text === 'pause' ? text : 'unstated'
}

function noDataFindings(value: Value | undefined): readonly GradedFinding[] {
  if (value === undefined || noDataOf(value) !== 'unstated') return []
  const args = { written: textOf(value) ?? null }
  return [{ severity: 'fail', code: 'CANARY_NO_DATA_INVALID', args, location: value.location }]
}
