import type {
  CodedColumn,
  Column,
  Field,
  LogicalType,
  NumericColumn,
  Precision,
  Snapshot,
} from '../src/table/types.ts'

/** A cell of a table in memory: `null` and NaN are missing. */
export type Cell = number | string | boolean | null

export interface MemoryColumn {
  readonly type: LogicalType
  readonly cells: readonly Cell[] | Float64Array
  readonly precision?: Precision
}

/** A snapshot whose columns are lists in memory, read in one batch or in batches of so many rows. */
export function memorySnapshot(
  columns: Readonly<Record<string, MemoryColumn>>,
  batchRows?: number,
): Snapshot {
  const entries = Object.entries(columns)
  const rowCount = entries[0]?.[1].cells.length ?? 0
  const fields = entries.map(([name, { type, precision }]): Field => ({
    name,
    type,
    physical: 'memory',
    evidence: 'declared',
    ...(precision === undefined ? {} : { precision }),
  }))
  return {
    source: { path: 'memory', format: 'memory', sha256: '0'.repeat(64), bytes: 0 },
    fields,
    rowCount,
    findings: [],
    scan: (names, visit) => {
      const asked = names.map((name) => {
        const column = columns[name]
        if (column === undefined) throw new Error(`no column ${name}`)
        // A label keeps its code from batch to batch.
        return { name, column, labels: new Array<string>() }
      })
      const size = batchRows ?? Math.max(1, rowCount)
      for (let start = 0; start < rowCount || start === 0; start += size) {
        const batch = asked.map(({ name, column, labels }): [string, Column] => {
          const cells = column.cells.slice(start, start + size)
          return [name, columnOf({ ...column, cells }, labels)]
        })
        visit({ rows: Math.min(size, rowCount - start), columns: new Map(batch) })
      }
      return Promise.resolve()
    },
  }
}

/** Numbers as a `number` column. */
export function numbers(
  cells: readonly Cell[] | Float64Array,
  precision?: Precision,
): MemoryColumn {
  return { type: 'number', cells, ...(precision === undefined ? {} : { precision }) }
}

/** Texts as a `category` column. */
export function categories(cells: readonly Cell[]): MemoryColumn {
  return { type: 'category', cells }
}

/** A whole column, or a batch of it whose labels continue those of the batches before. */
export function columnOf({ type, cells }: MemoryColumn, labels: string[] = []): Column {
  return type === 'number' || type === 'integer' || type === 'datetime'
    ? numericColumn(cells)
    : codedColumn(cells, labels)
}

function numericColumn(cells: readonly Cell[] | Float64Array): NumericColumn {
  const valid: number[] = []
  const values: number[] = []
  let nan = 0
  Array.from(cells as readonly Cell[]).forEach((cell, row) => {
    if (typeof cell !== 'number') return
    if (Number.isNaN(cell)) nan++
    else {
      valid.push(row)
      values.push(cell)
    }
  })
  const missing = cells.length - values.length
  return {
    kind: 'numeric',
    rows: cells.length,
    missing,
    nan,
    ...(missing === 0 ? {} : { validRows: Uint32Array.from(valid) }),
    values: Float64Array.from(values),
    positiveInfinity: values.filter((value) => value === Infinity).length,
    negativeInfinity: values.filter((value) => value === -Infinity).length,
  }
}

function codedColumn(cells: readonly Cell[] | Float64Array, labels: string[]): CodedColumn {
  const codeOf = new Map(labels.map((label, code) => [label, code]))
  const valid: number[] = []
  const codes: number[] = []
  Array.from(cells as readonly Cell[]).forEach((cell, row) => {
    if (cell === null) return
    const label = String(cell)
    let code = codeOf.get(label)
    if (code === undefined) {
      code = labels.length
      codeOf.set(label, code)
      labels.push(label)
    }
    valid.push(row)
    codes.push(code)
  })
  const missing = cells.length - codes.length
  return {
    kind: 'coded',
    rows: cells.length,
    missing,
    ...(missing === 0 ? {} : { validRows: Uint32Array.from(valid) }),
    codes: Uint32Array.from(codes),
    labels: [...labels],
  }
}
