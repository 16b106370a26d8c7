import type { GlobalPolicy } from '../artifacts/policy.ts'
import type { Fact } from '../core/fact.ts'
import type { Manifest } from '../config/manifest.ts'
import type { DriftSettings } from '../drift/settings.ts'
import type { Runner } from '../runner/runner.ts'
import type { Snapshot } from '../table/types.ts'
import type { AttestedStatement } from './attested.ts'
import type { FactMap } from './fact-map.ts'
import type { ReleaseOutcomes } from './release-outcomes.ts'

/** What collectors may use of the world; the app makes it, tests make their own. */
export interface FactContext {
  readonly manifest: Manifest
  readonly permission: { readonly run: boolean }
  readonly seed: number
  readonly signal: AbortSignal
  readonly runner: Runner
  /** Types and roles of columns, as `mlcheck profile` takes them. */
  readonly driftSettings: DriftSettings
  /** What the project adds to the lists of Python globals in model files. */
  readonly globalPolicy: GlobalPolicy
  /** The UTC day that the audit judges, `2026-11-30`. */
  readonly today: string
  /** What people vouch for of items whose check reads it, for the model with a digest. */
  attested(modelSha256: string | null): readonly AttestedStatement[]
  /** What the other items of the phase before came to, and the checklist that demands them. */
  releaseOutcomes(): Promise<{ readonly file: string; readonly value: ReleaseOutcomes }>
  /** Opens a table by its path or glob as in the manifest, with the settings of the project. */
  openSnapshot(path: string): Promise<Snapshot>
}

/** Gives other facts to a collector that builds on them. */
export interface FactReader {
  get<K extends keyof FactMap>(key: K): Promise<Fact<FactMap[K]>>
}

/** Gathers one named fact. What a person can mend is `absent` or `unreadable`, never an exception. */
export interface Collector<T> {
  readonly title: string
  collect(key: string, context: FactContext, facts: FactReader): Promise<Fact<T>>
}
