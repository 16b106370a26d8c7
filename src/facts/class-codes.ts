import { textAt, type RowValues } from './row-values.ts'

/** The classes of some columns, and each column as codes into them. */
export interface ClassCodes {
  /** Numbers by size, then texts by code unit; the second of two is the positive class. */
  readonly classes: readonly string[]
  /** One code per row and column; -1 where the row has no value. */
  readonly codes: readonly Int32Array[]
}

/**
 * Codes the class columns of one table alike, however each was written: `1`, `1.0` and, beside
 * numbers, `True` are the same class. Two classes of 0 and 1 keep those codes even when only one occurs.
 */
export function classCodes(columns: readonly RowValues[], rows: number): ClassCodes {
  const texts = columns.map((column) =>
    Array.from({ length: rows }, (_, row) => canonical(textAt(column, row))),
  )
  const seen = new Set(texts.flat())
  seen.delete(undefined)
  const isBinary = [...seen].every((text) => BINARY.has(text ?? ''))
  const name = (text: string) => (isBinary ? (BINARY.get(text) ?? text) : text)
  const classes = isBinary
    ? ['0', '1']
    : [...seen].filter((text) => text !== undefined).sort(byNumberThenText)
  const codeOf = new Map(classes.map((text, code) => [text, code]))
  return {
    classes,
    codes: texts.map((column) =>
      Int32Array.from(column, (text) => (text === undefined ? -1 : (codeOf.get(name(text)) ?? -1))),
    ),
  }
}

const BINARY: ReadonlyMap<string, string> = new Map([
  ['0', '0'],
  ['1', '1'],
  ['false', '0'],
  ['true', '1'],
  ['False', '0'],
  ['True', '1'],
  ['FALSE', '0'],
  ['TRUE', '1'],
])

function canonical(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const trimmed = text.trim()
  return /^[+-]?\d+(\.\d*)?$/.test(trimmed) ? String(Number(trimmed)) : trimmed
}

function byNumberThenText(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)]
  if (Number.isFinite(x) && Number.isFinite(y) && x !== y) return x - y
  if (Number.isFinite(x) !== Number.isFinite(y)) return Number.isFinite(x) ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}
