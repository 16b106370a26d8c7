import type { Column, Snapshot } from '../table/types.ts'

/** One column with a value or a gap for every row, so that columns can be read row by row. */
export type RowValues =
  /** NaN is missing. */
  | { readonly kind: 'numeric'; readonly values: Float64Array }
  /** -1 is missing. */
  | { readonly kind: 'coded'; readonly codes: Int32Array; readonly labels: readonly string[] }

/** Reads whole columns of a snapshot, aligned by row. Names must be fields of the snapshot. */
export async function readRowValues(
  snapshot: Snapshot,
  names: readonly string[],
): Promise<ReadonlyMap<string, RowValues>> {
  const wanted = [...new Set(names)]
  const builders = new Map(wanted.map((name) => [name, createBuilder(snapshot.rowCount)]))
  if (wanted.length === 0) return new Map()
  let start = 0
  await snapshot.scan(wanted, (batch) => {
    for (const [name, column] of batch.columns) builders.get(name)?.add(column, start)
    start += batch.rows
  })
  return new Map([...builders].map(([name, builder]) => [name, builder.finish()]))
}

function createBuilder(rows: number) {
  let numbers: Float64Array | undefined
  let codes: Int32Array | undefined
  let labels: readonly string[] = []
  const add = (column: Column, start: number) => {
    if (column.kind === 'numeric') {
      numbers ??= new Float64Array(rows).fill(Number.NaN)
      place(column.values, column.validRows, numbers, start)
    } else {
      codes ??= new Int32Array(rows).fill(-1)
      labels = column.labels
      place(column.codes, column.validRows, codes, start)
    }
  }
  const finish = (): RowValues =>
    numbers === undefined
      ? { kind: 'coded', codes: codes ?? new Int32Array(rows).fill(-1), labels }
      : { kind: 'numeric', values: numbers }
  return { add, finish }
}

/** Puts each value at its row; without `rows` none is missing. */
function place(
  values: Float64Array | Uint32Array,
  rows: Uint32Array | undefined,
  target: Float64Array | Int32Array,
  start: number,
): void {
  if (rows === undefined) target.set(values, start)
  else {
    for (let index = 0; index < rows.length; index++) {
      target[start + (rows[index] as number)] = values[index] as number
    }
  }
}

/** The value of a row as text: the shortest decimal form of a number, `undefined` when missing. */
export function textAt(column: RowValues, row: number): string | undefined {
  if (column.kind === 'numeric') {
    const value = column.values[row] ?? Number.NaN
    return Number.isNaN(value) ? undefined : String(value)
  }
  const code = column.codes[row] ?? -1
  return code === -1 ? undefined : column.labels[code]
}

/** How many rows have no value. */
export function countMissing(column: RowValues): number {
  let missing = 0
  if (column.kind === 'numeric') {
    for (const value of column.values) if (Number.isNaN(value)) missing += 1
  } else {
    for (const code of column.codes) if (code === -1) missing += 1
  }
  return missing
}
