import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { parquetWriteFile } from 'hyparquet-writer'
import { harmonisePrecision } from '../../src/drift/precision.ts'
import { gatherColumn } from '../../src/table/gather.ts'
import type { Snapshot } from '../../src/table/types.ts'
import { fieldOf, makeScratch, readValues } from './scratch.ts'

const scratch = makeScratch()
const PARQUET = path.join(import.meta.dirname, '../../fixtures/readers/parquet')

function csvOf(cells: readonly string[]): string {
  return `x,y\n${cells.map((cell) => `${cell},1`).join('\n')}\n`
}

function csv(
  cells: readonly string[],
  options: Parameters<typeof scratch.csv>[1] = {},
): Promise<Snapshot> {
  return scratch.csv(csvOf(cells), options)
}

/** The findings about x of a table that is bound to another. */
async function against(
  reference: readonly string[],
  current: readonly string[],
): Promise<Snapshot> {
  const { fields } = await csv(reference)
  return csv(current, { bind: fields })
}

function codes({ findings }: Snapshot): readonly string[] {
  return findings.map(({ code }) => code)
}

function changes({ findings }: Snapshot): readonly unknown[] {
  return findings
    .filter(({ code }) => code === 'TYPE_CHANGED')
    .map(({ args }) => [args['reference'], args['current']])
}

const repeat = (count: number, make: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => make(i))

test('digits with a leading zero stay text in a column of any length', async () => {
  const zips = await csv([...repeat(30_000, () => '10115'), '01067'])
  assert.equal(fieldOf(zips, 'x').type, 'category')
  assert.match(
    fieldOf(zips, 'x').evidence,
    /1 of 30001 values are digits that a number would change/,
  )
  assert.equal((await readValues(zips, 'x')).at(-1), '01067')
})

test('integers beyond 2^53 stay apart', async () => {
  const ids = await csv(['9007199254740992', '9007199254740993', '9007199254740994'])
  assert.deepEqual(await readValues(ids, 'x'), [
    '9007199254740992',
    '9007199254740993',
    '9007199254740994',
  ])
  const bound = await against(['1', '2', '3'], ['1', '9007199254740993', '2'])
  assert.deepEqual(codes(bound), ['VALUES_UNPARSABLE'])
  assert.deepEqual(await readValues(bound, 'x'), [1, 2])
})

test('a column keeps the type of the reference, whatever its own values look like', async () => {
  for (const [reference, current, type] of [
    [['1.5', '2.5'], ['1', '2'], 'number'],
    [['1', '2'], ['3', '4'], 'integer'],
    [['01', '02'], ['10', '11'], 'category'],
    [repeat(99, (i) => `id${String(i)}`), ['a', 'a'], 'identifier'],
    [repeat(99, (i) => `a note ${String(i)}`), ['1', '2'], 'text'],
    [['2026-01-01'], ['2026-01-02T10:00Z'], 'datetime'],
    [['true', 'false'], ['yes', 'no'], 'boolean'],
  ] as const) {
    const bound = await against(reference, current)
    assert.equal(fieldOf(bound, 'x').type, type)
    assert.equal(fieldOf(bound, 'x').evidence, 'as in the reference')
    assert.deepEqual(codes(bound), [])
    assert.equal((await gatherColumn(bound, 'x')).missing, 0)
  }
})

test('what does not fit the type of the reference is reported by its first five places', async () => {
  for (const [reference, bad] of [
    [['1.5', '2.5'], 'abc'],
    [['1.5', '2.5'], '1,5'],
    [['1.5', '2.5'], '007'],
    [['1', '2'], 'true'],
    [['2026-01-01'], '02/01/2026'],
  ] as const) {
    const good = repeat(20, () => reference[0])
    const bound = await against(reference, [...good, ...repeat(7, () => `"${bad}"`)])
    const [finding, ...others] = bound.findings
    assert.deepEqual(others, [])
    assert.equal(finding?.code, 'VALUES_UNPARSABLE')
    const { count, rows, first } = finding.args
    assert.deepEqual([count, rows], [7, 27])
    assert.deepEqual(
      first,
      [22, 23, 24, 25, 26].map((line) => ({ line, value: bad })),
    )
    assert.equal(finding.location?.line, 22)
    const column = await gatherColumn(bound, 'x')
    assert.deepEqual([column.rows, column.missing], [27, 7])
  }
})

test('a column that mostly does not fit has changed its type', async () => {
  assert.deepEqual(changes(await against(['1.5', '2.5'], ['a', 'b', '1'])), [['number', 'text']])
  assert.deepEqual(changes(await against(['1', '2'], ['1.5', '2'])), [['integer', 'number']])
  assert.deepEqual(changes(await against(['2026-01-01'], ['1', '2'])), [['datetime', 'text']])
  assert.deepEqual(changes(await against(['true', 'no'], ['true', 'maybe'])), [
    ['boolean', 'category'],
  ])
  assert.deepEqual(changes(await against(['true', 'no'], ['0', '1'])), [['boolean', 'category']])
  assert.deepEqual(changes(await against(['1.5', '2.5'], ['1', '2', 'a'])), [])
})

test('spellings of true and false are one value each on both sides', async () => {
  const bound = await against(['True', 'False'], ['true', 'FALSE', 'yes'])
  assert.deepEqual(await readValues(bound, 'x'), ['true', 'false', 'true'])
  assert.deepEqual(codes(bound), ['BOOLEAN_SPELLINGS_MIXED'])
  const { args } = bound.findings[0] ?? {}
  assert.deepEqual(args?.['spellings'], ['FALSE', 'true', 'yes'])
})

test('dates of several formats are reported, and a text that happens to be a date is not', async () => {
  const mixed = await csv(['2026-01-02', '02/01/2026', '2026-01-03', '2026-01-04'])
  assert.deepEqual(
    [fieldOf(mixed, 'x').type, codes(mixed)],
    ['category', ['DATETIME_FORMATS_MIXED']],
  )
  const notes = await csv([...repeat(99, (i) => `note ${String(i)}`), '2026-01-02'])
  assert.deepEqual(codes(notes), [])
  const zones = await csv(['2026-01-02', '2026-01-03T10:00+01:00'])
  assert.match(fieldOf(zones, 'x').evidence, /1 without a zone and read as UTC/)
})

test('few bad cells among numbers or dates are reported, many make labels', async () => {
  const one = await csv([...repeat(99, String), 'n/a'])
  assert.deepEqual([fieldOf(one, 'x').type, codes(one)], ['integer', ['VALUES_UNPARSABLE']])
  const first = await csv(['n/a', ...repeat(99, String)])
  assert.deepEqual([fieldOf(first, 'x').type, codes(first)], ['integer', ['VALUES_UNPARSABLE']])
  const dates = await csv([...repeat(99, () => '2026-01-02'), 'n/a'])
  assert.deepEqual([fieldOf(dates, 'x').type, codes(dates)], ['datetime', ['VALUES_UNPARSABLE']])
  const half = await csv([...repeat(40, String), ...repeat(40, () => 'n/a')])
  assert.equal(fieldOf(half, 'x').type, 'category')
})

test('missing tokens are those of the setting and no others', async () => {
  const cells = ['1', '-', 'NA', '', '2']
  const own = await csv(cells, { csv: { missing: ['-', ''] }, types: new Map([['x', 'category']]) })
  const x = await gatherColumn(own, 'x')
  assert.deepEqual([x.rows, x.missing], [5, 2])
  assert.deepEqual(await readValues(own, 'x'), ['1', 'NA', '2'])
})

test('a quoted empty cell is a value of its own where the setting says so, in every type', async () => {
  const text = 'x,y\n"",1\n,1\n5,1\n'
  assert.equal((await gatherColumn(await scratch.csv(text), 'x')).missing, 2)
  const apart = await scratch.csv(text, { csv: { quotedEmptyIsMissing: false } })
  assert.deepEqual(await readValues(apart, 'x'), ['', '5'])
})

test('line ends, a byte order mark and a missing last line end change nothing', async () => {
  const plain = await csv(['1.5', 'NA', '2.5'])
  const values = await readValues(plain, 'x')
  for (const text of [
    csvOf(['1.5', 'NA', '2.5']).replaceAll('\n', '\r\n'),
    `\uFEFF${csvOf(['1.5', 'NA', '2.5'])}`,
    csvOf(['1.5', 'NA', '2.5']).trimEnd(),
    '\uFEFF"x","y"\r\n"1.5","1"\r\n"NA","1"\r\n"2.5","1"',
  ]) {
    const table = await scratch.csv(text)
    assert.deepEqual(table.fields, plain.fields)
    assert.deepEqual(await readValues(table, 'x'), values)
  }
})

test('a file without a header has numbered columns', async () => {
  const table = await scratch.csv('1,a\n2,b\n', { csv: { header: false } })
  assert.deepEqual(
    table.fields.map(({ name, type }) => [name, type]),
    [
      ['column_1', 'integer'],
      ['column_2', 'category'],
    ],
  )
  assert.equal(table.rowCount, 2)
})

test('the precision of a column is the finest that is printed in it', async () => {
  const { precision } = fieldOf(await csv(['1', '2.5', '3.125', '1e-4']), 'x')
  assert.deepEqual(precision, { kind: 'decimals', digits: 4 })
  assert.equal(fieldOf(await csv(['1', '2']), 'x').precision, undefined)
})

test('the same data printed with fewer digits is the same data', async () => {
  const exact = repeat(200, (i) => String(Math.sin(i) * 100))
  const reference = await csv(exact)
  const side = { column: await gatherColumn(reference, 'x'), field: fieldOf(reference, 'x') }
  for (const digits of [1, 3, 7]) {
    const rounded = exact.map((text) => Number(text).toFixed(digits))
    const current = await csv(rounded, { bind: reference.fields })
    const pair = harmonisePrecision(side, {
      column: await gatherColumn(current, 'x'),
      field: fieldOf(current, 'x'),
    })
    assert.deepEqual(pair.reference, pair.current)
    assert.deepEqual(
      pair.findings.map(({ code }) => code),
      ['PRECISION_DIFFERS'],
    )
  }
})

test('float32 in Parquet and the decimals of the same numbers in CSV are the same data', async () => {
  const single = Float32Array.from({ length: 200 }, (_, i) => Math.sin(i) * 100)
  const file = path.join(scratch.folder, 'single.parquet')
  parquetWriteFile({ filename: file, columnData: [{ name: 'x', data: single, type: 'FLOAT' }] })
  const parquet = await scratch.open('single.parquet')
  const reference = { column: await gatherColumn(parquet, 'x'), field: fieldOf(parquet, 'x') }
  assert.deepEqual(reference.field.precision, { kind: 'float32' })
  // As the double that each is, and as the fewest digits that tell it from other singles.
  for (const print of [String, (value: number) => String(Number(value.toPrecision(9)))]) {
    const current = await csv([...single].map(print), { bind: parquet.fields })
    const pair = harmonisePrecision(reference, {
      column: await gatherColumn(current, 'x'),
      field: fieldOf(current, 'x'),
    })
    assert.deepEqual(pair.current, pair.reference)
  }
})

test('a column that the reference could not read binds nothing', async () => {
  const nested = await scratch.open(path.join(PARQUET, 'nested.parquet'))
  const current = await scratch.csv('list,between\n1,1\n2,1\n', { bind: nested.fields })
  assert.deepEqual(
    current.fields.map(({ type }) => type),
    ['integer', 'number'],
  )
})
