import { dayAfter, daysBetween } from '../core/days.ts'
import { reviewProblem } from './second-person.ts'
import type { ItemTerms } from './terms.ts'

/** What a person wants to write down about an item. Days are UTC. */
export interface ProposedRecord {
  readonly owner: string
  readonly reviewer?: string
  readonly expires: string
}

/** Why a record would have no effect, and what to do about it. */
export interface RecordRefusal {
  readonly message: string
  readonly hint: string
}

/** The rules that attestations and waivers share, asked before one is written. */
function refuseCommon(
  item: ItemTerms,
  record: ProposedRecord,
  today: string,
): RecordRefusal | undefined {
  if (record.expires < today) {
    const message = `${record.expires} is past: today is ${today}, UTC`
    return { message, hint: 'Give --expires a day that is still to come.' }
  }
  const review = reviewProblem(item, record)
  if (review === 'missing') {
    const message = `${item.id} needs a second person`
    return { message, hint: 'Name who has reviewed it with --reviewer.' }
  }
  if (review === 'owner') {
    const message = 'the reviewer is the owner'
    return { message, hint: 'Let another person review it.' }
  }
  return undefined
}

/** Why a waiver must not be written. */
export function refuseWaiver(
  item: ItemTerms & { readonly check: string },
  record: ProposedRecord,
  today: string,
  attestable: string,
): RecordRefusal | undefined {
  const { allowed, maxDays, undecided } = item.waivable
  if (!allowed) {
    const hint = 'Repair what the item names; the checklist says waivable: false.'
    return { message: `${item.id} may not be waived`, hint }
  }
  if (item.check === attestable && !undecided) {
    const hint = 'Look, and sign with mlcheck attest.'
    return { message: `${item.id} waits for a person, which nobody can waive`, hint }
  }
  const common = refuseCommon(item, record, today)
  if (common !== undefined) return common
  const days = daysBetween(today, record.expires)
  if (maxDays === null || days <= maxDays) return undefined
  const message = `${String(days)} days are longer than the ${String(maxDays)} that ${item.id} allows`
  return { message, hint: `Let it expire on ${dayAfter(today, maxDays)} at the latest.` }
}

/**
 * Why an attestation must not be written.
 *
 * @param isAttestable whether anything reads attestations of the item
 */
export function refuseAttestation(
  item: ItemTerms,
  record: ProposedRecord,
  today: string,
  isAttestable: boolean,
): RecordRefusal | undefined {
  if (!isAttestable) {
    const message = `${item.id} is decided by a check: nobody can vouch for it`
    const hint = item.waivable.allowed
      ? 'To accept a failure for a time, use mlcheck waive.'
      : 'Repair what the item names.'
    return { message, hint }
  }
  const common = refuseCommon(item, record, today)
  if (common !== undefined) return common
  const days = daysBetween(today, record.expires)
  const { everyDays } = item
  if (everyDays === null || days <= everyDays) return undefined
  const message = `${item.id} is due every ${String(everyDays)} days, and this would hold for ${String(days)}`
  return { message, hint: `Let it expire on ${dayAfter(today, everyDays)} at the latest.` }
}
