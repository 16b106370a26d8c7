import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DEFAULT_INSPECTION_LIMITS } from '../../../src/artifacts/artifact.ts'
import { bytesStream } from '../../../src/artifacts/byte-stream.ts'
import { runPickle } from '../../../src/artifacts/pickle/machine.ts'
import { mayBePickle } from '../../../src/artifacts/pickle/nested.ts'
import { startBudget } from '../../../src/artifacts/pickle/run.ts'

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

describe('a pickle in the bytes of another one', () => {
  it('is read however many names it holds', async () => {
    const count = 150_000
    const names = Array.from({ length: count }, (_, index) => `ca${String(index)}\nb\n0`)
    const inner = bytes(`${names.join('')}N.`)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(inner.length)
    const outer = Buffer.concat([bytes('B'), length, inner, bytes('.')])
    const budget = startBudget(DEFAULT_INSPECTION_LIMITS, () => 0)
    const { globals } = await runPickle(bytesStream(outer), { budget })
    assert.equal(globals.length, count)
  })
})
