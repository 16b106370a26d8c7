import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparePredictions } from '../../src/facts/compare-predictions.ts'
import type { Predictions } from '../../src/runner/predict.ts'

const answer = (
  rows: Readonly<Record<string, readonly string[]>>,
  columns = ['prediction', 'score'],
) => ({ columns, rows: new Map(Object.entries(rows)) }) satisfies Predictions

test('the order of rows and columns does not matter', () => {
  const first = answer({ a: ['1', '0.5'], b: ['0', '0.25'] })
  const second = answer({ b: ['0.25', '0'], a: ['0.5', '1'] }, ['score', 'prediction'])
  assert.deepEqual(comparePredictions(first, second), {
    rows: 2,
    identicalRows: 2,
    differences: [],
    unmatchedColumns: [],
  })
})

test('equal numbers that are written differently are equal, but not identical', () => {
  const agreement = comparePredictions(answer({ a: ['1', '0.5'] }), answer({ a: ['1.0', '5e-1'] }))
  assert.equal(agreement.identicalRows, 0)
  assert.deepEqual(agreement.differences, [])
})

test('numbers differ by an amount, labels by being others', () => {
  const { differences } = comparePredictions(
    answer({ a: ['yes', '0.5'] }),
    answer({ a: ['no', '0.4'] }),
  )
  assert.equal(differences[0]?.absolute, null)
  assert.ok(Math.abs((differences[1]?.absolute ?? 0) - 0.1) < 1e-12)
  assert.ok(Math.abs((differences[1]?.relative ?? 0) - 0.2) < 1e-12)
})

test('only the rows of the second answer are compared, and a column that one lacks is named', () => {
  const first = answer({ a: ['1', '0.5'], b: ['0', '0.1'] })
  assert.equal(comparePredictions(first, answer({ b: ['0', '0.1'] })).rows, 1)
  const { unmatchedColumns, identicalRows } = comparePredictions(
    first,
    answer({ b: ['0'] }, ['prediction']),
  )
  assert.deepEqual(unmatchedColumns, ['score'])
  assert.equal(identicalRows, 0)
})
