import type { Finding } from '../core/finding.ts'
import type { Batch, Field, LogicalType } from '../table/types.ts'

/** What one file holds, before several parts are put together. */
export interface PartTable {
  readonly fields: readonly Field[]
  readonly rowCount: number
  readonly findings: readonly Finding[]
  /** Columns without any value, the type of which is a guess unless it was given. */
  readonly valueless: ReadonlySet<string>
  /**
   * Reads the named columns, in file order, batch after batch.
   *
   * @throws InputError when a column cannot be read after all.
   */
  scan(columns: readonly string[], visit: (batch: Batch) => void): Promise<void>
}

/** What the caller asks of a reader of one file. */
export interface FormatOptions {
  /** Types that a setting gives, by column name. They go before everything else. */
  readonly types?: ReadonlyMap<string, LogicalType>
  /** The reference's fields: a column of the same name gets the reference's type. */
  readonly bind?: readonly Field[]
  readonly onProgress?: (done: number, total: number) => void
}
