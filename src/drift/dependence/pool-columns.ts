import type { CodedColumn, Column, NumericColumn } from '../../table/types.ts'

/**
 * Puts the rows of the current side behind those of the reference.
 *
 * @param reference - A column.
 * @param current - The same column of the other side, of the same kind.
 * @returns One column of all rows; labels of both sides are one list.
 * @throws TypeError when the kinds differ. Complexity: O(rows + labels).
 */
export function poolColumns(reference: Column, current: Column): Column {
  if (reference.kind === 'numeric' && current.kind === 'numeric') {
    return poolNumeric(reference, current)
  }
  if (reference.kind === 'coded' && current.kind === 'coded') return poolCoded(reference, current)
  throw new TypeError('the two sides hold values of different kinds')
}

function poolNumeric(reference: NumericColumn, current: NumericColumn): NumericColumn {
  const values = new Float64Array(reference.values.length + current.values.length)
  values.set(reference.values)
  values.set(current.values, reference.values.length)
  return {
    kind: 'numeric',
    ...pooledRows(reference, current),
    values,
    nan: reference.nan + current.nan,
    positiveInfinity: reference.positiveInfinity + current.positiveInfinity,
    negativeInfinity: reference.negativeInfinity + current.negativeInfinity,
  }
}

function poolCoded(reference: CodedColumn, current: CodedColumn): CodedColumn {
  const codeOf = new Map<string, number>()
  const labels: string[] = []
  const common = (label: string): number => {
    let code = codeOf.get(label)
    if (code === undefined) {
      code = labels.length
      codeOf.set(label, code)
      labels.push(label)
    }
    return code
  }
  const first = reference.labels.map(common)
  const second = current.labels.map(common)
  const codes = new Uint32Array(reference.codes.length + current.codes.length)
  reference.codes.forEach((code, i) => {
    codes[i] = first[code] as number
  })
  current.codes.forEach((code, i) => {
    codes[reference.codes.length + i] = second[code] as number
  })
  return { kind: 'coded', ...pooledRows(reference, current), codes, labels }
}

function pooledRows(
  reference: Column,
  current: Column,
): { rows: number; missing: number; validRows?: Uint32Array } {
  const rows = reference.rows + current.rows
  const missing = reference.missing + current.missing
  if (missing === 0) return { rows, missing }
  const validRows = new Uint32Array(rows - missing)
  const before = rows - current.rows - reference.missing
  for (let i = 0; i < before; i++) validRows[i] = reference.validRows?.[i] ?? i
  for (let i = before; i < validRows.length; i++) {
    validRows[i] = reference.rows + (current.validRows?.[i - before] ?? i - before)
  }
  return { rows, missing, validRows }
}
