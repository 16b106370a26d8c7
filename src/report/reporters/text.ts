import type { InputRecord, Result } from '../../core/result.ts'
import { displayWidth, pad, wrap } from '../layout.ts'
import { countOf, countText } from '../number-text.ts'
import type { Reporter } from '../reporter.ts'
import { scoreText, unscoredTexts } from '../score-text.ts'
import {
  alternativeText,
  calibrationText,
  gravestFirst,
  inputSize,
  knownNames,
  nameList,
} from '../sentences.ts'
import { summaryParts, VERDICT_WORDS } from '../vocabulary.ts'
import { columnLines } from './text/column-lines.ts'
import { explainLines, findingLines } from './text/finding-lines.ts'
import { itemLines, referenceLines } from './text/item-lines.ts'
import { createStyle, type Style } from './text/style.ts'

/** The report for a terminal: what blocks is unfolded, the last line is the verdict. */
export const textReport: Reporter = (result, options) => {
  const style = createStyle(options)
  const lines = [
    ...(style.isQuiet ? [] : header(result, style)),
    ...openQuestions(result, style),
    ...(options.groupBy === undefined
      ? itemLines(result.items, style)
      : referenceLines(result.items, options.groupBy, style)),
    ...columnLines(result.columns, style),
    ...overall(result, style),
    ...(style.isQuiet ? [] : rehearsals(result, style)),
    ...scoreLines(result, style),
    ...verdictLines(result, style),
  ]
  return `${lines.join('\n')}\n`
}

function header({ command, tool, inputs, parameters, columns }: Result, style: Style): string[] {
  const rule = parameters['rule']
  const what = [
    `mlcheck ${tool.version} ${command}`,
    ...(typeof rule === 'string' ? [`rule ${rule}`] : []),
    ...(columns.length > 0 ? [countOf(columns.length, 'column')] : []),
  ]
  const roleWidth = Math.max(0, ...inputs.map(({ role }) => displayWidth(style.say(role))))
  return [
    ...wrap(style.say(what.join(' · ')), style.width).map((line) => style.bold(line)),
    ...inputs.flatMap((input) =>
      wrap(
        style.say(inputText(input)),
        style.width,
        `  ${pad(style.say(input.role), roleWidth)}  `,
      ),
    ),
    '',
  ]
}

function inputText(input: InputRecord): string {
  const { path, format, sha256 } = input
  return `${path} (${format}, ${inputSize(input)}, sha256 ${sha256.slice(0, 12)})`
}

function overall({ findings }: Result, style: Style): string[] {
  const shown = style.isQuiet
    ? findings.filter(({ severity }) => severity === 'fail' || severity === 'inconclusive')
    : findings
  if (shown.length === 0) return []
  const codes = gravestFirst(shown)
    .filter(({ severity }) => severity !== 'notice')
    .map(({ code }) => code)
  return [
    style.bold('overall'),
    ...findingLines(shown, style, '  ', true),
    ...explainLines(codes, style, '  '),
    '',
  ]
}

function rehearsals({ calibration, alternatives }: Result, style: Style): string[] {
  const texts = [
    ...(calibration === null ? [] : [calibrationText(calibration)]),
    ...alternatives.map(alternativeText),
  ]
  if (texts.length === 0) return []
  return [...texts.flatMap((text) => wrap(style.say(text), style.width)), '']
}

const NOT_VERIFIED_LIMIT = 20

/** What nobody has verified or somebody has accepted comes before everything that looks like an answer. */
function openQuestions(result: Result, style: Style): string[] {
  const lines = [...notVerified(result, style), ...waived(result, style), ...known(result, style)]
  return lines.length === 0 ? [] : [...lines, '']
}

function waived({ items }: Result, style: Style): string[] {
  const texts = items.flatMap(({ id, waiver }) =>
    waiver === null ? [] : [`${id} (${waiver.owner}, until ${waiver.expires})`],
  )
  if (texts.length === 0) return []
  const head = `waived (${countText(texts.length)}): `
  return wrap(style.say(head + texts.join(', ')), style.width).map((line) =>
    style.paint('waived', line),
  )
}

function known({ items }: Result, style: Style): string[] {
  const names = knownNames(items)
  if (names.length === 0) return []
  const head = `known from the baseline (${countText(names.length)}): `
  return wrap(style.say(head + names.join(', ')), style.width).map((line) =>
    style.paint('warn', line),
  )
}

function notVerified({ items, columns }: Result, style: Style): string[] {
  const names = [
    ...items
      .filter(({ outcome }) => outcome === 'inconclusive' || outcome === 'needs-review')
      .map(({ id }) => id),
    ...columns.filter(({ outcome }) => outcome === 'inconclusive').map(({ name }) => name),
  ]
  if (names.length === 0) return []
  const list = nameList(names, style.isVerbose ? names.length : NOT_VERIFIED_LIMIT)
  const head = `not verified (${countText(names.length)}): `
  return wrap(style.say(head + list), style.width).map((line) => style.paint('inconclusive', line))
}

/** The score beside the verdict, which it does not change. */
function scoreLines({ score }: Result, style: Style): string[] {
  if (score === undefined) return []
  const more = style.isVerbose ? unscoredTexts(score) : []
  return [scoreText(score), ...more].flatMap((text) => wrap(style.say(text), style.width))
}

/** The last line stays in one piece whatever the width: pipelines read it. */
function verdictLines({ verdict, summary }: Result, style: Style): string[] {
  const counts = summaryParts(summary).join(' · ')
  const word = style.verdict(verdict.outcome, VERDICT_WORDS[verdict.outcome])
  return [
    ...wrap(style.say(verdict.reason), style.width),
    `${word}  ${style.say(counts)}  (exit ${String(verdict.exitCode)})`,
  ]
}
