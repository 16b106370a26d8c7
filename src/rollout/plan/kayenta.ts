import type { GradedFinding } from '../../core/finding.ts'
import { at, booleanOf, entriesOf, itemsOf, numberOf, textOf, type Value } from '../located.ts'
import type { CanaryPlan, NoData, PlanAnalysis } from './plan.ts'

/** Whether a document is a canary configuration of Kayenta. */
export function isKayenta(document: Value): boolean {
  return (
    at(document, 'classifier', 'groupWeights') !== undefined ||
    textOf(at(document, 'judge', 'name'))?.startsWith('NetflixACAJudge') === true
  )
}

/**
 * Reads a canary configuration of Kayenta: how a canary is judged, not how its traffic grows, so the
 * plan has no steps. The weights of the metric groups must total 100, every metric must be in a
 * group that counts, and the score to pass must not be below the marginal one.
 */
export function kayentaPlan(config: Value): CanaryPlan {
  const weights = at(config, 'classifier', 'groupWeights')
  const metrics = itemsOf(at(config, 'metrics'))
  const thresholds = at(config, 'classifier', 'scoreThresholds')
  return {
    format: 'kayenta',
    name: textOf(at(config, 'name')),
    location: config.location,
    steps: [],
    analyses: metrics.map((metric) => metricOf(metric, weights)),
    abort: 'a score below the marginal threshold fails the canary',
    isPercentageOnly: false,
    findings: [...weightFindings(config, weights), ...thresholdFindings(thresholds)],
  }
}

function metricOf(metric: Value, weights: Value | undefined): PlanAnalysis {
  const canary = at(metric, 'analysisConfigurations', 'canary')
  const direction = textOf(at(canary, 'direction'))
  const groups = itemsOf(at(metric, 'groups')).map(textOf)
  const counts = groups.some((group) => (numberOf(at(weights, group ?? '')) ?? 0) > 0)
  const isCritical = booleanOf(at(canary, 'critical')) === true
  return {
    name: textOf(at(metric, 'name')) ?? '',
    location: metric.location,
    successCondition: undefined,
    failureCondition: direction === undefined ? undefined : `significant ${direction}`,
    fromStep: 0,
    toothless: counts || isCritical ? undefined : 'no-condition',
    noData: noDataOf(canary),
  }
}

/** A metric without data is left out of the score unless it must have some. */
function noDataOf(canary: Value | undefined): NoData {
  const mustHaveData = booleanOf(at(canary, 'mustHaveData'))
  if (mustHaveData === undefined) return 'unstated'
  return mustHaveData ? 'abort' : 'passes'
}

function weightFindings(config: Value, weights: Value | undefined): readonly GradedFinding[] {
  const numbers = entriesOf(weights).map(([, value]) => numberOf(value) ?? Number.NaN)
  const total = numbers.reduce((sum, each) => sum + each, 0)
  if (Math.abs(total - 100) < 1e-9 && numbers.every((each) => each >= 0)) return []
  return [
    {
      severity: 'fail',
      code: 'CANARY_GROUP_WEIGHTS_NOT_WHOLE',
      args: { total: Number.isFinite(total) ? total : null },
      location: (weights ?? config).location,
    },
  ]
}

function thresholdFindings(thresholds: Value | undefined): readonly GradedFinding[] {
  if (thresholds === undefined) return []
  const pass = numberOf(at(thresholds, 'pass'))
  const marginal = numberOf(at(thresholds, 'marginal'))
  const isOrdered = pass !== undefined && marginal !== undefined && marginal <= pass
  if (isOrdered && marginal > 0 && pass <= 100) return []
  return [
    {
      severity: 'fail',
      code: 'CANARY_SCORE_THRESHOLDS_INVALID',
      args: { pass: pass ?? null, marginal: marginal ?? null },
      location: thresholds.location,
    },
  ]
}
