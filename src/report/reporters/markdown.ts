import type { Outcome } from '../../core/outcome.ts'
import type { ColumnResult, ItemResult, ReportedFinding, Result } from '../../core/result.ts'
import { remedyOf } from '../messages.ts'
import { countText, numberText, pValueText } from '../number-text.ts'
import type { Reporter } from '../reporter.ts'
import { safeText } from '../safe-text.ts'
import {
  alternativeText,
  calibrationText,
  columnTitle,
  evidenceText,
  findingText,
  inputSize,
  itemTitle,
  vouchTexts,
  weakEvidenceTexts,
} from '../sentences.ts'
import {
  isUnfolded,
  OUTCOME_WORDS,
  REPORT_ORDER,
  summaryParts,
  VERDICT_WORDS,
} from '../vocabulary.ts'

/** Step summaries are dropped as a whole above 1 MiB. */
const BYTE_LIMIT = 900_000
const MAX_FINDINGS = 20

/** For step summaries and comments: verdict, what did not pass, then the table of everything. */
export const markdownReport: Reporter = (result, { verbosity }) =>
  bounded([
    head(result),
    inputs(result),
    ...result.items.filter(({ outcome }) => isUnfolded(outcome)).map(itemBlock),
    ...byGravity(result.columns)
      .filter(({ outcome }) => isUnfolded(outcome))
      .map(columnBlock),
    ...(result.findings.length === 0
      ? []
      : [`### Overall\n\n${findingList(result.findings, true)}`]),
    ...rehearsals(result),
    ...(verbosity === 'quiet' ? [] : overview(result)),
  ])

function head({ command, verdict, summary }: Result): string {
  return [
    `## mlcheck ${text(command)}: ${VERDICT_WORDS[verdict.outcome]} (exit ${String(verdict.exitCode)})`,
    text(verdict.reason),
    `**${summaryParts(summary).join(' · ')}**`,
  ].join('\n\n')
}

function inputs({ inputs }: Result): string {
  if (inputs.length === 0) return ''
  const rows = inputs.map((input) =>
    row([input.role, input.path, input.format, inputSize(input), input.sha256]),
  )
  return table(['input', 'path', 'format', 'size', 'sha256'], rows)
}

function itemBlock(item: ItemResult): string {
  return [
    `### ${OUTCOME_WORDS[item.outcome]}: ${text(item.id)}`,
    text(itemTitle(item)),
    [
      ...vouchTexts(item).map((content) => bullet(content)),
      ...(item.findings.length === 0 ? [] : [findingList(item.findings, false)]),
      ...item.evidence.slice(0, MAX_FINDINGS).map((entry) => bullet(evidenceText(entry))),
      ...weakEvidenceTexts(item).map((content) => bullet(content)),
      bullet(`Remedy: ${item.remediation}`),
    ].join('\n'),
  ].join('\n\n')
}

function columnBlock(column: ColumnResult): string {
  const keys = column.keys.filter(({ outcome }) => outcome !== 'not-applicable')
  return [
    `### ${OUTCOME_WORDS[column.outcome]}: ${text(columnTitle(column.name))}`,
    text(`${column.type}, ${column.role}`),
    ...(column.findings.length === 0 ? [] : [findingList(column.findings, true)]),
    ...(keys.length === 0
      ? []
      : [
          table(
            ['key', 'test', 'effect', 'warn', 'fail', 'p-value', 'adjusted', 'outcome'],
            keys.map((key) =>
              row([
                key.key,
                `${key.test} (${key.method})`,
                cell(key.effect),
                cell(key.warn),
                cell(key.fail),
                key.pValue === null ? 'none' : pValueText(key.pValue),
                key.adjustedPValue === null ? 'none' : pValueText(key.adjustedPValue),
                key.certain ? `${key.outcome}, certain` : key.outcome,
              ]),
            ),
          ),
        ]),
  ].join('\n\n')
}

function cell(value: number | null): string {
  return value === null ? 'none' : numberText(value)
}

function findingList(findings: readonly ReportedFinding[], isRemedyShown: boolean): string {
  const shown = findings.slice(0, MAX_FINDINGS).map((finding) => {
    const remedy = isRemedyShown && finding.severity !== 'notice' ? (remedyOf(finding) ?? '') : ''
    return bullet(`${findingText(finding)} ${remedy}`.trim(), finding.code)
  })
  const rest = findings.length - shown.length
  return [...shown, ...(rest > 0 ? [bullet(`and ${countText(rest)} more findings`)] : [])].join(
    '\n',
  )
}

function rehearsals({ calibration, alternatives }: Result): string[] {
  const texts = [
    ...(calibration === null ? [] : [calibrationText(calibration)]),
    ...alternatives.map(alternativeText),
  ]
  return texts.length === 0 ? [] : [texts.map((content) => bullet(content)).join('\n')]
}

function overview({ items, columns }: Result): string[] {
  const blocks: string[] = []
  if (items.length > 0) {
    blocks.push(
      table(
        ['outcome', 'item', 'title', 'evidence'],
        items.map(({ outcome, id, title, level }) =>
          row([OUTCOME_WORDS[outcome], id, title, level ?? 'none']),
        ),
      ),
    )
  }
  if (columns.length > 0) {
    blocks.push(
      table(
        ['outcome', 'column', 'type', 'role'],
        byGravity(columns).map(({ outcome, name, type, role }) =>
          row([OUTCOME_WORDS[outcome], columnTitle(name), type, role]),
        ),
      ),
    )
  }
  return blocks
}

function byGravity<T extends { readonly outcome: Outcome }>(list: readonly T[]): readonly T[] {
  return REPORT_ORDER.flatMap((outcome) => list.filter((entry) => entry.outcome === outcome))
}

function table(header: readonly string[], rows: readonly string[]): string {
  return [row(header), `|${' --- |'.repeat(header.length)}`, ...rows].join('\n')
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(text).join(' | ')} |`
}

function bullet(content: string, code?: string): string {
  return `- ${code === undefined ? '' : `\`${code}\` `}${text(content)}`
}

/**
 * Words from anywhere as Markdown that shows exactly them: no markup, no HTML, no table borders, and
 * nobody is notified by an `@name` in a label.
 */
function text(content: string): string {
  return safeText(content)
    .replace(/[\\`*_{}[\]#|~$]/g, (sign) => `\\${sign}`)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '@<!-- -->')
}

/** As many whole lines as fit, and where the rest is. */
function bounded(blocks: readonly string[]): string {
  const encoder = new TextEncoder()
  const lines = blocks
    .filter((block) => block !== '')
    .flatMap((block) => [...block.split('\n'), ''])
  let bytes = 0
  const kept: string[] = []
  for (const line of lines) {
    bytes += encoder.encode(line).length + 1
    if (bytes > BYTE_LIMIT) {
      const left = countText(lines.length - kept.length)
      kept.push('', `Cut here: ${left} more lines. The JSON report holds everything.`, '')
      break
    }
    kept.push(line)
  }
  return kept.join('\n')
}
