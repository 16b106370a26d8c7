import { canonicalBoolean } from '../table/labels.ts'
import type { CodedColumn, NumericColumn } from '../table/types.ts'
import type { Cell, Cells, StoredType } from './stored-type.ts'

/** The number that a cell means, or `undefined` when it does not fit a column of numbers. */
export type NumberOf = (cell: NonNullable<Cell>) => number | undefined

/** The label that a cell means, or `undefined` when the cell counts as missing. */
export type LabelOf = (cell: NonNullable<Cell>) => string | undefined

const misfit: NumberOf = () => undefined

/**
 * How cells become the doubles of a number, integer or datetime column. Integers beyond 2^53, texts,
 * booleans, numbers where dates are asked and dates where numbers are asked do not fit.
 */
export function numberOf(stored: StoredType, asked: 'numbers' | 'datetimes'): NumberOf {
  switch (stored.kind) {
    case 'number':
      return asked === 'numbers' ? (cell) => cell as number : misfit
    case 'integer':
      return asked === 'numbers' ? safeInteger : misfit
    case 'decimal':
      return asked === 'numbers' ? Number : misfit
    case 'datetime':
      return asked === 'datetimes' ? (cell) => cell as number : misfit
    case 'boolean':
    case 'string':
    case 'nothing':
    case 'unsupported':
      return misfit
  }
}

function safeInteger(cell: NonNullable<Cell>): number | undefined {
  const value = Number(cell)
  return Number.isSafeInteger(value) ? value : undefined
}

/**
 * How cells become labels: one text per value whatever file it came from, so that `1` of an integer
 * column, `1` of a column of doubles and `1` of a CSV file are the same category.
 *
 * @param booleans - Whether spellings of true and false become one label each.
 */
export function labelOf(stored: StoredType, booleans: boolean): LabelOf {
  switch (stored.kind) {
    case 'number':
      return stored.precision.kind === 'float32' ? singleText : numberText
    case 'datetime':
      return stored.unit === 'day' ? dayText : instantText
    case 'string':
      return booleans ? (cell) => canonicalBoolean(cell as string) ?? String(cell) : String
    case 'integer':
    case 'decimal':
    case 'boolean':
    case 'nothing':
    case 'unsupported':
      return String
  }
}

function numberText(cell: NonNullable<Cell>): string | undefined {
  return Number.isNaN(cell) ? undefined : String(cell)
}

/** The shortest text that reads back as the same single-precision number, `0.1` for 0.1f. */
function singleText(cell: NonNullable<Cell>): string | undefined {
  const value = cell as number
  if (!Number.isFinite(value) || Number.isInteger(value)) return numberText(value)
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits))
    if (Math.fround(shorter) === value) return String(shorter)
  }
  return String(Number(value.toPrecision(9)))
}

/** The last day that a JavaScript date can hold, either side of 1970. */
const FARTHEST_DATE = 8.64e15

function dayText(cell: NonNullable<Cell>): string {
  const value = cell as number
  if (Math.abs(value) > FARTHEST_DATE) return String(value)
  return new Date(value).toISOString().replace(/T.*/, '')
}

function instantText(cell: NonNullable<Cell>): string {
  const value = cell as number
  if (Math.abs(value) > FARTHEST_DATE) return String(value)
  const whole = Math.floor(value)
  const text = new Date(whole).toISOString()
  if (whole === value) return text
  const microseconds = Math.floor((value - whole) * 1000 + 0.5)
  return `${text.slice(0, -1)}${String(Math.min(microseconds, 999)).padStart(3, '0')}Z`
}

/**
 * Makes a numeric column of cells.
 *
 * @param cells - Null and undefined are missing; NaN is missing and counted.
 * @param read - Gives the number of a cell.
 * @param onMisfit - Receives the row, from 0, of each cell that is no number; it counts as missing.
 * Complexity: O(cells).
 */
export function numericColumn(
  cells: Cells,
  read: NumberOf,
  onMisfit: (row: number, cell: NonNullable<Cell>) => void,
): NumericColumn {
  const rows = cells.length
  const values = new Float64Array(rows)
  const validRows = new Uint32Array(rows)
  let valid = 0
  let nan = 0
  let positiveInfinity = 0
  let negativeInfinity = 0
  for (let row = 0; row < rows; row++) {
    const cell = cells[row]
    if (cell === null || cell === undefined) continue
    const value = read(cell)
    if (value === undefined) {
      onMisfit(row, cell)
      continue
    }
    if (Number.isNaN(value)) {
      nan++
      continue
    }
    if (value === Infinity) positiveInfinity++
    else if (value === -Infinity) negativeInfinity++
    values[valid] = value
    validRows[valid++] = row
  }
  return {
    kind: 'numeric',
    rows,
    missing: rows - valid,
    ...(valid === rows ? {} : { validRows: validRows.slice(0, valid) }),
    values: valid === rows ? values : values.slice(0, valid),
    nan,
    positiveInfinity,
    negativeInfinity,
  }
}

/** Gives codes to labels in the order of their first row, over all batches of a scan. */
export interface LabelCoder {
  readonly labels: readonly string[]
  column(cells: Cells): CodedColumn
}

/** @param read - Gives the label of a cell; it is asked once per different cell. */
export function labelCoder(read: LabelOf): LabelCoder {
  const labels: string[] = []
  const codeOfLabel = new Map<string, number>()
  const codeOfCell = new Map<Cell, number | undefined>()

  const codeOf = (cell: NonNullable<Cell>): number | undefined => {
    const known = codeOfCell.get(cell)
    if (known !== undefined || codeOfCell.has(cell)) return known
    const label = read(cell)
    let code = label === undefined ? undefined : codeOfLabel.get(label)
    if (label !== undefined && code === undefined) {
      code = labels.length
      labels.push(label)
      codeOfLabel.set(label, code)
    }
    codeOfCell.set(cell, code)
    return code
  }

  return {
    labels,
    column: (cells) => {
      const rows = cells.length
      const codes = new Uint32Array(rows)
      const validRows = new Uint32Array(rows)
      let valid = 0
      for (let row = 0; row < rows; row++) {
        const cell = cells[row]
        if (cell === null || cell === undefined) continue
        const code = codeOf(cell)
        if (code === undefined) continue
        codes[valid] = code
        validRows[valid++] = row
      }
      return {
        kind: 'coded',
        rows,
        missing: rows - valid,
        ...(valid === rows ? {} : { validRows: validRows.slice(0, valid) }),
        codes: valid === rows ? codes : codes.slice(0, valid),
        labels,
      }
    },
  }
}
