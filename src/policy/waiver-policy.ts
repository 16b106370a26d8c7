import type { GradedFinding } from '../core/finding.ts'
import type { Outcome } from '../core/outcome.ts'
import { daysBetween } from '../core/days.ts'
import { reviewProblem } from './second-person.ts'
import type { ItemTerms, PolicyContext, WaiverTerms } from './terms.ts'

const SOON_DAYS = 7

/** A waiver accepts a failure that is known; what is behind these, nobody knows. The item may allow it. */
const UNDECIDED: readonly Outcome[] = ['inconclusive', 'needs-review']

export interface WaiverRuling {
  /** The waiver that accepts the outcome, if one does. */
  readonly waiver: WaiverTerms | null
  readonly findings: readonly GradedFinding[]
}

/**
 * What the waivers of one item come to. A waiver that has expired or is for another model closes the gate
 * even when its item passes, so that the list does not rot. Of several that hold, the one that holds
 * longest counts, and with it the others are merely superseded.
 *
 * @param waivers all of this item
 * @param outcome what the item came to without them
 */
export function ruleWaivers(
  item: ItemTerms,
  waivers: readonly WaiverTerms[],
  outcome: Outcome,
  context: PolicyContext,
): WaiverRuling {
  const refusals = waivers.map((waiver) => refusal(item, waiver, context))
  const [best] = waivers.filter((_, index) => refusals[index] === undefined).sort(byLatestExpiry)
  if (best === undefined) {
    return { waiver: null, findings: refusals.filter((finding) => finding !== undefined) }
  }
  const superseded = waivers
    .filter((waiver) => waiver !== best)
    .map((waiver) => finding('notice', 'WAIVER_SUPERSEDED', waiver, { expires: waiver.expires }))
  if (UNDECIDED.includes(outcome) && !item.waivable.undecided) {
    return { waiver: null, findings: [finding('warn', 'WAIVER_OF_UNDECIDED', best, { outcome })] }
  }
  const isNeeded = outcome !== 'pass' && outcome !== 'not-applicable' && outcome !== 'waived'
  return {
    waiver: isNeeded ? best : null,
    findings: [...(isNeeded ? remarks(best, context) : [unused(best, outcome)]), ...superseded],
  }
}

/** Why a waiver does not hold. */
function refusal(
  item: ItemTerms,
  waiver: WaiverTerms,
  { today, modelSha256 }: PolicyContext,
): GradedFinding | undefined {
  const { created, expires } = waiver
  if (expires < today) return finding('fail', 'WAIVER_EXPIRED', waiver, { expires, today })
  if (waiver.modelSha256 !== undefined) {
    if (modelSha256 === null) return finding('inconclusive', 'WAIVER_MODEL_UNKNOWN', waiver, {})
    if (waiver.modelSha256 !== modelSha256) {
      const digests = { waived: waiver.modelSha256, actual: modelSha256 }
      return finding('fail', 'WAIVER_OTHER_MODEL', waiver, digests)
    }
  }
  if (!item.waivable.allowed) return finding('warn', 'WAIVER_NOT_ALLOWED', waiver, {})
  if (created > today) return finding('warn', 'WAIVER_NOT_YET_VALID', waiver, { created, today })
  const review = reviewProblem(item, waiver)
  if (review === 'missing') return finding('warn', 'WAIVER_NOT_REVIEWED', waiver, {})
  if (review === 'owner') return finding('warn', 'WAIVER_REVIEWED_BY_OWNER', waiver, {})
  const { maxDays } = item.waivable
  const days = daysBetween(created, expires)
  if (maxDays !== null && days > maxDays) {
    return finding('warn', 'WAIVER_TOO_LONG', waiver, { days, maxDays })
  }
  return undefined
}

/** What is worth knowing of a waiver that holds and is needed. */
function remarks(waiver: WaiverTerms, { today }: PolicyContext): readonly GradedFinding[] {
  const { expires } = waiver
  const days = daysBetween(today, expires)
  return [
    ...(waiver.modelSha256 === undefined ? [finding('warn', 'WAIVER_NOT_BOUND', waiver, {})] : []),
    ...(days <= SOON_DAYS
      ? [finding('warn', 'WAIVER_EXPIRING_SOON', waiver, { expires, days })]
      : []),
  ]
}

function unused(waiver: WaiverTerms, outcome: Outcome): GradedFinding {
  return finding('warn', 'WAIVER_UNUSED', waiver, { outcome })
}

/** Waivers of items that the whole checklist does not have. */
export function strayWaivers(
  waivers: readonly WaiverTerms[],
  { knownItems }: PolicyContext,
): readonly GradedFinding[] {
  return waivers
    .filter(({ item }) => !knownItems.has(item))
    .map((waiver) => finding('warn', 'WAIVER_UNKNOWN_ITEM', waiver, {}))
}

function finding(
  severity: GradedFinding['severity'],
  code: GradedFinding['code'],
  { item, owner, location }: WaiverTerms,
  args: GradedFinding['args'],
): GradedFinding {
  return { severity, code, args: { item, owner, ...args }, location }
}

function byLatestExpiry(a: WaiverTerms, b: WaiverTerms): number {
  if (a.expires === b.expires) return 0
  return a.expires > b.expires ? -1 : 1
}
