import type { LogicalType } from '../table/types.ts'

export const ROLES = [
  'feature',
  'prediction',
  'target',
  'identifier',
  'ignore',
  'group',
  'time',
] as const

/** What a column is for. Features, predictions and targets are compared in full. */
export type Role = (typeof ROLES)[number]

/** The effects, as shares of rows, from which a key warns and fails. */
export type ThresholdPair = readonly [warn: number, fail: number]

/** A pair for each key of the default rule; effects are shares of rows, from 0 to 1. */
export interface Thresholds {
  readonly shape: ThresholdPair
  readonly tail: ThresholdPair
  readonly novel: ThresholdPair
  readonly missing: ThresholdPair
}

/** What the user says about one column. */
export interface ColumnSettings {
  readonly type?: LogicalType
  readonly role?: Role
  readonly thresholds?: Partial<Thresholds>
  /** Values that are allowed, both ends included; one value outside fails the column. */
  readonly range?: { readonly min?: number; readonly max?: number }
  /** The complete vocabulary of a category; one value outside fails the column. */
  readonly values?: readonly string[]
}

export const RULE_IDS = ['two-key', 'textbook', 'evidently'] as const
/** The name of a rule, as `--rule` takes it. */
export type RuleId = (typeof RULE_IDS)[number]

/** Everything a comparison depends on besides the two tables. */
export interface DriftSettings {
  readonly rule: RuleId
  /** Rules whose verdicts are shown beside the one that decides. */
  readonly alsoRules: readonly string[]
  /** The level of the whole run: Holm's adjustment spends it over all keys. */
  readonly alpha: number
  readonly thresholds: Thresholds
  readonly columns: ReadonlyMap<string, ColumnSettings>
  /** Compare these columns alone. */
  readonly only?: readonly string[]
  /** Rows with the same value of this column are not independent of each other. */
  readonly groupKey?: string
  /** Rows are ordered in time by this column, and vary with it. */
  readonly timeColumn?: string
  /** A shape whose smallest detectable effect is at most this may pass. */
  readonly acceptSensitivity?: number
  /** Half-splits of the reference for the self-check; `auto` chooses, 0 switches it off. */
  readonly calibrate: number | 'auto'
  readonly seed: number
  /** Random label exchanges with a group key. */
  readonly permutations: number
  /** Drifted features that the textbook rule tolerates. */
  readonly maxDriftedFeatures: number
  /** The outcome from which the gate closes; it decides what counts as an alarm of the self-check. */
  readonly failOn: 'warn' | 'fail'
}

export const DEFAULT_THRESHOLDS: Thresholds = {
  shape: [0.05, 0.1],
  tail: [0.002, 0.005],
  novel: [0.001, 0.005],
  missing: [0.005, 0.01],
}

export const DEFAULT_DRIFT_SETTINGS: DriftSettings = {
  rule: 'two-key',
  alsoRules: [],
  alpha: 0.01,
  thresholds: DEFAULT_THRESHOLDS,
  columns: new Map(),
  calibrate: 'auto',
  seed: 1,
  permutations: 199,
  maxDriftedFeatures: 3,
  failOn: 'fail',
}
