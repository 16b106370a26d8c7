import type { Located } from './located.ts'
import type { FeatureType } from './manifest.ts'

export const COLUMN_ROLES = [
  'feature',
  'prediction',
  'target',
  'identifier',
  'ignore',
  'group',
  'time',
] as const
export type ColumnRole = (typeof COLUMN_ROLES)[number]

export const DRIFT_RULES = ['two-key', 'textbook', 'evidently'] as const
export type DriftRule = (typeof DRIFT_RULES)[number]

/** Effects, as shares of rows, from which a key warns and fails. */
export type ThresholdPair = readonly [warn: number, fail: number]

export interface ThresholdOverrides {
  readonly shape?: ThresholdPair
  readonly tail?: ThresholdPair
  readonly novel?: ThresholdPair
  readonly missing?: ThresholdPair
}

export interface ColumnOverrides {
  readonly type?: FeatureType
  readonly role?: ColumnRole
  readonly thresholds?: ThresholdOverrides
  readonly range?: { readonly min?: number; readonly max?: number }
  readonly values?: readonly string[]
}

/** What the file says of a comparison; a key that is not there keeps the built-in default. */
export interface DriftOverrides {
  readonly rule?: DriftRule
  readonly alsoRules?: readonly DriftRule[]
  readonly alpha?: number
  readonly failOn?: 'warn' | 'fail'
  readonly thresholds?: ThresholdOverrides
  readonly only?: readonly string[]
  readonly groupKey?: string
  readonly timeColumn?: string
  readonly acceptSensitivity?: number
  readonly calibrate?: number | 'auto'
  readonly permutations?: number
  readonly maxDriftedFeatures?: number
  readonly columns?: Readonly<Record<string, ColumnOverrides>>
}

export interface CsvOverrides {
  readonly delimiter?: string
  readonly quote?: string
  readonly decimal?: '.' | ','
  readonly missing?: readonly string[]
  readonly header?: boolean
}

export interface RunOverrides {
  readonly allow?: boolean
  /** `auto` takes the strongest that the system offers; `none` asks for no sandbox. */
  readonly isolation?: 'auto' | 'none'
  readonly seed?: number
}

/** Python globals that `mlcheck inspect` judges otherwise, each in full as `module.name`. */
export interface InspectOverrides {
  readonly allow?: readonly string[]
  readonly deny?: readonly string[]
}

export interface SettingsContent {
  readonly drift?: DriftOverrides
  readonly csv?: CsvOverrides
  readonly run?: RunOverrides
  readonly inspect?: InspectOverrides
  /** Reports to write, each as `FORMAT` or `FORMAT=PATH`. */
  readonly report?: readonly string[]
}

/** The content of `mlcheck.yaml`, bound to the file it came from. */
export interface Settings extends SettingsContent, Located {
  /** The absolute folder that the report paths are relative to. */
  readonly folder: string
  /** Whether the file allowed commands to run from outside of the project, which does not hold. */
  readonly isPermissionForeign: boolean
}
