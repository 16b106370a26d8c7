import type { Source } from '../core/evidence.ts'
import type { Task } from '../config/manifest.ts'
import type { Snapshot } from '../table/types.ts'
import { classCodes } from './class-codes.ts'
import type { FactContext } from './context.ts'
import { DATA_ROLES } from './data-snapshots.ts'
import { readRowValues, textAt, type RowValues } from './row-values.ts'

/** How the predictions of a split relate to the rows of `data.<split>`. */
export type DataTie =
  /** The same labels: row by row, or as often for each key. */
  | { readonly kind: 'tied'; readonly by: 'row-order' | 'key'; readonly data: Source }
  /** The manifest names no data of the split, or no target. */
  | { readonly kind: 'undeclared' }
  /** The data have as many rows, but not the target. */
  | { readonly kind: 'unlabelled'; readonly data: Source; readonly target: string }
  | { readonly kind: 'rows-differ'; readonly data: Source; readonly rows: number }
  | { readonly kind: 'labels-differ'; readonly data: Source; readonly difference: LabelDifference }
  /** The split is the training data under another name. */
  | { readonly kind: 'of-training'; readonly file: string }

export interface LabelDifference {
  readonly rows: number
  /** The first row that differs, from 1, and both labels; `null` is a missing one, or of no such key. */
  readonly row: number
  readonly label: string | null
  readonly expected: string | null
}

/** What of a predictions file is compared. */
export interface LabelledRows {
  readonly split: string
  readonly source: Source
  readonly rows: number
  readonly label: RowValues
  readonly key: RowValues | undefined
}

/**
 * Compares the labels of a predictions file with the target of the data of its split, in row order or,
 * where both have `data.key`, as often for each key. Rows of the data without a label may be left out of
 * the predictions, since nothing can be measured on them.
 *
 * @returns the tie, and the key of the data where rows stand in the same order.
 * @throws InputError when a file of the data cannot be read. Complexity: O(rows).
 */
export async function tieToData(
  table: LabelledRows,
  context: FactContext,
): Promise<{ readonly tie: DataTie; readonly key: RowValues | undefined }> {
  const { data, model } = context.manifest
  const role = DATA_ROLES.find((each) => each === table.split)
  const path = role === undefined ? undefined : data?.[role]
  const only = (tie: DataTie) => ({ tie, key: undefined })
  const training = data?.train
  if (table.split !== 'train' && training !== undefined) {
    const { sha256 } = (await context.openSnapshot(training)).source
    const train: Source = { path: training, sha256 }
    const own = path === undefined ? undefined : (await context.openSnapshot(path)).source
    if (isOfTraining(table, train) || (own !== undefined && isSameFile(own, train))) {
      return only({ kind: 'of-training', file: training })
    }
  }
  if (path === undefined || data?.target === undefined) return only({ kind: 'undeclared' })
  const snapshot = await context.openSnapshot(path)
  return compareWith(snapshot, path, table, { ...data, target: data.target, task: model.task })
}

/** Whether the predictions of another split are the file of the training rows. */
export function isOfTraining(
  { split, source }: Pick<LabelledRows, 'split' | 'source'>,
  training: Source,
): boolean {
  return split !== 'train' && isSameFile(source, training)
}

function isSameFile(first: Source, second: Source): boolean {
  return first.path === second.path || first.sha256 === second.sha256
}

async function compareWith(
  snapshot: Snapshot,
  path: string,
  table: LabelledRows,
  { target, key, task }: { readonly target: string; readonly key?: string; readonly task: Task },
): Promise<{ readonly tie: DataTie; readonly key: RowValues | undefined }> {
  const names = snapshot.fields.map(({ name }) => name)
  const data: Source = { path, sha256: snapshot.source.sha256 }
  const only = (tie: DataTie) => ({ tie, key: undefined })
  if (!names.includes(target)) {
    return only(
      snapshot.rowCount === table.rows
        ? { kind: 'unlabelled', data, target }
        : { kind: 'rows-differ', data, rows: snapshot.rowCount },
    )
  }
  const hasKey = key !== undefined && names.includes(key)
  const columns = await readRowValues(snapshot, hasKey ? [target, key] : [target])
  const targets = columns.get(target)
  if (targets === undefined) throw new TypeError('the target column was asked for and not read')
  const [ours, theirs] = comparable(table.label, targets, task)
  const all = Array.from({ length: snapshot.rowCount }, (_, row) => row)
  const labelled = all.filter((row) => theirs.text(row) !== undefined)
  const kept = snapshot.rowCount === table.rows ? all : labelled
  if (kept.length !== table.rows) {
    return only({ kind: 'rows-differ', data, rows: snapshot.rowCount })
  }
  const keys = hasKey ? columns.get(key) : undefined
  const difference = differenceInOrder(ours, theirs, kept)
  if (difference === undefined) {
    return {
      tie: { kind: 'tied', by: 'row-order', data },
      key: kept.length === snapshot.rowCount ? keys : undefined,
    }
  }
  if (table.key === undefined || keys === undefined) {
    return only({ kind: 'labels-differ', data, difference })
  }
  const byKey = differenceByKey(ours, table.key, theirs, keys, kept)
  return only(
    byKey === undefined
      ? { kind: 'tied', by: 'key', data }
      : { kind: 'labels-differ', data, difference: byKey },
  )
}

/** Labels that can be held against those of another file. */
interface Labels {
  text(row: number): string | undefined
  isSame(row: number, other: number): boolean
}

/** Numbers that were written as 32-bit floats come back with this relative error. */
const SINGLE_PRECISION = 1e-6

function comparable(ours: RowValues, theirs: RowValues, task: Task): readonly [Labels, Labels] {
  if (task === 'regression' && ours.kind === 'numeric' && theirs.kind === 'numeric') {
    const isSame = (x: number, y: number) =>
      Object.is(x, y) ||
      (Number.isFinite(x - y) &&
        Math.abs(x - y) <= SINGLE_PRECISION * Math.max(Math.abs(x), Math.abs(y)))
    const labels = (from: typeof ours, to: typeof ours): Labels => ({
      // As a 32-bit float, so that labels that were written as such can be counted.
      text: (row) => {
        const value = from.values[row] ?? Number.NaN
        return Number.isNaN(value) ? undefined : String(Math.fround(value))
      },
      isSame: (row, other) => isSame(from.values[row] ?? NaN, to.values[other] ?? NaN),
    })
    return [labels(ours, theirs), labels(theirs, ours)]
  }
  const { classes, codes } = classCodes([ours, theirs])
  const [first = new Int32Array(), second = new Int32Array()] = codes
  const labels = (from: Int32Array, to: Int32Array): Labels => ({
    text: (row) => classes[from[row] ?? -1],
    isSame: (row, other) => from[row] === to[other],
  })
  return [labels(first, second), labels(second, first)]
}

function differenceInOrder(
  ours: Labels,
  theirs: Labels,
  kept: readonly number[],
): LabelDifference | undefined {
  const wrong = kept.flatMap((other, row) => (ours.isSame(row, other) ? [] : [row]))
  const [row] = wrong
  if (row === undefined) return undefined
  return {
    rows: wrong.length,
    row: row + 1,
    label: ours.text(row) ?? null,
    expected: theirs.text(kept[row] ?? -1) ?? null,
  }
}

/** The rows whose key has not as many rows of this label in the data. */
function differenceByKey(
  ours: Labels,
  ourKeys: RowValues,
  theirs: Labels,
  theirKeys: RowValues,
  kept: readonly number[],
): LabelDifference | undefined {
  const pair = (keys: RowValues, labels: Labels, row: number) =>
    JSON.stringify([textAt(keys, row) ?? null, labels.text(row) ?? null])
  const left = new Map<string, number>()
  const labelOf = new Map<string | undefined, string | null>()
  for (const row of kept) {
    const key = textAt(theirKeys, row)
    if (!labelOf.has(key)) labelOf.set(key, theirs.text(row) ?? null)
    const each = pair(theirKeys, theirs, row)
    left.set(each, (left.get(each) ?? 0) + 1)
  }
  const wrong = kept.flatMap((_, row) => {
    const each = pair(ourKeys, ours, row)
    const count = left.get(each) ?? 0
    left.set(each, count - 1)
    return count > 0 ? [] : [row]
  })
  const [row] = wrong
  if (row === undefined) return undefined
  return {
    rows: wrong.length,
    row: row + 1,
    label: ours.text(row) ?? null,
    expected: labelOf.get(textAt(ourKeys, row)) ?? null,
  }
}
