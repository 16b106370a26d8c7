import type { RowValues } from './row-values.ts'

/** The classes of some columns, and each column as codes into them. */
export interface ClassCodes {
  /** Numbers by size, then texts by code unit; of two classes a known positive one stands second. */
  readonly classes: readonly string[]
  /** One code per row and column; -1 where the row has no value. */
  readonly codes: readonly Int32Array[]
  /** The positive class of two, if it is one of them or goes without saying. */
  readonly positive: string | undefined
  /** The class that a name in a manifest means. */
  readonly nameOf: (text: string) => string
}

/**
 * Codes the class columns of one table alike, however each was written: `1`, `1.0` and, beside
 * numbers, `True` are the same class; `01` and `1` are not, nor are numbers that a double cannot hold.
 * Two classes of 0 and 1 keep those codes even when only one occurs.
 *
 * @param positive - the positive class as declared. Of 0 and 1, and of -1 and 1, it is 1 without that;
 * no other two classes have one by their spelling.
 */
export function classCodes(columns: readonly RowValues[], positive?: string): ClassCodes {
  const texts = columns.map(classTexts)
  const seen = new Set(texts.flat())
  seen.delete(undefined)
  const isBinary = [...seen].every((text) => BINARY.has(text ?? ''))
  const plain = (text: string) => (isBinary ? (BINARY.get(text) ?? text) : text)
  const nameOf = (text: string) => plain(canonical(text))
  const sorted = isBinary
    ? ['0', '1']
    : [...seen].filter((text) => text !== undefined).sort(byNumberThenText)
  const usual = USUAL.find((pair) => sorted.every((name) => pair.includes(name)))?.[1]
  const wanted = positive === undefined ? usual : nameOf(positive)
  const known = sorted.length === 2 && sorted.includes(wanted ?? '') ? wanted : undefined
  const classes = sorted[0] === known ? sorted.toReversed() : sorted
  const codeOf = new Map(classes.map((text, code) => [text, code]))
  return {
    classes,
    codes: texts.map((column) =>
      Int32Array.from(column, (text) =>
        text === undefined ? -1 : (codeOf.get(plain(text)) ?? -1),
      ),
    ),
    positive: known,
    nameOf,
  }
}

/** Pairs whose second class everybody calls positive. */
const USUAL: readonly (readonly [string, string])[] = [
  ['0', '1'],
  ['-1', '1'],
]

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

/** Classes are few and rows are many, so each value is spelt once. */
function classTexts(column: RowValues): (string | undefined)[] {
  if (column.kind === 'coded') {
    const names = column.labels.map(canonical)
    return Array.from(column.codes, (code) => (code === -1 ? undefined : names[code]))
  }
  const names = new Map<number, string>()
  return Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return undefined
    let name = names.get(value)
    if (name === undefined) names.set(value, (name = canonical(String(value))))
    return name
  })
}

/** A number without leading zeros and small enough for a double in its shortest form; else the text. */
function canonical(text: string): string {
  const trimmed = text.trim()
  if (!/^[+-]?(0|[1-9]\d*)(\.\d*)?$/.test(trimmed)) return trimmed
  // Beyond 15 digits two numbers may be one double.
  if (trimmed.replace(/\D/g, '').length > 15) return trimmed
  return String(Number(trimmed) + 0)
}

function byNumberThenText(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)]
  if (Number.isFinite(x) && Number.isFinite(y) && x !== y) return x - y
  if (Number.isFinite(x) !== Number.isFinite(y)) return Number.isFinite(x) ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}
