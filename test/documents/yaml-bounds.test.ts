import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Lexer } from 'yaml'
import { excessOf, type YamlBounds, type YamlCounts } from '../../src/documents/yaml-bounds.ts'

const excess = (text: string, bounds: YamlBounds) => excessOf(new Lexer().lex(text), bounds)

test('a text is beyond its depth where the next level begins, in brackets and in indentation', () => {
  for (const [text, offset] of [
    ['[[[[1]]]]', 3],
    ['- - - - a', 6],
    ['- - {a: [[1]]}', 8],
    ['é: [[[\n[1]]]]', 7],
  ] as const) {
    assert.deepEqual(excess(text, { depth: 3 }), { bound: 'depth', offset }, text)
    assert.equal(excess(text, { depth: 8 }), undefined, text)
  }
})

test('levels that were closed do not add up', () => {
  assert.equal(excess('[1],\n'.repeat(100), { depth: 1 }), undefined)
  assert.equal(excess('- a\n'.repeat(100), { depth: 1 }), undefined)
})

test('values that are not written count as well, each in the way of its reader', () => {
  const marks = ({ marks: seen }: YamlCounts) => seen
  assert.equal(excess('[,,,,]', { depth: 9, values: 4, valuesIn: marks })?.offset, 4)
  const colons = ({ colons: seen }: YamlCounts) => seen
  assert.equal(excess('{:,:,:}', { depth: 9, values: 2, valuesIn: colons })?.bound, 'values')
  assert.equal(excess('a: 1\nb: 2\n', { depth: 9, values: 4 }), undefined)
  assert.equal(excess('a: 1\nb: 2\n', { depth: 9, values: 3 })?.offset, 8)
})

test('a text within a bound is within every larger one', () => {
  const signs = fc.string({ unit: fc.constantFrom(...'ab:- \n[]{},?'.split('')) })
  fc.assert(
    fc.property(signs, fc.nat(8), fc.nat(20), (text, depth, values) => {
      if (excess(text, { depth, values }) !== undefined) return
      assert.equal(excess(text, { depth: depth + 1, values: values + 1 }), undefined)
      assert.equal(excess(text, { depth }), undefined)
    }),
    { numRuns: 2000, seed: 1 },
  )
})
