import type { Messages } from './message.ts'

/** Evidence, waivers and attestations: what the policy says beside the checks. */
export const policyMessages: Messages = {
  EVIDENCE_ABSENT: {
    text: 'Nothing to verify ({fact}): {block} is not declared, or what it names does not exist (looked in {looked:list}).',
    remedy: 'Declare {block} in the manifest, and commit what it names.',
    explain: 'An item without evidence is not verified; it is never taken for a pass.',
  },
  EVIDENCE_UNREADABLE: {
    text: 'No answer from {fact}: {reason}. {remedy:if_any}',
    remedy: 'Remove the cause, then run the audit again.',
    explain: 'The evidence is named and could not be used, so the item is not verified.',
  },
  EVIDENCE_BELOW_MINIMUM: {
    text: 'The outcome would be {outcome}, on evidence of the level {reached:or_none}; the item demands {required}.',
    remedy: 'Give stronger evidence, or lower min_evidence of the item.',
    explain:
      'Levels, weakest first: claimed, documented, consistent, recomputed, executed. A pass on weaker evidence than min_evidence is not verified.',
  },
  NOTHING_VERIFIED: {
    text: 'The check found nothing to verify.',
    remedy: 'Declare what the check needs.',
  },
  CHECK_CRASHED: {
    text: 'The check ended with an error: {message}.',
    remedy: 'Please report it; the other items were judged.',
    explain: 'An error in a check is a defect of mlcheck. The item is not verified.',
  },
  CONDITION_NOT_MET: {
    text: 'Does not apply: {condition} does not hold.',
    remedy: 'Change applies_when if the item should apply.',
  },
  WAIVER_OF_UNDECIDED: {
    text: 'The waiver of {item} by {owner} does not count: the item is {outcome}, and a waiver accepts a failure that is known.',
    remedy:
      'Give the item what it needs to be decided. Where that cannot be had, the checklist may say waivable: {undecided: true}.',
    explain: 'Accepting what nobody has looked at would turn an undecided item green.',
  },
  FAILURE_KNOWN: {
    text: '{item} failed before, since {since} ({days:day}), and does not fail this run.',
    remedy: 'Repair it; a baseline is a list of debts.',
    explain:
      'With --baseline an item that fails or warns as in the earlier result, about nothing more than there, is known. What could not be decided is never known, and a graver outcome or a further finding is new.',
  },
  FAILURE_MENDED: {
    text: '{item} failed in the baseline and passes now.',
    remedy: 'Store the new result as the baseline, so that it cannot come back unseen.',
  },
  ITEMS_NOT_ASKED: {
    text: 'Asked for: {asked:count} of {total:count} items of the checklist. The verdict is about these alone.',
    remedy: 'Leave out --only, --section and --phase to audit all of them.',
  },
  DECLARED_NOT_VERIFIED: {
    text: 'The manifest declares {blocks:list}, which no item of this version verifies.',
    remedy: 'Do not read the verdict as a word about them.',
    explain:
      'A block of the manifest that nothing reads yet is valid and says nothing: it neither passes nor fails.',
  },
  MODEL_NOT_BOUND: {
    text: 'The manifest states model.sha256, and the model could not be read to compare it.',
    remedy: 'Put the model where model.path says.',
    explain:
      'Every answer of the audit is about this model; without its bytes none can be tied to it.',
  },
  WAIVER_EXPIRED: {
    text: 'The waiver of {item} by {owner} expired on {expires}; today is {today}.',
    remedy: 'Repair the item, or decide anew and write a new waiver.',
    explain:
      'An expired waiver fails the run even if its item passes, so that the list stays true.',
  },
  WAIVER_OTHER_MODEL: {
    text: 'The waiver of {item} by {owner} is for the model {waived:digest}, this one is {actual:digest}.',
    remedy: 'Decide anew for this model, or remove the waiver.',
    explain: 'A waiver that names a digest accepts the failure of that model alone.',
  },
  WAIVER_MODEL_UNKNOWN: {
    text: 'The waiver of {item} by {owner} names a model, and the digest of this model could not be read.',
    remedy: 'Make the model file readable.',
  },
  WAIVER_NOT_ALLOWED: {
    text: '{item} may not be waived; the waiver by {owner} has no effect.',
    remedy: 'Repair the item and remove the waiver.',
  },
  WAIVER_NOT_YET_VALID: {
    text: 'The waiver of {item} by {owner} was created on {created}, which is after today, {today}.',
    remedy: 'Correct created: of the waiver.',
  },
  WAIVER_TOO_LONG: {
    text: 'The waiver of {item} by {owner} runs for {days:day}, the item allows {maxDays:day}.',
    remedy: 'Shorten the waiver; it has no effect as it is.',
  },
  WAIVER_NOT_REVIEWED: {
    text: 'The waiver of {item} by {owner} names no reviewer, and the item asks for a second person.',
    remedy: 'Let another person look at it and add reviewer; until then it has no effect.',
  },
  WAIVER_REVIEWED_BY_OWNER: {
    text: 'The waiver of {item} by {owner} is reviewed by its owner.',
    remedy: 'Let another person review it; as it is it has no effect.',
  },
  WAIVER_NOT_BOUND: {
    text: 'The waiver of {item} by {owner} holds for every model.',
    remedy: 'Add model_sha256 to bind it to this model.',
  },
  WAIVER_EXPIRING_SOON: {
    text: 'The waiver of {item} by {owner} expires on {expires}, in {days:day}.',
    remedy: 'Repair the item before that day.',
  },
  WAIVER_SUPERSEDED: {
    text: 'Another waiver of {item} holds longer than this one by {owner}, which expires on {expires}.',
    remedy: 'Remove the shorter waiver.',
  },
  WAIVER_UNUSED: {
    text: 'The waiver of {item} by {owner} is not needed: the outcome is {outcome}.',
    remedy: 'Remove the waiver.',
  },
  WAIVER_UNKNOWN_ITEM: {
    text: 'The waiver by {owner} is for {item}, which the checklist does not have.',
    remedy: 'Correct the id or remove the waiver.',
  },
  ATTESTATION_MISSING: {
    text: 'Nobody has vouched for {item}.',
    remedy: 'A person has to look and to sign: mlcheck attest {item}.',
    explain:
      'An attestation has an item, a statement, an owner, a date, an expiry and the digest of the model.',
  },
  ATTESTATION_EXPIRED: {
    text: 'The attestation of {item} by {owner} expired on {expires}; today is {today}.',
    remedy: 'Look again and attest anew.',
  },
  ATTESTATION_NOT_YET_VALID: {
    text: 'The attestation of {item} by {owner} is dated {date}, which is after today, {today}.',
    remedy: 'Correct the date.',
  },
  ATTESTATION_NOT_BOUND: {
    text: 'The attestation of {item} by {owner} names no model.',
    remedy: 'Add model_sha256, the digest of the model that was looked at.',
  },
  ATTESTATION_MODEL_UNKNOWN: {
    text: 'The attestation of {item} by {owner} names a model, and the digest of this model could not be read.',
    remedy: 'Make the model file readable.',
  },
  ATTESTATION_OTHER_MODEL: {
    text: 'The attestation of {item} by {owner} is for the model {attested:digest}, this one is {actual:digest}.',
    remedy: 'Look at this model and attest anew.',
  },
  ATTESTATION_EVIDENCE_MISSING: {
    text: 'The attestation of {item} by {owner} names {evidence}, which is no file of the repository with anything in it.',
    remedy: 'Commit the document or correct the path.',
  },
  ATTESTATION_NOT_REVIEWED: {
    text: 'The attestation of {item} by {owner} names no reviewer, and the item asks for a second person.',
    remedy: 'Let another person look at it and add reviewer.',
  },
  ATTESTATION_REVIEWED_BY_OWNER: {
    text: 'The attestation of {item} by {owner} is reviewed by its owner.',
    remedy: 'Let another person review it.',
  },
  ATTESTATION_DUE: {
    text: 'The attestation of {item} by {owner} is {age:day} old, the item is due every {every:day}.',
    remedy: 'Look again and attest anew.',
  },
  ATTESTATION_UNKNOWN_ITEM: {
    text: 'The attestation by {owner} is for {item}, which the checklist does not have.',
    remedy: 'Correct the id or remove the attestation.',
  },
  ATTESTATION_NOT_USED: {
    text: 'The attestation of {item} by {owner} has no effect: a check decides this item.',
    remedy: 'Remove the attestation; to accept a failure, write a waiver.',
  },
}
