import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mayBePickle } from '../../../src/artifacts/pickle/nested.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

describe('whether bytes may be a pickle', () => {
  it('sees a reference in any line, and the rest of a line before it', () => {
    assert.equal(mayBePickle(bytes('cposix\ngetpid\n)R.')), true)
    assert.equal(mayBePickle(bytes('(iposix\ngetpid\n.')), true)
    assert.equal(mayBePickle(bytes('I1\n0cos.path\ngetpid\n)R.')), true)
  })

  it('sees none in a name without a module or without an end', () => {
    assert.equal(mayBePickle(bytes('I1\ngetpid\n.')), false)
    assert.equal(mayBePickle(bytes('cposix\ngetpid')), false)
    assert.equal(mayBePickle(bytes('cposix!\ngetpid\n.')), false)
  })

  it('is decided in linear time on a long word', () => {
    const start = performance.now()
    for (let count = 0; count < 5; count += 1) mayBePickle(bytes(`${'c'.repeat(65_000)}!`))
    assert.ok(performance.now() - start < 1000)
  })
})
