import assert from 'node:assert/strict'
import { readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { makeScratch, refusal } from './scratch.ts'

const scratch = makeScratch()
const PARQUET = readFileSync(
  path.join(import.meta.dirname, '../../fixtures/readers/parquet/plain.parquet'),
)

test('a path where nothing is says so and names what is near it', async () => {
  scratch.write('orders.csv', 'a,b\n1,2\n')
  const error = await refusal(() => scratch.open('order.csv'))
  assert.deepEqual([error.kind, error.location], ['input', { path: 'order.csv' }])
  assert.match(error.message, /does not exist/)
  assert.match(error.hint ?? '', /orders\.csv/)
})

test('a glob, and a folder, without files is refused', async () => {
  scratch.write('hidden/_SUCCESS', '')
  scratch.write('hidden/.part.csv', 'a,b\n1,2\n')
  for (const location of ['none-*.csv', 'nowhere/*.csv', 'hidden']) {
    const error = await refusal(() => scratch.open(location))
    assert.deepEqual([error.kind, error.location], ['input', { path: location }])
  }
})

test('a glob takes *, ?, ** and {a,b}, and no more', async () => {
  for (const name of ['g/a1.csv', 'g/a2.csv', 'g/b1.csv', 'g/deep/down/a1.csv', 'g/a+1.csv']) {
    scratch.write(name, 'x,y\n1,2\n')
  }
  const rows = async (glob: string): Promise<number> => (await scratch.open(glob)).rowCount
  assert.equal(await rows('g/*.csv'), 4)
  assert.equal(await rows('g/?1.csv'), 2)
  assert.equal(await rows('g/**/a1.csv'), 2)
  assert.equal(await rows('g/{a,b}1.csv'), 2)
  assert.equal(await rows('g/a+1.csv'), 1)
})

test('the files of a folder are read in the order of their names, whatever the disk says', async () => {
  for (const name of ['B', 'a', 'ä', 'Z10', 'Z9'])
    scratch.write(`order/${name}.csv`, `n,o\n${name},1\n`)
  const { labels } = await scratch.open('order').then(async (table) => {
    const found: string[] = []
    await table.scan(['n'], ({ columns }) => {
      const column = columns.get('n')
      assert.ok(column?.kind === 'coded')
      found.push(...[...column.codes].map((code) => column.labels[code]!))
    })
    return { labels: found }
  })
  assert.deepEqual(labels, ['B', 'Z10', 'Z9', 'a', 'ä'])
})

test('a folder that mixes formats is refused by name', async () => {
  scratch.write('two-formats/a.csv', 'a,b\n1,2\n')
  scratch.write('two-formats/b.parquet', PARQUET)
  const error = await refusal(() => scratch.open('two-formats'))
  assert.deepEqual(error.location, { path: 'two-formats/b.parquet' })
  assert.match(error.message, /csv and parquet/)
})

test('symbolic links to part files and folders are followed; one to nothing is refused', async () => {
  const part = scratch.write('elsewhere/deep/part.csv', 'x,y\n1,2\n')
  scratch.write('linked/own.csv', 'x,y\n3,4\n')
  symlinkSync(part, path.join(scratch.folder, 'linked/link.csv'))
  symlinkSync(path.dirname(part), path.join(scratch.folder, 'linked/more'))
  symlinkSync('.', path.join(scratch.folder, 'linked/circle'))
  assert.equal((await scratch.open('linked')).rowCount, 3)
  symlinkSync('gone.csv', path.join(scratch.folder, 'linked/dangling.csv'))
  const error = await refusal(() => scratch.open('linked'))
  assert.equal(error.kind, 'input')
  assert.match(error.message, /dangling\.csv/)
})

test('the content tells the format, also against the name', async () => {
  scratch.write('wrong.csv', PARQUET)
  assert.equal((await scratch.open('wrong.csv')).source.format, 'parquet')
  scratch.write('wrong.parquet', 'a,b\n1,2\n')
  assert.equal((await scratch.open('wrong.parquet')).source.format, 'csv')
})

test('column names that look like the magic of another format stay column names', async () => {
  for (const name of ['PAR1', 'ORC', 'FEA1', 'ARROW1']) {
    const table = await scratch.csv(`${name},b\n1,2\n`)
    assert.deepEqual(
      table.fields.map((field) => field.name),
      [name, 'b'],
    )
  }
})

test('a format that is given goes before the content', async () => {
  scratch.write('table.parquet', PARQUET)
  const error = await refusal(() => scratch.open('table.parquet', { format: 'csv' }))
  assert.match(error.message, /NUL/)
  scratch.write('text.csv', 'a,b\n1,2\n3,4\n')
  assert.equal((await refusal(() => scratch.open('text.csv', { format: 'parquet' }))).kind, 'input')
  assert.equal((await refusal(() => scratch.open('text.csv', { format: 'arrow' }))).kind, 'input')
})

test('other formats are named when they are refused', async () => {
  for (const [content, name] of [
    ['PK\x03\x04rest', /Excel/],
    ['SQLite format 3\0', /SQLite/],
    ['ORC\x08\0\0', /ORC/],
    ['FEA1\0\0\0\0', /Feather version 1/],
    ['Obj\x01\0', /Avro/],
    ['\x89HDF\r\n\x1a\n', /HDF5/],
    ['%PDF-1.7\n', /PDF/],
    ['{"kind":"mlcheck-baseline"}', /baseline/],
    ['\0\x01\x02 nothing known', /not known/],
  ] as const) {
    scratch.write('other', Buffer.from(content, 'latin1'))
    const error = await refusal(() => scratch.open('other'))
    assert.equal(error.kind, 'input')
    assert.match(error.message, name)
  }
})
