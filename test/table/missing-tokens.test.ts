import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { missingTest } from '../../src/table/missing-tokens.ts'

const text = fc.string({ unit: fc.constantFrom('N', 'A', 'a', 'é', '-', '9', '\0'), maxLength: 3 })

test('a cell is missing when it is one of the tokens, and never otherwise', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), fc.array(text), (tokens, cells) => {
      const isMissing = missingTest(new Set(tokens))
      for (const cell of [...cells, ...tokens, '']) {
        const bytes = Buffer.from(`N${cell}A`)
        assert.equal(isMissing(bytes, 1, bytes.length - 1), tokens.includes(cell))
      }
    }),
  )
})
