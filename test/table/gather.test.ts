import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { joinColumns } from '../../src/table/gather.ts'
import type { CodedColumn, NumericColumn } from '../../src/table/types.ts'

type Cells = readonly (number | null)[]

function common(cells: Cells): { rows: number; missing: number; validRows?: Uint32Array } {
  const validRows = Uint32Array.from(cells.flatMap((cell, row) => (cell === null ? [] : row)))
  const missing = cells.length - validRows.length
  return { rows: cells.length, missing, ...(missing === 0 ? {} : { validRows }) }
}

function numeric(cells: Cells): NumericColumn {
  const values = Float64Array.from(cells.filter((cell) => cell !== null))
  const count = (which: number): number => values.filter((value) => value === which).length
  return {
    kind: 'numeric',
    ...common(cells),
    values,
    nan: cells.filter((cell) => cell === null).length,
    positiveInfinity: count(Infinity),
    negativeInfinity: count(-Infinity),
  }
}

const cell = fc.oneof(fc.constant(null), fc.constantFrom(1, 2, Infinity, -Infinity))
const batches = fc.array(fc.array(cell, { maxLength: 5 }), { minLength: 1, maxLength: 5 })

test('batches put together are the column of all rows', () => {
  fc.assert(
    fc.property(batches, (parts) => {
      assert.deepEqual(joinColumns(parts.map(numeric), 'x'), numeric(parts.flat()))
    }),
  )
})

test('codes keep their labels, of which the last batch knows most', () => {
  const batch = (codes: number[], labels: string[]): CodedColumn => ({
    kind: 'coded',
    rows: codes.length,
    missing: 0,
    codes: Uint32Array.from(codes),
    labels,
  })
  const joined = joinColumns([batch([0, 0], ['a']), batch([1, 0], ['a', 'b'])], 'x')
  assert.deepEqual(joined, batch([0, 0, 1, 0], ['a', 'b']))
})

test('no batches, and batches of different kinds, are refused', () => {
  assert.throws(() => joinColumns([], 'x'), RangeError)
  const coded: CodedColumn = {
    kind: 'coded',
    rows: 0,
    missing: 0,
    codes: new Uint32Array(),
    labels: [],
  }
  assert.throws(() => joinColumns([numeric([1]), coded], 'x'), /changes its kind/)
})
