import type { Column } from '../../table/types.ts'
import type { CodedSample, NumericSample } from '../sample.ts'
import { byCodeUnits } from '../sample.ts'

/**
 * One column whose rows belong to units (rows, groups, windows) that are dealt out to two sides
 * again and again. Sorted once; each deal is then one walk.
 */
export type UnitColumn = NumericUnits | CodedUnits

/** A column of numbers, missing values apart. */
export interface NumericUnits {
  readonly kind: 'numeric'
  /** Ascending. */
  readonly sorted: Float64Array
  /** The unit of each sorted value. */
  readonly unitOfSorted: Uint32Array
  /** The units of the rows without a value; a unit stands once for each row. */
  readonly unitOfMissing: Uint32Array
}

/** A column of labels, missing values apart: a code and a unit for each value, in file order. */
export interface CodedUnits {
  readonly kind: 'coded'
  readonly codes: Uint32Array
  readonly labels: readonly string[]
  readonly unitOfCode: Uint32Array
  readonly unitOfMissing: Uint32Array
}

/** Units with this number are not dealt: the row belongs to none. */
export const NO_UNIT = 0xffffffff

/**
 * Prepares a column for repeated deals.
 *
 * @param column - All rows of the column.
 * @param unitOfRow - The unit of each row; rows with NO_UNIT are left out.
 * @returns The column, its numeric values sorted with their units.
 * Complexity: O(n log n).
 */
export function unitColumn(column: Column, unitOfRow: Uint32Array): UnitColumn {
  const rowOf = rowLookup(column)
  const unitOfMissing = missingUnits(column, unitOfRow)
  const count = column.kind === 'numeric' ? column.values.length : column.codes.length
  const kept = new Uint32Array(count)
  let size = 0
  for (let i = 0; i < count; i++) {
    if ((unitOfRow[rowOf(i)] as number) !== NO_UNIT) kept[size++] = i
  }
  const indices = kept.subarray(0, size)
  const units = indices.map((i) => unitOfRow[rowOf(i)] as number)
  if (column.kind === 'coded') {
    const codes = indices.map((i) => column.codes[i] as number)
    return { kind: 'coded', ...compacted(codes, column.labels), unitOfCode: units, unitOfMissing }
  }
  const values = Float64Array.from(indices, (i) => column.values[i] as number)
  return { kind: 'numeric', ...sortWithUnits(values, units), unitOfMissing }
}

/** Only labels that occur, in order, so that no deal has to look at the others or sort these. */
function compacted(
  codes: Uint32Array,
  labels: readonly string[],
): { readonly codes: Uint32Array; readonly labels: readonly string[] } {
  const used = [...new Set(codes)].map((code) => ({ code, label: labels[code] as string }))
  used.sort((a, b) => byCodeUnits(a.label, b.label))
  const place = new Uint32Array(labels.length)
  used.forEach(({ code }, i) => {
    place[code] = i
  })
  return {
    codes: codes.map((code) => place[code] as number),
    labels: used.map(({ label }) => label),
  }
}

function rowLookup({ validRows }: Column): (i: number) => number {
  return validRows === undefined ? (i) => i : (i) => validRows[i] as number
}

function missingUnits({ rows, validRows }: Column, unitOfRow: Uint32Array): Uint32Array {
  if (validRows === undefined) return new Uint32Array(0)
  const units: number[] = []
  let next = 0
  for (let row = 0; row < rows; row++) {
    if (next < validRows.length && validRows[next] === row) next++
    else if (unitOfRow[row] !== NO_UNIT) units.push(unitOfRow[row] as number)
  }
  return Uint32Array.from(units)
}

/** Sorts the values natively, then gives each its place by search: no comparator is called. */
function sortWithUnits(
  values: Float64Array,
  units: Uint32Array,
): { readonly sorted: Float64Array; readonly unitOfSorted: Uint32Array } {
  const sorted = Float64Array.from(values, (value) => value + 0).sort()
  const filled = new Uint32Array(sorted.length)
  const unitOfSorted = new Uint32Array(sorted.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sorted[middle] as number) < value) low = middle + 1
      else high = middle
    }
    const copies = filled[low] as number
    filled[low] = copies + 1
    unitOfSorted[low + copies] = units[i] as number
  }
  return { sorted, unitOfSorted }
}

/** The two sides of one deal. */
export interface DealtPair {
  readonly reference: NumericSample | CodedSample
  readonly current: NumericSample | CodedSample
}

/**
 * Splits a column by a deal of its units.
 *
 * @param column - A prepared column.
 * @param side - Per unit: 0 reference, 1 current, anything else neither.
 * @returns Two samples as if they had been read apart. Complexity: O(n).
 */
export function dealColumn(column: UnitColumn, side: Uint8Array): DealtPair {
  const missing: [number, number] = [0, 0]
  for (const unit of column.unitOfMissing) {
    const where = side[unit]
    if (where === 0) missing[0]++
    else if (where === 1) missing[1]++
  }
  return column.kind === 'numeric'
    ? dealNumbers(column, side, missing)
    : dealCodes(column, side, missing)
}

function dealNumbers(
  { sorted, unitOfSorted }: NumericUnits,
  side: Uint8Array,
  missing: readonly [number, number],
): DealtPair {
  const a = new Float64Array(sorted.length)
  const b = new Float64Array(sorted.length)
  let n = 0
  let m = 0
  for (let i = 0; i < sorted.length; i++) {
    const where = side[unitOfSorted[i] as number]
    if (where === 0) a[n++] = sorted[i] as number
    else if (where === 1) b[m++] = sorted[i] as number
  }
  return {
    reference: numbers(a.subarray(0, n), missing[0]),
    current: numbers(b.subarray(0, m), missing[1]),
  }
}

function numbers(sorted: Float64Array, missing: number): NumericSample {
  let low = 0
  while (sorted[low] === -Infinity) low++
  let high = sorted.length
  while (high > low && sorted[high - 1] === Infinity) high--
  return {
    kind: 'numeric',
    rows: sorted.length + missing,
    missing,
    nan: 0,
    negativeInfinity: low,
    positiveInfinity: sorted.length - high,
    sorted,
  }
}

function dealCodes(
  { codes, labels, unitOfCode }: CodedUnits,
  side: Uint8Array,
  missing: readonly [number, number],
): DealtPair {
  const counts = [new Float64Array(labels.length), new Float64Array(labels.length)] as const
  for (let i = 0; i < codes.length; i++) {
    const where = side[unitOfCode[i] as number]
    const code = codes[i] as number
    if (where === 0) counts[0][code] = (counts[0][code] as number) + 1
    else if (where === 1) counts[1][code] = (counts[1][code] as number) + 1
  }
  return {
    reference: labelled(counts[0], labels, missing[0]),
    current: labelled(counts[1], labels, missing[1]),
  }
}

function labelled(perCode: Float64Array, labels: readonly string[], missing: number): CodedSample {
  const counts = new Map<string, number>()
  let rows = missing
  labels.forEach((label, code) => {
    const count = perCode[code] as number
    rows += count
    if (count > 0) counts.set(label, (counts.get(label) ?? 0) + count)
  })
  return { kind: 'coded', rows, missing, counts }
}
