import type { Evidence, EvidenceLevel, JsonValue } from './evidence.ts'
import type { Finding, Severity } from './finding.ts'
import type { Measurements } from './judgement.ts'
import type { Outcome } from './outcome.ts'

/** The version of the result's shape: minor versions add fields, major versions break readers. */
export const SCHEMA_VERSION = '1.0'

export type Phase = 'before' | 'during' | 'after'
export type ItemSeverity = 'high' | 'medium' | 'low'
export const SECTIONS = [
  'model',
  'data',
  'code',
  'monitoring',
  'rollback',
  'release',
  'antipatterns',
] as const
export type Section = (typeof SECTIONS)[number]

/** A file that was read, bound to its bytes. */
export interface InputRecord {
  readonly role: string
  readonly path: string
  readonly format: string
  readonly sha256: string
  readonly bytes: number
  readonly rows?: number
}

/** A finding with its sentence, as it stands in the result file. */
export interface ReportedFinding extends Finding {
  readonly message: string
  readonly severity?: Severity
}

export interface WaiverRecord {
  readonly reason: string
  readonly owner: string
  readonly expires: string
  readonly outcome: Outcome
}

export interface AttestationRecord {
  readonly statement: string
  readonly owner: string
  readonly date: string
  readonly expires: string
}

/** That a failure stands in an earlier result, and since when. */
export interface KnownRecord {
  /** The UTC day of the first result that had it. */
  readonly since: string
}

/** What became of one item of the checklist. */
export interface ItemResult {
  readonly id: string
  readonly title: string
  readonly section: Section
  readonly phase: Phase
  readonly severity: ItemSeverity
  readonly required: boolean
  readonly outcome: Outcome
  readonly level: EvidenceLevel | null
  readonly minEvidence: EvidenceLevel | null
  /** Where the demand comes from, such as `nist:MEASURE-2.3`; absent where the checklist names nothing. */
  readonly refs?: readonly string[]
  /** What the check was told, defaults included. */
  readonly parameters?: Readonly<Record<string, JsonValue>>
  readonly findings: readonly ReportedFinding[]
  readonly evidence: readonly Evidence[]
  readonly remediation: string
  readonly waiver: WaiverRecord | null
  readonly attestation: AttestationRecord | null
  /** There when the result that `--baseline` names has the same failure: it does not fail the run. */
  readonly known?: KnownRecord
  readonly fingerprint: string
}

/** A number, or `null` beside a `<name>Reason` that says why there is none. */
export type MaybeNumber = number | null

/** The summary of one side of a column. `std` is the sample standard deviation (ddof 1). */
export interface ColumnSummary {
  readonly rows: number
  readonly valid: number
  readonly missing: number
  readonly nan: number
  readonly infinite: number
  readonly distinct: MaybeNumber
  readonly min: JsonValue
  readonly max: JsonValue
  readonly mean: MaybeNumber
  readonly std: MaybeNumber
  /** Type-7 quantiles by probability, written as `0.25`. */
  readonly quantiles: Readonly<Record<string, number>>
  /** Why a `null` above is one: `meanReason`, `stdReason`, … */
  readonly [reason: `${string}Reason`]: string
}

export type KeyName = 'shape' | 'tail' | 'novel' | 'missing' | 'range' | 'drift'

/** One tested aspect of a column: a test, an effect in share of rows, and what the rule made of it. */
export interface KeyResult {
  readonly key: KeyName
  readonly test: string
  readonly method: string
  readonly statistic: MaybeNumber
  readonly effect: MaybeNumber
  readonly warn: MaybeNumber
  readonly fail: MaybeNumber
  readonly pValue: MaybeNumber
  readonly adjustedPValue: MaybeNumber
  readonly outcome: 'pass' | 'notice' | 'warn' | 'fail' | 'inconclusive' | 'not-applicable'
  /** Whether the lower confidence bound of the effect alone exceeds the threshold. */
  readonly certain: boolean
  /** The smallest effect that this many rows could have shown. */
  readonly detectable?: MaybeNumber
  readonly n?: { readonly reference: number; readonly current: number }
  readonly warnings?: readonly string[]
  readonly [reason: `${string}Reason`]: string
}

/** Counts of finite values between edges that the reference fixes. */
export interface Histogram {
  readonly edges: readonly number[]
  /** The first and the last bin also hold what lies beyond the outer edges. */
  readonly reference: readonly number[]
  readonly current: readonly number[]
  /** How many values of the outer bins lie beyond the edges; absent where it is not known. */
  readonly outside?: {
    readonly reference: BeyondEdges
    readonly current: BeyondEdges
  }
}

export interface BeyondEdges {
  readonly below: number
  readonly above: number
}

export interface CategoryCount {
  readonly value: string
  readonly count: number
}

/** What became of one column of a comparison. */
export interface ColumnResult {
  readonly name: string
  readonly type: string
  /** What the type was inferred from, or that a setting gave it. */
  readonly typeEvidence: string
  readonly role: string
  readonly reference: ColumnSummary | null
  readonly current: ColumnSummary | null
  readonly keys: readonly KeyResult[]
  readonly distances: Readonly<Record<string, MaybeNumber | string>>
  readonly outOfRange: { readonly belowMin: number; readonly aboveMax: number } | null
  readonly novel: readonly CategoryCount[]
  readonly vanished: readonly CategoryCount[]
  readonly histogram: Histogram | null
  readonly outcome: Outcome
  readonly findings: readonly ReportedFinding[]
}

export interface Calibration {
  readonly splits: number
  readonly alarms: number
  /** The one-sided 95 % Clopper-Pearson bound of the alarm rate. */
  readonly upperBound: number
  readonly scheme: string
  readonly usable: boolean
}

/** What another rule would have said of the same comparison. */
export interface AlternativeVerdict {
  readonly rule: string
  readonly outcome: Outcome
  readonly columns: readonly {
    readonly name: string
    readonly outcome: Outcome
    readonly reason: string
  }[]
}

export interface Summary {
  readonly pass: number
  readonly warn: number
  readonly fail: number
  readonly inconclusive: number
  readonly notApplicable: number
  readonly needsReview: number
  readonly waived: number
}

/** What one test of a scored profile came to. */
export interface ScoreTest {
  /** `data-1` and so on. */
  readonly id: string
  /** 1 where a check decided it, 0.5 where a person vouches for it. */
  readonly points: number
  readonly by: 'check' | 'person' | null
  /** The item that counts; `null` where the checklist has none. */
  readonly item: string | null
  readonly outcome: Outcome | null
}

export interface ScoreSection {
  readonly id: string
  readonly points: number
  readonly of: number
  readonly tests: readonly ScoreTest[]
}

/** The score of a profile that has one; it stands beside the verdict and does not change it. */
export interface ScoreRecord {
  readonly profile: 'ml-test-score'
  /** The least of the sums of the sections. */
  readonly total: MaybeNumber
  readonly totalReason?: string
  readonly sections: readonly ScoreSection[]
}

/** 0, 1, 2, 3, 4, 70 or 130; assigned in `policy/exit-code.ts` alone. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 70 | 130

export interface Verdict {
  readonly outcome: 'pass' | 'fail' | 'inconclusive' | 'nothing-checked'
  readonly exitCode: ExitCode
  readonly reason: string
}

/** Everything that may differ between two runs on the same input. */
export interface RunRecord {
  readonly startedAt: string
  readonly durationMs: number
  readonly node: string
  readonly platform: string
  readonly isolation: readonly string[]
  /** What was measured on this machine, by item: times and memory, which differ from run to run. */
  readonly measurements?: Readonly<Record<string, Measurements>>
}

/** The one versioned result; every report is a view of it. */
export interface Result {
  readonly schemaVersion: typeof SCHEMA_VERSION
  readonly tool: { readonly name: 'mlcheck'; readonly version: string }
  readonly command: string
  readonly inputs: readonly InputRecord[]
  readonly parameters: Readonly<Record<string, JsonValue>>
  readonly seed: number
  readonly items: readonly ItemResult[]
  readonly columns: readonly ColumnResult[]
  /** Findings about the tables or files as a whole. */
  readonly findings: readonly ReportedFinding[]
  readonly calibration: Calibration | null
  readonly alternatives: readonly AlternativeVerdict[]
  /** There when the checklist is scored. */
  readonly score?: ScoreRecord
  readonly summary: Summary
  readonly verdict: Verdict
  readonly run: RunRecord
}
