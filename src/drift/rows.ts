import type { CodedColumn, Column, NumericColumn } from '../table/types.ts'
import { ascending } from './ascending.ts'

/** Room for the 53 bits of a double that tell rows apart. */
const LOW_BITS = 2 ** 21
/** Bits of the filter per row: by chance a row finds its bit taken once in so many rows. */
const BITS_A_ROW = 32
const MOST_BITS = 2 ** 30

/** How often the rows of a table repeat each other. */
export interface RowRepeats {
  readonly rows: number
  /** Rows that are equal to an earlier one. */
  readonly repeated: number
  /** How many different rows occur how often, for those that occur more than once. */
  readonly multiplicities: ReadonlyMap<number, number>
}

/**
 * A digest of each row of a table, grown column by column, so that repeated rows can be counted
 * without ever holding the rows.
 */
export interface RowDigests {
  /** Makes a column, of all rows of the table, a part of what tells rows apart. */
  add(column: Column): void
  /** Counts the rows that are equal in all added columns. Complexity: O(n). */
  repeats(): RowRepeats
}

/**
 * Starts the digests of a table.
 *
 * @param rows - Rows of the table; every added column has as many.
 * @returns An accumulator. Two rows are equal when all added columns are, missing values included;
 * different rows collide with probability 2^-53 each.
 */
export function digestRows(rows: number): RowDigests {
  const high = new Uint32Array(rows)
  const low = new Uint32Array(rows)
  let columns = 0
  return {
    add: (column) => {
      columns++
      mixColumn(column, columns, high, low)
    },
    repeats: () => ({ rows, ...countRepeats(candidates(high, low)) }),
  }
}

/**
 * The digests of all rows that have an equal, and of a few that have none: two rows that meet in one
 * bit of a filter. What is left is seldom worth a look, so nearly nothing has to be sorted.
 */
function candidates(high: Uint32Array, low: Uint32Array): Float64Array {
  const rows = high.length
  const bits = Math.min(MOST_BITS, 2 ** Math.ceil(Math.log2(Math.max(1, rows) * BITS_A_ROW)))
  const shift = 32 - Math.log2(bits)
  const once = new Uint32Array(bits / 32)
  const again = new Uint32Array(bits / 32)
  for (let row = 0; row < rows; row++) {
    const place = (high[row] as number) >>> shift
    const word = place >>> 5
    const bit = 1 << (place & 31)
    if (((once[word] as number) & bit) === 0) once[word] = (once[word] as number) | bit
    else again[word] = (again[word] as number) | bit
  }
  const kept = new Float64Array(rows)
  let size = 0
  for (let row = 0; row < rows; row++) {
    const place = (high[row] as number) >>> shift
    if (((again[place >>> 5] as number) & (1 << (place & 31))) === 0) continue
    kept[size++] = (high[row] as number) * LOW_BITS + ((low[row] as number) >>> 11)
  }
  return kept.subarray(0, size)
}

function countRepeats(keys: Float64Array): Omit<RowRepeats, 'rows'> {
  const sorted = ascending(keys)
  const multiplicities = new Map<number, number>()
  let repeated = 0
  for (let i = 0; i < sorted.length;) {
    let next = i + 1
    while (next < sorted.length && sorted[next] === sorted[i]) next++
    const copies = next - i
    if (copies > 1) {
      repeated += copies - 1
      multiplicities.set(copies, (multiplicities.get(copies) ?? 0) + 1)
    }
    i = next
  }
  return { repeated, multiplicities }
}

function mixColumn(column: Column, salt: number, high: Uint32Array, low: Uint32Array): void {
  // A row that this column leaves out still has to know that it was left out here.
  if (column.validRows !== undefined) {
    for (let row = 0; row < high.length; row++) {
      high[row] = scramble((high[row] as number) ^ salt)
    }
  }
  if (column.kind === 'numeric') mixNumbers(column, high, low)
  else mixLabels(column, high, low)
}

function mixNumbers(
  { values, validRows }: NumericColumn,
  high: Uint32Array,
  low: Uint32Array,
): void {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
  for (let i = 0; i < values.length; i++) {
    // -0 and +0 are one value with different bits.
    const isZero = values[i] === 0
    const a = isZero ? 0 : (words[2 * i] as number)
    const b = isZero ? 0 : (words[2 * i + 1] as number)
    mixRow(validRows === undefined ? i : (validRows[i] as number), a, b, high, low)
  }
}

function mixLabels(
  { codes, labels, validRows }: CodedColumn,
  high: Uint32Array,
  low: Uint32Array,
): void {
  const first = Uint32Array.from(labels, (label) => hashText(label, 0x811c9dc5))
  const second = Uint32Array.from(labels, (label) => hashText(label, 0x5bd1e995))
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    const row = validRows === undefined ? i : (validRows[i] as number)
    mixRow(row, first[code] as number, second[code] as number, high, low)
  }
}

function mixRow(row: number, a: number, b: number, high: Uint32Array, low: Uint32Array): void {
  high[row] = scramble((high[row] as number) ^ a ^ Math.imul(b, 0x85ebca6b))
  low[row] = scramble((low[row] as number) ^ b ^ Math.imul(a, 0xc2b2ae35))
}

/** The finaliser of MurmurHash3, with a constant so that 0 moves. */
function scramble(x: number): number {
  let h = (x + 0x9e3779b9) | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** FNV-1a over UTF-16 code units, scrambled after each so that two seeds give unrelated hashes. */
function hashText(text: string, seed: number): number {
  let h = seed
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
    h ^= h >>> 15
  }
  return scramble(h)
}
