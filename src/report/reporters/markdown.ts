import type { Outcome } from '../../core/outcome.ts'
import type { ColumnResult, ItemResult, ReportedFinding, Result } from '../../core/result.ts'
import { remedyOf } from '../messages.ts'
import { countOf, countText, numberText, pValueText } from '../number-text.ts'
import { groupByReference, NO_CERTIFICATE } from '../references.ts'
import type { Reporter } from '../reporter.ts'
import { safeText } from '../safe-text.ts'
import { scoreText } from '../score-text.ts'
import {
  alternativeText,
  calibrationText,
  columnTitle,
  evidenceText,
  findingText,
  gravestFirst,
  inputSize,
  itemTitle,
  knownNames,
  nameList,
  sideTexts,
  vouchTexts,
  weakEvidenceTexts,
} from '../sentences.ts'
import {
  isUnfolded,
  KEY_WORDS,
  OUTCOME_WORDS,
  REPORT_ORDER,
  summaryParts,
  VERDICT_WORDS,
} from '../vocabulary.ts'

/** Step summaries are dropped as a whole above 1 MiB. */
const BYTE_LIMIT = 900_000
const MAX_FINDINGS = 20

/** For step summaries and comments: verdict, what did not pass, then the table of everything. */
export const markdownReport: Reporter = (result, { verbosity, groupBy }) =>
  bounded([
    head(result),
    openQuestions(result),
    inputs(result),
    ...byGravity(result.items)
      .filter(({ outcome }) => isUnfolded(outcome))
      .map(itemBlock),
    ...byGravity(result.columns)
      .filter(({ outcome }) => isUnfolded(outcome))
      .map(columnBlock),
    ...(result.findings.length === 0 ? [] : [`### overall\n\n${findingList(result.findings)}`]),
    ...rehearsals(result),
    ...scoreBlocks(result),
    ...(groupBy === undefined ? [] : byReference(result, groupBy)),
    ...(verbosity === 'quiet' ? [] : overview(result)),
  ])

function head({ command, verdict, summary }: Result): string {
  return [
    `## mlcheck ${text(command)}: ${VERDICT_WORDS[verdict.outcome]} (exit ${String(verdict.exitCode)})`,
    text(verdict.reason),
    `**${summaryParts(summary).join(' · ')}**`,
  ].join('\n\n')
}

/** What nobody has verified or somebody has accepted, before everything that looks like an answer. */
function openQuestions({ items, columns }: Result): string {
  const open = [
    ...items
      .filter(({ outcome }) => outcome === 'inconclusive' || outcome === 'needs-review')
      .map(({ id }) => id),
    ...columns.filter(({ outcome }) => outcome === 'inconclusive').map(({ name }) => name),
  ]
  const waived = items.flatMap(({ id, waiver }) =>
    waiver === null ? [] : [`${id} (${waiver.owner}, until ${waiver.expires})`],
  )
  const known = knownNames(items)
  return [
    ...(open.length === 0 ? [] : [bullet(`Not verified: ${nameList(open, MAX_FINDINGS)}`)]),
    ...(waived.length === 0 ? [] : [bullet(`Waived: ${waived.join(', ')}`)]),
    ...(known.length === 0 ? [] : [bullet(`Known from the baseline: ${known.join(', ')}`)]),
  ].join('\n')
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
      ...(item.findings.length === 0 ? [] : [findingList(item.findings)]),
      ...item.evidence.slice(0, MAX_FINDINGS).map((entry) => bullet(evidenceText(entry))),
      ...weakEvidenceTexts(item).map((content) => bullet(content)),
      bullet(`Remedy: ${item.remediation}`),
      explainBullet([item.id]),
    ].join('\n'),
  ].join('\n\n')
}

function columnBlock(column: ColumnResult): string {
  const keys = column.keys.filter(({ outcome }) => outcome !== 'not-applicable')
  const codes = gravestFirst(column.findings)
    .filter(({ severity }) => severity !== 'notice')
    .map(({ code }) => code)
  return [
    `### ${OUTCOME_WORDS[column.outcome]}: ${text(columnTitle(column.name))}`,
    text(`${column.type}, ${column.role}`),
    [
      ...(column.findings.length === 0 ? [] : [findingList(column.findings)]),
      ...sideTexts(column).map((content) => bullet(content)),
      ...(codes.length === 0 ? [] : [explainBullet(codes)]),
    ].join('\n'),
    ...(keys.length === 0
      ? []
      : [
          table(
            ['key', 'test', 'effect', 'warns from', 'fails from', 'p', 'adjusted p', 'outcome'],
            keys.map((key) =>
              row([
                key.key,
                key.method === 'none' ? key.test : `${key.test} (${key.method})`,
                cell(key.effect),
                cell(key.warn),
                cell(key.fail),
                pCell(key.pValue),
                pCell(key.adjustedPValue),
                key.certain ? `${KEY_WORDS[key.outcome]}, certain` : KEY_WORDS[key.outcome],
              ]),
            ),
          ),
        ]),
  ].join('\n\n')
}

function cell(value: number | null): string {
  return value === null ? 'none' : numberText(value)
}

/** The number alone, as the head of the table says what it is. */
function pCell(value: number | null): string {
  return value === null ? 'none' : pValueText(value).replace(/^p (= )?/, '')
}

function findingList(findings: readonly ReportedFinding[]): string {
  const shown = gravestFirst(findings)
    .slice(0, MAX_FINDINGS)
    .map((finding) => {
      const remedy = finding.severity === 'notice' ? undefined : remedyOf(finding)
      const sentence = bullet(findingText(finding), finding.code)
      return remedy === undefined ? sentence : `${sentence}\n  ${bullet(`Remedy: ${remedy}`)}`
    })
  const rest = findings.length - shown.length
  return [...shown, ...(rest > 0 ? [bullet(`and ${countOf(rest, 'more finding')}`)] : [])].join(
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

/** The score beside the verdict, which it does not change. */
function scoreBlocks({ score }: Result): string[] {
  if (score === undefined) return []
  const rows = score.sections.flatMap(({ tests }) =>
    tests.map(({ id, points, by, item, outcome }) =>
      row([
        id,
        numberText(points),
        by ?? 'nobody',
        item ?? 'none',
        outcome === null ? 'none' : OUTCOME_WORDS[outcome],
      ]),
    ),
  )
  return [`### ${text(scoreText(score))}`, table(['test', 'points', 'by', 'item', 'outcome'], rows)]
}

function byReference({ items }: Result, grouping: string): string[] {
  if (items.length === 0) return []
  const { framework, groups } = groupByReference(items, grouping)
  const rows = groups.flatMap(({ ref, about, items: members }) =>
    members.map((item) =>
      row([ref ?? 'none', about ?? '', item.id, OUTCOME_WORDS[item.outcome], item.level ?? 'none']),
    ),
  )
  return [
    `### ${text(`Items by ${framework.title}`)}\n\n${text(NO_CERTIFICATE)}`,
    table(['reference', 'about', 'item', 'outcome', 'evidence'], rows),
  ]
}

function overview({ items, columns }: Result): string[] {
  const blocks: string[] = []
  if (items.length > 0) {
    blocks.push(
      table(
        ['outcome', 'item', 'title', 'evidence'],
        byGravity(items).map((item) =>
          row([OUTCOME_WORDS[item.outcome], item.id, itemTitle(item), item.level ?? 'none']),
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
  return `- ${code === undefined ? '' : `${inlineCode(code)} `}${text(content)}`
}

const EXPLAINED = 3

function explainBullet(ids: readonly string[]): string {
  const unique = [...new Set(ids)].slice(0, EXPLAINED)
  return `- Explain: ${inlineCode(`mlcheck explain ${unique.join(' ')}`)}`
}

/** Codes and ids are plain words; a stored file with other ones must not break out. */
function inlineCode(content: string): string {
  return `\`${safeText(content).replace(/[\\`|<>&@]/g, '?')}\``
}

/**
 * Words from anywhere as Markdown that shows exactly them: no markup, no HTML, no table borders, and
 * nobody is notified by an `@name` in a label.
 */
function text(content: string): string {
  return (
    safeText(content)
      .replace(/[\\`*_{}[\]#|~$]/g, (sign) => `\\${sign}`)
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/@/g, '@<!-- -->')
      // An address in a label is not a link to follow.
      .replace(/:\/\//g, ':<!-- -->//')
      .replace(/\b(www)\./gi, '$1<!-- -->.')
      // At the start of a line these begin a list, a rule or a heading.
      .replace(/^(\s*)([-+=])(?=[-+=\s]|$)/, '$1\\$2')
      .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2')
  )
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
