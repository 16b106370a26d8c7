import type {
  InspectedEntry,
  InspectedFile,
  InspectionReason,
  InspectionResult,
} from '../../core/inspected-file.ts'
import type { Outcome } from '../../core/outcome.ts'
import { wrap } from '../layout.ts'
import { bytesText, countOf } from '../number-text.ts'
import { createStyle, type Style } from '../reporters/text/style.ts'
import type { ReportOptions } from '../reporter.ts'
import { objectLines } from './object-lines.ts'

const OUTCOMES: Readonly<Record<InspectedFile['verdict'], Outcome>> = {
  safe: 'pass',
  unsafe: 'fail',
  inconclusive: 'inconclusive',
}

/**
 * The result of an inspection for people: the verdict of each file, why, and what is in it.
 *
 * @param options - `quiet` leaves out what is safe and what is in the files; `verbose` lists every global
 *   and every parameter.
 */
export function inspectionText(
  { files, verdict }: InspectionResult,
  options: ReportOptions,
): string {
  const style = createStyle(options)
  const shown = style.isQuiet ? files.filter((file) => file.verdict !== 'safe') : files
  const blocks = shown.map((file) => fileLines(file, style).join('\n'))
  const isOne = files.length === 1 && shown.length === 1
  const last = isOne ? [] : [style.verdict(verdict.outcome, style.say(summary(files)))]
  return `${[...blocks, ...last].join('\n\n')}\n`
}

function summary(files: readonly InspectedFile[]): string {
  const count = (verdict: InspectedFile['verdict']) =>
    files.filter((file) => file.verdict === verdict).length
  const parts = (['safe', 'unsafe', 'inconclusive'] as const).flatMap((verdict) =>
    count(verdict) === 0 ? [] : [`${String(count(verdict))} ${verdict}`],
  )
  return `${countOf(files.length, 'file')}: ${parts.join(', ')}`
}

function fileLines(file: InspectedFile, style: Style): readonly string[] {
  const outcome = OUTCOMES[file.verdict]
  const word = style.paint(outcome, `${style.symbol(outcome)} ${file.verdict}`)
  const lines = [
    `${word}  ${style.bold(style.say(file.path))}`,
    `  ${style.dim(about(file, style))}`,
  ]
  lines.push(...file.reasons.flatMap((reason) => reasonLines(reason, style)))
  if (style.isQuiet) return lines
  if (file.object !== null) lines.push(...objectLines(file.object, style, '  '))
  const { entries = [] } = file
  if (entries.length > 0) lines.push(`  ${pinsText(entries)}`)
  if (style.isVerbose) {
    lines.push(...entries.map((entry) => `    ${style.say(entryText(entry))}`))
  }
  if (style.isVerbose && file.globals.length > 0) {
    lines.push(`  refers to ${countOf(file.globals.length, 'name')}:`)
    lines.push(...file.globals.map((name) => `    ${style.say(name)}`))
  }
  return lines
}

function pinsText(entries: readonly InspectedEntry[]): string {
  const count = (...states: readonly InspectedEntry['pinned'][]) =>
    entries.filter(({ pinned }) => states.includes(pinned)).length
  const exact = `${String(count('yes', 'hashed'))} exact (${String(count('hashed'))} with hashes)`
  return `${countOf(entries.length, 'requirement')}: ${exact}`
}

function entryText({ line, name, specifier, pinned }: InspectedEntry): string {
  return `line ${String(line)}: ${name} ${specifier} (${pinned})`
}

function about({ kind, producer, bytes, sha256 }: InspectedFile, style: Style): string {
  const version = producer?.version ?? ''
  const maker = producer === null ? [] : [`written by ${producer.library} ${version}`.trimEnd()]
  const digest = sha256 === null ? [] : [`sha256 ${sha256.slice(0, 12)}`]
  return style.say([kind, ...maker, bytesText(bytes), ...digest].join(', '))
}

const SEVERITIES: Readonly<Record<InspectionReason['severity'], Outcome>> = {
  fail: 'fail',
  inconclusive: 'inconclusive',
  warn: 'warn',
  notice: 'not-applicable',
}

function reasonLines(
  { code, severity, message, remedy }: InspectionReason,
  style: Style,
): string[] {
  const outcome = SEVERITIES[severity]
  const [first = '', ...others] = wrap(style.say(`${message} [${code}]`), style.width - 4)
  const lines = [first, ...others].map((line, index) =>
    index === 0 ? `  ${style.paint(outcome, style.symbol(outcome))} ${line}` : `    ${line}`,
  )
  if (remedy === '') return lines
  const advice = wrap(style.say(`→ ${remedy}`), style.width - 4)
  return [...lines, ...advice.map((line) => `    ${style.dim(line)}`)]
}
