import type { JsonValue } from '../core/evidence.ts'
import type { TextTable } from '../runner/exchange-csv.ts'
import type { LogicalType } from '../table/types.ts'

/** A row as JSON has it: numbers and truth values as such, everything else as text, a gap as `null`. */
export type JsonRow = Readonly<Record<string, JsonValue>>

/**
 * The rows of a text table as JSON objects.
 *
 * @param typeOf the type of a column; the text of other than numbers and truth values stays as it is. An
 *   infinite number, which JSON does not have, stays text too.
 */
export function jsonRows(
  { columns, rows }: TextTable,
  typeOf: (column: string) => LogicalType | undefined,
): readonly JsonRow[] {
  return rows.map((cells) =>
    Object.fromEntries(
      columns.map((name, at) => [name, jsonValue(cells[at] ?? '', typeOf(name))] as const),
    ),
  )
}

function jsonValue(cell: string, type: LogicalType | undefined): JsonValue {
  if (cell === '') return null
  if (type === 'number' || type === 'integer') {
    const value = Number(cell)
    return Number.isFinite(value) ? value : cell
  }
  if (type === 'boolean') {
    if (/^true$/i.test(cell)) return true
    if (/^false$/i.test(cell)) return false
  }
  return cell
}
