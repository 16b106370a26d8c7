import type { Finding } from '../core/finding.ts'

export const LOGICAL_TYPES = [
  'number',
  'integer',
  'category',
  'boolean',
  'datetime',
  'text',
  'identifier',
  'unsupported',
] as const

/** What a column means to a comparison, whatever its file format calls it. */
export type LogicalType = (typeof LOGICAL_TYPES)[number]

/** Types whose values are held as doubles; a datetime is milliseconds since 1970-01-01 UTC. */
export type NumericType = 'number' | 'integer' | 'datetime'

/** Whether values of a type are held as doubles. */
export function isNumeric(type: LogicalType): type is NumericType {
  return type === 'number' || type === 'integer' || type === 'datetime'
}

/** The most precise value that the file could express in a column. */
export type Precision =
  | { readonly kind: 'float32' }
  | { readonly kind: 'float64' }
  /** Printed decimals: the most digits after the point of any value of the column. */
  | { readonly kind: 'decimals'; readonly digits: number }

/** A column's name, type and what the type was inferred from. */
export interface Field {
  readonly name: string
  readonly type: LogicalType
  /** The type in the file: `csv`, `parquet DOUBLE`, `arrow Timestamp<MICROSECOND>`. */
  readonly physical: string
  /** One clause: what the type was inferred from, or that a setting gave it. */
  readonly evidence: string
  /** Only for `number`. */
  readonly precision?: Precision
}

interface ColumnBase {
  /** All rows, the missing ones included. */
  readonly rows: number
  /** Rows without a value: empty cells, missing tokens, nulls, NaN and what could not be parsed. */
  readonly missing: number
  /**
   * The row (from 0, within the batch) of each value, or `undefined` when no row is missing. This is
   * what joins a value to the other columns of its row.
   */
  readonly validRows?: Uint32Array
}

/** Values of a number, integer or datetime column. Missing values are removed, order is kept. */
export interface NumericColumn extends ColumnBase {
  readonly kind: 'numeric'
  /** Never NaN; ±Infinity may occur and is counted below. */
  readonly values: Float64Array
  /** How many of the missing rows were NaN. */
  readonly nan: number
  readonly positiveInfinity: number
  readonly negativeInfinity: number
}

/** Values of a category, boolean, text or identifier column, as indices into `labels`. */
export interface CodedColumn extends ColumnBase {
  readonly kind: 'coded'
  readonly codes: Uint32Array
  /** Grows from batch to batch of one scan; a label keeps its code. */
  readonly labels: readonly string[]
}

/** All rows of a column, or those of one batch. */
export type Column = NumericColumn | CodedColumn

/** Some consecutive rows of the asked columns. */
export interface Batch {
  readonly rows: number
  readonly columns: ReadonlyMap<string, Column>
}

/** What was read and how it is bound to its bytes. */
export interface SnapshotSource {
  readonly path: string
  readonly format: string
  /** Of the file; of the sorted list of part digests for several files. */
  readonly sha256: string
  readonly bytes: number
}

/**
 * A table that can be read more than once, column by column. Everything above depends on this seam
 * alone: a faster reader or a remote engine replaces what is below it.
 */
export interface Snapshot {
  readonly source: SnapshotSource
  readonly fields: readonly Field[]
  readonly rowCount: number
  /**
   * What was noticed while reading: values that do not parse, types that changed against the bound
   * reference, columns that cannot be read. `args.column` names the column where there is one.
   */
  readonly findings: readonly Finding[]
  /**
   * Reads the named columns, in file order, batch after batch.
   *
   * @throws InputError when a column cannot be read after all.
   */
  scan(columns: readonly string[], visit: (batch: Batch) => void): Promise<void>
}
