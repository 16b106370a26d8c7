import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { jsonSchemas } from '../../scripts/schemas/json-schemas.ts'
import { loadResult } from '../../src/config/stored-result.ts'
import { scratchFolder } from '../scratch-folder.ts'

const root = path.resolve(import.meta.dirname, '../..')
const example = path.join(root, 'fixtures/example')
const reference = path.join(example, 'data/reference.csv')
const drifted = path.join(example, 'production/drifted.csv')

function run(...args: readonly string[]): void {
  const command = ['--import', 'tsx', path.join(root, 'src/cli/main.ts'), ...args]
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' })
  assert.ok([0, 1, 3].includes(status ?? NaN), stderr)
}

function validator(name: string) {
  return new Ajv({ strict: true }).compile(jsonSchemas()[name] ?? {})
}

test('what a comparison writes is what the published schemas say, from a table and from a baseline', async (t) => {
  const folder = scratchFolder(t, {})
  const inFolder = (name: string): string => path.join(folder, name)
  const jsonOf = (name: string): unknown => JSON.parse(readFileSync(inFolder(name), 'utf8'))
  run('profile', reference, '-o', inFolder('baseline.json'))
  const isBaseline = validator('baseline')
  assert.ok(isBaseline(jsonOf('baseline.json')), JSON.stringify(isBaseline.errors))
  const isResult = validator('result')
  for (const [name, ...args] of [
    ['table.json', reference, drifted, '--also-rule', 'textbook', '--also-rule', 'evidently'],
    ['recorded.json', inFolder('baseline.json'), drifted],
  ] as const) {
    run('drift', ...args, '--report', `json=${inFolder(name)}`)
    assert.ok(isResult(jsonOf(name)), JSON.stringify(isResult.errors))
    await loadResult(name, folder)
  }
})
