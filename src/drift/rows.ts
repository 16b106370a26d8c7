import type { CodedColumn, Column, NumericColumn } from '../table/types.ts'

/** Room for the 53 bits of a double that tell rows apart. */
const LOW_BITS = 2 ** 21

/**
 * A digest of each row of a table, grown column by column, so that repeated rows can be counted
 * without ever holding the rows.
 */
export interface RowDigests {
  add(column: Column): void
  /** Rows that repeat an earlier one, and the number of different rows. Complexity: O(n log n). */
  repeats(): { readonly repeated: number; readonly distinct: number }
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
    repeats: () => {
      const keys = new Float64Array(rows)
      for (let row = 0; row < rows; row++) {
        keys[row] = (high[row] as number) * LOW_BITS + ((low[row] as number) >>> 11)
      }
      keys.sort()
      let distinct = rows === 0 ? 0 : 1
      for (let row = 1; row < rows; row++) if (keys[row] !== keys[row - 1]) distinct++
      return { repeated: rows - distinct, distinct }
    },
  }
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
  const hashes = Uint32Array.from(labels, hashText)
  for (let i = 0; i < codes.length; i++) {
    const hash = hashes[codes[i] as number] as number
    const row = validRows === undefined ? i : (validRows[i] as number)
    mixRow(row, hash, hash ^ 0x5bd1e995, high, low)
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

/** FNV-1a over UTF-16 code units. */
function hashText(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}
