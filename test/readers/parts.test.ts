import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gatherColumn } from '../../src/table/gather.ts'
import type { Field } from '../../src/table/types.ts'
import { fieldOf, makeScratch, readValues, refusal } from './scratch.ts'

const scratch = makeScratch()

function codes(findings: readonly { readonly code: string }[]): readonly string[] {
  return findings.map(({ code }) => code)
}

test('columns may stand in another order in each part', async () => {
  scratch.write('order/0.csv', 'x,y\n1,a\n')
  scratch.write('order/1.csv', 'y,x\nb,2\n')
  const table = await scratch.open('order')
  assert.deepEqual(await readValues(table, 'x'), [1, 2])
  assert.deepEqual(await readValues(table, 'y'), ['a', 'b'])
})

test('a part that lacks a column, or has one of its own, is refused by name', async () => {
  scratch.write('lost/0.csv', 'x,y\n1,2\n')
  scratch.write('lost/1.csv', 'x,z\n1,2\n')
  const lost = await refusal(() => scratch.open('lost'))
  assert.deepEqual([lost.kind, lost.location], ['input', { path: 'lost/1.csv' }])
  assert.match(lost.message, /no column "y", which lost\/0\.csv has/)
  scratch.write('own/0.csv', 'x,y\n1,2\n')
  scratch.write('own/1.csv', 'x,y,z\n1,2,3\n')
  assert.match((await refusal(() => scratch.open('own'))).message, /has a column "z"/)
})

test('an error names the part and the line in it', async () => {
  scratch.write('bad/0.csv', 'x,y\n1,2\n')
  scratch.write('bad/1.csv', 'x,y\n1,2\n3\n')
  const { location } = await refusal(() => scratch.open('bad'))
  assert.deepEqual(location, { path: 'bad/1.csv', line: 3 })
})

test('the type of a column rests on the first part with a value in it', async () => {
  scratch.write('late/0.csv', 'x,t,k\n,,\n')
  scratch.write('late/1.csv', 'x,t,k\n1.5,2026-01-02,\n')
  scratch.write('late/2.csv', 'x,t,k\n2.5,2026-01-03,north\n')
  const table = await scratch.open('late')
  assert.deepEqual(
    table.fields.map(({ type }) => type),
    ['number', 'datetime', 'category'],
  )
  assert.deepEqual(codes(table.findings), [])
  assert.deepEqual(await readValues(table, 'x'), [1.5, 2.5])
  assert.equal((await gatherColumn(table, 'x')).missing, 1)
  assert.deepEqual(await readValues(table, 'k'), ['north'])
})

test('a part without rows does not decide any type', async () => {
  scratch.write('headed/0.csv', 'x,y\n')
  scratch.write('headed/1.csv', 'x,y\n1,2.5\n')
  const table = await scratch.open('headed')
  assert.deepEqual(
    table.fields.map(({ type }) => type),
    ['integer', 'number'],
  )
})

test('whole numbers in one part and fractions in another are numbers, and no change', async () => {
  scratch.write('widen/0.csv', 'x,y\n1,2\n')
  scratch.write('widen/1.csv', 'x,y\n1.25,2\n')
  scratch.write('widen/2.csv', 'x,y\n1.5,2\n')
  const table = await scratch.open('widen')
  const { type, precision } = fieldOf(table, 'x')
  assert.deepEqual([type, precision], ['number', { kind: 'decimals', digits: 2 }])
  assert.deepEqual(codes(table.findings), [])
})

test('fractions where the reference has whole numbers are a change in every part', async () => {
  scratch.write('whole.csv', 'x,y\n1,2\n')
  const bind = (await scratch.open('whole.csv')).fields
  const table = await scratch.open('widen', { bind })
  assert.deepEqual(codes(table.findings), ['TYPE_CHANGED', 'TYPE_CHANGED'])
})

test('values of another part that do not fit are reported with their place', async () => {
  scratch.write('misfit/0.csv', 'x,y\n1,2\n')
  scratch.write('misfit/1.csv', 'x,y\n2,2\nabc,2\n3,2\n')
  const [finding] = (await scratch.open('misfit')).findings
  assert.equal(finding?.code, 'VALUES_UNPARSABLE')
  assert.deepEqual(finding.location, { path: 'misfit/1.csv', line: 3 })
})

test('folders named key=value become columns', async () => {
  for (const [folder, k] of [
    ['day=2026-01-01/region=north', 'a'],
    ['day=2026-01-02/region=s%C3%BCd%2Fwest', 'b'],
    ['day=2026-01-02/region=__HIVE_DEFAULT_PARTITION__', 'c'],
    ['day=2026-01-03/region=100%', 'd'],
  ] as const) {
    scratch.write(`hive/${folder}/0.csv`, `k,v\n${k},1\n`)
  }
  const table = await scratch.open('hive')
  assert.deepEqual(
    table.fields.map(({ name, type }) => [name, type]),
    [
      ['k', 'category'],
      ['v', 'integer'],
      ['day', 'category'],
      ['region', 'category'],
    ],
  )
  const region = await gatherColumn(table, 'region')
  assert.deepEqual([region.rows, region.missing, [...(region.validRows ?? [])]], [4, 1, [0, 2, 3]])
  assert.deepEqual(await readValues(table, 'region'), ['north', 'süd/west', '100%'])
})

test('a setting or the reference makes dates and numbers of folder names', async () => {
  const bind: Field[] = [{ name: 'day', type: 'datetime', physical: 'csv', evidence: '' }]
  const dated = await scratch.open('hive', { bind })
  assert.equal(fieldOf(dated, 'day').type, 'datetime')
  assert.deepEqual(
    (await readValues(dated, 'day')).map(Number),
    ['2026-01-01', '2026-01-02', '2026-01-02', '2026-01-03'].map((day) => Date.parse(day)),
  )
  for (const year of [2025, 2026]) scratch.write(`years/year=${String(year)}/0.csv`, 'v,w\n1,2\n')
  const types = new Map([['year', 'integer']] as const)
  assert.deepEqual(await readValues(await scratch.open('years', { types }), 'year'), [2025, 2026])
  const notNumbers = await scratch.open('hive', { types: new Map([['region', 'number']] as const) })
  assert.equal(fieldOf(notNumbers, 'region').type, 'category')
})

test('a part outside of the folders of the others is refused', async () => {
  scratch.write('stray/region=north/0.csv', 'k,v\na,1\n')
  scratch.write('stray/1.csv', 'k,v\na,1\n')
  const error = await refusal(() => scratch.open('stray'))
  assert.equal(error.kind, 'input')
  assert.match(error.message, /"region=/)
})

test('a column that a folder names as well is refused', async () => {
  scratch.write('double/k=north/0.csv', 'k,v\na,1\n')
  assert.match((await refusal(() => scratch.open('double'))).message, /column "k"/)
})

test('the digest of several files does not depend on their names', async () => {
  for (const [folder, first, second] of [
    ['one', 'a', 'b'],
    ['two', 'z', 'c'],
  ] as const) {
    scratch.write(`digest/${folder}/${first}.csv`, 'x,y\n1,2\n')
    scratch.write(`digest/${folder}/${second}.csv`, 'x,y\n3,4\n')
  }
  const [one, two] = await Promise.all([scratch.open('digest/one'), scratch.open('digest/two')])
  assert.equal(one.source.sha256, two.source.sha256)
  assert.equal(one.source.bytes, 16)
  scratch.write('digest/two/c.csv', 'x,y\n3,5\n')
  assert.notEqual((await scratch.open('digest/two')).source.sha256, one.source.sha256)
})
