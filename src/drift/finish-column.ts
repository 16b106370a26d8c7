import type { Outcome } from '../core/outcome.ts'
import { gravest } from '../core/outcome.ts'
import type { Severity } from '../core/finding.ts'
import type { ColumnDraft } from './compare-column.ts'
import type { ComparedColumn } from './compare.ts'
import type { ColumnVerdict } from './rules/rule.ts'

/**
 * Puts what was observed of a column and what the rule decided together.
 *
 * @param draft - The column as it was read.
 * @param verdict - The rule's verdict, where the rule saw the column.
 * @returns The outcome is the gravest of both; `not-applicable` when nothing was tested and nothing
 * speaks against the column.
 */
export function finishColumn(
  draft: ColumnDraft,
  verdict: ColumnVerdict | undefined,
): ComparedColumn {
  const { plan } = draft
  const findings = [...draft.findings, ...(verdict?.findings ?? [])].map((finding) => ({
    ...finding,
    args: { column: plan.name, ...finding.args },
  }))
  return {
    name: plan.name,
    type: plan.type,
    typeEvidence: plan.typeEvidence,
    role: plan.role,
    reference: draft.reference,
    current: draft.current,
    keys: verdict?.keys ?? [],
    distances: draft.distances,
    outOfRange: draft.outOfRange,
    novel: draft.novel,
    vanished: draft.vanished,
    histogram: draft.histogram,
    outcome: gravest([
      verdict?.outcome ?? 'not-applicable',
      ...findings.map(({ severity }) => outcomeOf(severity)),
    ]),
    findings,
  }
}

/** A notice does not change an outcome. */
function outcomeOf(severity: Severity): Outcome {
  return severity === 'notice' ? 'not-applicable' : severity
}
