import type { SplitPredictions } from './predictions.ts'
import { textAt } from './row-values.ts'

/** Rows that belong together, as numbers from 0. */
export interface RowGroups {
  readonly numbers: Uint32Array
  readonly count: number
}

/** Groups of rows with one key; `undefined` when every row stands for itself. */
export function groupsOf({
  key,
  rows,
}: Pick<SplitPredictions, 'key' | 'rows'>): RowGroups | undefined {
  if (key === undefined) return undefined
  const byKey = new Map<string, number>()
  const numbers = new Uint32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) {
    const text = textAt(key, row)
    // Rows without a key have nothing in common.
    const known = text === undefined ? undefined : byKey.get(text)
    const group = known ?? count++
    if (text !== undefined) byKey.set(text, group)
    numbers[row] = group
  }
  return count === rows ? undefined : { numbers, count }
}
