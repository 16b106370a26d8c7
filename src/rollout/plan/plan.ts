import type { Location } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'

export const PLAN_FORMATS = [
  'argo-rollouts',
  'flagger',
  'kserve',
  'sagemaker',
  'kayenta',
  'mlcheck',
] as const

export type PlanFormat = (typeof PLAN_FORMATS)[number]

/** A share of the traffic and how long it is kept. */
export interface PlanStep {
  /** Percent of the traffic that the new model gets; `undefined` where the file counts machines. */
  readonly weight: number | undefined
  /** How long the plan itself keeps this weight, in milliseconds; a person may keep it longer. */
  readonly observedMs: number
  /** Whether the plan waits here for a person. */
  readonly isManual: boolean
  /** The tool goes there by itself after the last step that is written. */
  readonly isImplied: boolean
  readonly location: Location
}

/** Why an analysis can never stop the rollout. */
export type Toothless =
  | 'nothing-measured'
  | 'no-condition'
  | 'constant-condition'
  | 'limit-out-of-reach'
  | 'failures-ignored'
  | 'dry-run'
  | 'never-starts'
  | 'refused-by-tool'

/** What the tool does when a measurement has no data. */
export type NoData = 'abort' | 'pause' | 'passes' | 'unstated'

/** One measurement that is compared with a condition while the new model gets traffic. */
export interface PlanAnalysis {
  readonly name: string
  readonly location: Location
  /** In the words of the file: `result[0] >= 0.95`, `max 500`. */
  readonly successCondition: string | undefined
  readonly failureCondition: string | undefined
  /** The first step during which it measures. */
  readonly fromStep: number
  /** `undefined` when it can fail; `unknown` when its definition is not in the files. */
  readonly toothless: Toothless | 'unknown' | undefined
  readonly noData: NoData
}

/** A canary plan, whatever tool it was written for. */
export interface CanaryPlan {
  readonly format: PlanFormat
  readonly name: string | undefined
  readonly location: Location
  readonly steps: readonly PlanStep[]
  readonly analyses: readonly PlanAnalysis[]
  /** How the traffic gets back to the old model, in a few words; `undefined` when nothing brings it there. */
  readonly abort: string | undefined
  /** The tool moves a percentage when a person says so, and nothing more is planned in this file. */
  readonly isPercentageOnly: boolean
  /** What the reader found wrong with the file itself. */
  readonly findings: readonly GradedFinding[]
}

export type PlanRead = { readonly plan: CanaryPlan } | { readonly finding: GradedFinding }
