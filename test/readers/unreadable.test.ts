import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import type { Finding } from '../../src/core/finding.ts'
import { compareSnapshots } from '../../src/drift/compare.ts'
import { gradeReadingFindings } from '../../src/drift/reading-findings.ts'
import { columnOf, settingsWith } from '../drift/draws.ts'
import { makeScratch, refusal } from './scratch.ts'

const scratch = makeScratch()
const FIXTURES = path.join(import.meta.dirname, '../../fixtures/readers')

function finding(code: Finding['code'], column?: string): Finding {
  return { code, args: column === undefined ? {} : { column } }
}

test('a column that alone is unreadable is inconclusive, the others are compared', async () => {
  const file = path.join(FIXTURES, 'parquet/encrypted-column.parquet')
  const [reference, current] = [await scratch.open(file), await scratch.open(file)]
  const compared = await compareSnapshots(
    reference,
    current,
    settingsWith({ acceptSensitivity: 0.99 }),
  )
  const text = columnOf(compared, 'text')
  assert.equal(text.outcome, 'inconclusive')
  assert.ok(
    text.findings.some(
      ({ code, severity }) => code === 'COLUMN_UNREADABLE' && severity === 'inconclusive',
    ),
  )
  for (const name of ['float', 'integer', 'flag']) {
    assert.ok(columnOf(compared, name).findings.every(({ code }) => code !== 'COLUMN_UNREADABLE'))
    assert.notEqual(columnOf(compared, name).reference, null)
  }
})

test('a column whose damage shows while it is read is inconclusive, not passed', async () => {
  const whole = readFileSync(path.join(FIXTURES, 'parquet/none-v1.parquet'))
  scratch.write('whole.parquet', whole)
  // The first page header of the file belongs to its first column.
  const damaged = Buffer.from(whole)
  damaged.fill(0xff, 4, 12)
  scratch.write('damaged.parquet', damaged)
  const reference = await scratch.open('whole.parquet')
  const current = await scratch.open('damaged.parquet', { bind: reference.fields })
  const compared = await compareSnapshots(reference, current, settingsWith())
  assert.equal(columnOf(compared, 'float').outcome, 'inconclusive')
  assert.deepEqual(
    columnOf(compared, 'float').findings.map(({ code }) => code),
    ['COLUMN_UNREADABLE'],
  )
})

test('a table without rows checks nothing', async () => {
  scratch.write('rows.csv', 'a,b\n1,2\n')
  scratch.write('header.csv', 'a,b\n')
  const [rows, header] = [await scratch.open('rows.csv'), await scratch.open('header.csv')]
  for (const [reference, current] of [
    [header, rows],
    [rows, header],
    [header, header],
  ] as const) {
    const error = await refusal(() => compareSnapshots(reference, current, settingsWith()))
    assert.equal(error.kind, 'nothing-checked')
  }
})

test('what one side alone shows warns, what both show is a notice', () => {
  const mixed = finding('BOOLEAN_SPELLINGS_MIXED', 'flag')
  const one = gradeReadingFindings([], [mixed])
  assert.deepEqual(
    one.get('flag')?.map(({ severity, args }) => [severity, args['side']]),
    [['warn', 'current']],
  )
  const both = gradeReadingFindings([mixed], [mixed])
  assert.deepEqual(
    both.get('flag')?.map(({ severity, args }) => [severity, args['side']]),
    [
      ['notice', 'reference'],
      ['notice', 'current'],
    ],
  )
  const other = gradeReadingFindings([finding('BOOLEAN_SPELLINGS_MIXED', 'other')], [mixed])
  assert.equal(other.get('flag')?.[0]?.severity, 'warn')
})

test('an unreadable column is inconclusive also where both sides agree on it', () => {
  const unreadable = finding('COLUMN_UNREADABLE', 'x')
  const graded = gradeReadingFindings([unreadable], [unreadable]).get('x')
  assert.deepEqual(
    graded?.map(({ severity }) => severity),
    ['inconclusive', 'inconclusive'],
  )
})

test('a finding about the whole table is kept apart from those of columns', () => {
  const graded = gradeReadingFindings([finding('TYPE_CHANGED')], [])
  assert.deepEqual([...graded.keys()], [null])
})
