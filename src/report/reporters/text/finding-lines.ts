import type { ReportedFinding } from '../../../core/result.ts'
import { findingText } from '../../sentences.ts'
import { wrap } from '../../layout.ts'
import { remedyOf } from '../../messages.ts'
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
  const lines = findings
    .slice(0, limit)
    .flatMap((finding) => oneFinding(finding, style, indent, isRemedyShown))
  const hidden = findings.length - Math.min(limit, findings.length)
  if (hidden > 0)
    lines.push(style.dim(`${indent}and ${String(hidden)} more findings (-v shows all)`))
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

/** Which `mlcheck explain` says more, once per code. */
export function explainLine(ids: readonly string[], style: Style, indent: string): string[] {
  const unique = [...new Set(ids)].slice(0, 3)
  if (unique.length === 0) return []
  return [style.dim(style.say(`${indent}explain: mlcheck explain ${unique.join(' ')}`))]
}
