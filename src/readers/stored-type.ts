import type { Precision } from '../table/types.ts'

/**
 * A value as a columnar file holds it, after its storage was undone: datetimes are milliseconds since
 * 1970-01-01 UTC, decimals that a double cannot hold are text.
 */
export type Cell = number | bigint | string | boolean | null | undefined

/** Consecutive cells of one column. A typed array has no missing cells but NaN. */
export type Cells = ArrayLike<Cell>

/** What a file says that a column holds. */
export type StoredType =
  | { readonly kind: 'number'; readonly precision: Precision }
  /** `safe`: it is known that no value is beyond 2^53, where doubles stop telling integers apart. */
  | { readonly kind: 'integer'; readonly safe: boolean }
  /** Decimals of more digits than a double holds, as exact text. */
  | { readonly kind: 'decimal'; readonly scale: number }
  | { readonly kind: 'datetime'; readonly unit: 'day' | 'instant' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'string' }
  /** A column whose type says that all values are missing. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unsupported' }

/** A column of a columnar file. */
export interface StoredColumn {
  readonly name: string
  /** The type in the file's own words: `parquet INT64 TIMESTAMP(MICROS)`. */
  readonly physical: string
  readonly stored: StoredType
  /** Added to the evidence where the cells are not simply the stored values. */
  readonly note?: string
  /** Why the column cannot be read, where that is known before reading it. */
  readonly unreadable?: string
}

/** Consecutive rows of a columnar file. */
export interface StoredPiece {
  readonly rows: number
  /** Decodes one column of these rows; rejects when its bytes are damaged. */
  cells(name: string): Promise<Cells>
}

/** A file that stores columns with types, whatever its format. */
export interface StoredTable {
  readonly rowCount: number
  readonly columns: readonly StoredColumn[]
  /** The rows in file order; memory is bounded by the asked columns of one piece. */
  pieces(columns: readonly string[]): AsyncIterable<StoredPiece>
}

/** The most significant digits that every double keeps. */
export const DOUBLE_DIGITS = 15

/** Milliseconds of a count of finer units, exact to the last bit that a double has. */
export function millisecondsFrom(count: bigint, perMillisecond: bigint): number {
  return Number(count / perMillisecond) + Number(count % perMillisecond) / Number(perMillisecond)
}

/** The decimal text of `unscaled / 10^scale`, with exactly `scale` digits after the point. */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale))
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
  const sign = unscaled < 0n ? '-' : ''
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** The value of an IEEE 754 half-precision pattern. */
export function halfPrecision(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * 2 ** -24 * fraction
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  return sign * 2 ** (exponent - 25) * (0x400 + fraction)
}
