import type { Source } from '../core/evidence.ts'
import type { Snapshot } from '../table/types.ts'
import type { FactContext } from './context.ts'
import type { SplitPredictions } from './predictions.ts'
import { readRowValues, textAt, type RowValues } from './row-values.ts'

/** The features of the rows of a predictions file, in its order. */
export interface JoinedFeatures {
  readonly source: Source
  readonly columns: ReadonlyMap<string, RowValues>
}

/** Types whose values part rows into groups. */
const PARTING: ReadonlySet<string> = new Set(['number', 'integer', 'category', 'boolean'])
const COUNTED: ReadonlySet<string> = new Set(['category', 'boolean'])

/**
 * Reads the features of each predicted row from the data of its split: the declared ones or, without any,
 * all columns but target, key, time and exploration.
 *
 * @returns `undefined` when the rows of the data that the predictions are about are not known one by one.
 * @throws InputError when the data cannot be read. Complexity: O(rows * features).
 */
export async function joinedFeatures(
  table: SplitPredictions,
  context: FactContext,
): Promise<JoinedFeatures | undefined> {
  const { tie } = table
  if (tie.kind !== 'tied') return undefined
  const { data: described = {}, features } = context.manifest
  const { target = '', key = '', time = '', exploration = '' } = described
  const snapshot = await context.openSnapshot(tie.data.path)
  const aside = new Set([target, key, time, exploration])
  const types = new Map<string, string>(
    features === undefined
      ? snapshot.fields.filter(({ name }) => !aside.has(name)).map(({ name, type }) => [name, type])
      : Object.entries(features).map(([name, { type }]) => [name, type]),
  )
  const names = snapshot.fields
    .map(({ name }) => name)
    .filter((name) => PARTING.has(types.get(name) ?? ''))
  const rows = await predictedRows(table, tie.by, snapshot, { target, key })
  if (rows === undefined) return undefined
  const read = await readRowValues(snapshot, names)
  const columns = [...read].map(([name, column]): readonly [string, RowValues] => {
    const taken = takeRows(column, rows)
    return [name, COUNTED.has(types.get(name) ?? '') ? asLabels(taken) : taken]
  })
  return { source: tie.data, columns: new Map(columns) }
}

/** The row of the data that each row of the predictions is about. */
async function predictedRows(
  table: SplitPredictions,
  by: 'row-order' | 'key',
  snapshot: Snapshot,
  { target, key }: { readonly target: string; readonly key: string },
): Promise<Int32Array | undefined> {
  const all = Int32Array.from({ length: snapshot.rowCount }, (_, row) => row)
  if (by === 'row-order') {
    if (snapshot.rowCount === table.rows) return all
    const labels = (await readRowValues(snapshot, [target])).get(target)
    const labelled = all.filter((row) => labels !== undefined && textAt(labels, row) !== undefined)
    return labelled.length === table.rows ? labelled : undefined
  }
  const keys = (await readRowValues(snapshot, [key])).get(key)
  if (keys === undefined || table.key === undefined) return undefined
  const ours = table.key
  const rowOf = new Map(Array.from(all, (row) => [textAt(keys, row), row]))
  // A key of several rows does not say which of them is meant.
  if (rowOf.size !== snapshot.rowCount) return undefined
  const found = Int32Array.from(
    { length: table.rows },
    (_, row) => rowOf.get(textAt(ours, row)) ?? -1,
  )
  return found.includes(-1) ? undefined : found
}

function takeRows(column: RowValues, rows: Int32Array): RowValues {
  if (column.kind === 'numeric') {
    return { kind: 'numeric', values: Float64Array.from(rows, (row) => column.values[row] ?? NaN) }
  }
  const codes = Int32Array.from(rows, (row) => column.codes[row] ?? -1)
  return { kind: 'coded', codes, labels: column.labels }
}

/** A category that is written as numbers has no order. */
function asLabels(column: RowValues): RowValues {
  if (column.kind === 'coded') return column
  const codeOf = new Map<string, number>()
  const codes = Int32Array.from(column.values, (_, row) => {
    const text = textAt(column, row)
    if (text === undefined) return -1
    const code = codeOf.get(text) ?? codeOf.size
    codeOf.set(text, code)
    return code
  })
  return { kind: 'coded', codes, labels: [...codeOf.keys()] }
}
