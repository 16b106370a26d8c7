import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Snapshot } from '../../src/table/types.ts'
import { makeScratch, readValues, refusal } from './scratch.ts'

const scratch = makeScratch()

function streamOf(bytes: Uint8Array, chunk = 7): Readable {
  const chunks: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += chunk) chunks.push(bytes.subarray(at, at + chunk))
  return Readable.from(chunks)
}

function open(content: string | Uint8Array, chunk?: number): Promise<Snapshot> {
  return scratch.open('-', { format: 'csv', stdin: streamOf(Buffer.from(content), chunk) })
}

// The first cell misleads about the type of x, so that the text is read a second time.
const TEXT = 'x,y\n1,é\n,"b\n2"\nabc,c\nab,d\n'

test('standard input gives the table of a file with the same bytes', async () => {
  scratch.write('same.csv', TEXT)
  const file = await scratch.open('same.csv')
  for (const chunk of [1, 5, 1000]) {
    const piped = await open(TEXT, chunk)
    assert.deepEqual(piped.fields, file.fields)
    assert.equal(piped.rowCount, file.rowCount)
    const { sha256, bytes } = file.source
    assert.deepEqual(piped.source, { path: '-', format: 'csv', sha256, bytes })
    for (const name of ['x', 'y']) {
      assert.deepEqual(await readValues(piped, name), await readValues(file, name))
    }
  }
})

test('standard input can be scanned again, and leaves no file behind', async () => {
  const before = readdirSync(scratch.folder)
  const piped = await open(TEXT)
  assert.deepEqual(await readValues(piped, 'x'), await readValues(piped, 'x'))
  assert.deepEqual(readdirSync(scratch.folder), before)
})

test('standard input is decompressed when its content is gzip', async () => {
  for (const chunk of [1, 1000]) {
    const piped = await open(gzipSync(TEXT), chunk)
    assert.deepEqual(await readValues(piped, 'y'), ['é', 'b\n2', 'c', 'd'])
  }
})

test('an error in standard input is placed by its line', async () => {
  const error = await refusal(() => open('a,b\n1,2\n3\n'))
  assert.deepEqual([error.kind, error.location], ['input', { path: '<stdin>', line: 3 }])
})

test('standard input without a byte holds nothing to check', async () => {
  assert.equal((await refusal(() => open(''))).kind, 'nothing-checked')
})

test('standard input needs csv as its format', async () => {
  for (const format of [undefined, 'parquet', 'arrow'] as const) {
    const stdin = streamOf(Buffer.from(TEXT))
    const error = await refusal(() =>
      scratch.open('-', { stdin, ...(format === undefined ? {} : { format }) }),
    )
    assert.equal(error.kind, 'usage')
    assert.match(error.hint ?? '', /--format csv/)
  }
})

test('standard input stands for one side only', async () => {
  const stdin = streamOf(Buffer.from(TEXT))
  await scratch.open('-', { format: 'csv', stdin })
  const error = await refusal(() => scratch.open('-', { format: 'csv', stdin }))
  assert.deepEqual([error.kind, /one side only/.test(error.message)], ['usage', true])
})

test('a file named - is reached as ./-', async () => {
  scratch.write('-', 'x,y\n5,6\n')
  const stdin = streamOf(Buffer.from(TEXT))
  const file = await scratch.open('./-', { stdin })
  assert.deepEqual(await readValues(file, 'x'), [5])
})
