import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import type { Result } from '../../src/core/result.ts'

const root = path.resolve(import.meta.dirname, '../..')
const python = process.env['MLCHECK_PYTHON_EXAMPLE']
assert.ok(python, 'run this with npm run test:python')

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'sklearn-example-')))
after(() => rmSync(folder, { recursive: true, force: true }))
const project = path.join(folder, 'project')
cpSync(path.join(root, 'fixtures/sklearn'), project, { recursive: true })

test('the scikit-learn example passes every item, each at the level that its runs reach', () => {
  const args = [
    '--import',
    import.meta.resolve('tsx'),
    path.join(root, 'src/cli/main.ts'),
    'audit',
    '--allow-run',
    '--json',
    '--no-history',
    '--now',
    '2026-11-24',
  ]
  const run = spawnSync(process.execPath, args, {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
    env: {
      ...process.env,
      PATH: [python, process.env['PATH']].join(path.delimiter),
    },
  })
  assert.equal(run.status, 0, run.stdout.slice(0, 2000) + run.stderr)
  const { items } = JSON.parse(run.stdout) as Result
  assert.deepEqual(
    items.filter(({ outcome }) => outcome !== 'pass').map(({ id, outcome }) => `${id} ${outcome}`),
    [],
  )
  const executed = items.filter(({ level }) => level === 'executed').map(({ id }) => id)
  for (const id of ['model.edge-cases', 'model.latency', 'code.serialization', 'code.unit-tests']) {
    assert.ok(executed.includes(id), `${id} of ${executed.join(', ')}`)
  }
})
