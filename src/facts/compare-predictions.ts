import type { Predictions } from '../runner/predict.ts'

/** How far two answers to the same rows agree, from the strictest view to the loosest. */
export interface PredictionAgreement {
  readonly rows: number
  /** Rows whose cells are equal as text. */
  readonly identicalRows: number
  /** Cells that are equal neither as text nor as numbers. */
  readonly differences: readonly CellDifference[]
  /** Columns that one answer has and the other lacks. */
  readonly unmatchedColumns: readonly string[]
}

export interface CellDifference {
  readonly row: string
  readonly column: string
  readonly first: string
  readonly second: string
  /** `null` when one of the cells is no number: a class label. */
  readonly absolute: number | null
  /** Relative to the larger magnitude. */
  readonly relative: number | null
}

/** Compares the rows that the second answer has; the first must have them all. */
export function comparePredictions(first: Predictions, second: Predictions): PredictionAgreement {
  const placesIn = ({ columns }: Predictions) => new Map(columns.map((name, at) => [name, at]))
  const [firstPlaces, secondPlaces] = [placesIn(first), placesIn(second)]
  const columns = first.columns.filter((name) => secondPlaces.has(name))
  const unmatchedColumns = [...first.columns, ...second.columns].filter(
    (name) => !firstPlaces.has(name) || !secondPlaces.has(name),
  )
  const differences: CellDifference[] = []
  let identicalRows = 0
  for (const [row, cells] of second.rows) {
    const expected = first.rows.get(row)
    let identical = unmatchedColumns.length === 0
    for (const column of columns) {
      const before = expected?.[firstPlaces.get(column) ?? -1] ?? ''
      const after = cells[secondPlaces.get(column) ?? -1] ?? ''
      if (before === after) continue
      identical = false
      const gap = numericGap(before, after)
      if (gap?.absolute !== 0) {
        differences.push({
          row,
          column,
          first: before,
          second: after,
          absolute: gap?.absolute ?? null,
          relative: gap?.relative ?? null,
        })
      }
    }
    if (identical) identicalRows += 1
  }
  return { rows: second.rows.size, identicalRows, differences, unmatchedColumns }
}

function numericGap(
  before: string,
  after: string,
): { readonly absolute: number; readonly relative: number } | undefined {
  const [x, y] = [Number(before), Number(after)]
  if (before.trim() === '' || after.trim() === '' || !Number.isFinite(x) || !Number.isFinite(y)) {
    return undefined
  }
  const absolute = Math.abs(x - y)
  const scale = Math.max(Math.abs(x), Math.abs(y))
  return { absolute, relative: scale === 0 ? 0 : absolute / scale }
}
