import type { EvidenceLevel, Location } from '../core/evidence.ts'
import type { ItemSeverity, Phase, Section } from '../core/result.ts'

/** What the policy needs of a checklist item. */
export interface ItemTerms {
  readonly id: string
  readonly title: string
  readonly section: Section
  readonly phase: Phase
  readonly severity: ItemSeverity
  readonly required: boolean
  readonly minEvidence: EvidenceLevel | null
  readonly everyDays: number | null
  /** Whether an attestation or waiver needs a reviewer who is not its owner. */
  readonly needsReviewer: boolean
  readonly waivable: {
    readonly allowed: boolean
    /** The most days from creation to expiry; `null` for any. */
    readonly maxDays: number | null
    /** Whether a waiver also accepts that the item could not be decided. */
    readonly undecided: boolean
  }
  readonly location: Location
}

/** What it needs of a waiver. Days are UTC, the end day included. */
export interface WaiverTerms {
  readonly item: string
  readonly reason: string
  readonly owner: string
  readonly created: string
  readonly expires: string
  readonly reviewer?: string
  readonly modelSha256?: string
  readonly location: Location
}

/** What it needs of an attestation. Days are UTC, the end day included. */
export interface AttestationTerms {
  readonly item: string
  readonly statement: string
  readonly owner: string
  readonly date: string
  readonly expires: string
  readonly reviewer?: string
  readonly evidence?: string
  readonly evidenceState: 'none' | 'found' | 'missing' | 'address'
  readonly modelSha256?: string
  readonly location: Location
}

export interface PolicyContext {
  /** Today as a UTC day, `2026-11-30`. */
  readonly today: string
  /** The digest of the model that is being released; `null` when it could not be read. */
  readonly modelSha256: string | null
  /** The ids of the whole checklist, those that were not selected for this run included. */
  readonly knownItems: ReadonlySet<string>
}
