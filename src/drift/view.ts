import type { CodedColumn, Column, NumericColumn } from '../table/types.ts'
import type { View } from './plan.ts'

/**
 * Turns a column as it was read into the values that are compared: numbers counted by value for
 * categories, the length in code points for texts. Other views leave the column as it is.
 *
 * @param column - All rows of the column.
 * @param view - How it is compared.
 * @returns A column of the same rows, with the same rows missing.
 * Complexity: O(rows).
 */
export function viewColumn(column: Column, view: View): Column {
  if (view === 'categories' && column.kind === 'numeric') return labelled(column)
  if (view === 'lengths' && column.kind === 'coded') return lengths(column)
  return column
}

function labelled(column: NumericColumn): CodedColumn {
  const codeOf = new Map<number, number>()
  const labels: string[] = []
  const codes = new Uint32Array(column.values.length)
  column.values.forEach((value, row) => {
    let code = codeOf.get(value)
    if (code === undefined) {
      code = labels.length
      codeOf.set(value, code)
      labels.push(String(value))
    }
    codes[row] = code
  })
  const { validRows } = column
  return {
    kind: 'coded',
    rows: column.rows,
    missing: column.missing,
    ...(validRows === undefined ? {} : { validRows }),
    codes,
    labels,
  }
}

function lengths(column: CodedColumn): NumericColumn {
  const lengthOf = column.labels.map((label) => Array.from(label).length)
  const { validRows } = column
  return {
    kind: 'numeric',
    rows: column.rows,
    missing: column.missing,
    ...(validRows === undefined ? {} : { validRows }),
    values: Float64Array.from(column.codes, (code) => lengthOf[code] as number),
    nan: 0,
    positiveInfinity: 0,
    negativeInfinity: 0,
  }
}
