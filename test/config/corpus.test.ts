import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { corpusFolder, corpusLeaves, loadLeaf, renderError } from './corpus.ts'

const leaves = corpusLeaves()

test('the corpus of refused files is there', () => {
  assert.ok(leaves.length >= 30)
})

for (const leaf of leaves) {
  test(`refused in the expected words: ${leaf}`, async () => {
    const expected = readFileSync(path.join(corpusFolder, leaf, 'expected.txt'), 'utf8')
    const said = await loadLeaf(leaf).then(() => 'accepted\n', renderError)
    assert.equal(said, expected)
    assert.match(said, /^ConfigurationError: \S+/)
  })
}
