import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSample, sampleRowNumbers } from '../../src/facts/sample-rows.ts'
import { createRandom } from '../../src/stats/random.ts'
import { categories, memorySnapshot, numbers } from '../memory-snapshot.ts'

test('a sample has distinct rows in order, all of them when there are no more', () => {
  for (const [count, size] of [
    [0, 5],
    [5, 5],
    [5, 9],
    [1000, 20],
  ] as const) {
    const rows = [...sampleRowNumbers(count, size, createRandom(3))]
    assert.equal(rows.length, Math.min(count, size))
    assert.equal(new Set(rows).size, rows.length)
    assert.deepEqual(
      rows,
      [...rows].sort((a, b) => a - b),
    )
    assert.ok(rows.every((row) => row >= 0 && row < count))
  }
})

test('every row is as likely as any other', () => {
  const hits = new Array<number>(20).fill(0)
  const random = createRandom(11)
  for (let draw = 0; draw < 4000; draw++) {
    for (const row of sampleRowNumbers(20, 5, random)) hits[row] = (hits[row] ?? 0) + 1
  }
  // 1000 expected in each, standard deviation 27: five of them either way.
  for (const count of hits) assert.ok(Math.abs(count - 1000) < 137, String(hits))
})

test('sampled cells are the cells of their rows, gaps empty, numbers in shortest form', async () => {
  const number = [0.1, null, 3, -Infinity, 1e21, null, 7, 8]
  const text = ['a', 'b', null, 'a', 'c', 'c', null, 'b']
  const snapshot = memorySnapshot({ text: categories(text), number: numbers(number) }, 3)
  const sample = await readSample(snapshot, ['number', 'text'], Uint32Array.of(1, 2, 3, 4, 7))
  assert.deepEqual(sample.columns, ['number', 'text'])
  assert.deepEqual(sample.rows, [
    ['', 'b'],
    ['3', ''],
    ['-inf', 'a'],
    ['1e+21', 'c'],
    ['8', 'b'],
  ])
})
