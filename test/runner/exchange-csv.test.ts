import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatExchangeCsv, parseExchangeCsv } from '../../src/runner/exchange-csv.ts'

test('what is written reads back unchanged', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom(',', '"', '\n', '\r\n', 'a"b', ' x '))
  const tables = fc.integer({ min: 2, max: 4 }).chain((width) => {
    const record = fc.array(cell, { minLength: width, maxLength: width })
    return fc.record(
      { columns: record, rows: fc.array(record, { maxLength: 5 }) },
      { noNullPrototype: true },
    )
  })
  fc.assert(
    fc.property(tables, (table) => {
      fc.pre(!(table.columns[0] ?? '').startsWith('\uFEFF'))
      assert.deepEqual(parseExchangeCsv(formatExchangeCsv(table)), { table })
    }),
    { seed: 1 },
  )
})

test('line ends, a byte order mark and a missing last line end are no part of the cells', () => {
  const table = { columns: ['a', 'b'], rows: [['1', '']] }
  for (const text of ['a,b\n1,\n', 'a,b\r\n1,\r\n', '\uFEFFa,b\n1,', 'a,b\r1,\r']) {
    assert.deepEqual(parseExchangeCsv(text), { table })
  }
})

test('a broken line is refused with its number', () => {
  assert.deepEqual(parseExchangeCsv('a,b\n1,2\n3\n'), {
    line: 3,
    problem: 'the line has 1 cells and the header 2',
  })
  assert.equal('line' in parseExchangeCsv('a,b\n1,"2\n'), true)
  assert.equal('line' in parseExchangeCsv('a,b\n1,2"3\n'), true)
  assert.equal('line' in parseExchangeCsv('a,b\n1,"2"3\n'), true)
  assert.equal('line' in parseExchangeCsv(''), true)
})
