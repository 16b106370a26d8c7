import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { MlcheckError } from '../../src/core/errors.ts'
import type { OpenOptions } from '../../src/readers/open.ts'
import { makeScratch, refusal } from './scratch.ts'

const scratch = makeScratch()

function failure(
  content: string | Uint8Array,
  options?: Partial<OpenOptions>,
): Promise<MlcheckError> {
  return refusal(() => scratch.csv(content, options))
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

/** Errors by what is wrong: the bytes, the line, and a word of the message. */
const CASES: readonly (readonly [string, string | Uint8Array, number, RegExp])[] = [
  ['a row that is too short', 'a,b\n1,2\n3\n', 3, /1 cells, the header has 2/],
  ['a row that is too long', 'a,b\n1,2\n3,4,5\n', 3, /3 cells, the header has 2/],
  ['a ragged row after cells of several lines', 'a,b\n"1\n1",2\n3\n', 4, /1 cells/],
  ['a blank line between rows', 'a,b\n1,2\n\n3,4\n', 3, /1 cells/],
  ['a blank line before the header', '\na,b\n1,2\n', 1, /blank line/],
  ['a quote that is never closed', 'a,b\n1,2\n3,"4\n5,6\n', 3, /never closed/],
  ['a quote inside a cell', 'a,b\n1,2\n3,4"5"\n', 3, /quote/],
  ['text after a closing quote', 'a,b\n1,2\n3,"4"5\n', 3, /closing quote/],
  ['a NUL byte', 'a,b\n1,2\n3,\0\n', 3, /NUL/],
  ['a NUL byte within quotes', 'a,b\n1,"2\n\0"\n', 3, /NUL/],
  ['bytes that are not UTF-8', latin1('a,b\n1,2\n3,\xff\n'), 3, /UTF-8/],
  [
    'bytes that are not UTF-8 after a replacement character',
    latin1('a,b\n\xef\xbf\xbd,2\n3,\xe9\n'),
    3,
    /UTF-8/,
  ],
  ['a character that is cut off by the end', latin1('a,b\n1,2\n3,\xe2\x82'), 3, /UTF-8/],
  ['a name that stands twice', 'a,b,a\n1,2,3\n', 1, /"a" twice: columns 1 and 3/],
  ['a column without a name', 'a,,c\n1,2,3\n', 1, /column 2 of the header has no name/],
  ['a header that another delimiter splits', 'a;b\n1;2\n', 1, /one column/],
  ['UTF-16', Buffer.from('\uFEFFa,b\n', 'utf16le'), 1, /UTF-16/],
]

for (const [what, content, line, message] of CASES) {
  test(`${what} is refused with its line`, async () => {
    const error = await failure(content)
    assert.equal(error.kind, 'input')
    assert.deepEqual(error.location, { path: 'data.csv', line })
    assert.match(error.message, message)
  })

  test(`${what} is refused with its line in gzip`, async () => {
    const error = await failure(gzipSync(content))
    assert.deepEqual([error.kind, error.location], ['input', { path: 'data.csv', line }])
  })
}

test('the line is right far into a file of many blocks', async () => {
  const rows = 'x,é\n'.repeat(700_000)
  for (const [bad, message] of [
    [latin1('\xff,b\n'), /UTF-8/],
    [latin1('a,b,c\n'), /3 cells/],
    [latin1('a,\0\n'), /NUL/],
  ] as const) {
    const error = await failure(
      Buffer.concat([Buffer.from(`a,b\n${rows}`), bad, Buffer.from(rows)]),
    )
    assert.equal(error.location?.line, 700_002)
    assert.match(error.message, message)
  }
})

test('gzip that is cut off or damaged is refused, never read as fewer rows', async () => {
  const whole = gzipSync('a,b\n1,2\n'.repeat(1000))
  for (const length of [20, whole.length - 9, whole.length - 1]) {
    const error = await failure(whole.subarray(0, length))
    assert.deepEqual([error.kind, error.location], ['input', { path: 'data.csv' }])
    assert.match(error.message, /gzip/)
  }
  const damaged = Buffer.from(whole)
  damaged[whole.length - 6]! ^= 1
  assert.match((await failure(damaged)).message, /gzip/)
})

test('a file without a byte, or with blank lines alone, holds nothing to check', async () => {
  for (const content of ['', '\uFEFF', '\n\n', gzipSync('')]) {
    const error = await failure(content)
    assert.deepEqual([error.kind, error.location], ['nothing-checked', { path: 'data.csv' }])
  }
})

test('a header alone is a table without rows', async () => {
  for (const content of ['a,b\n', 'a,b', '"a","b"\r\n', 'a,b\n\n\n']) {
    const table = await scratch.csv(content)
    assert.equal(table.rowCount, 0)
    assert.deepEqual(
      table.fields.map(({ name }) => name),
      ['a', 'b'],
    )
    const batches: number[] = []
    await table.scan(['a', 'b'], ({ rows, columns }) => batches.push(rows, columns.size))
    assert.deepEqual(batches, [0, 2])
  }
})

test('a delimiter or quote that cannot be one is refused', async () => {
  for (const csv of [{ delimiter: ',,' }, { quote: '' }, { delimiter: '"' }]) {
    assert.equal((await failure('a,b\n1,2\n', { csv })).kind, 'input')
  }
})

test('in a file of one column every line is a row, so a missing value at the end is not lost', async () => {
  for (const content of [
    'x\n1.5\n\n2.5\n""\n',
    'x\n1.5\n""\n2.5\n\n',
    'x\r\n\r\n1.5\r\n2.5\r\n\r\n',
  ]) {
    const table = await scratch.csv(content)
    assert.equal(table.rowCount, 4, JSON.stringify(content))
  }
  assert.equal((await scratch.csv('x\n""\n""\n')).rowCount, 2)
  assert.equal((await scratch.csv('x\n1\n2\n')).rowCount, 2)
})
