import type { Random } from '../stats/random.ts'
import type { Column, Snapshot } from '../table/types.ts'
import type { TextTable } from '../runner/exchange-csv.ts'

/**
 * Distinct row numbers, ascending, every set of this size equally likely.
 *
 * Source: Floyd's algorithm; Bentley 1987, "Programming Pearls: a sample of brilliance", CACM 30.
 */
export function sampleRowNumbers(rowCount: number, size: number, random: Random): Uint32Array {
  const chosen = new Set<number>()
  for (let last = Math.max(0, rowCount - size); last < rowCount; last++) {
    const row = random.integer(last + 1)
    chosen.add(chosen.has(row) ? last : row)
  }
  return Uint32Array.from(chosen).sort()
}

/** Some rows of a snapshot as text cells: numbers in shortest form, times in ISO 8601, gaps empty. */
export async function readSample(
  snapshot: Snapshot,
  names: readonly string[],
  rowNumbers: Uint32Array,
): Promise<TextTable> {
  const rows = Array.from(rowNumbers, () => names.map(() => ''))
  const times = new Set(
    snapshot.fields.filter(({ type }) => type === 'datetime').map(({ name }) => name),
  )
  let start = 0
  let next = 0
  await snapshot.scan(names, (batch) => {
    const first = next
    while (next < rowNumbers.length && (rowNumbers[next] as number) < start + batch.rows) next += 1
    for (const [at, name] of names.entries()) {
      const column = batch.columns.get(name)
      for (let index = first; column !== undefined && index < next; index++) {
        const row = rows[index]
        const cell = cellText(column, (rowNumbers[index] as number) - start, times.has(name))
        if (row !== undefined) row[at] = cell
      }
    }
    start += batch.rows
  })
  return { columns: names, rows }
}

function cellText(column: Column, row: number, isTime: boolean): string {
  const at = column.validRows === undefined ? row : indexOfSorted(column.validRows, row)
  if (at === -1) return ''
  if (column.kind === 'coded') return column.labels[column.codes[at] as number] ?? ''
  const value = column.values[at] as number
  if (isTime) return new Date(value).toISOString()
  // Infinity is spelled as Python and R read it.
  return Number.isFinite(value) ? String(value) : value > 0 ? 'inf' : '-inf'
}

function indexOfSorted(sorted: Uint32Array, wanted: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return sorted[low] === wanted ? low : -1
}
