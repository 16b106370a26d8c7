import { isAtLeast, type Evidence, type EvidenceLevel } from '../core/evidence.ts'
import type { Finding, GradedFinding, Severity } from '../core/finding.ts'
import type { Judgement } from '../core/judgement.ts'
import type { Outcome } from '../core/outcome.ts'
import type { ItemResult } from '../core/result.ts'
import {
  needlessAttestations,
  ruleAttestations,
  strayAttestations,
  type AttestationRuling,
} from './attestation-policy.ts'
import { fingerprint } from './fingerprint.ts'
import type { AttestationTerms, ItemTerms, PolicyContext, WaiverTerms } from './terms.ts'
import { ruleWaivers, strayWaivers } from './waiver-policy.ts'

/** An item with what its check said. */
export interface JudgedItem {
  readonly item: ItemTerms
  /** `null` for an item that only a person can vouch for. */
  readonly judgement: Judgement | null
  readonly remediation: string
  /** Whether the check reads what people vouch for: their attestations are then not needless. */
  readonly isAttested?: boolean
}

/** A finding that may say how grave it is. */
export type DecidedFinding = Finding & { readonly severity?: Severity }

/** An item of the result, its findings still without their sentences. */
export type DecidedItem = Omit<ItemResult, 'findings'> & {
  readonly findings: readonly DecidedFinding[]
}

export interface PolicyResult {
  readonly items: readonly DecidedItem[]
  /** About waivers and attestations that belong to no item. */
  readonly findings: readonly GradedFinding[]
  /** All findings about waivers and stray attestations, at items too: `decide` takes them beside the outcomes. */
  readonly gateFindings: readonly GradedFinding[]
}

/** Turns judgements into results: minimum evidence, then attestations, then waivers. */
export function applyPolicy(
  judged: readonly JudgedItem[],
  waivers: readonly WaiverTerms[],
  attestations: readonly AttestationTerms[],
  context: PolicyContext,
): PolicyResult {
  const waiversOf = groupByItem(waivers)
  const attestationsOf = groupByItem(attestations)
  const decided = judged.map((each) =>
    decideItem(
      each,
      waiversOf.get(each.item.id) ?? [],
      attestationsOf.get(each.item.id) ?? [],
      context,
    ),
  )
  const findings = [...strayWaivers(waivers, context), ...strayAttestations(attestations, context)]
  return {
    items: decided.map(({ item }) => item),
    findings,
    gateFindings: [...decided.flatMap(({ gateFindings }) => gateFindings), ...findings],
  }
}

function groupByItem<T extends { readonly item: string }>(
  records: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const record of records) {
    groups.set(record.item, [...(groups.get(record.item) ?? []), record])
  }
  return groups
}

/** What an item came to before anybody waived it. */
interface Standing {
  readonly outcome: Outcome
  readonly level: EvidenceLevel | null
  readonly findings: readonly DecidedFinding[]
  readonly evidence: readonly Evidence[]
  readonly attestation: AttestationTerms | null
}

function decideItem(
  { item, judgement, remediation, isAttested = judgement === null }: JudgedItem,
  waivers: readonly WaiverTerms[],
  attestations: readonly AttestationTerms[],
  context: PolicyContext,
): { readonly item: DecidedItem; readonly gateFindings: readonly GradedFinding[] } {
  const judged =
    judgement === null
      ? standingOfAttested(item, ruleAttestations(item, attestations, context))
      : standingOfJudged(judgement)
  const standing = withMinimumEvidence(item, judged)
  const needless = isAttested ? [] : needlessAttestations(attestations)
  const { waiver, findings: onWaivers } = ruleWaivers(item, waivers, standing.outcome, context)
  const findings = [...standing.findings, ...needless, ...onWaivers]
  const { attestation } = standing
  return {
    gateFindings: [...needless, ...onWaivers],
    item: {
      id: item.id,
      title: item.title,
      section: item.section,
      phase: item.phase,
      severity: item.severity,
      required: item.required,
      outcome: waiver === null ? standing.outcome : 'waived',
      level: standing.level,
      minEvidence: item.minEvidence,
      findings,
      evidence: standing.evidence,
      remediation,
      waiver: waiver && {
        reason: waiver.reason,
        owner: waiver.owner,
        expires: waiver.expires,
        outcome: standing.outcome,
      },
      attestation: attestation && {
        statement: attestation.statement,
        owner: attestation.owner,
        date: attestation.date,
        expires: attestation.expires,
      },
      fingerprint: fingerprint(item.id, standing.findings),
    },
  }
}

function standingOfJudged(judgement: Judgement): Standing {
  const isUnapplied = judgement.outcome === 'not-applicable'
  return {
    outcome: judgement.outcome,
    level: (isUnapplied ? undefined : judgement.level) ?? null,
    findings: judgement.findings ?? [],
    evidence: (isUnapplied ? undefined : judgement.evidence) ?? [],
    attestation: null,
  }
}

function standingOfAttested(item: ItemTerms, ruling: AttestationRuling): Standing {
  const { attestation, findings } = ruling
  if (attestation === null) {
    return { outcome: 'needs-review', level: null, findings, evidence: [], attestation }
  }
  const { statement, owner, date, evidence, location } = attestation
  const proof: Evidence = {
    level: ruling.level,
    claim: item.title,
    observed: { statement, owner, date, ...(evidence === undefined ? {} : { evidence }) },
    source: location,
  }
  return { outcome: 'pass', level: ruling.level, findings, evidence: [proof], attestation }
}

/** A pass on weaker evidence than the item demands is no pass; a warning would let it through as well. */
function withMinimumEvidence(item: ItemTerms, standing: Standing): Standing {
  const { outcome, level } = standing
  const required = item.minEvidence
  if (required === null || (outcome !== 'pass' && outcome !== 'warn')) return standing
  if (level !== null && isAtLeast(level, required)) return standing
  const below: Finding = {
    code: 'EVIDENCE_BELOW_MINIMUM',
    args: { reached: level, required, outcome },
    location: item.location,
  }
  return { ...standing, outcome: 'inconclusive', findings: [below, ...standing.findings] }
}
