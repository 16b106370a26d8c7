import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { damerauLevenshtein, didYouMean } from '../../src/config/did-you-mean.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 })

test('the distance is zero for equal words alone and symmetric', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = damerauLevenshtein(a, b)
      assert.equal(distance === 0, a === b)
      assert.equal(distance, damerauLevenshtein(b, a))
      assert.ok(distance >= Math.abs(a.length - b.length))
      assert.ok(distance <= Math.max(a.length, b.length))
    }),
  )
})

test('one insertion, deletion, substitution or exchange of neighbours is one step', () => {
  assert.equal(damerauLevenshtein('severity', 'severty'), 1)
  assert.equal(damerauLevenshtein('severty', 'severity'), 1)
  assert.equal(damerauLevenshtein('phase', 'phrse'), 1)
  assert.equal(damerauLevenshtein('phase', 'phsae'), 1)
  assert.equal(damerauLevenshtein('ca', 'abc'), 3)
})

test('the nearest name is suggested, and none when all are far', () => {
  assert.equal(didYouMean('severty', ['section', 'severity']), 'severity')
  assert.equal(didYouMean('Min-Evidence', ['min_evidence']), 'min_evidence')
  assert.equal(didYouMean('owner', ['section', 'severity']), undefined)
  assert.equal(didYouMean('x', ['y']), undefined)
  assert.equal(didYouMean('a'.repeat(500), ['a'.repeat(499)]), undefined)
})
