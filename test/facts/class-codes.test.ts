import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classCodes } from '../../src/facts/class-codes.ts'
import type { RowValues } from '../../src/facts/row-values.ts'

const numbers = (...values: number[]): RowValues => ({
  kind: 'numeric',
  values: Float64Array.from(values),
})
const texts = (...values: (string | null)[]): RowValues => {
  const labels = [...new Set(values.filter((value) => value !== null))]
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : labels.indexOf(value)))
  return { kind: 'coded', codes, labels }
}
const coded = (...columns: RowValues[]) => {
  const { classes, codes } = classCodes(columns)
  return { classes, codes: codes.map((column) => [...column]) }
}

test('a class is the same however it is written', () => {
  const expected = {
    classes: ['0', '1'],
    codes: [
      [0, 1, 1],
      [0, 1, 1],
    ],
  }
  assert.deepEqual(coded(numbers(0, 1, 1), texts('0', '1', '1')), expected)
  assert.deepEqual(coded(numbers(0, 1, 1), texts('0.0', '1.0', '1.0')), expected)
  assert.deepEqual(coded(numbers(0, 1, 1), texts('False', 'True', 'True')), expected)
})

test('of 0 and 1 the codes stay when one class alone occurs', () => {
  assert.deepEqual(coded(numbers(1, 1, 1)), { classes: ['0', '1'], codes: [[1, 1, 1]] })
  assert.deepEqual(coded(numbers(0, 0, 0)), { classes: ['0', '1'], codes: [[0, 0, 0]] })
})

test('numbers are ordered by size and texts by code unit', () => {
  assert.deepEqual(coded(numbers(10, 9, 10)), { classes: ['9', '10'], codes: [[1, 0, 1]] })
  assert.deepEqual(coded(texts('yes', 'no', 'yes')), { classes: ['no', 'yes'], codes: [[1, 0, 1]] })
})

test('a gap has no class', () => {
  assert.deepEqual(coded(texts('a', null, 'b')), { classes: ['a', 'b'], codes: [[0, -1, 1]] })
})

test('classes that are written differently stay apart unless both are plain small numbers', () => {
  assert.deepEqual(coded(texts('01', '1', '1.0')).classes, ['01', '1'].sort())
  const beyond = ['9007199254740993', '9007199254740992']
  assert.deepEqual(new Set(coded(texts(...beyond, ...beyond)).classes), new Set(beyond))
  assert.deepEqual(coded(texts('0', '-0', '1')).classes, ['0', '1'])
})

test('the positive class is the declared one, the usual one of 0 and 1, and of other names unknown', () => {
  const words = texts('late', 'on-time', 'late')
  assert.equal(classCodes([words]).positive, undefined)
  assert.equal(classCodes([words], 'delayed').positive, undefined)
  const declared = classCodes([words], 'late')
  assert.deepEqual(
    [declared.classes, declared.positive, [...(declared.codes[0] ?? [])]],
    [['on-time', 'late'], 'late', [1, 0, 1]],
  )
  assert.equal(classCodes([numbers(0, 1, 1)]).positive, '1')
  assert.equal(classCodes([texts('True', 'False')]).positive, '1')
  assert.equal(classCodes([numbers(-1, 1)]).positive, '1')
  assert.equal(classCodes([numbers(1, 2)]).positive, undefined)
  assert.deepEqual(classCodes([texts('true', 'false')], 'false').classes, ['1', '0'])
})
