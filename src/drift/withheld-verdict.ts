import type { FindingCode, GradedFinding } from '../core/finding.ts'
import type { Outcome } from '../core/outcome.ts'
import type { KeyResult } from '../core/result.ts'
import type { ColumnVerdict, RuleVerdict } from './rules/rule.ts'

/** Checks of a declaration: they infer nothing, so no self-check can make them doubtful. */
const DECLARED: ReadonlySet<FindingCode> = new Set(['OUT_OF_DECLARED_RANGE', 'OUTSIDE_VOCABULARY'])
const DECLARED_TESTS: ReadonlySet<string> = new Set(['declared-range', 'declared-vocabulary'])

/**
 * What is left of a verdict when the rule alarms on the reference itself: neither its alarms nor its
 * passes say anything, so everything that was inferred is undecided. Numbers stay, and so do broken
 * declarations.
 *
 * @param verdict - The verdict of a rule that is not usable on this reference.
 * @returns The same columns and keys with `inconclusive` in place of pass, notice, warn and fail, and
 * VERDICT_WITHHELD on each column that has no verdict any more.
 */
export function withheldVerdict(verdict: RuleVerdict): RuleVerdict {
  return {
    outcome: withheld(verdict.outcome),
    columns: verdict.columns.map(withheldColumn),
    findings: verdict.findings.map(withheldFinding),
  }
}

function withheldColumn(column: ColumnVerdict): ColumnVerdict {
  const breaksDeclaration = column.findings.some(({ code }) => DECLARED.has(code))
  return {
    ...column,
    outcome: breaksDeclaration ? 'fail' : withheld(column.outcome),
    keys: column.keys.map(withheldKey),
    findings: [
      ...column.findings.map(withheldFinding),
      ...(breaksDeclaration || column.outcome === 'not-applicable'
        ? []
        : [withholding(column.outcome)]),
    ],
  }
}

/** What the rule said, for the reader of the column alone. */
function withholding(outcome: Outcome): GradedFinding {
  return { code: 'VERDICT_WITHHELD', severity: 'inconclusive', args: { outcome } }
}

function withheldKey(key: KeyResult): KeyResult {
  if (key.outcome === 'not-applicable' || DECLARED_TESTS.has(key.test)) return key
  return { ...key, outcome: 'inconclusive', certain: false }
}

function withheldFinding(finding: GradedFinding): GradedFinding {
  if (finding.severity === 'notice' || DECLARED.has(finding.code)) return finding
  return { ...finding, severity: 'inconclusive' }
}

function withheld(outcome: Outcome): Outcome {
  return outcome === 'not-applicable' ? outcome : 'inconclusive'
}
