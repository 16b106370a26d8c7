import type { EvidenceLevel, JsonValue, Location } from '../core/evidence.ts'
import type { ParamSpecs } from '../core/params.ts'
import type { ItemSeverity, Phase, Section } from '../core/result.ts'
import type { Condition } from './condition.ts'
import type { Located, YamlPath } from './located.ts'

/** The value of `check` for an item that only a person can vouch for. */
export const ATTEST = 'attest'

/**
 * The item and the check that follow from all others of the phase before: nobody can vouch for it, waive it
 * or have something else decide it.
 */
export const ALL_CHECKS_PASSED = 'before.all-checks-passed'

/** The parameter that `every` of an item gives its check. */
export const EVERY_DAYS = 'every_days'

/** What a checklist needs to know of a check that its items name. */
export interface KnownCheck {
  readonly id: string
  readonly params: ParamSpecs
}

/** One demand of a checklist, with everything that lists it extends already applied. */
export interface ChecklistItem {
  readonly id: string
  readonly title: string
  readonly section: Section
  readonly phase: Phase
  readonly severity: ItemSeverity
  readonly required: boolean
  /** The id of a check, or `attest`. */
  readonly check: string
  /** Every parameter of the check: the given values and the defaults of the others. */
  readonly params: Readonly<Record<string, JsonValue>>
  readonly minEvidence: EvidenceLevel | null
  readonly appliesWhen: Condition | null
  /** The cadence in days. */
  readonly everyDays: number | null
  /** Whether what people say of it needs a second person. */
  readonly needsReviewer: boolean
  readonly waivable: {
    readonly allowed: boolean
    readonly maxDays: number | null
    readonly undecided: boolean
  }
  readonly refs: readonly string[]
  readonly remediation: string | null
  /** Where the item stands; for an overridden item, the place of the override. */
  readonly location: Location
  /** The place of one of the item's keys, in whichever file gave it. */
  readonly locate: (path: YamlPath) => Location
}

/** The most days for which a failure may be accepted where the item does not say. */
export const WAIVER_DAYS = 90

export interface Checklist extends Located {
  /** In the order of the list that is extended, new items after them. */
  readonly items: readonly ChecklistItem[]
  /** How the items are scored beside the verdict, by this list or one that it extends. */
  readonly score: 'ml-test-score' | null
  /** The files that were read, the extended ones first, as the user would write them. */
  readonly files: readonly string[]
}
