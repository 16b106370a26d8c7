import type { GradedFinding } from '../../core/finding.ts'
import { at, entriesOf, has, itemsOf, numberOf, textOf, type Value } from '../located.ts'
import { durationOf } from '../quantities.ts'
import { analysisOf, replicasOf, type ArgoAnalysis } from './argo-analysis.ts'
import { durationInvalid, weightInvalid } from './invalid-values.ts'
import type { CanaryPlan, PlanAnalysis, PlanStep } from './plan.ts'

/** Steps that neither change the share of the traffic nor watch anything. */
const OTHER_STEPS = [
  'setCanaryScale',
  'setHeaderRoute',
  'setMirrorRoute',
  'plugin',
  'replicaProgressThreshold',
]

interface Segment {
  weight: number
  observedMs: number
  isManual: boolean
  location: PlanStep['location']
}

/**
 * Reads a Rollout of Argo Rollouts: weights with the pauses behind them, analyses in the background
 * and as steps, experiments. After the last step the controller goes to 100 % by itself; a Rollout
 * without steps, or blue-green, goes there at once.
 *
 * @param documents the files' documents, where analysis templates are looked for
 */
export function argoPlan(rollout: Value, documents: readonly Value[]): CanaryPlan {
  const canary = at(rollout, 'spec', 'strategy', 'canary')
  const blueGreen = at(rollout, 'spec', 'strategy', 'blueGreen')
  const steps = itemsOf(at(canary, 'steps'))
  const walked = walk(steps, documents, numberOf(maxWeightOf(canary)) ?? 100)
  const background = at(canary, 'analysis')
  const watched =
    background === undefined ? [] : backgroundOf(background, walked.segmentAt, documents)
  const prePromotion = at(blueGreen, 'prePromotionAnalysis')
  const before =
    prePromotion === undefined ? [] : analysisOf(prePromotion, 'step', 0, documents).analyses
  const analyses = [...watched, ...walked.analyses, ...before]
  const name = textOf(at(rollout, 'metadata', 'name'))
  return {
    format: 'argo-rollouts',
    name,
    location: (at(canary, 'steps') ?? canary ?? blueGreen ?? rollout).location,
    steps: withEnd(walked.segments, (canary ?? rollout).location),
    analyses,
    abort: analyses.length > 0 ? 'a failed analysis sets the weight back to 0' : undefined,
    isPercentageOnly: false,
    findings: [...walked.findings, ...byReplicas(rollout, walked.segments)],
  }
}

function maxWeightOf(canary: Value | undefined): Value | undefined {
  return at(canary, 'trafficRouting', 'maxTrafficWeight')
}

interface Walked {
  readonly segments: readonly Segment[]
  readonly analyses: readonly PlanAnalysis[]
  readonly findings: readonly GradedFinding[]
  /** The segment that each written step belongs to. */
  readonly segmentAt: readonly number[]
}

function walk(steps: readonly Value[], documents: readonly Value[], maxWeight: number): Walked {
  const segments: Segment[] = []
  const analyses: PlanAnalysis[] = []
  const findings: GradedFinding[] = []
  const segmentAt: number[] = []
  for (const step of steps) {
    const weight = at(step, 'setWeight')
    if (weight !== undefined) {
      const percent = (numberOf(weight) ?? Number.NaN) * (100 / maxWeight)
      if (percent >= 0 && percent <= 100) {
        const { location } = weight
        segments.push({ weight: percent, observedMs: 0, isManual: false, location })
      } else findings.push(weightInvalid(weight))
    }
    segmentAt.push(Math.max(0, segments.length - 1))
    const current = segments.at(-1)
    const { takesMs, analyses: own } = stepAnalysis(step, segments.length - 1, documents)
    analyses.push(...own)
    const pause = at(step, 'pause')
    if (current !== undefined) {
      current.observedMs += takesMs + (durationOf(textOf(at(pause, 'duration'))) ?? 0)
      if (pause !== undefined && !has(pause, 'duration')) current.isManual = true
    }
    const duration = at(pause, 'duration')
    if (duration !== undefined && durationOf(textOf(duration)) === undefined) {
      findings.push(durationInvalid(duration))
    }
    findings.push(...unknownParts(step))
  }
  return { segments, analyses, findings, segmentAt }
}

function stepAnalysis(step: Value, segment: number, documents: readonly Value[]): ArgoAnalysis {
  const from = Math.max(0, segment)
  const inline = at(step, 'analysis')
  if (inline !== undefined) return analysisOf(inline, 'step', from, documents)
  const experiment = at(step, 'experiment')
  if (experiment === undefined) return { analyses: [], takesMs: 0 }
  const watched = itemsOf(at(experiment, 'analyses')).flatMap(
    (analysis) => analysisOf(analysis, 'background', from, documents).analyses,
  )
  return { analyses: watched, takesMs: durationOf(textOf(at(experiment, 'duration'))) ?? 0 }
}

function backgroundOf(
  analysis: Value,
  segmentAt: readonly number[],
  documents: readonly Value[],
): readonly PlanAnalysis[] {
  const start = numberOf(at(analysis, 'startingStep')) ?? 0
  const from = segmentAt[start]
  const { analyses } = analysisOf(analysis, 'background', from ?? 0, documents)
  if (from !== undefined) return analyses
  return analyses.map((each) => ({ ...each, toothless: 'never-starts' }))
}

function withEnd(segments: readonly Segment[], location: PlanStep['location']): PlanStep[] {
  const written = segments.map((segment): PlanStep => ({ ...segment, isImplied: false }))
  if (segments.at(-1)?.weight === 100) return written
  return [...written, { weight: 100, observedMs: 0, isManual: false, isImplied: true, location }]
}

function unknownParts(step: Value): readonly GradedFinding[] {
  const known = ['setWeight', 'pause', 'analysis', 'experiment', ...OTHER_STEPS]
  return entriesOf(step)
    .filter(([key]) => !known.includes(key))
    .map(([key, { location }]) => ({
      severity: 'inconclusive',
      code: 'CANARY_STEP_UNKNOWN',
      args: { key },
      location,
    }))
}

/** Without a traffic router the share is a share of the pods, of which there may be few. */
function byReplicas(rollout: Value, segments: readonly Segment[]): readonly GradedFinding[] {
  const replicas = replicasOf(rollout)
  const [first] = segments
  const routing = at(rollout, 'spec', 'strategy', 'canary', 'trafficRouting')
  if (routing !== undefined || replicas === undefined || replicas < 1 || first === undefined) {
    return []
  }
  const share = Math.ceil((replicas * first.weight) / 100) / replicas
  if (share * 100 <= Math.max(first.weight, 10)) return []
  return [
    {
      severity: 'warn',
      code: 'CANARY_WEIGHT_OF_REPLICAS',
      args: { weight: first.weight / 100, replicas, share },
      location: first.location,
    },
  ]
}
