import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { PartTable } from '../../src/readers/part-table.ts'
import { gatherColumn } from '../../src/table/gather.ts'
import type { Column, Precision } from '../../src/table/types.ts'

/** What the generator of a corpus says about one file. */
export interface Expectation {
  readonly rows: number
  readonly columns: readonly ExpectedColumn[]
}

interface ExpectedColumn {
  readonly name: string
  readonly type: string
  readonly physical: string
  readonly precision?: Precision
  readonly nan?: number
  /** Row by row; `null` is missing; infinities are spelt out. Not given for unsupported columns. */
  readonly values?: readonly (number | string | null)[]
  readonly finding?: string
}

export function readExpectation(file: string): Expectation {
  return JSON.parse(readFileSync(file, 'utf8')) as Expectation
}

/** The values of a column row by row, as an expectation spells them. */
export function rowsOf(column: Column): (number | string | null)[] {
  const rows: (number | string | null)[] = new Array<null>(column.rows).fill(null)
  const count = column.kind === 'numeric' ? column.values.length : column.codes.length
  for (let i = 0; i < count; i++) {
    const value = column.kind === 'numeric' ? column.values[i]! : column.labels[column.codes[i]!]!
    const row = column.validRows?.[i] ?? i
    rows[row] = Math.abs(Number(value)) === Infinity ? String(value) : value
  }
  assert.equal(column.missing, column.rows - count)
  return rows
}

export async function columnOf(table: PartTable, name: string): Promise<Column> {
  const source = { path: 'corpus', format: 'corpus', sha256: '', bytes: 0 }
  return gatherColumn({ ...table, source }, name)
}

/** Holds a table against what its generator wrote. */
export async function assertTable(table: PartTable, expected: Expectation): Promise<void> {
  assert.equal(table.rowCount, expected.rows)
  assert.deepEqual(
    table.fields.map(({ name, type, physical }) => ({ name, type, physical })),
    expected.columns.map(({ name, type, physical }) => ({ name, type, physical })),
  )
  assert.deepEqual(
    table.findings.map(({ code, args }) => [args['column'], code]),
    expected.columns.flatMap(({ name, finding }) =>
      finding === undefined ? [] : [[name, finding]],
    ),
  )
  for (const [index, { name, precision, nan = 0, values }] of expected.columns.entries()) {
    assert.deepEqual(table.fields[index]?.precision, precision, `precision of ${name}`)
    if (values === undefined) {
      await assert.rejects(columnOf(table, name), { name: 'InputError' })
      continue
    }
    const column = await columnOf(table, name)
    assert.deepEqual(rowsOf(column), values, `values of ${name}`)
    if (column.kind === 'numeric') {
      assert.equal(column.nan, nan, `NaN of ${name}`)
      const infinities = values.filter((value) => String(value).endsWith('Infinity'))
      assert.equal(column.positiveInfinity + column.negativeInfinity, infinities.length)
    }
  }
}
