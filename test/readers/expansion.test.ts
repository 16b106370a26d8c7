import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { memorySource } from '../../src/readers/byte-source.ts'
import type { PageLayout } from '../../src/readers/parquet-pages.ts'
import { checkPages } from '../../src/readers/parquet-pages.ts'
import { readBlocks } from '../../src/readers/text-blocks.ts'
import { checkZstdFrame } from '../../src/readers/zstd-frame.ts'
import { refusal } from './scratch.ts'

async function lengthOf(
  bytes: Uint8Array,
  most: Parameters<typeof readBlocks>[3],
): Promise<number> {
  let length = 0
  for await (const block of readBlocks(memorySource([bytes]), 'x.csv.gz', undefined, most)) {
    length += block.length
  }
  return length
}

test('gzip text that expands beyond all measure is refused, other text is read to its end', async () => {
  const text = 'a,b\n'.repeat(2 ** 20)
  const bomb = gzipSync(text)
  const limits = { bytes: 2 ** 20, times: 100 }
  const error = await refusal(() => lengthOf(bomb, limits))
  assert.equal(error.kind, 'input')
  assert.match(error.message, /more than 100 times/)
  // Both bounds have to be passed.
  assert.equal(await lengthOf(bomb, { bytes: text.length, times: 100 }), text.length)
  assert.equal(await lengthOf(bomb, { bytes: 0, times: 2000 }), text.length)
})

/** A number as Thrift's compact protocol writes it: zigzag, in groups of seven bits. */
function integer(value: number): number[] {
  const bytes: number[] = []
  let rest = value * 2
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return [...bytes, rest]
}

/** A data page of version 1 with the sizes and the number of values that it announces. */
function page(announced: number, values: number, body: readonly number[]): ArrayBuffer {
  const field = (first: number, value: number): number[] => [first, ...integer(value)]
  const header = [
    ...[...field(0x15, 0), ...field(0x15, announced), ...field(0x15, body.length), 0x2c],
    ...[...field(0x15, values), ...field(0x15, 0), ...field(0x15, 3), ...field(0x15, 3), 0, 0],
  ]
  return Uint8Array.from([...header, ...body]).buffer
}

const layout: PageLayout = { codec: 'UNCOMPRESSED', isOptional: true, isBoolean: false }

test('a Parquet page that announces more bytes than its compression can make is refused', () => {
  for (const codec of ['SNAPPY', 'GZIP', 'LZ4_RAW', 'ZSTD', 'BROTLI'] as const) {
    const chunk = page(2 ** 30 + 1, 3, [1, 2, 3])
    assert.throws(() => checkPages(chunk, 3, { ...layout, codec }), /the most is 1 GiB/)
    if (codec === 'BROTLI') continue
    assert.throws(
      () => checkPages(page(2 ** 28, 3, [1]), 3, { ...layout, codec }),
      /than it can hold/,
    )
  }
  assert.throws(() => checkPages(page(65, 3, []), 3, layout), /than it can hold/)
})

test('a Parquet page that announces more values than its row group is refused', () => {
  assert.throws(() => checkPages(page(6, 2 ** 30, [2, 0, 0, 0, 6, 1]), 3, layout), /more values/)
  assert.throws(() => checkPages(page(6, 3, [2, 0, 0, 0, 6, 1]), 2 ** 28, layout), /2\^27 rows/)
})

test('a run that is longer than its Parquet page is refused before it is followed', () => {
  const nulls = [2, 0, 0, 0, 6, 0]
  assert.deepEqual(checkPages(page(6, 3, nulls), 3, layout), [])
  // 2^27 times the same level.
  const endless = [5, 0, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x01, 0]
  assert.throws(() => checkPages(page(10, 3, endless), 3, layout), /a run is longer/)
})

test('a zstd frame that announces more than it can hold is refused', () => {
  const magic = [0x28, 0xb5, 0x2f, 0xfd]
  // A single segment of 2^31 bytes, and a window of 2^40.
  assert.throws(
    () => checkZstdFrame(Uint8Array.from([...magic, 0xa0, 0, 0, 0, 0x80, 1, 0, 0])),
    /hold/,
  )
  assert.throws(() => checkZstdFrame(Uint8Array.from([...magic, 0, 0xf0, 1, 0, 0])), /128 MiB/)
  assert.throws(() => checkZstdFrame(Uint8Array.from([1, 2, 3, 4])), /not a zstd frame/)
  checkZstdFrame(Uint8Array.from([...magic, 0x20, 3, 0x19, 0, 0, 97, 98, 99]))
})
