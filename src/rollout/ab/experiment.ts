import type { Location } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'
import type { Effect } from './power.ts'

export type Direction = 'increase' | 'decrease' | 'either'

export interface Guardrail {
  readonly metric: string
  readonly location: Location
  /** Whether it has a limit to keep to. */
  readonly hasLimit: boolean
}

/** A part of the traffic; weights are relative to their sum. */
export interface Arm {
  readonly name: string
  readonly weight: number
}

/** A plan to compare two models on live traffic. */
export interface ExperimentPlan {
  readonly format: 'mlcheck'
  readonly name: string | undefined
  readonly location: Location
  readonly metric: string | undefined
  readonly direction: Direction | undefined
  /** `undefined` when the numbers are missing or do not fit each other. */
  readonly effect: Effect | undefined
  readonly alpha: number
  /** The power that is asked. */
  readonly power: number
  /** The control first. */
  readonly arms: readonly Arm[]
  /** What is assigned as a whole: `customer_id`. */
  readonly unit: string | undefined
  readonly trafficPerDay: number | undefined
  readonly durationDays: number | undefined
  /** How often the result is looked at to decide; 1 without more. */
  readonly looks: number
  /** Whether the analysis stays valid when it is looked at early. */
  readonly isSequential: boolean
  readonly guardrails: readonly Guardrail[]
  readonly findings: readonly GradedFinding[]
}

/** What a tool runs as an experiment: it splits traffic and may check metrics, and plans no numbers. */
export interface ToolExperiment {
  readonly format: 'argo-experiment' | 'flagger'
  readonly name: string | undefined
  readonly location: Location
  readonly durationMs: number | undefined
  /** Names of the parts and their share of the traffic where it is written, in percent. */
  readonly arms: readonly { readonly name: string; readonly percent: number | undefined }[]
  /** Names of what is measured. */
  readonly metrics: readonly string[]
}

export type ExperimentRead =
  | { readonly plan: ExperimentPlan }
  | { readonly tool: ToolExperiment }
  | { readonly finding: GradedFinding }
