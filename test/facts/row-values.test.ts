import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { countMissing, readRowValues, textAt } from '../../src/facts/row-values.ts'
import { categories, memorySnapshot, numbers } from '../memory-snapshot.ts'

test('values keep their rows across gaps and batches', async () => {
  const cell = fc.option(fc.integer(), { nil: null })
  const label = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, label)), async (rows) => {
      const table = {
        number: numbers(rows.map(([value]) => value)),
        text: categories(rows.map(([, value]) => value)),
      }
      const snapshot = memorySnapshot(table, 3)
      const columns = await readRowValues(snapshot, ['number', 'text'])
      for (const [row, [value, text]] of rows.entries()) {
        const [number, coded] = [columns.get('number'), columns.get('text')]
        assert.ok(number !== undefined && coded !== undefined)
        assert.equal(textAt(number, row), value === null ? undefined : String(value))
        assert.equal(textAt(coded, row), text ?? undefined)
      }
      const number = columns.get('number')
      assert.ok(number)
      assert.equal(countMissing(number), rows.filter(([value]) => value === null).length)
    }),
    { seed: 1 },
  )
})
