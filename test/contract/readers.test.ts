import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { openSnapshot } from '../../src/readers/open.ts'
import { READERS } from '../../src/readers/registry.ts'
import { gatherColumn } from '../../src/table/gather.ts'
import type { Batch, Column, Snapshot } from '../../src/table/types.ts'
import { isNumeric, LOGICAL_TYPES } from '../../src/table/types.ts'

/** One table in every format; `generate.py` beside it writes them. */
const SAME = path.join(import.meta.dirname, '../../fixtures/readers/same')
const MORE_FILES = ['table.csv.gz', 'table.arrows']
const FILES = [...READERS.map(({ id }) => `table.${id}`), ...MORE_FILES]

function open(file: string): Promise<Snapshot> {
  return openSnapshot(file, { cwd: SAME })
}

function namesOf({ fields }: Snapshot): string[] {
  return fields.map(({ name }) => name)
}

async function batchesOf(snapshot: Snapshot, columns: readonly string[]): Promise<Batch[]> {
  const batches: Batch[] = []
  await snapshot.scan(columns, (batch) => batches.push(batch))
  return batches
}

/** The cells of a column row by row, whatever it is held in; `null` is missing. */
function cellsOf(column: Column): (number | string | null)[] {
  const cells = new Array<number | string | null>(column.rows).fill(null)
  const count = column.kind === 'numeric' ? column.values.length : column.codes.length
  for (let i = 0; i < count; i++) {
    cells[column.validRows?.[i] ?? i] =
      column.kind === 'numeric' ? column.values[i]! : column.labels[column.codes[i]!]!
  }
  return cells
}

async function cellsByColumn(
  snapshot: Snapshot,
): Promise<Record<string, readonly (number | string | null)[]>> {
  const columns: Record<string, readonly (number | string | null)[]> = {}
  for (const name of namesOf(snapshot)) {
    columns[name] = cellsOf(await gatherColumn(snapshot, name))
  }
  return columns
}

function requireWellFormed(column: Column, rows: number, name: string): void {
  assert.equal(column.rows, rows, name)
  const valid = column.kind === 'numeric' ? column.values.length : column.codes.length
  assert.equal(valid + column.missing, rows, `${name}: values and missing rows`)
  assert.equal(column.validRows === undefined, column.missing === 0, `${name}: validRows`)
  const { validRows } = column
  if (validRows !== undefined) {
    assert.equal(validRows.length, valid)
    assert.ok(validRows.every((row, i) => row < rows && (i === 0 || row > validRows[i - 1]!)))
  }
  if (column.kind === 'numeric') {
    const count = (value: number): number => column.values.filter((one) => one === value).length
    assert.ok(!column.values.some((value) => Number.isNaN(value)), `${name}: NaN`)
    assert.equal(column.positiveInfinity, count(Infinity))
    assert.equal(column.negativeInfinity, count(-Infinity))
    assert.ok(column.nan <= column.missing)
  } else {
    assert.equal(new Set(column.labels).size, column.labels.length, `${name}: labels`)
    assert.ok(
      column.codes.every((code) => code < column.labels.length),
      `${name}: codes`,
    )
  }
}

test('ids are unique, and every reader says what it reads', () => {
  assert.ok(READERS.length > 0)
  assert.equal(new Set(READERS.map(({ id }) => id)).size, READERS.length)
  for (const { id, title } of READERS) {
    assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/)
    assert.ok(title.trim().length > 0)
  }
})

for (const reader of READERS) {
  test(`${reader.id}: a file is recognised by its content alone, and by this reader alone`, () => {
    const head = readFileSync(path.join(SAME, `table.${reader.id}`)).subarray(0, 512)
    assert.deepEqual(
      READERS.filter(({ matches }) => matches(head, 'table')).map(({ id }) => id),
      [reader.id],
    )
  })
}

for (const file of FILES) {
  test(`${file}: fields are named once and typed, with a precision for numbers alone`, async () => {
    const { fields, rowCount } = await open(file)
    assert.equal(rowCount, 240)
    assert.equal(new Set(fields.map(({ name }) => name)).size, fields.length)
    for (const { type, physical, evidence, precision } of fields) {
      assert.ok(LOGICAL_TYPES.includes(type))
      assert.ok(physical !== '' && evidence !== '')
      assert.equal(precision !== undefined, type === 'number')
    }
  })

  test(`${file}: the source is bound to the bytes of the file`, async () => {
    const bytes = readFileSync(path.join(SAME, file))
    const [first, second] = [await open(file), await open(file)]
    assert.deepEqual(first.source, second.source)
    assert.equal(first.source.path, file)
    assert.equal(first.source.bytes, bytes.length)
    assert.equal(first.source.sha256, createHash('sha256').update(bytes).digest('hex'))
  })

  test(`${file}: every batch is well formed, and the batches are all rows`, async () => {
    const snapshot = await open(file)
    const batches = await batchesOf(snapshot, namesOf(snapshot))
    assert.equal(
      batches.reduce((sum, { rows }) => sum + rows, 0),
      snapshot.rowCount,
    )
    for (const { rows, columns } of batches) {
      assert.deepEqual([...columns.keys()].sort(), namesOf(snapshot).sort())
      for (const { name, type } of snapshot.fields) {
        const column = columns.get(name)
        assert.ok(column !== undefined)
        assert.equal(column.kind, isNumeric(type) ? 'numeric' : 'coded', name)
        requireWellFormed(column, rows, name)
      }
    }
  })

  test(`${file}: a second scan, and two at a time, give the same`, async () => {
    const snapshot = await open(file)
    const first = await cellsByColumn(snapshot)
    assert.deepEqual(await cellsByColumn(snapshot), first)
    const both = await Promise.all([cellsByColumn(snapshot), cellsByColumn(snapshot)])
    assert.deepEqual(both, [first, first])
  })

  test(`${file}: a scan gives the asked columns alone, whichever others are asked`, async () => {
    const snapshot = await open(file)
    const asked = ['label', 'amount']
    const some = await batchesOf(snapshot, asked)
    const all = await batchesOf(snapshot, namesOf(snapshot))
    assert.equal(some.length, all.length)
    some.forEach(({ columns }, index) => {
      assert.deepEqual([...columns.keys()].sort(), asked.toSorted())
      for (const name of asked) assert.deepEqual(columns.get(name), all[index]?.columns.get(name))
    })
    const none = await batchesOf(snapshot, [])
    assert.deepEqual(
      none.map(({ rows, columns }) => [rows, columns.size]),
      all.map(({ rows }) => [rows, 0]),
    )
  })

  test(`${file}: a column that is not there is refused`, async () => {
    const snapshot = await open(file)
    await assert.rejects(async () => {
      await snapshot.scan(['no such column'], () => undefined)
    }, RangeError)
  })

  test(`${file}: a failure of the visitor ends the scan, which can be repeated`, async () => {
    const snapshot = await open(file)
    const stop = new Error('enough')
    await assert.rejects(async () => {
      await snapshot.scan(['amount'], () => {
        throw stop
      })
    }, stop)
    assert.equal((await gatherColumn(snapshot, 'amount')).rows, 240)
  })

  test(`${file}: the same table has the same types and values as in every other format`, async () => {
    const [csv, snapshot] = [await open('table.csv'), await open(file)]
    assert.deepEqual(
      snapshot.fields.map(({ name, type }) => [name, type]),
      csv.fields.map(({ name, type }) => [name, type]),
    )
    assert.deepEqual(await cellsByColumn(snapshot), await cellsByColumn(csv))
    assert.deepEqual(snapshot.findings, [])
  })

  test(`${file}: bound to itself in any other format, nothing has changed`, async () => {
    for (const other of FILES) {
      const { fields } = await open(other)
      const bound = await openSnapshot(file, { cwd: SAME, bind: fields })
      assert.deepEqual(bound.findings, [], other)
      assert.deepEqual(
        bound.fields.map(({ type }) => type),
        fields.map(({ type }) => type),
      )
    }
  })
}
