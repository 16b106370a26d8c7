import assert from 'node:assert/strict'
import path from 'node:path'
import { describe, it } from 'node:test'
import { DEFAULT_INSPECTION_LIMITS } from '../../src/artifacts/artifact.ts'
import { Unreadable } from '../../src/artifacts/unreadable.ts'
import { openZip, openZipBytes } from '../../src/artifacts/zip/open-zip.ts'
import { InputError } from '../../src/core/errors.ts'

const folder = path.join(import.meta.dirname, '../../fixtures/artifacts/archives')
const dense = path.join(folder, 'dense.npz')
const DENSE_BYTES = 1024 * 1024 + 128

function open(changes: Partial<typeof DEFAULT_INSPECTION_LIMITS> = {}, file = dense) {
  return openZip(file, { ...DEFAULT_INSPECTION_LIMITS, ...changes })
}

const refused = (code: string) => (error: unknown) =>
  error instanceof Unreadable && error.finding.code === code

describe('an archive', () => {
  it('gives its files when asked for them', async () => {
    const archive = await open()
    assert.deepEqual(
      archive.entries.map(({ name, size }) => [name, size]),
      [['a.npy', DENSE_BYTES]],
    )
    assert.equal((await archive.read('a.npy', DENSE_BYTES)).length, DENSE_BYTES)
    assert.ok(archive.has('a.npy') && !archive.has('b.npy'))
    await assert.rejects(archive.read('b.npy', 1), refused('ZIP_ENTRY_MISSING'))
    archive.close()
  })

  it('is not unpacked beyond what a reader can hold', async () => {
    const archive = await open()
    await assert.rejects(archive.read('a.npy', DENSE_BYTES - 1), refused('ZIP_ENTRY_OVER_LIMIT'))
    archive.close()
  })

  it('is not unpacked beyond the ratio of the limits', async () => {
    const archive = await open({ compressionRatio: 10 })
    await assert.rejects(archive.read('a.npy', DENSE_BYTES), refused('ZIP_ENTRY_OVER_LIMIT'))
    archive.close()
  })

  it('is not unpacked beyond the bytes of the limits, over all readings together', async () => {
    const archive = await open({ decompressedBytes: 1.5 * DENSE_BYTES })
    await archive.read('a.npy', DENSE_BYTES)
    await assert.rejects(archive.read('a.npy', DENSE_BYTES), refused('ZIP_ENTRY_OVER_LIMIT'))
    archive.close()
  })

  it('that is not there is an input that cannot be read', async () => {
    await assert.rejects(open({}, path.join(folder, 'nowhere.npz')), InputError)
    await assert.rejects(open({}, folder), InputError)
  })

  it('that is none is unreadable, whatever its bytes', async () => {
    const limits = DEFAULT_INSPECTION_LIMITS
    for (const bytes of [new Uint8Array(), Buffer.from('PK\x03\x04'), new Uint8Array(100_000)]) {
      await assert.rejects(openZipBytes(bytes, 'x', limits), refused('ZIP_UNREADABLE'))
    }
  })
})
