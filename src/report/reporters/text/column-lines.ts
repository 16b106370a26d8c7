import type { Outcome } from '../../../core/outcome.ts'
import type { ColumnResult, Histogram, KeyResult, ReportedFinding } from '../../../core/result.ts'
import { blockHistogram } from '../../charts/blocks.ts'
import { clip, displayWidth, pad, wrap } from '../../layout.ts'
import { countText, numberText } from '../../number-text.ts'
import {
  columnTitle,
  gravestFirst,
  keyText,
  nameList,
  sideTexts,
  speaksAgainst,
} from '../../sentences.ts'
import { isUnfolded, KEY_WORDS, OUTCOME_WORDS, REPORT_ORDER } from '../../vocabulary.ts'
import { explainLines, findingLines } from './finding-lines.ts'
import { mark, MARK_WIDTH, type Style } from './style.ts'

const INDENT = ' '.repeat(6)
/** More lines of one quiet outcome than this are folded into a list of names. */
const FOLD_ABOVE = 8
const NAME_WIDTH = 28
const START_WIDTH = 2 + MARK_WIDTH + 1
/** Cells that the type and the role get on a narrow terminal. */
const LEAST_ABOUT = 10

/** The columns of a comparison, the gravest first; many that passed become one list of names. */
export function columnLines(columns: readonly ColumnResult[], style: Style): string[] {
  const widths = columns.map(({ name }) => displayWidth(style.say(columnTitle(name))))
  const room = style.width - START_WIDTH - LEAST_ABOUT
  const nameWidth = Math.min(NAME_WIDTH, room, Math.max(0, ...widths))
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
    ...wrap(`-v shows all${about}`, style.width, INDENT).map((line) => style.dim(line)),
  ]
}

function oneColumn(column: ColumnResult, nameWidth: number, style: Style): string[] {
  const { outcome, histogram, findings } = column
  const title = style.say(columnTitle(column.name))
  const name = pad(clip(title, nameWidth, style.say('…')), nameWidth)
  const room = style.width - START_WIDTH - nameWidth - 1
  const about = clip(style.say(`${column.type}, ${column.role}`), room, style.say('…'))
  const head = `  ${mark(outcome, style)} ${name} ${about}`
  if (!isUnfolded(outcome)) {
    const reasons = outcome === 'not-applicable' ? findings.map(ungraded) : findings
    const isExplained = style.isVerbose || outcome === 'not-applicable'
    return [
      head,
      ...(isExplained ? findingLines(reasons, style, INDENT, false) : []),
      ...(style.isVerbose ? column.keys.flatMap((key) => keyLines(key, style)) : []),
    ]
  }
  const codes = gravestFirst(findings)
    .filter(({ severity }) => severity !== 'notice')
    .map(({ code }) => code)
  return [
    head,
    ...(displayWidth(title) > nameWidth ? wrap(`name: ${title}`, style.width, INDENT) : []),
    ...findingLines(findings, style, INDENT, true),
    ...column.keys.flatMap((key) => keyLines(key, style)),
    ...dimmed(sideTexts(column), style),
    ...(histogram === null ? [] : histogramLines(histogram, style)),
    ...explainLines(codes, style, INDENT),
  ]
}

/** Why a column does not apply is no remark beside the result; it is the result. */
function ungraded({ code, args, message, location }: ReportedFinding): ReportedFinding {
  return { code, args, message, ...(location === undefined ? {} : { location }) }
}

function dimmed(texts: readonly string[], style: Style): string[] {
  return texts
    .flatMap((text) => wrap(style.say(text), style.width, INDENT))
    .map((line) => style.dim(line))
}

/** The keys that speak against the column, and all of them with their remarks when asked. */
function keyLines(key: KeyResult, style: Style): string[] {
  if (!style.isVerbose) return speaksAgainst(key) ? dimmed([keyText(key)], style) : []
  return dimmed(
    [[keyText(key), KEY_WORDS[key.outcome], ...(key.warnings ?? [])].join(' · ')],
    style,
  )
}

/** Both sides over the same cells, and the axis they share. */
function histogramLines({ edges, reference, current }: Histogram, style: Style): string[] {
  const first = edges[0]
  const last = edges.at(-1)
  if (first === undefined || last === undefined || reference.length === 0) return []
  const before = blockHistogram(reference, style.unicode)
  const now = blockHistogram(current, style.unicode)
  const bars = style.say(`${INDENT}[${before}] → [${now}]`)
  const axis = `${numberText(first)} to ${numberText(last)}`
  const line = `${bars}  ${axis}`
  return displayWidth(line) <= style.width ? [line] : [bars, INDENT + axis]
}
