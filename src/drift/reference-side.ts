import type { Finding } from '../core/finding.ts'
import type { ColumnSummary } from '../core/result.ts'
import { gatherColumn } from '../table/gather.ts'
import type { Column, Field, Snapshot } from '../table/types.ts'
import type { Deciles } from './describe/distances.ts'
import type { Sample } from './sample.ts'

/** The reference of a comparison: a table with rows, or what a baseline recorded of one. */
export interface ReferenceSide {
  readonly fields: readonly Field[]
  readonly rowCount: number
  /** What was noticed while it was read. */
  readonly findings: readonly Finding[]
  readonly hasRows: boolean
  /**
   * Reads one column, all rows of it or what is recorded.
   *
   * @throws InputError when it cannot be read.
   */
  load(name: string): Promise<LoadedReference>
}

/** One column of the reference. */
export type LoadedReference =
  | { readonly kind: 'rows'; readonly column: Column }
  | {
      readonly kind: 'recorded'
      /** False for what was recorded as an identifier: only rows and missing values are known. */
      readonly holdsValues: boolean
      readonly sample: Sample
      readonly summary: ColumnSummary
      readonly deciles?: Deciles
      readonly histogram?: { readonly edges: readonly number[]; readonly counts: readonly number[] }
    }

/** A table as reference. */
export function snapshotSide(snapshot: Snapshot): ReferenceSide {
  return {
    fields: snapshot.fields,
    rowCount: snapshot.rowCount,
    findings: snapshot.findings,
    hasRows: true,
    load: async (name) => ({ kind: 'rows', column: await gatherColumn(snapshot, name) }),
  }
}
