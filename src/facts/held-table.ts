import { joinColumns } from '../table/gather.ts'
import type { Column, Snapshot } from '../table/types.ts'

/**
 * A table that decodes each of its columns once and then keeps it: scans give all rows as one batch.
 * Only for tables that fit into memory as a whole.
 */
export function heldTable(snapshot: Snapshot): Snapshot {
  const held = new Map<string, Column>()
  return {
    ...snapshot,
    scan: async (columns, visit) => {
      const missing = columns.filter((name) => !held.has(name))
      const parts = new Map(missing.map((name): [string, Column[]] => [name, []]))
      if (missing.length > 0) {
        await snapshot.scan(missing, (batch) => {
          for (const [name, column] of batch.columns) parts.get(name)?.push(column)
        })
      }
      for (const [name, pieces] of parts) held.set(name, joinColumns(pieces, name))
      const wanted = columns.map((name): [string, Column] => [name, held.get(name) as Column])
      visit({ rows: snapshot.rowCount, columns: new Map(wanted) })
    },
  }
}
