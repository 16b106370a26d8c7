import type { GradedFinding } from '../../core/finding.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { KeyName, KeyResult } from '../../core/result.ts'
import type { ColumnComparison } from '../comparison.ts'
import type { DriftSettings, RuleId, Thresholds } from '../settings.ts'

/** What a rule makes of one column. */
export interface ColumnVerdict {
  readonly name: string
  readonly outcome: Outcome
  /** One clause that says why, for the verdicts that are shown beside the deciding one. */
  readonly reason: string
  readonly keys: readonly KeyResult[]
  readonly findings: readonly GradedFinding[]
}

/** What a rule makes of the comparison. */
export interface RuleVerdict {
  readonly outcome: Outcome
  readonly columns: readonly ColumnVerdict[]
  /** Findings about the tables as a whole. */
  readonly findings: readonly GradedFinding[]
}

/** How significance is found where rows are not independent. */
export interface JointSignificance {
  /** From 0 to 1; `undefined` for a key that was not exchanged. */
  adjustedPValue(column: string, key: KeyName): number | undefined
  /** The smallest effect the exchanges of labels would have shown. */
  detectable(column: string, key: KeyName): number | undefined
}

/** What a verdict takes into account besides the columns that were measured. */
export interface DecideOptions {
  /** Whether too few rows make a column inconclusive; the self-check looks at alarms alone. */
  readonly adequacy?: boolean
  /** Replaces Holm's adjustment of independent p-values. */
  readonly joint?: JointSignificance
  /** The effects that the reference shows by itself; no threshold is below them. */
  readonly floors?: Readonly<Partial<Record<keyof Thresholds, number>>>
}

/**
 * One comparison under a rule: columns are measured one by one, so that no more than one column's
 * values are held, and judged together, because the error rate belongs to the whole run.
 */
export interface RuleRun {
  /** Takes the next column and keeps numbers of it, no values. */
  measure(column: ColumnComparison): void
  /** Judges all measured columns; may be asked again with other options. */
  decide(options?: DecideOptions): RuleVerdict
}

/** A way to decide whether two tables differ; its words are in `src/report/rules.ts`. */
export interface Rule {
  readonly id: RuleId
  /** Starts a comparison of which no column was measured yet. */
  begin(settings: DriftSettings): RuleRun
}
