import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { openParquet } from '../../src/readers/parquet.ts'
import type { PartTable } from '../../src/readers/part-table.ts'
import type { Field, LogicalType } from '../../src/table/types.ts'
import { assertTable, columnOf, readExpectation, rowsOf } from './corpus.ts'

const CORPUS = path.join(import.meta.dirname, '../../fixtures/readers/parquet')
const scratch = mkdtempSync(path.join(tmpdir(), 'parquet-'))
after(() => rmSync(scratch, { recursive: true }))

function corpusFile(stem: string): string {
  return path.join(CORPUS, `${stem}.parquet`)
}

function open(stem: string, types: Readonly<Record<string, LogicalType>> = {}): Promise<PartTable> {
  return openParquet(corpusFile(stem), `${stem}.parquet`, { types: new Map(Object.entries(types)) })
}

function bound(stem: string, name: string, type: LogicalType): Promise<PartTable> {
  const bind: Field[] = [{ name, type, physical: 'csv', evidence: '' }]
  return openParquet(corpusFile(stem), `${stem}.parquet`, { bind })
}

for (const file of readdirSync(CORPUS).filter((name) => name.endsWith('.json'))) {
  const stem = path.basename(file, '.json')
  test(`${stem}.parquet holds what was written`, async () => {
    await assertTable(await open(stem), readExpectation(path.join(CORPUS, file)))
  })
}

test('a batch is a row group, and a label keeps its code from batch to batch', async () => {
  const table = await open('row-groups')
  const sizes: number[] = []
  const seen: (readonly string[])[] = []
  await table.scan(['float', 'text'], ({ rows, columns }) => {
    sizes.push(rows)
    const text = columns.get('text')
    assert.ok(text?.kind === 'coded' && columns.get('float')?.rows === rows)
    seen.push([...text.labels])
  })
  assert.deepEqual(sizes, [7, 7, 7, 7, 7, 7, 7, 1])
  for (const labels of seen) assert.deepEqual(labels, seen.at(-1)?.slice(0, labels.length))
})

test('an empty table gives one batch without rows', async () => {
  const batches: number[] = []
  await (
    await open('empty')
  ).scan(['number', 'text'], ({ rows, columns }) => {
    batches.push(rows, columns.size)
  })
  assert.deepEqual(batches, [0, 2])
})

test('a cut file is refused at every length', async () => {
  const bytes = readFileSync(corpusFile('snappy-v1'))
  const file = path.join(scratch, 'cut.parquet')
  for (let length = 0; length < bytes.length; length += 13) {
    writeFileSync(file, bytes.subarray(0, length))
    await assert.rejects(openParquet(file, 'cut.parquet', {}), { name: 'InputError' })
  }
})

test('a file with a hole in its data is refused, never read as fewer rows', async () => {
  const bytes = readFileSync(corpusFile('none-v1'))
  const file = path.join(scratch, 'hole.parquet')
  writeFileSync(file, Buffer.concat([bytes.subarray(0, 4), bytes.subarray(200)]))
  await assert.rejects(async () => {
    const table = await openParquet(file, 'hole.parquet', {})
    await table.scan(['float'], () => undefined)
  }, /InputError|cannot be (decoded|read)|damaged/)
})

test('an encrypted file is refused by name', async () => {
  await assert.rejects(open('encrypted'), { name: 'InputError', message: /encrypted/ })
})

test('text that is not UTF-8 makes its own column unreadable, not the others', async () => {
  const bytes = readFileSync(corpusFile('plain'))
  const file = path.join(scratch, 'latin1.parquet')
  for (let at = bytes.indexOf('grün'); at !== -1; at = bytes.indexOf('grün', at)) {
    bytes.set([0xff, 0xfe], at)
  }
  writeFileSync(file, bytes)
  const table = await openParquet(file, 'latin1.parquet', {})
  assert.deepEqual(
    table.findings.map(({ code, args }) => [code, args['column']]),
    [['COLUMN_UNREADABLE', 'text']],
  )
  assert.equal((await columnOf(table, 'float')).rows, 60)
  await assert.rejects(columnOf(table, 'text'), { name: 'InputError', message: /"text"/ })
})

test('a setting turns numbers, dates and booleans into labels with one text per value', async () => {
  const table = await open('types', {
    int32: 'category',
    float32: 'category',
    float64: 'identifier',
    uint64: 'text',
  })
  assert.deepEqual(
    table.findings.map(({ code }) => code),
    ['BOOLEAN_SPELLINGS_MIXED'],
  )
  const labels = async (name: string): Promise<unknown> => rowsOf(await columnOf(table, name))
  assert.deepEqual(await labels('int32'), ['-2147483648', '2147483647', null, '0'])
  assert.deepEqual(await labels('float32'), ['0.1', null, 'Infinity', null])
  assert.deepEqual(await labels('float64'), ['5e-324', '0', '1.7976931348623157e+308', null])
  assert.deepEqual(await labels('uint64'), ['0', '9007199254740991', null, '1'])

  const times = await open('times', { date: 'category', millis: 'category', micros: 'category' })
  const shown = async (name: string): Promise<unknown> =>
    rowsOf(await columnOf(times, name)).slice(0, 3)
  assert.deepEqual(await shown('date'), ['1970-01-02', null, '1969-12-31'])
  assert.deepEqual(await shown('millis'), [
    '2026-11-24T10:05:30.250Z',
    null,
    '1969-12-31T23:59:00.000Z',
  ])
  assert.deepEqual(await shown('micros'), [
    '2026-11-24T10:05:30.250125Z',
    null,
    '1969-12-31T23:59:00.000Z',
  ])
})

test('a reference category keeps numbers as the labels that a CSV file has for them', async () => {
  const table = await bound('nested', 'between', 'category')
  assert.deepEqual(rowsOf(await columnOf(table, 'between')), ['1.5', null, '2.5'])
  const integers = await bound('labels', 'few', 'text')
  assert.equal(integers.fields.find(({ name }) => name === 'few')?.type, 'text')
})

test('texts are never turned into numbers: they are reported and missing', async () => {
  const table = await open('types', { dictionary: 'number' })
  const [finding] = table.findings
  assert.deepEqual(
    [finding?.code, finding?.args],
    [
      'VALUES_UNPARSABLE',
      {
        column: 'dictionary',
        type: 'number',
        count: 3,
        rows: 3,
        first: [
          { row: 1, value: 'a' },
          { row: 2, value: 'b' },
          { row: 4, value: 'a' },
        ],
      },
    ],
  )
  const column = await columnOf(table, 'dictionary')
  assert.deepEqual([column.kind, column.rows, column.missing], ['numeric', 4, 4])
})

test('a column that is of another kind than in the reference is reported as changed', async () => {
  const changed = async (
    stem: string,
    name: string,
    type: LogicalType,
  ): Promise<readonly unknown[]> =>
    (await bound(stem, name, type)).findings
      .filter(({ args }) => args['column'] === name)
      .map(({ code, args }) => [code, args['reference'], args['current']])
  const unparsable = ['VALUES_UNPARSABLE', undefined, undefined]
  assert.deepEqual(await changed('plain', 'text', 'number'), [
    unparsable,
    ['TYPE_CHANGED', 'number', 'text'],
  ])
  assert.deepEqual(await changed('plain', 'time', 'number'), [
    unparsable,
    ['TYPE_CHANGED', 'number', 'datetime'],
  ])
  assert.deepEqual(await changed('plain', 'float', 'datetime'), [
    unparsable,
    ['TYPE_CHANGED', 'datetime', 'number'],
  ])
  assert.deepEqual(await changed('plain', 'integer', 'boolean'), [
    ['TYPE_CHANGED', 'boolean', 'integer'],
  ])
  assert.deepEqual(await changed('plain', 'float', 'integer'), [
    ['TYPE_CHANGED', 'integer', 'number'],
  ])
  assert.deepEqual(await changed('plain', 'integer', 'number'), [])
  assert.deepEqual(await changed('plain', 'wide', 'category'), [])
})

test('an integer of the reference stays numeric when the current column has fractions', async () => {
  const table = await bound('plain', 'float', 'integer')
  assert.equal(table.fields[0]?.type, 'number')
  assert.deepEqual(table.fields[0].precision, { kind: 'float64' })
  assert.equal((await columnOf(table, 'float')).kind, 'numeric')
})

test('under a numeric type, integers beyond 2^53 are reported instead of rounded', async () => {
  const table = await bound('types', 'beyond', 'integer')
  assert.deepEqual(table.findings[0]?.args, {
    column: 'beyond',
    type: 'integer',
    count: 2,
    rows: 3,
    first: [
      { row: 2, value: '9007199254740992' },
      { row: 4, value: '-9223372036854775808' },
    ],
  })
  assert.deepEqual(rowsOf(await columnOf(table, 'beyond')), [1, null, null, null])
})

test('a setting lets decimals of many digits be numbers', async () => {
  const table = await open('decimals', { wide: 'number' })
  const field = table.fields.find(({ name }) => name === 'wide')
  assert.deepEqual([field?.type, field?.precision], ['number', { kind: 'decimals', digits: 9 }])
  assert.deepEqual(rowsOf(await columnOf(table, 'wide')), [12345678901234567000, -1e-9, null, 0])
})

test('progress counts the rows that are read for the types', async () => {
  const calls: [number, number][] = []
  await openParquet(corpusFile('row-groups'), 'x', {
    onProgress: (done, total) => calls.push([done, total]),
  })
  assert.deepEqual(calls.at(-1), [50, 50])
  assert.equal(calls.length, 8)
})
