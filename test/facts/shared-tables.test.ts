import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { FactContext } from '../../src/facts/context.ts'
import { sharedTables } from '../../src/facts/shared-tables.ts'
import type { Batch } from '../../src/table/types.ts'
import { gatherColumn } from '../../src/table/gather.ts'
import { contextOf } from '../checks/projects.ts'
import { scratchFolder } from '../scratch-folder.ts'

const MANIFEST =
  'version: 1\nmodel: {name: m, task: regression, path: model.bin}\ndata: {test: test.csv}\n'
const ROWS = 'age,region\n1,north\n,south\n3,\n'

async function project(t: Parameters<typeof scratchFolder>[0], data: string) {
  const folder = scratchFolder(t, { 'model.yaml': MANIFEST, 'model.bin': 'm', 'test.csv': data })
  const context = await contextOf(folder)
  let opened = 0
  const counted: FactContext = {
    ...context,
    openSnapshot: (path) => {
      opened += 1
      return context.openSnapshot(path)
    },
  }
  return { folder, context, open: sharedTables(counted), opened: () => opened }
}

test('a table is opened once for all that ask for it, and again when it has changed', async (t) => {
  const { folder, open, opened } = await project(t, ROWS)
  const first = await open('test.csv')
  assert.equal(await open('test.csv'), first)
  assert.equal(opened(), 1)
  writeFileSync(join(folder, 'test.csv'), `${ROWS}4,east\n`)
  assert.equal((await open('test.csv')).rowCount, 4)
  assert.equal(opened(), 2)
})

test('a table that cannot be opened is tried again, with the same error', async (t) => {
  const { folder, open, opened } = await project(t, 'age,region\n1\n')
  await assert.rejects(open('test.csv'), /the row has 1 cells/)
  await assert.rejects(open('test.csv'), /the row has 1 cells/)
  assert.equal(opened(), 2)
  writeFileSync(join(folder, 'test.csv'), ROWS)
  assert.equal((await open('test.csv')).rowCount, 3)
})

test('a shared table gives each column as the file does, whatever was asked before', async (t) => {
  const { context, open } = await project(t, ROWS)
  const plain = await context.openSnapshot('test.csv')
  const shared = await open('test.csv')
  assert.deepEqual(shared.fields, plain.fields)
  for (const name of ['age', 'region', 'age']) {
    assert.deepEqual(await gatherColumn(shared, name), await gatherColumn(plain, name))
  }
  const batches: Batch[] = []
  await shared.scan(['region', 'age'], (batch) => batches.push(batch))
  assert.deepEqual(
    batches.map(({ rows, columns }) => [rows, [...columns.keys()]]),
    [[3, ['region', 'age']]],
  )
  await assert.rejects(async () => shared.scan(['height'], () => undefined), /height/)
})
