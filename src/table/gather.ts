import type { CodedColumn, Column, NumericColumn, Snapshot } from './types.ts'

/**
 * Reads one whole column.
 *
 * @param snapshot - The table.
 * @param name - A column of it.
 * @returns All batches put together; rows are counted from the start of the table.
 * @throws RangeError when the table has no such column; whatever the snapshot throws while reading.
 * Missing values: stay removed, with their count. Complexity: O(rows) time and memory.
 */
export async function gatherColumn(snapshot: Snapshot, name: string): Promise<Column> {
  const parts: Column[] = []
  await snapshot.scan([name], (batch) => {
    const column = batch.columns.get(name)
    if (column === undefined) throw new RangeError(`no column "${name}"`)
    parts.push(column)
  })
  return joinColumns(parts, name)
}

/**
 * Puts consecutive pieces of one column together.
 *
 * @throws RangeError when there are none or their kinds differ.
 */
export function joinColumns(parts: readonly Column[], name: string): Column {
  const [first] = parts
  if (first === undefined) throw new RangeError(`no rows of column "${name}"`)
  if (parts.length === 1) return first
  const rows = total(parts, (part) => part.rows)
  const missing = total(parts, (part) => part.missing)
  const common = {
    rows,
    missing,
    ...(missing === 0 ? {} : { validRows: joinRows(parts, rows - missing) }),
  }
  if (parts.every((part) => part.kind === 'numeric')) return joinNumeric(parts, common)
  if (parts.every((part) => part.kind === 'coded')) return joinCoded(parts, common)
  throw new RangeError(`column "${name}" changes its kind between batches`)
}

type Common = Pick<Column, 'rows' | 'missing' | 'validRows'>

function joinNumeric(parts: readonly NumericColumn[], common: Common): NumericColumn {
  const values = new Float64Array(common.rows - common.missing)
  let offset = 0
  for (const part of parts) {
    values.set(part.values, offset)
    offset += part.values.length
  }
  return {
    kind: 'numeric',
    ...common,
    values,
    nan: total(parts, (part) => part.nan),
    positiveInfinity: total(parts, (part) => part.positiveInfinity),
    negativeInfinity: total(parts, (part) => part.negativeInfinity),
  }
}

function joinCoded(parts: readonly CodedColumn[], common: Common): CodedColumn {
  const codes = new Uint32Array(common.rows - common.missing)
  let offset = 0
  for (const part of parts) {
    codes.set(part.codes, offset)
    offset += part.codes.length
  }
  return { kind: 'coded', ...common, codes, labels: parts.at(-1)?.labels ?? [] }
}

function joinRows(parts: readonly Column[], valid: number): Uint32Array {
  const joined = new Uint32Array(valid)
  let offset = 0
  let before = 0
  for (const part of parts) {
    const count = part.rows - part.missing
    for (let i = 0; i < count; i++) joined[offset + i] = before + (part.validRows?.[i] ?? i)
    offset += count
    before += part.rows
  }
  return joined
}

function total<T>(parts: readonly T[], count: (part: T) => number): number {
  return parts.reduce((sum, part) => sum + count(part), 0)
}
