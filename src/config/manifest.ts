import type { JsonValue } from '../core/evidence.ts'
import type { Located } from './located.ts'

export const TASKS = [
  'binary-classification',
  'multiclass-classification',
  'regression',
  'ranking',
] as const
export type Task = (typeof TASKS)[number]

export const FEATURE_TYPES = [
  'number',
  'integer',
  'category',
  'boolean',
  'datetime',
  'text',
  'identifier',
] as const
export type FeatureType = (typeof FEATURE_TYPES)[number]

export const PREPROCESSING_KINDS = [
  'scaler',
  'encoder',
  'imputer',
  'vocabulary',
  'discretizer',
  'selector',
  'pipeline',
] as const
export type PreprocessingKind = (typeof PREPROCESSING_KINDS)[number]

/** Sizes are in bytes, durations in milliseconds. */
export interface ManifestModel {
  readonly name: string
  readonly version?: string
  readonly task: Task
  readonly path: string
  /** 64 lower-case hexadecimal digits. */
  readonly sha256?: string
  readonly created?: string
  readonly deployed?: string
  readonly trainedThrough?: string
  readonly device?: 'cpu' | 'gpu'
  readonly owner?: string
  readonly limits?: ManifestLimits
}

export interface ManifestLimits {
  /** Bytes. */
  readonly size?: number
  readonly parameters?: number
  /** Bytes. */
  readonly memory?: number
  /** Milliseconds. */
  readonly latencyP95?: number
  /** Milliseconds. */
  readonly maxAge?: number
}

export interface ManifestPrevious {
  readonly version?: string
  readonly path: string
  readonly sha256?: string
}

export interface ManifestData {
  readonly train?: string
  readonly validation?: string
  readonly test?: string
  readonly reference?: string
  readonly target?: string
  readonly key?: string
  readonly time?: string
  /** The column that marks randomised decisions. */
  readonly exploration?: string
  /** Why there is no such column, where the file says `exploration: none`. */
  readonly noExplorationReason?: string
  readonly statistics?: string
  /** Schema files of other tools, which must agree with `features`. */
  readonly schemas?: readonly string[]
}

/** Limits beyond which a value is an outlier: fixed, or quantiles of the training data with a margin. */
export type ManifestOutliers =
  | { readonly below?: number; readonly above?: number }
  | { readonly quantiles: readonly [low: number, high: number]; readonly margin?: number }

export interface ManifestFeature {
  readonly type: FeatureType
  readonly min?: number
  readonly max?: number
  /** The complete vocabulary, as text. */
  readonly values?: readonly string[]
  /** What serving does with a missing value. */
  readonly missing?: 'reject' | 'impute' | 'drop' | 'native'
  readonly outliers?: ManifestOutliers
  /** What serving does with a value outside of the vocabulary. */
  readonly unseen?: 'reject' | 'ignore' | 'other'
}

/** Saved parameters of one step: in a file of their own, or inside of the model. */
export interface ManifestPreprocessing {
  readonly kind: PreprocessingKind
  readonly path?: string
  readonly inside?: 'model'
  readonly columns?: readonly string[]
}

/** The labelled predictions of one split; all but `path` and `positive` are column names. */
export interface ManifestPredictions {
  readonly path: string
  readonly label: string
  readonly prediction?: string
  /** One score column, or one for each class. */
  readonly score?: string | Readonly<Record<string, string>>
  /** The class that precision, recall and scores are about, as text. */
  readonly positive?: string
  readonly previous?: string
  readonly baseline?: string
  readonly slices?: readonly string[]
}

export interface ManifestMetric {
  readonly name: string
  readonly split: string
  readonly value: number
  readonly ci?: readonly [low: number, high: number]
  readonly level?: number
}

export interface ManifestMetricRequirements {
  readonly minGainOverBaseline?: number
  readonly minRecallPerClass?: number
  readonly minSupport?: number
}

export interface ManifestReports {
  readonly errorAnalysis?: string
  readonly modelCard?: string
  /** A JSON file of nested numbers; `metrics.json` beside the manifest is read without it. */
  readonly metrics?: string
}

/** A command without a shell; the time limit is in milliseconds. */
export interface ManifestCommand {
  readonly run: readonly string[]
  readonly timeout?: number
}

export interface ManifestServe extends ManifestCommand {
  /** URL paths of the served model. */
  readonly ready?: string
  readonly predict?: string
  readonly metrics?: string
  /** The body of a prediction request; `"{rows}"` stands for the rows. */
  readonly request?: JsonValue
}

export interface ManifestCommands {
  readonly predict?: ManifestCommand
  readonly worker?: ManifestCommand
  readonly train?: ManifestCommand
  readonly tests?: Readonly<Record<string, ManifestCommand>>
  readonly serve?: ManifestServe
}

export interface ManifestDependencies {
  readonly files?: readonly string[]
  readonly python?: string
  readonly dockerfile?: string
}

export interface ManifestCode {
  readonly serving?: readonly string[]
  readonly preprocessing?: readonly string[]
  readonly tests?: readonly string[]
}

export interface ManifestTestReports {
  readonly junit?: readonly string[]
  readonly coverage?: string
}

export interface ManifestMonitoring {
  readonly drift?: {
    readonly config?: string
    readonly schedule?: string
    readonly predictionColumn?: string
  }
  readonly rules?: readonly string[]
  readonly ruleTests?: readonly string[]
  readonly dashboards?: readonly string[]
  readonly alertmanager?: string
  /** `labelDelay` is in milliseconds. */
  readonly performance?: { readonly log: string; readonly labelDelay?: number }
  /** `latencyP95` is in milliseconds, `errorRate` a share of requests. */
  readonly slo?: { readonly latencyP95?: number; readonly errorRate?: number }
  readonly exports?: {
    readonly metrics?: string
    readonly alerts?: string
    readonly rollout?: string
    readonly assignments?: string
  }
}

export interface ManifestRollout {
  readonly canary?: string
  readonly ab?: string
  readonly flags?: string
}

export interface ManifestRollback {
  readonly procedure?: string
  readonly pointer?: string
  readonly cachePurge?: ManifestCommand
  readonly notify?: { readonly file: string }
  readonly incidentLog?: string
  readonly drill?: ManifestCommand
}

export interface ManifestRetraining {
  readonly last?: string
  /** Milliseconds. */
  readonly maxAge?: number
  readonly maxDriftedFeatures?: number
  readonly maxDegradation?: number
}

/** What stands in `model.yaml`, with paths as written there. */
export interface ManifestContent {
  readonly version: 1
  readonly model: ManifestModel
  readonly previous?: ManifestPrevious
  /** Why there is no earlier version, where the file says `previous: none`. */
  readonly noPreviousReason?: string
  readonly data?: ManifestData
  readonly features?: Readonly<Record<string, ManifestFeature>>
  readonly preprocessing?: readonly ManifestPreprocessing[]
  readonly predictions?: Readonly<Record<string, ManifestPredictions>>
  readonly metrics?: readonly ManifestMetric[]
  readonly requirementsOnMetrics?: ManifestMetricRequirements
  readonly reports?: ManifestReports
  readonly commands?: ManifestCommands
  readonly dependencies?: ManifestDependencies
  readonly code?: ManifestCode
  readonly testReports?: ManifestTestReports
  readonly monitoring?: ManifestMonitoring
  readonly rollout?: ManifestRollout
  readonly rollback?: ManifestRollback
  readonly retraining?: ManifestRetraining
  readonly team?: { readonly onCall?: string }
}

/** The manifest of a model, bound to the file it came from. */
export interface Manifest extends ManifestContent, Located {
  /** The absolute folder that the paths are relative to. */
  readonly folder: string
  /** The absolute folder, links resolved, that no path may leave. */
  readonly repositoryRoot: string
  /** The content as written: what `applies_when` of a checklist item asks about. */
  readonly written: JsonValue
}
