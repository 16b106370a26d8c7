import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { APPS } from '../../src/cli/apps.ts'
import { cli, DRIFT, packageRoot } from './harness.ts'
import { scratchFolder } from '../scratch-folder.ts'
import path from 'node:path'

const TABLE = 'a,b\n1,2\n3,4\n'

const CASES: readonly {
  readonly what: string
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly args?: readonly string[]
  readonly exitCode: number
  readonly stderr: RegExp
}[] = [
  {
    what: 'a misspelt key of the settings, with its line and a caret',
    files: { 'mlcheck.yaml': 'drift:\n  alhpa: 0.1\n' },
    exitCode: 2,
    stderr: /^mlcheck: mlcheck\.yaml:2:3: .*"alhpa".*alpha.*\n +2 \| {3}alhpa: 0\.1\n +\| {3}\^\n/,
  },
  {
    what: 'a key twice in the settings',
    files: { 'mlcheck.yaml': 'drift:\n  alpha: 0.1\n  alpha: 0.01\n' },
    exitCode: 2,
    stderr: /^mlcheck: mlcheck\.yaml:3:3: .*\n +3 \| {3}alpha: 0\.01\n +\| {3}\^/,
  },
  {
    what: 'several problems of the settings, a line each',
    files: { 'mlcheck.yaml': 'drift:\n  alpha: 7\n  rule: two\n' },
    exitCode: 2,
    stderr: /^mlcheck: mlcheck\.yaml:2:.* 2 problems\n {2}mlcheck\.yaml:2:.*\n {2}mlcheck\.yaml:3:/,
  },
  {
    what: 'a report format in the settings that does not exist',
    files: { 'mlcheck.yaml': 'report: [jsn=r.json]\n' },
    exitCode: 2,
    stderr: /json/,
  },
  {
    what: 'settings that are named and not there',
    files: {},
    args: [...DRIFT, '--config', 'absent.yaml'],
    exitCode: 2,
    stderr: /^mlcheck: absent\.yaml: /,
  },
  {
    what: 'a row with too few cells, with its line',
    files: { 'a.csv': 'a,b\n1,2\n3\n' },
    exitCode: 2,
    stderr: /^mlcheck: a\.csv:3: /,
  },
  {
    what: 'a file that is not there',
    files: {},
    args: ['drift', 'a.csv', 'c.csv'],
    exitCode: 2,
    stderr: /c\.csv/,
  },
  {
    what: 'a misspelt column',
    files: {},
    args: [...DRIFT, '--columns', 'a,c'],
    exitCode: 2,
    stderr: /no column "c"/,
  },
  {
    what: 'a misspelt item',
    files: {},
    args: [
      'audit',
      '--only',
      'model.sise',
      '--manifest',
      path.join(packageRoot, 'fixtures', 'example', 'model.yaml'),
    ],
    exitCode: 2,
    stderr: /no item "model\.sise"\nhint: Did you mean "model\.size"\?/,
  },
  {
    what: 'a manifest that is not there',
    files: {},
    args: ['audit'],
    exitCode: 2,
    stderr: /model\.yaml/,
  },
]

describe('a file that cannot be used ends the run and is told on standard error:', () => {
  for (const { what, files, args = DRIFT, exitCode, stderr } of CASES) {
    test(what, async (t) => {
      const cwd = scratchFolder(t, { 'a.csv': TABLE, 'b.csv': TABLE, ...files })
      const run = await cli(args, { cwd, apps: APPS })
      assert.match(run.stderr, stderr)
      assert.equal(run.stdout, '')
      assert.equal(run.exitCode, exitCode)
    })
  }
})

test('the format of the reports does not change what a real comparison decides', async (t) => {
  const cwd = scratchFolder(t, { 'a.csv': TABLE, 'b.csv': TABLE })
  for (const flags of [[], ['--json'], ['--report', 'junit'], ['-q'], ['-v']]) {
    const { exitCode, stderr } = await cli([...DRIFT, ...flags], { cwd, apps: APPS })
    // Two rows decide nothing.
    assert.equal(exitCode, 3)
    assert.equal(stderr, '')
  }
  const { exitCode } = await cli([...DRIFT, '--report-only'], { cwd, apps: APPS })
  assert.equal(exitCode, 0)
})

describe('a comparison that had nothing to compare ends with 4, and every report says so:', () => {
  const cases: Readonly<Record<string, readonly [current: string, reason: RegExp]>> = {
    'an empty file': ['', /b\.csv is empty/],
    'a header without rows': ['a,b\n', /the current table has no rows/],
    'tables without a common column': ['x\n1\n', /no column in common/],
  }
  for (const [what, [current, reason]] of Object.entries(cases)) {
    test(what, async (t) => {
      const cwd = scratchFolder(t, { 'a.csv': TABLE, 'b.csv': current })
      const run = await cli([...DRIFT, '--report', 'json=r.json'], { cwd, apps: APPS })
      assert.equal(run.stderr, '')
      assert.equal(run.exitCode, 4)
      assert.match(run.stdout, reason)
      assert.match(run.stdout, /NOTHING CHECKED.*\(exit 4\)\n$/)
      assert.equal((await cli(['render', 'r.json'], { cwd })).exitCode, 4)
      const lenient = await cli([...DRIFT, '--report-only'], { cwd, apps: APPS })
      assert.equal(lenient.exitCode, 0)
    })
  }
})

test('a permission to run from outside of the project does not count, and is told', async (t) => {
  const cwd = scratchFolder(t, {
    'elsewhere/mlcheck.yaml': 'run: {allow: true}\n',
    'project/model.yaml':
      'version: 1\nmodel: {name: m, path: m.bin, task: regression}\ncommands:\n  predict: {run: [node, no.mjs, "{input}", "{output}"]}\n',
    'project/m.bin': 'm',
  })
  const args = ['audit', '--config', '../elsewhere/mlcheck.yaml', '--only', 'code.reproducibility']
  const { exitCode, stderr } = await cli(args, { cwd: path.join(cwd, 'project'), apps: APPS })
  assert.equal(exitCode, 3)
  assert.match(stderr, /mlcheck\.yaml lies outside of the project: its run\.allow does not count/)
})
