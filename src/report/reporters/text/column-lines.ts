import type { Outcome } from '../../../core/outcome.ts'
import type { ColumnResult, Histogram, KeyResult } from '../../../core/result.ts'
import { reaches } from '../../../core/threshold.ts'
import { blockHistogram } from '../../charts/blocks.ts'
import { clip, displayWidth, pad, wrap } from '../../layout.ts'
import { comparedText, countText, numberText, pValueText } from '../../number-text.ts'
import { columnTitle, nameList } from '../../sentences.ts'
import { isUnfolded, OUTCOME_WORDS, REPORT_ORDER } from '../../vocabulary.ts'
import { explainLine, findingLines } from './finding-lines.ts'
import { mark, type Style } from './style.ts'

const INDENT = ' '.repeat(6)
/** More lines of one quiet outcome than this are folded into a list of names. */
const FOLD_ABOVE = 8
const NAME_WIDTH = 28

/** The columns of a comparison, the gravest first; many that passed become one list of names. */
export function columnLines(columns: readonly ColumnResult[], style: Style): string[] {
  const widths = columns.map(({ name }) => displayWidth(style.say(columnTitle(name))))
  const nameWidth = Math.min(NAME_WIDTH, Math.max(0, ...widths))
  const lines = REPORT_ORDER.flatMap((outcome) => {
    const members = columns.filter((column) => column.outcome === outcome)
    if (members.length === 0 || !isShown(outcome, style)) return []
    if (!isUnfolded(outcome) && members.length > FOLD_ABOVE && !style.isVerbose) {
      return folded(outcome, members, style)
    }
    return members.flatMap((column) => oneColumn(column, nameWidth, style))
  })
  return lines.length === 0 ? [] : [...lines, '']
}

function isShown(outcome: Outcome, style: Style): boolean {
  return !style.isQuiet || outcome === 'fail' || outcome === 'inconclusive'
}

const NAMES_LIMIT = 20

function folded(outcome: Outcome, members: readonly ColumnResult[], style: Style): string[] {
  const names = members.map(({ name }) => clip(name, NAME_WIDTH, '…'))
  const what = `${countText(members.length)} columns ${outcome === 'pass' ? 'passed' : OUTCOME_WORDS[outcome]}`
  const symbol = style.symbol(outcome)
  const [first = '', ...others] = wrap(
    style.say(`${what}: ${nameList(names, NAMES_LIMIT)}`),
    style.width,
    `  ${symbol} `,
  )
  const notices = members.filter(({ findings }) => findings.length > 0).length
  const about =
    notices > 0 && outcome === 'pass' ? `, ${countText(notices)} of them with notices` : ''
  return [
    first.replace(symbol, style.paint(outcome, symbol)),
    ...others,
    style.dim(`${INDENT}-v shows all${about}`),
  ]
}

function oneColumn(column: ColumnResult, nameWidth: number, style: Style): string[] {
  const { outcome, histogram, findings } = column
  const title = style.say(columnTitle(column.name))
  const name = pad(clip(title, nameWidth, style.say('…')), nameWidth)
  const head = `  ${mark(outcome, style)} ${name} ${style.say(`${column.type}, ${column.role}`)}`
  if (!isUnfolded(outcome)) {
    const isExplained = style.isVerbose || outcome === 'not-applicable'
    return [
      head,
      ...(isExplained ? findingLines(findings, style, INDENT, false) : []),
      ...(style.isVerbose ? column.keys.flatMap((key) => keyLine(key, style)) : []),
    ]
  }
  const codes = findings.filter(({ severity }) => severity !== 'notice').map(({ code }) => code)
  return [
    head,
    ...(displayWidth(title) > nameWidth ? wrap(`name: ${title}`, style.width, INDENT) : []),
    ...findingLines(findings, style, INDENT, true),
    ...column.keys.flatMap((key) => keyLine(key, style)),
    ...(histogram === null ? [] : histogramLine(histogram, style)),
    ...explainLine(codes, style, INDENT),
  ]
}

/** Test, observed value and limits of one key, for those that speak against the column. */
function keyLine(key: KeyResult, style: Style): string[] {
  const speaks = key.outcome === 'warn' || key.outcome === 'fail' || key.outcome === 'inconclusive'
  if (!style.isVerbose && (!speaks || key.effect === null)) return []
  const text = [
    `${key.key}: ${key.test}${key.method === 'none' ? '' : ` (${key.method})`}`,
    ...limitText(key),
    ...(key.pValue === null ? [] : [pValueText(key.pValue)]),
    ...(key.adjustedPValue === null ? [] : [`adjusted ${pValueText(key.adjustedPValue)}`]),
    ...(typeof key.detectable === 'number' ? [`could see ${numberText(key.detectable)}`] : []),
    ...(key.certain ? ['certain'] : []),
    ...(style.isVerbose ? [key.outcome, ...(key.warnings ?? [])] : []),
  ].join(' · ')
  return wrap(style.say(text), style.width, INDENT).map((line) => style.dim(line))
}

function limitText({ effect, warn, fail, outcome }: KeyResult): string[] {
  if (effect === null) return []
  const limit = outcome === 'fail' ? fail : warn
  if (limit === null) return [`effect ${numberText(effect)}`]
  const [observed, threshold] = comparedText(effect, limit)
  return [`effect ${observed} ${reaches(effect, limit) ? '≥' : '<'} ${threshold}`]
}

/** Both sides over the same cells, and the axis they share. */
function histogramLine({ edges, reference, current }: Histogram, style: Style): string[] {
  const first = edges[0]
  const last = edges.at(-1)
  if (first === undefined || last === undefined || reference.length === 0) return []
  const before = blockHistogram(reference, style.unicode)
  const now = blockHistogram(current, style.unicode)
  const axis = `${numberText(first)} to ${numberText(last)}`
  return [style.say(`${INDENT}[${before}] → [${now}]  ${axis}`)]
}
