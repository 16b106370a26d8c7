import { SECTIONS, type ItemResult } from '../../../core/result.ts'
import { clip, displayWidth, pad, wrap } from '../../layout.ts'
import { groupByReference, NO_CERTIFICATE } from '../../references.ts'
import {
  evidenceText,
  gravestFirst,
  itemTitle,
  vouchTexts,
  weakEvidenceTexts,
} from '../../sentences.ts'
import { isUnfolded } from '../../vocabulary.ts'
import { explainLines, findingLines, remedyLines } from './finding-lines.ts'
import { mark, MARK_WIDTH, type Style } from './style.ts'

const INDENT = ' '.repeat(6)
const NAME_WIDTH = 36
const LEVEL_WIDTH = 11
const EVIDENCE_LIMIT = 3
/** A title cut shorter than this says nothing. */
const LEAST_TITLE = 12

/**
 * The items of an audit by the references that they name. One that stands in several groups is unfolded
 * in the first.
 */
export function referenceLines(
  items: readonly ItemResult[],
  grouping: string,
  style: Style,
): string[] {
  if (items.length === 0) return []
  const { framework, groups } = groupByReference(items, grouping)
  const width = nameWidthOf(items, style)
  const unfolded = new Set<string>()
  const head = `Items by ${framework.title}. ${NO_CERTIFICATE}`
  return [
    ...wrap(style.say(head), style.width),
    '',
    ...groups.flatMap(({ ref, about, items: members }) => {
      const shown = members.filter((item) => isShown(item, style))
      if (shown.length === 0) return []
      const name =
        ref === null ? 'no reference of this framework' : [ref, about].filter(Boolean).join(' · ')
      return [
        ...wrap(style.say(name), style.width).map((line) => style.bold(line)),
        ...shown.flatMap((item) => {
          const isFirst = !unfolded.has(item.id)
          unfolded.add(item.id)
          return isFirst ? oneItem(item, width, style) : oneItem(item, width, style, false)
        }),
        '',
      ]
    }),
  ]
}

function nameWidthOf(items: readonly ItemResult[], style: Style): number {
  const widths = items.map(({ id }) => displayWidth(style.say(id)))
  return Math.min(NAME_WIDTH, Math.max(0, ...widths))
}

/** The items of an audit by section, one line each; what did not pass is unfolded. */
export function itemLines(items: readonly ItemResult[], style: Style): string[] {
  const nameWidth = nameWidthOf(items, style)
  return SECTIONS.flatMap((section) => {
    const members = items.filter((item) => item.section === section && isShown(item, style))
    if (members.length === 0) return []
    return [style.bold(section), ...members.flatMap((item) => oneItem(item, nameWidth, style)), '']
  })
}

function isShown({ outcome }: ItemResult, style: Style): boolean {
  return !style.isQuiet || ['fail', 'inconclusive', 'needs-review'].includes(outcome)
}

function oneItem(item: ItemResult, nameWidth: number, style: Style, isWhole = true): string[] {
  const below = isWhole ? details(item, style) : []
  const start = `  ${mark(item.outcome, style)} `
  const used = 2 + MARK_WIDTH + 1
  const id = clip(style.say(item.id), style.width - used, style.say('…'))
  const name = pad(id, nameWidth)
  const level = pad(item.level ?? '', LEVEL_WIDTH)
  const title = style.say(itemTitle(item))
  const room = style.width - used - displayWidth(name) - LEVEL_WIDTH - 2
  if (displayWidth(title) <= room) {
    return [`${start}${name} ${level} ${title}`, ...below]
  }
  if (!isUnfolded(item.outcome) && room >= LEAST_TITLE) {
    const cut = clip(title, room, style.say('…'))
    return [`${start}${name} ${level} ${cut}`, ...below]
  }
  const about = room < 0 ? [item.level ?? '', title].filter(Boolean).join(', ') : title
  return [
    (room < 0 ? start + id : `${start}${name} ${level}`).trimEnd(),
    ...wrap(about, style.width, INDENT),
    ...below,
  ]
}

function details(item: ItemResult, style: Style): string[] {
  const findings = findingLines(item.findings, style, INDENT, false)
  if (item.outcome === 'not-applicable') return findings
  if (!isUnfolded(item.outcome)) {
    if (style.isVerbose) return [...indented(evidenceOf(item, style), style), ...findings]
    const raised = item.findings.filter(({ severity }) => severity === 'warn')
    return findingLines(raised, style, INDENT, false)
  }
  return [
    ...indented(vouchTexts(item), style),
    ...findings,
    ...indented([...evidenceOf(item, style), ...weakEvidenceTexts(item)], style),
    ...remedyLines(item.findings, style, INDENT),
    ...wrap(style.say(item.remediation), style.width, `${INDENT}${style.say('→')} `),
    ...explainLines(explained(item), style, INDENT),
  ]
}

/** The check first, then what it found. */
function explained({ id, findings }: ItemResult): readonly string[] {
  const grave = gravestFirst(findings).filter(({ severity }) => severity !== 'notice')
  return [id, ...grave.map(({ code }) => code)]
}

function evidenceOf({ evidence }: ItemResult, style: Style): readonly string[] {
  return evidence.slice(0, style.isVerbose ? evidence.length : EVIDENCE_LIMIT).map(evidenceText)
}

function indented(texts: readonly string[], style: Style): string[] {
  return texts.flatMap((text) => wrap(style.say(text), style.width, INDENT))
}
