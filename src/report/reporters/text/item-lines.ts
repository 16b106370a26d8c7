import { SECTIONS, type ItemResult } from '../../../core/result.ts'
import { clip, displayWidth, pad, wrap } from '../../layout.ts'
import { evidenceText, itemTitle, vouchTexts, weakEvidenceTexts } from '../../sentences.ts'
import { isUnfolded } from '../../vocabulary.ts'
import { explainLine, findingLines } from './finding-lines.ts'
import { mark, MARK_WIDTH, type Style } from './style.ts'

const INDENT = ' '.repeat(6)
const NAME_WIDTH = 36
const LEVEL_WIDTH = 11
const EVIDENCE_LIMIT = 3

/** The items of an audit by section, one line each; what did not pass is unfolded. */
export function itemLines(items: readonly ItemResult[], style: Style): string[] {
  const widths = items.map(({ id }) => displayWidth(style.say(id)))
  const nameWidth = Math.min(NAME_WIDTH, Math.max(0, ...widths))
  return SECTIONS.flatMap((section) => {
    const members = items.filter((item) => item.section === section && isShown(item, style))
    if (members.length === 0) return []
    return [style.bold(section), ...members.flatMap((item) => oneItem(item, nameWidth, style)), '']
  })
}

function isShown({ outcome }: ItemResult, style: Style): boolean {
  return !style.isQuiet || ['fail', 'inconclusive', 'needs-review'].includes(outcome)
}

function oneItem(item: ItemResult, nameWidth: number, style: Style): string[] {
  const name = pad(style.say(item.id), nameWidth)
  const level = pad(item.level ?? '', LEVEL_WIDTH)
  const head = `  ${mark(item.outcome, style)} ${name} ${level} `
  const used = 2 + MARK_WIDTH + 1 + displayWidth(name) + 1 + LEVEL_WIDTH + 1
  const title = style.say(itemTitle(item))
  const fits = displayWidth(title) <= style.width - used
  if (fits) return [head + title, ...details(item, style)]
  return isUnfolded(item.outcome)
    ? [head.trimEnd(), ...wrap(title, style.width, INDENT), ...details(item, style)]
    : [head + clip(title, Math.max(1, style.width - used), style.say('…')), ...details(item, style)]
}

function details(item: ItemResult, style: Style): string[] {
  const findings = findingLines(item.findings, style, INDENT, false)
  if (item.outcome === 'not-applicable') return findings
  if (!isUnfolded(item.outcome)) {
    return style.isVerbose ? [...indented(evidenceOf(item, style), style), ...findings] : []
  }
  return [
    ...indented(vouchTexts(item), style),
    ...findings,
    ...indented([...evidenceOf(item, style), ...weakEvidenceTexts(item)], style),
    ...wrap(style.say(item.remediation), style.width, `${INDENT}${style.say('→')} `),
    ...explainLine([item.id], style, INDENT),
  ]
}

function evidenceOf({ evidence }: ItemResult, style: Style): readonly string[] {
  return evidence.slice(0, style.isVerbose ? evidence.length : EVIDENCE_LIMIT).map(evidenceText)
}

function indented(texts: readonly string[], style: Style): string[] {
  return texts.flatMap((text) => wrap(style.say(text), style.width, INDENT))
}
