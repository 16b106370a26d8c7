import type { ReportedFinding } from '../../../core/result.ts'
import { findingText, gravestFirst } from '../../sentences.ts'
import { wrap } from '../../layout.ts'
import { remedyOf } from '../../messages.ts'
import { countOf } from '../../number-text.ts'
import type { Style } from './style.ts'

const MAX_FINDINGS = 10

/**
 * The findings of an item or a column, unfolded: sentence, place, remedy. The list is bounded; a
 * file with a thousand bad lines is shown by its first ones.
 *
 * @param isRemedyShown whether the remedy of each code is printed; an item has one of its own.
 */
export function findingLines(
  findings: readonly ReportedFinding[],
  style: Style,
  indent: string,
  isRemedyShown: boolean,
): string[] {
  const limit = style.isVerbose ? findings.length : MAX_FINDINGS
  const lines = gravestFirst(findings)
    .slice(0, limit)
    .flatMap((finding) => oneFinding(finding, style, indent, isRemedyShown))
  const hidden = findings.length - Math.min(limit, findings.length)
  if (hidden > 0)
    lines.push(style.dim(`${indent}and ${countOf(hidden, 'more finding')} (-v shows all)`))
  return lines
}

function oneFinding(
  finding: ReportedFinding,
  style: Style,
  indent: string,
  isRemedyShown: boolean,
): string[] {
  const lines = wrap(style.say(findingText(finding)), style.width, indent)
  if (finding.severity === 'notice' || !isRemedyShown) return lines
  const remedy = remedyOf(finding)
  if (remedy === undefined) return lines
  return [...lines, ...wrap(style.say(remedy), style.width, `${indent}${style.say('→')} `)]
}

const EXPLAINED = 3

/** Which `mlcheck explain` says more, once per code. */
export function explainLines(ids: readonly string[], style: Style, indent: string): string[] {
  const unique = [...new Set(ids)].slice(0, EXPLAINED)
  if (unique.length === 0) return []
  const command = `mlcheck explain ${unique.join(' ')}`
  return wrap(style.say(command), style.width, `${indent}explain: `).map((line) => style.dim(line))
}

const REMEDIES = 3

/** What helps against the findings of an item, each advice once. */
export function remedyLines(
  findings: readonly ReportedFinding[],
  style: Style,
  indent: string,
): string[] {
  const remedies = gravestFirst(findings).flatMap((finding) => {
    const remedy = finding.severity === 'notice' ? undefined : remedyOf(finding)
    return remedy === undefined ? [] : [remedy]
  })
  return [...new Set(remedies)]
    .slice(0, REMEDIES)
    .flatMap((remedy) => wrap(style.say(remedy), style.width, `${indent}${style.say('→')} `))
}
