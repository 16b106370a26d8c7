import type { GradedFinding } from '../../core/finding.ts'
import { at, booleanOf, itemsOf, numberOf, textOf, type Value } from '../located.ts'
import { durationOf, percentOf } from '../quantities.ts'
import { durationInvalid, weightInvalid } from './invalid-values.ts'
import type { CanaryPlan, PlanAnalysis, PlanStep } from './plan.ts'

const DEFAULT_INTERVAL_MS = 60_000

/**
 * Reads a Canary of Flagger: the weight grows by `stepWeight` every `interval` up to `maxWeight`,
 * then the canary is promoted to 100 %. With `iterations` (blue-green and A/B) no weight grows. A
 * check without data counts as failed, `threshold` failed checks roll back.
 */
export function flaggerPlan(canary: Value): CanaryPlan {
  const spec = at(canary, 'spec')
  const analysis = at(spec, 'analysis') ?? at(spec, 'canaryAnalysis')
  const interval = at(analysis, 'interval')
  const intervalMs = durationOf(textOf(interval))
  const isSkipped = booleanOf(at(spec, 'skipAnalysis')) === true
  const { weights, findings } = weightsOf(analysis)
  const threshold = numberOf(at(analysis, 'threshold')) ?? 1
  const place = (analysis ?? canary).location
  const grown = isSkipped ? [] : weights
  const confirmed = itemsOf(at(analysis, 'webhooks')).map((hook) => textOf(at(hook, 'type')))
  const isManual = confirmed.includes('confirm-promotion')
  const steps = grown.map(({ weight, location }, index): PlanStep => ({
    weight,
    observedMs: intervalMs ?? DEFAULT_INTERVAL_MS,
    isManual: isManual && index === grown.length - 1,
    isImplied: false,
    location,
  }))
  const end = { weight: 100, observedMs: 0, isManual: false, isImplied: true, location: place }
  const isBroken = interval !== undefined && intervalMs === undefined
  return {
    format: 'flagger',
    name: textOf(at(canary, 'metadata', 'name')),
    location: place,
    steps: steps.at(-1)?.weight === 100 ? steps : [...steps, end],
    analyses: isSkipped ? [] : itemsOf(at(analysis, 'metrics')).map(metricOf),
    abort:
      analysis === undefined || isSkipped
        ? undefined
        : `${String(threshold)} failed checks route all traffic back`,
    isPercentageOnly: false,
    findings: [...findings, ...(isBroken ? [durationInvalid(interval)] : [])],
  }
}

interface Weights {
  readonly weights: readonly { readonly weight: number; readonly location: Value['location'] }[]
  readonly findings: readonly GradedFinding[]
}

function weightsOf(analysis: Value | undefined): Weights {
  const listed = at(analysis, 'stepWeights')
  if (listed !== undefined) {
    const read = itemsOf(listed).map((item) => ({ item, weight: percentOf(item) }))
    return {
      weights: read.flatMap(({ item, weight }) =>
        weight === undefined ? [] : [{ weight, location: item.location }],
      ),
      findings: read.flatMap(({ item, weight }) =>
        weight === undefined ? [weightInvalid(item)] : [],
      ),
    }
  }
  const step = at(analysis, 'stepWeight')
  const most = at(analysis, 'maxWeight')
  if (step === undefined || at(analysis, 'iterations') !== undefined) {
    return { weights: [], findings: [] }
  }
  const size = percentOf(step)
  const limit = most === undefined ? 100 : percentOf(most)
  if (size === undefined || size === 0) return { weights: [], findings: [weightInvalid(step)] }
  if (limit === undefined) return { weights: [], findings: [weightInvalid(most ?? step)] }
  const count = Math.max(1, Math.ceil(limit / size))
  const weights = Array.from({ length: Math.min(count, 1000) }, (_, index) => ({
    weight: Math.min(limit, (index + 1) * size),
    location: step.location,
  }))
  return { weights, findings: [] }
}

function metricOf(metric: Value): PlanAnalysis {
  const range = at(metric, 'thresholdRange')
  const [min, max] = [numberOf(at(range, 'min')), numberOf(at(range, 'max'))]
  const single = numberOf(at(metric, 'threshold'))
  const words = [
    ...(min === undefined ? [] : [`at least ${String(min)}`]),
    ...(max === undefined ? [] : [`at most ${String(max)}`]),
    ...(single === undefined ? [] : [`threshold ${String(single)}`]),
  ]
  // The share of requests without an error is never below 0.
  const isEmpty = textOf(at(metric, 'name')) === 'request-success-rate' && (min ?? single ?? 0) <= 0
  return {
    name: textOf(at(metric, 'name')) ?? '',
    location: metric.location,
    successCondition: words.length === 0 ? undefined : words.join(' and '),
    failureCondition: undefined,
    fromStep: 0,
    toothless: words.length === 0 ? 'no-condition' : isEmpty ? 'constant-condition' : undefined,
    noData: 'abort',
  }
}
