import assert from 'node:assert/strict'
import { copyFileSync, readFileSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { codes, fixture, inspect, members, workFolder } from './inspected.ts'

const work = workFolder()

function safetensors(header: unknown, dataBytes: number): string {
  const text = typeof header === 'string' ? header : JSON.stringify(header)
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(text)))
  return work.write(
    'made.safetensors',
    Buffer.concat([length, Buffer.from(text), Buffer.alloc(dataBytes)]),
  )
}

const entry = (begin: number, end: number) => ({
  dtype: 'U8',
  shape: [end - begin],
  data_offsets: [begin, end],
})

describe('a safetensors file', () => {
  it('tells its tensors as numpy spells them, and its metadata', async () => {
    const { verdict, object } = await inspect(fixture('safetensors/small.safetensors'))
    assert.equal(verdict, 'safe')
    assert.deepEqual(members(object?.parameters['metadata']), { format: 'np' })
    assert.deepEqual(members(object?.parameters['tensors']), {
      bias: { kind: 'array', dtype: '<f8', shape: [3], values: null, sha256: null },
      weights: { kind: 'array', dtype: '<f4', shape: [3, 4], values: null, sha256: null },
    })
  })

  it('may have a space in front of its header, as the library reads it', async () => {
    const file = safetensors(`  ${JSON.stringify({ a: entry(0, 2) })}`, 2)
    assert.equal((await inspect(file)).verdict, 'safe')
  })

  it('is inconclusive with holes, overlaps, other lengths or a name that occurs twice', async () => {
    const whole = { a: entry(0, 2), b: entry(2, 5) }
    assert.equal((await inspect(safetensors(whole, 5))).verdict, 'safe')
    const damaged: readonly (readonly [header: unknown, bytes: number])[] = [
      [{ a: entry(0, 2), b: entry(3, 6) }, 6],
      [{ a: entry(0, 3), b: entry(2, 5) }, 5],
      [whole, 4],
      [whole, 6],
      [{ a: { ...entry(0, 2), shape: [3] } }, 2],
      [{ a: { ...entry(0, 2), shape: [-2] } }, 2],
      [{ a: { ...entry(0, 2), shape: [2 ** 53, 2] } }, 2],
      [`{"a":${JSON.stringify(entry(0, 2))},"a":${JSON.stringify(entry(0, 2))}}`, 2],
      [`{"a":${JSON.stringify(entry(0, 2))},"\\u0061":${JSON.stringify(entry(0, 2))}}`, 2],
      [{ a: entry(0, 2), __metadata__: { format: 1 } }, 2],
      ['{"a":', 0],
    ]
    for (const [header, bytes] of damaged) {
      const { kind, verdict, reasons } = await inspect(safetensors(header, bytes))
      assert.deepEqual([kind, verdict], ['safetensors', 'inconclusive'], JSON.stringify(header))
      assert.equal(reasons[0]?.code, 'ARTIFACT_MALFORMED')
    }
  })
})

describe('the index of a model in shards', () => {
  const index = 'model.safetensors.index.json'
  const shards = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'] as const
  const text = readFileSync(fixture(`safetensors/${index}`), 'utf8')
  const copies = () => {
    for (const name of shards) {
      copyFileSync(fixture(`safetensors/${name}`), path.join(work.folder, name))
    }
  }

  it('tells the tensors of all shards', async () => {
    const { verdict, object } = await inspect(fixture(`safetensors/${index}`))
    assert.equal(verdict, 'safe')
    assert.deepEqual(Object.keys(members(object?.parameters['tensors'])).sort(), [
      'bias',
      'weights',
    ])
  })

  it('is inconclusive when a shard is missing, cut off or holds other tensors', async () => {
    copies()
    const file = work.write(index, text.replace('"bias"', '"other"'))
    assert.deepEqual(codes(await inspect(file)), ['SAFETENSORS_INDEX_DIFFERS'])
    work.write(index, text)
    truncateSync(path.join(work.folder, shards[0]), 50)
    assert.deepEqual(codes(await inspect(file)), ['ARTIFACT_MALFORMED'])
    work.write(index, text.replaceAll('00002-of', '00009-of'))
    assert.deepEqual(codes(await inspect(file)), ['ARTIFACT_MALFORMED', 'ARTIFACT_FILE_MISSING'])
  })

  it('is read at once, however many tensors or shards it names', async () => {
    copies()
    for (const name of ['one', 'own']) {
      const entries = Array.from({ length: 100_000 }, (_, number) => {
        const shard = name === 'one' ? shards[0] : `${String(number)}.safetensors`
        return [`tensor${String(number)}`, shard] as const
      })
      const file = work.write(index, JSON.stringify({ weight_map: Object.fromEntries(entries) }))
      const start = performance.now()
      assert.equal((await inspect(file)).verdict, 'inconclusive')
      assert.ok(performance.now() - start < 2000, name)
    }
  })

  it('is unsafe when it leads out of its folder', async () => {
    copies()
    const file = work.write(index, text.replace('"model-00001', '"../model-00001'))
    const found = await inspect(file)
    assert.deepEqual([found.verdict, codes(found)], ['unsafe', ['ARTIFACT_LEAVES_FOLDER']])
  })
})
