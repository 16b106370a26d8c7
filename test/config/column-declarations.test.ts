import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { ConfigurationError } from '../../src/core/errors.ts'
import { loadSettings } from '../../src/config/load-settings.ts'
import { scratchFolder } from '../scratch-folder.ts'

const columnsOf = async (t: TestContext, column: string) => {
  const startDir = scratchFolder(t, { 'mlcheck.yaml': `drift: {columns: {x: ${column}}}` })
  return (await loadSettings({ startDir }))?.drift?.columns
}

test('values make a column a category unless its type is given', async (t) => {
  assert.deepEqual(await columnsOf(t, '{values: ["1", "2"]}'), {
    x: { type: 'category', values: ['1', '2'] },
  })
  assert.deepEqual(await columnsOf(t, '{values: ["true"], type: boolean}'), {
    x: { type: 'boolean', values: ['true'] },
  })
})

for (const [column, setting] of [
  ['{values: ["1"], type: integer}', 'values'],
  ['{values: ["1"], type: number}', 'values'],
  ['{min: 1, type: category}', 'min'],
  ['{max: 1, type: datetime}', 'max'],
  ['{max: 1, values: ["1"]}', 'max'],
] as const) {
  test(`${column} is refused, for ${setting} would be passed over in silence`, async (t) => {
    await assert.rejects(columnsOf(t, column), {
      name: ConfigurationError.name,
      message: new RegExp(`drift\\.columns\\.x\\.${setting}`),
    })
  })
}
