import type { EvidenceLevel } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import { daysBetween } from '../core/days.ts'
import { reviewProblem } from './second-person.ts'
import type { AttestationTerms, ItemTerms, PolicyContext } from './terms.ts'

/** Whether a person has vouched for an item in a way that counts. */
export type AttestationRuling =
  | {
      readonly attestation: AttestationTerms
      readonly level: EvidenceLevel
      readonly findings: readonly GradedFinding[]
    }
  | {
      readonly attestation: null
      readonly findings: readonly [GradedFinding, ...GradedFinding[]]
    }

/**
 * What the attestations of one item come to; of several that hold, the latest counts. An attestation is
 * `claimed`, with a file beside it `documented`: an address is not looked up.
 *
 * @param attestations all of this item
 */
export function ruleAttestations(
  item: ItemTerms,
  attestations: readonly AttestationTerms[],
  context: PolicyContext,
): AttestationRuling {
  const refused: GradedFinding[] = []
  const held: AttestationTerms[] = []
  for (const attestation of attestations) {
    const reason = attestationProblem(item, attestation, context)
    if (reason === undefined) held.push(attestation)
    else refused.push(reason)
  }
  const [best] = held.sort(byLatestDate)
  if (best !== undefined) {
    const level = best.evidenceState === 'found' ? 'documented' : 'claimed'
    return { attestation: best, level, findings: [] }
  }
  const [first, ...others] = refused
  if (first !== undefined) return { attestation: null, findings: [first, ...others] }
  const missing = { severity: 'inconclusive', code: 'ATTESTATION_MISSING' } as const
  return {
    attestation: null,
    findings: [{ ...missing, args: { item: item.id }, location: item.location }],
  }
}

/** Why an attestation does not count; `undefined` when it does. */
export function attestationProblem(
  item: ItemTerms,
  attestation: AttestationTerms,
  { today, modelSha256 }: PolicyContext,
): GradedFinding | undefined {
  const { date, evidence = '', evidenceState, expires } = attestation
  if (expires < today) return undecided('ATTESTATION_EXPIRED', attestation, { expires, today })
  if (date > today) return undecided('ATTESTATION_NOT_YET_VALID', attestation, { date, today })
  if (attestation.modelSha256 === undefined) return undecided('ATTESTATION_NOT_BOUND', attestation)
  if (modelSha256 === null) return undecided('ATTESTATION_MODEL_UNKNOWN', attestation)
  if (attestation.modelSha256 !== modelSha256) {
    const digests = { attested: attestation.modelSha256, actual: modelSha256 }
    return undecided('ATTESTATION_OTHER_MODEL', attestation, digests)
  }
  if (evidenceState === 'missing') {
    return undecided('ATTESTATION_EVIDENCE_MISSING', attestation, { evidence })
  }
  const review = reviewProblem(item, attestation)
  if (review === 'missing') return undecided('ATTESTATION_NOT_REVIEWED', attestation)
  if (review === 'owner') return undecided('ATTESTATION_REVIEWED_BY_OWNER', attestation)
  const age = daysBetween(date, today)
  if (item.everyDays !== null && age > item.everyDays) {
    return undecided('ATTESTATION_DUE', attestation, { age, every: item.everyDays })
  }
  return undefined
}

/** Attestations of items that the whole checklist does not have. */
export function strayAttestations(
  attestations: readonly AttestationTerms[],
  { knownItems }: PolicyContext,
): readonly GradedFinding[] {
  return attestations
    .filter(({ item }) => !knownItems.has(item))
    .map(({ item, owner, location }) => ({
      severity: 'warn',
      code: 'ATTESTATION_UNKNOWN_ITEM',
      args: { item, owner },
      location,
    }))
}

/** Attestations of an item that a check decides: nobody can vouch it green. */
export function needlessAttestations(
  attestations: readonly AttestationTerms[],
): readonly GradedFinding[] {
  return attestations.map(({ item, owner, location }) => ({
    severity: 'warn',
    code: 'ATTESTATION_NOT_USED',
    args: { item, owner },
    location,
  }))
}

function undecided(
  code: GradedFinding['code'],
  { item, owner, location }: AttestationTerms,
  args: GradedFinding['args'] = {},
): GradedFinding {
  return { severity: 'inconclusive', code, args: { item, owner, ...args }, location }
}

function byLatestDate(a: AttestationTerms, b: AttestationTerms): number {
  if (a.date === b.date) return 0
  return a.date > b.date ? -1 : 1
}
