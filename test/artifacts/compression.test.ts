import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { deflateSync, gzipSync } from 'node:zlib'
import { DEFAULT_INSPECTION_LIMITS, type Inspection } from '../../src/artifacts/artifact.ts'
import { detectCompression } from '../../src/artifacts/compression/detect.ts'
import { inspectPickle } from '../../src/artifacts/pickle/inspect-pickle.ts'
import { NO_ADDITIONS } from '../../src/artifacts/policy.ts'

const arrays = fileURLToPath(new URL('../../fixtures/artifacts/pickle/arrays/', import.meta.url))
const hostile = fileURLToPath(new URL('../../fixtures/artifacts/pickle/hostile/', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'compression-test-'))
after(() => rmSync(root, { recursive: true, force: true }))

let made = 0
function inspected(bytes: Uint8Array, limits = {}): Promise<Inspection> {
  const path = join(root, `model-${String(made++)}.joblib`)
  writeFileSync(path, bytes)
  return inspectPickle(path, { ...DEFAULT_INSPECTION_LIMITS, ...limits }, NO_ADDITIONS, () =>
    performance.now(),
  )
}

const COMPRESSIONS = ['zlib', 'gzip', 'bz2', 'xz', 'lzma', 'lz4'] as const

describe('a compressed file', () => {
  for (const compression of COMPRESSIONS) {
    const whole = readFileSync(join(arrays, `newest-${compression}.joblib`))

    it(`is recognised: ${compression}`, () => {
      assert.equal(detectCompression(whole.subarray(0, 16)), compression)
    })

    it(`is inconclusive wherever it is cut off: ${compression}`, async () => {
      for (let length = 6; length < whole.length; length += 97) {
        const { verdict } = await inspected(whole.subarray(0, length))
        assert.equal(verdict, 'inconclusive', String(length))
      }
      assert.equal((await inspected(whole.subarray(0, whole.length - 1))).verdict, 'inconclusive')
    })

    it(`is inconclusive when bytes follow it: ${compression}`, async () => {
      for (const more of ['x', 'more bytes', '\0']) {
        const { verdict } = await inspected(Buffer.concat([whole, Buffer.from(more)]))
        assert.equal(verdict, 'inconclusive', JSON.stringify(more))
      }
    })

    it(`is inconclusive when it expands beyond a limit: ${compression}`, async () => {
      const { verdict, reasons } = await inspected(whole, { decompressedBytes: 1000 })
      assert.equal(verdict, 'inconclusive')
      assert.match(String(reasons[0]?.code), /^COMPRESSION_/)
    })
  }

  it('is no longer read once it has expanded by more than the ratio', async () => {
    const size = 30_000_000
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(size))
    const pickle = Buffer.concat([
      Buffer.from([0x80, 4, 0x8e]),
      length,
      Buffer.alloc(size),
      Buffer.from('.'),
    ])
    const limits = { compressionRatio: 100 }
    for (const bytes of [deflateSync(pickle), gzipSync(pickle)]) {
      assert.equal((await inspected(bytes)).verdict, 'safe')
      const { reasons } = await inspected(bytes, limits)
      assert.deepEqual(
        reasons.map(({ code }) => code),
        ['COMPRESSION_OVER_LIMIT'],
      )
    }
  })

  it('does not expand without end', async () => {
    for (const name of ['bomb-bz2.joblib', 'bomb-xz.joblib']) {
      const start = performance.now()
      const { verdict } = await inspected(readFileSync(join(hostile, name)))
      assert.equal(verdict, 'inconclusive')
      assert.ok(performance.now() - start < 4000, name)
    }
  })
})

describe('a plain pickle', () => {
  it('is not taken for a compressed one by its first two bytes', () => {
    for (const start of [
      'BZ\0\0\0',
      'BZh9h',
      ']0cos\nsystem\n)',
      'x\x01',
      '\x1f\x8b',
      '\xfd7zXZ',
    ]) {
      const bytes = Buffer.from(start, 'latin1')
      if (start === 'x\x01') assert.equal(detectCompression(bytes), 'zlib')
      else assert.equal(detectCompression(bytes), undefined, start)
    }
  })
})
