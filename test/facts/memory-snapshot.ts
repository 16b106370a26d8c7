import type { Batch, Column, Field, Snapshot } from '../../src/table/types.ts'

type Cell = number | string | null

/** A snapshot of a few rows in memory, in batches of `batchRows`. */
export function memorySnapshot(
  columns: Readonly<Record<string, readonly Cell[]>>,
  batchRows = 3,
): Snapshot {
  const rowCount = Object.values(columns)[0]?.length ?? 0
  const fields = Object.entries(columns).map(([name, cells]): Field => {
    const isNumeric = cells.every((cell) => cell === null || typeof cell === 'number')
    return { name, type: isNumeric ? 'number' : 'category', physical: 'memory', evidence: 'test' }
  })
  return {
    source: { path: 'memory', format: 'memory', sha256: '0'.repeat(64), bytes: 0 },
    fields,
    rowCount,
    findings: [],
    scan(names, visit) {
      const labels = new Map<string, string[]>()
      for (let start = 0; start < rowCount; start += batchRows) {
        const rows = Math.min(batchRows, rowCount - start)
        const batch = new Map(
          names.map((name) => {
            const cells = columns[name]?.slice(start, start + rows) ?? []
            const field = fields.find((each) => each.name === name)
            const known = labels.get(name) ?? []
            labels.set(name, known)
            return [name, columnOf(cells, field?.type === 'number', known)] as const
          }),
        )
        visit({ rows, columns: batch } satisfies Batch)
      }
      return Promise.resolve()
    },
  }
}

function columnOf(cells: readonly Cell[], isNumeric: boolean, labels: string[]): Column {
  const valid = cells.flatMap((cell, row) => (cell === null ? [] : [{ cell, row }]))
  const shared = {
    rows: cells.length,
    missing: cells.length - valid.length,
    ...(valid.length === cells.length
      ? {}
      : { validRows: Uint32Array.from(valid, ({ row }) => row) }),
  }
  if (isNumeric) {
    const values = Float64Array.from(valid, ({ cell }) => Number(cell))
    return {
      ...shared,
      kind: 'numeric',
      values,
      nan: 0,
      positiveInfinity: values.filter((value) => value === Infinity).length,
      negativeInfinity: values.filter((value) => value === -Infinity).length,
    }
  }
  const codes = valid.map(({ cell }) => {
    const label = String(cell)
    if (!labels.includes(label)) labels.push(label)
    return labels.indexOf(label)
  })
  return { ...shared, kind: 'coded', codes: Uint32Array.from(codes), labels: [...labels] }
}
