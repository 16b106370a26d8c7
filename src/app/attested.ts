import { findCheck } from '../checks/registry.ts'
import type { Attestation } from '../config/attestations.ts'
import type { ChecklistItem } from '../config/checklist.ts'
import type { FactContext } from '../facts/context.ts'
import { attestationProblem } from '../policy/attestation-policy.ts'

/**
 * What people vouch for of items whose check reads it, each held against the policy as of today and as
 * of the day it was said.
 *
 * @param items of the whole checklist
 * @param today a UTC day
 */
export function attestedBy(
  attestations: readonly Attestation[],
  items: readonly ChecklistItem[],
  today: string,
): FactContext['attested'] {
  const known = new Map(items.map((item) => [item.id, item]))
  const knownItems = new Set(known.keys())
  return (modelSha256) =>
    attestations.flatMap((attestation) => {
      const item = known.get(attestation.item)
      if (item === undefined || findCheck(item.check)?.attested !== true) return []
      const { date, expires, statement, owner, evidence, evidenceState, location } = attestation
      const asOf = (day: string) =>
        attestationProblem(item, attestation, { today: day, modelSha256, knownItems }) ?? null
      return [
        {
          item: item.id,
          check: item.check,
          statement,
          owner,
          date,
          expires,
          evidence: evidence ?? null,
          isDocumented: evidenceState === 'found',
          location,
          problem: asOf(today),
          problemWhenSaid: asOf(date > today ? today : date),
        },
      ]
    })
}
