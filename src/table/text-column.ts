import { cellText } from './cell-text.ts'
import type { DatetimeLayout } from './datetime.ts'
import { datetimeReader } from './datetime.ts'
import type { Growable } from './growable.ts'
import { growableDoubles, growableIntegers } from './growable.ts'
import { labelIndex } from './label-index.ts'
import { canonicalBoolean } from './labels.ts'
import { missingTest } from './missing-tokens.ts'
import type { NumberKind } from './numbers.ts'
import { numberReader } from './numbers.ts'
import type { CodedColumn, LogicalType, NumericColumn } from './types.ts'

/** The first places of a problem that a finding names. */
const PLACES = 5

/** Where a cell stands in the file, lines from 1, and its text. */
export interface CellPlace {
  readonly line: number
  readonly value: string
}

/** What the texts of cells mean: the tokens of a missing value, and what separates decimals. */
export interface CellRules {
  readonly missing: ReadonlySet<string>
  readonly decimal: '.' | ','
}

/** Takes a cell: the UTF-8 text from `start` to `end`, in a row that begins on a line. */
export type AddCell = (bytes: Uint8Array, start: number, end: number, line: number) => void

/** A column that is filled cell by cell. */
export interface TextColumn {
  readonly add: AddCell
}

/** Cells that did not fit the type of their column. */
export interface Misfits {
  readonly count: number
  readonly first: readonly CellPlace[]
}

interface RowCounter {
  readonly rows: number
  readonly missing: number
  readonly misfits: Misfits
  /** Counts a cell; false when it holds no value. */
  take(bytes: Uint8Array, start: number, end: number): boolean
  keep(): void
  refuse(cell: string, line: number): void
  common(): Pick<NumericColumn, 'rows' | 'missing' | 'validRows'>
}

/**
 * Numbers rows and remembers which have a value; a cell that does not fit counts as missing. While no
 * row is missing, nothing has to be remembered.
 */
function rowCounter(rules: CellRules): RowCounter {
  const isMissing = missingTest(rules.missing)
  const first: CellPlace[] = []
  let valid: Growable<Uint32Array> | undefined
  let rows = 0
  let kept = 0
  let refused = 0
  /** To be called when a row turns out to have no value. */
  const remember = (): void => {
    if (valid !== undefined) return
    valid = growableIntegers()
    for (let row = 0; row < kept; row++) valid.push(row)
  }
  return {
    get rows() {
      return rows
    },
    get missing() {
      return rows - kept
    },
    get misfits() {
      return { count: refused, first }
    },
    take: (bytes, start, end) => {
      rows++
      if (!isMissing(bytes, start, end)) return true
      remember()
      return false
    },
    keep: () => {
      kept++
      valid?.push(rows - 1)
    },
    refuse: (cell, line) => {
      remember()
      refused++
      if (first.length < PLACES) first.push({ line, value: cell.slice(0, 80) })
    },
    common: () => ({
      rows,
      missing: rows - kept,
      ...(valid === undefined ? {} : { validRows: valid.values() }),
    }),
  }
}

export interface NumericTextColumn extends TextColumn {
  readonly misfits: Misfits
  /** Most digits after the decimal point. */
  readonly digits: number
  /** Values that are not whole numbers. */
  readonly decimals: number
  /** Cells by how they read; `none` are the misfits that are no digits either. */
  readonly kinds: Readonly<Record<NumberKind, number>>
  /** The values so far; misfits count as missing. */
  column(): NumericColumn
}

/** Collects cells as numbers; digits with leading zeros and anything else that is no number misfit. */
export function numberTextColumn(
  rules: CellRules,
  onMisfit?: (cell: string) => void,
): NumericTextColumn {
  const counter = rowCounter(rules)
  const kinds = { integer: 0, decimal: 0, infinite: 0, code: 0, none: 0 }
  const reader = numberReader(rules.decimal)
  const values = growableDoubles()
  let digits = 0
  let decimals = 0
  let positiveInfinity = 0
  let negativeInfinity = 0
  return {
    add: (bytes, start, end, line) => {
      if (!counter.take(bytes, start, end)) return
      const kind = reader.readBytes(bytes, start, end)
      switch (kind) {
        case 'decimal':
          kinds.decimal++
          if (reader.digits > digits) digits = reader.digits
          if (!Number.isInteger(reader.value)) decimals++
          break
        case 'integer':
          kinds.integer++
          break
        case 'infinite':
          kinds.infinite++
          if (reader.value > 0) positiveInfinity++
          else negativeInfinity++
          break
        case 'none':
        case 'code': {
          kinds[kind]++
          const cell = cellText(bytes, start, end)
          counter.refuse(cell, line)
          onMisfit?.(cell)
          return
        }
      }
      counter.keep()
      values.push(reader.value)
    },
    get misfits() {
      return counter.misfits
    },
    kinds,
    get digits() {
      return digits
    },
    get decimals() {
      return decimals
    },
    column: () => ({
      kind: 'numeric',
      ...counter.common(),
      values: values.values(),
      nan: 0,
      positiveInfinity,
      negativeInfinity,
    }),
  }
}

export interface DatetimeTextColumn extends TextColumn {
  readonly misfits: Misfits
  readonly layouts: Readonly<Record<DatetimeLayout, number>>
  /** The times so far, in milliseconds since 1970-01-01 UTC; misfits count as missing. */
  column(): NumericColumn
}

/** Collects cells as ISO 8601 dates, in milliseconds. */
export function datetimeTextColumn(
  rules: CellRules,
  onMisfit?: (cell: string) => void,
): DatetimeTextColumn {
  const counter = rowCounter(rules)
  const reader = datetimeReader()
  const values = growableDoubles()
  const layouts = { date: 0, local: 0, zoned: 0 }
  return {
    layouts,
    add: (bytes, start, end, line) => {
      if (!counter.take(bytes, start, end)) return
      const layout = reader.readBytes(bytes, start, end)
      if (layout === undefined) {
        const cell = cellText(bytes, start, end)
        counter.refuse(cell, line)
        onMisfit?.(cell)
        return
      }
      layouts[layout]++
      counter.keep()
      values.push(reader.value)
    },
    get misfits() {
      return counter.misfits
    },
    column: () => ({
      kind: 'numeric',
      ...counter.common(),
      values: values.values(),
      nan: 0,
      positiveInfinity: 0,
      negativeInfinity: 0,
    }),
  }
}

export interface LabelTextColumn extends TextColumn {
  /** In the order of their first row. */
  readonly labels: readonly string[]
  /** How often each label occurs. */
  counts(): Float64Array
  readonly rows: number
  readonly missing: number
  /**
   * The labels so far.
   *
   * @param asBoolean - Whether spellings of true and false become one label each.
   */
  column(asBoolean: boolean): CodedColumn
}

/** Collects cells as labels, each text kept once. */
export function labelTextColumn(rules: CellRules): LabelTextColumn {
  const counter = rowCounter(rules)
  const { labels, codeOf } = labelIndex()
  const codes = growableIntegers()
  return {
    add: (bytes, start, end) => {
      if (!counter.take(bytes, start, end)) return
      counter.keep()
      codes.push(codeOf(bytes, start, end))
    },
    labels,
    counts: () => {
      const counts = new Float64Array(labels.length)
      for (const code of codes.values()) counts[code] = (counts[code] as number) + 1
      return counts
    },
    get rows() {
      return counter.rows
    },
    get missing() {
      return counter.missing
    },
    column: (asBoolean) => {
      const plain = codes.values()
      if (!asBoolean) return { kind: 'coded', ...counter.common(), codes: plain, labels }
      const words = labels.map((label) => canonicalBoolean(label) ?? label)
      const distinct = [...new Set(words)]
      return {
        kind: 'coded',
        ...counter.common(),
        codes: plain.map((code) => distinct.indexOf(words[code] as string)),
        labels: distinct,
      }
    },
  }
}

/** The kinds of store that a column of texts can be collected in. */
export type StoredAs = 'number' | 'datetime' | 'labels'

/** How a column of a logical type is stored. */
export function storageOf(type: LogicalType | 'labels'): StoredAs {
  if (type === 'number' || type === 'integer') return 'number'
  return type === 'datetime' ? 'datetime' : 'labels'
}
