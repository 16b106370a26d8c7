import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalBoolean, labelType } from '../../src/table/labels.ts'

function many(count: number, make: (i: number) => string): string[] {
  return Array.from({ length: count }, (_, i) => make(i))
}

test('only the words of a boolean make one, in any case', () => {
  for (const word of ['true', 'TRUE', 'Yes', 'yes']) assert.equal(canonicalBoolean(word), 'true')
  for (const word of ['false', 'No']) assert.equal(canonicalBoolean(word), 'false')
  for (const word of ['', 't', 'f', '1', '0', 'on', 'ja'])
    assert.equal(canonicalBoolean(word), undefined)
  assert.equal(labelType(['true'], 9).type, 'boolean')
  assert.equal(labelType(['true', 'maybe'], 9).type, 'category')
  assert.notEqual(labelType([], 0).type, 'boolean')
})

test('few labels, or labels that repeat, are a category', () => {
  const id = (i: number): string => `id${String(i)}`
  assert.equal(labelType(many(50, id), 50).type, 'category')
  assert.equal(labelType(many(51, id), 60).type, 'identifier')
  assert.equal(labelType(many(51, id), 102).type, 'category')
  assert.equal(labelType(many(60, id), 100_000).type, 'category')
})

test('short labels without spaces that hardly repeat are identifiers, others text', () => {
  assert.equal(
    labelType(
      many(99, (i) => `a note ${String(i)}`),
      99,
    ).type,
    'text',
  )
  assert.equal(
    labelType(
      many(99, (i) => 'x'.repeat(64) + String(i)),
      99,
    ).type,
    'text',
  )
  assert.equal(
    labelType(
      many(99, (i) => `ab-${String(i)}`),
      99,
    ).type,
    'identifier',
  )
})
