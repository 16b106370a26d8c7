import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { parquetWriteFile } from 'hyparquet-writer'
import { fieldOf, makeScratch } from './scratch.ts'

type Columns = Parameters<typeof parquetWriteFile>[0]['columnData']

const scratch = makeScratch()
const N = 200

function write(name: string, columnData: Columns): string {
  parquetWriteFile({ filename: path.join(scratch.folder, name), columnData })
  return name
}

const integers = (name: string, valueOf: (row: number) => bigint): Columns => [
  { name: 'x', data: Array.from({ length: N }, (_, row) => valueOf(row)), type: 'INT64' },
  { name: 'y', data: Array.from({ length: N }, () => name), type: 'STRING' },
]

const BEYOND = 2n ** 60n

test('integers beyond 2^53 are a category where they repeat, and identifiers where they do not', async () => {
  const few = await scratch.open(
    write(
      'few.parquet',
      integers('few', (row) => BEYOND + BigInt(row % 7)),
    ),
  )
  assert.equal(fieldOf(few, 'x').type, 'category')
  assert.match(fieldOf(few, 'x').evidence, /7 different values/)
  const many = await scratch.open(
    write(
      'many.parquet',
      integers('many', (row) => BEYOND + BigInt(row)),
    ),
  )
  assert.equal(fieldOf(many, 'x').type, 'identifier')
})

test('texts that became floating-point numbers are a changed type', async () => {
  const data = Array.from({ length: N }, (_, row) => `id-${String(row)}`)
  const reference = await scratch.open(write('ids.parquet', [{ name: 'x', data, type: 'STRING' }]))
  assert.equal(fieldOf(reference, 'x').type, 'identifier')
  const numbers = Float64Array.from({ length: N }, (_, row) => row / 7)
  const current = await scratch.open(
    write('numbers.parquet', [{ name: 'x', data: numbers, type: 'DOUBLE' }]),
    { bind: reference.fields },
  )
  assert.deepEqual(
    current.findings.map(({ code, args }) => [code, args['reference'], args['current']]),
    [['TYPE_CHANGED', 'identifier', 'number']],
  )
  const same = await scratch.open('ids.parquet', { bind: reference.fields })
  assert.deepEqual(same.findings, [])
})
