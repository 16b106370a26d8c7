import type { Outcome } from '../core/outcome.ts'
import { gravest } from '../core/outcome.ts'
import type { GradedFinding, Severity } from '../core/finding.ts'
import type { ColumnDraft } from './compare-column.ts'
import type { ComparedColumn } from './compare.ts'
import type { ColumnVerdict } from './rules/rule.ts'

/**
 * Puts what was noticed while reading, what was observed of a column and what the rule decided
 * together.
 *
 * @param draft - The column as it was compared.
 * @param verdict - The rule's verdict, where the rule saw the column.
 * @param noticed - What the readers noticed of it; what the comparison says itself is not repeated.
 * @returns The outcome is the gravest of all; `not-applicable` when nothing was tested and nothing
 * speaks against the column, and for an ignored column whatever was noticed.
 */
export function finishColumn(
  draft: ColumnDraft,
  verdict: ColumnVerdict | undefined,
  noticed: readonly GradedFinding[],
): ComparedColumn {
  const { plan } = draft
  const judged = verdict?.findings ?? []
  const own = [...draft.findings.filter((finding) => !isJudged(finding, judged)), ...judged]
  const said = new Set(own.map(({ code }) => code))
  const added = plan.role === 'ignore' ? [] : noticed.filter(({ code }) => !said.has(code))
  const findings = [...added, ...own].map((finding) => ({
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

/** The key `novel` warns or fails for the same rows that unseen values would warn about. */
function isJudged({ code }: GradedFinding, judged: readonly GradedFinding[]): boolean {
  return (
    code === 'UNSEEN_VALUES' &&
    judged.some(
      (other) =>
        other.code === 'NOVEL_VALUES' && (other.severity === 'warn' || other.severity === 'fail'),
    )
  )
}

/** A notice does not change an outcome. */
function outcomeOf(severity: Severity): Outcome {
  return severity === 'notice' ? 'not-applicable' : severity
}
