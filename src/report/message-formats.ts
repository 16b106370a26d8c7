import type { JsonValue } from '../core/evidence.ts'
import type { FindingArgs } from '../core/finding.ts'
import { clip } from './layout.ts'
import {
  BYTE_DIGITS,
  bytesText,
  comparedText,
  countOf,
  countText,
  numberText,
  pValueText,
  SHARE_DIGITS,
  shareText,
} from './number-text.ts'

/** How the arguments of findings read in a sentence. */

const LIST_LIMIT = 5
const TEXT_LIMIT = 200
const DIGEST_DIGITS = 12

/** `{rows:row}` reads `1 row` or `2 rows`. */
const NOUNS = [
  'row',
  'value',
  'column',
  'feature',
  'requirement',
  'file',
  'group',
  'split',
  'window',
  'day',
  'second',
] as const

type Format = (value: JsonValue) => string

const FORMATS: Readonly<Record<string, Format>> = {
  plain,
  /** A number that names something and is not counted: a line, an exit code. */
  id: (value) => (typeof value === 'number' ? String(value) : plain(value)),
  number: ofNumber(numberText),
  count: ofNumber(countText),
  share: ofNumber((share) => shareText(share)),
  bytes: ofNumber((bytes) => bytesText(bytes)),
  p: (value) => (typeof value === 'number' ? pValueText(value) : 'no p-value'),
  /** The limit of a rule; a rule that has none judges by the p-value. */
  bound: (value) => (typeof value === 'number' ? numberText(value) : 'on the p-value'),
  /** Rounded up, so that what accepts the printed number accepts the number itself. */
  ceiling: ofNumber((value) => numberText(roundedUp(value))),
  list: (value) => listOf(value, LIST_LIMIT),
  all: (value) => listOf(value, Infinity),
  places: (value) => (isList(value) ? value.map(placeText).join(', ') : plain(value)),
  quoted: (value) => (typeof value === 'string' ? JSON.stringify(shorten(value)) : plain(value)),
  /** The end of what a program printed, in one line. */
  lines: (value) =>
    typeof value === 'string' && value.trim() !== ''
      ? value
          .trim()
          .split(/\s*\n\s*/)
          .join(' / ')
      : 'nothing.',
  digest: (value) => (typeof value === 'string' ? value.slice(0, DIGEST_DIGITS) : plain(value)),
  if_any: (value) => (value === null ? '' : plain(value)),
  or_none: (value) => (value === null || value === '' ? 'none' : plain(value)),
  ...Object.fromEntries(
    NOUNS.map((noun) => [noun, ofNumber((count: number) => countOf(count, noun))]),
  ),
}

/** `vs_limit`, `share_vs_limit`: with as many digits as tell the number from that argument. */
const COMPARED = /^(?:(share|bytes)_)?vs_(\w+)$/

/** The argument that a format compares with, or `undefined`. */
export function comparedWith(format: string): string | undefined {
  return COMPARED.exec(format)?.[2]
}

/** Whether a template may name a format. */
export function isMessageFormat(format: string): boolean {
  return Object.hasOwn(FORMATS, format) || COMPARED.test(format)
}

/** One argument as words; `null` reads `unknown`, a format that does not fit the value is left out. */
export function formatArgument(value: JsonValue, format = 'plain', args: FindingArgs = {}): string {
  const [, unit, other] = COMPARED.exec(format) ?? []
  if (other === undefined) return (FORMATS[format] ?? plain)(value)
  const limit = args[other] ?? null
  const single = FORMATS[unit ?? 'plain'] ?? plain
  if (typeof value !== 'number' || typeof limit !== 'number') return single(value)
  if (unit === 'share') return comparedText(value, limit, shareText, SHARE_DIGITS)[0]
  if (unit === 'bytes') return comparedText(value, limit, bytesText, BYTE_DIGITS)[0]
  return comparedText(value, limit)[0]
}

function ofNumber(format: (value: number) => string): Format {
  return (value) => (typeof value === 'number' ? format(value) : plain(value))
}

function plain(value: JsonValue): string {
  if (value === null) return 'unknown'
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return shorten(value)
  return isList(value) ? listOf(value, LIST_LIMIT) : shorten(JSON.stringify(value))
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function listOf(value: JsonValue, limit: number): string {
  if (!isList(value)) return plain(value)
  if (value.length === 0) return 'none'
  const shown = value.slice(0, limit).map(entryText)
  const rest = value.length - shown.length
  return shown.join(', ') + (rest > 0 ? ` and ${countText(rest)} more` : '')
}

/** A blank label would leave a hole between two commas. */
function entryText(value: JsonValue): string {
  return typeof value === 'string' && value.trim() === '' ? JSON.stringify(value) : plain(value)
}

/** `line 3 "abc"`, `row 7 "abc"`: readers count lines of text and rows of tables. */
function placeText(place: JsonValue): string {
  if (typeof place !== 'object' || place === null || isList(place)) return plain(place)
  const { line, row, value } = place as Readonly<Record<string, JsonValue | undefined>>
  const where = typeof line === 'number' ? `line ${String(line)}` : `row ${plain(row ?? null)}`
  return typeof value === 'string' ? `${where} ${JSON.stringify(shorten(value))}` : where
}

function roundedUp(value: number): number {
  const shown = Number(value.toPrecision(SHARE_DIGITS))
  if (shown >= value || value === 0) return shown
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - SHARE_DIGITS + 1)
  return Number((shown + unit).toPrecision(SHARE_DIGITS))
}

function shorten(text: string): string {
  return clip(text, TEXT_LIMIT, '…')
}
