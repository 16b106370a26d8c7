import type { Judgement } from '../../src/core/judgement.ts'
import type { DecidedItem, PolicyResult } from '../../src/policy/item-policy.ts'
import { applyPolicy } from '../../src/policy/item-policy.ts'
import type {
  AttestationTerms,
  ItemTerms,
  PolicyContext,
  WaiverTerms,
} from '../../src/policy/terms.ts'

export const MODEL = 'a'.repeat(64)
export const OTHER_MODEL = 'b'.repeat(64)

export const ITEM: ItemTerms = {
  id: 'model.latency',
  title: 'Latency acceptable',
  section: 'model',
  phase: 'before',
  severity: 'high',
  required: true,
  minEvidence: null,
  everyDays: null,
  needsReviewer: false,
  waivable: { allowed: true, maxDays: null, undecided: false },
  location: { path: 'checklist.yaml', line: 3 },
}

export const WAIVER: WaiverTerms = {
  item: ITEM.id,
  reason: 'New hardware arrives in December',
  owner: 'bo@example.org',
  created: '2026-11-10',
  expires: '2026-12-10',
  modelSha256: MODEL,
  location: { path: '.mlcheck/waivers.yaml', line: 2 },
}

export const ATTESTATION: AttestationTerms = {
  item: ITEM.id,
  statement: 'Incident drill held',
  owner: 'ana@example.org',
  date: '2026-11-10',
  expires: '2027-11-10',
  evidenceState: 'none',
  modelSha256: MODEL,
  location: { path: '.mlcheck/attestations.yaml', line: 2 },
}

export const CONTEXT: PolicyContext = {
  today: '2026-11-25',
  modelSha256: MODEL,
  knownItems: new Set([ITEM.id]),
}

/** The record as it stands when nobody wrote down the digest of the model. */
export function unbound<T extends { readonly modelSha256?: string }>(
  record: T,
): Omit<T, 'modelSha256'> {
  return Object.fromEntries(
    Object.entries(record).filter(([key]) => key !== 'modelSha256'),
  ) as Omit<T, 'modelSha256'>
}

export const PASS = {
  outcome: 'pass',
  level: 'recomputed',
  evidence: [{ level: 'recomputed', claim: 'It is fast.', observed: 12 }],
} as const satisfies Judgement
export const WARN: Judgement = {
  outcome: 'warn',
  level: 'recomputed',
  findings: [{ code: 'LATENCY_NEAR_LIMIT', args: { milliseconds: 45 } }],
}
export const FAIL: Judgement = {
  outcome: 'fail',
  level: 'recomputed',
  findings: [{ code: 'LATENCY_TOO_HIGH', args: { milliseconds: 80 } }],
}
export const INCONCLUSIVE: Judgement = {
  outcome: 'inconclusive',
  findings: [{ code: 'EVIDENCE_ABSENT', args: { fact: 'latency' } }],
}
export const NOT_APPLICABLE: Judgement = {
  outcome: 'not-applicable',
  findings: [{ code: 'CONDITION_NOT_MET', args: { condition: 'rollout' } }],
}

export interface Records {
  readonly waivers?: readonly WaiverTerms[]
  readonly attestations?: readonly AttestationTerms[]
  readonly item?: Partial<ItemTerms>
  readonly context?: Partial<PolicyContext>
}

/** One item under the policy; `null` is an item that only a person can vouch for. */
export function policyOf(judgement: Judgement | null, records: Records = {}): PolicyResult {
  return applyPolicy(
    [{ item: { ...ITEM, ...records.item }, judgement, remediation: 'Make it faster.' }],
    records.waivers ?? [],
    records.attestations ?? [],
    { ...CONTEXT, ...records.context },
  )
}

export function decidedItem(judgement: Judgement | null, records: Records = {}): DecidedItem {
  const [item] = policyOf(judgement, records).items
  if (item === undefined) throw new Error('the policy lost the item')
  return item
}

/** Each finding beside the items' own as `severity CODE`. */
export function gateOf({ gateFindings }: PolicyResult): readonly string[] {
  return gateFindings.map(({ severity, code }) => `${severity} ${code}`)
}
