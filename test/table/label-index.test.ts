import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { labelIndex } from '../../src/table/label-index.ts'

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀'), maxLength: 4 }),
  fc.nat(300).map(String),
)

test('labels have the codes that a Map would give, wherever they stand in a text', () => {
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 400 }), (cells) => {
      const index = labelIndex()
      const expected = new Map<string, number>()
      const bytes = Buffer.from(cells.join(''))
      let start = 0
      for (const one of cells) {
        const code = expected.get(one) ?? expected.size
        expected.set(one, code)
        const end = start + Buffer.byteLength(one)
        assert.equal(index.codeOf(bytes, start, end), code)
        start = end
      }
      assert.deepEqual(index.labels, [...expected.keys()])
    }),
  )
})
