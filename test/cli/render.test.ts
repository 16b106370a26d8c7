import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import type { Result } from '../../src/core/result.ts'
import { summarize } from '../../src/policy/summary.ts'
import { exampleResult } from '../config/example-result.ts'
import { cli, DRIFT, driftApp } from './harness.ts'
import { scratchFolder } from '../scratch-folder.ts'

const ENDINGS = { 0: 'pass', 1: 'fail', 3: 'inconclusive' } as const

/** One column with the outcome behind the code, or none where nothing was checked. */
function resultEndingWith(exitCode: 0 | 1 | 3 | 4): Result {
  const outcomes = exitCode === 4 ? [] : [ENDINGS[exitCode]]
  const [column] = exampleResult.columns
  return {
    ...exampleResult,
    items: [],
    columns: outcomes.map((outcome) => ({ ...column!, outcome })),
    summary: summarize(outcomes),
    verdict: { outcome: outcomes[0] ?? 'nothing-checked', exitCode, reason: 'r' },
  }
}

for (const code of [0, 1, 3, 4] as const) {
  test(`a stored run that ended with ${String(code)} gives the same reports and ends so again`, async (t) => {
    const cwd = scratchFolder(t)
    const apps = driftApp(() => resultEndingWith(code))
    const store = await cli([...DRIFT, '--report', 'json=r.json'], { cwd, apps })
    assert.equal(store.exitCode, code)
    for (const flags of [
      [],
      ['-v'],
      ['-q'],
      ['--json'],
      ['--report', 'markdown'],
      ['--report', 'junit'],
    ]) {
      const run = await cli([...DRIFT, ...flags], { cwd, apps })
      const rendered = await cli(['render', 'r.json', ...flags], { cwd })
      assert.deepEqual(rendered, run, flags.join(' '))
    }
  })
}

test('a stored result goes into several files at once', async (t) => {
  const cwd = scratchFolder(t, { 'r.json': JSON.stringify(resultEndingWith(1)) })
  const { exitCode, stdout } = await cli(
    ['render', 'r.json', '--report', 'junit=r.xml', '--report', 'markdown'],
    { cwd },
  )
  assert.equal(exitCode, 1)
  assert.match(stdout, /^#/)
  assert.match(readFileSync(path.join(cwd, 'r.xml'), 'utf8'), /^<\?xml/)
})

describe('what is no stored result is refused with 2 and shows nothing:', () => {
  const whole = JSON.stringify(exampleResult)
  const broken: Readonly<Record<string, string | Uint8Array>> = {
    'a torn file': whole.slice(0, whole.length / 2),
    'an empty file': '',
    'another JSON file': '{"a": 1}',
    'a newer major version': JSON.stringify({ ...exampleResult, schemaVersion: '2.0' }),
    'a result without verdict': JSON.stringify({ ...exampleResult, verdict: undefined }),
    'an exit code that does not exist': JSON.stringify({
      ...exampleResult,
      verdict: { ...exampleResult.verdict, exitCode: 5 },
    }),
    'bytes that are not UTF-8': Buffer.concat([Buffer.from(whole), Buffer.from([0xff])]),
  }
  for (const [what, text] of Object.entries(broken)) {
    test(what, async (t) => {
      const cwd = scratchFolder(t, { 'r.json': text })
      const { exitCode, stdout, stderr } = await cli(['render', 'r.json'], { cwd })
      assert.equal(exitCode, 2)
      assert.equal(stdout, '')
      assert.match(stderr, /^mlcheck: r\.json: /)
    })
  }

  test('a file that is not there', async (t) => {
    const { exitCode, stderr } = await cli(['render', 'r.json'], { cwd: scratchFolder(t) })
    assert.equal(exitCode, 2)
    assert.match(stderr, /^mlcheck: r\.json: there is no such file\n/)
  })
})

describe('a stored result that contradicts itself is refused:', () => {
  const failed = resultEndingWith(1)
  const { verdict } = failed
  const edits: Readonly<Record<string, Result>> = {
    'a failure with the code of a pass': { ...failed, verdict: { ...verdict, exitCode: 0 } },
    'a failure called a pass': { ...failed, verdict: { ...verdict, outcome: 'pass', exitCode: 0 } },
    'counts that are not those of the columns': { ...failed, summary: summarize(['pass']) },
    'a failed column without the failure in the verdict': {
      ...failed,
      verdict: { ...verdict, outcome: 'inconclusive', exitCode: 3 },
    },
  }
  for (const [what, result] of Object.entries(edits)) {
    test(what, async (t) => {
      const cwd = scratchFolder(t, { 'r.json': JSON.stringify(result) })
      const { exitCode, stdout, stderr } = await cli(['render', 'r.json'], { cwd })
      assert.equal(exitCode, 2)
      assert.equal(stdout, '')
      assert.match(stderr, /^mlcheck: r\.json: the result contradicts itself: /)
    })
  }

  test('but a failure that --report-only let pass does not', async (t) => {
    const lenient = {
      ...failed,
      parameters: { ...failed.parameters, reportOnly: true },
      verdict: { ...verdict, exitCode: 0 },
    }
    const cwd = scratchFolder(t, { 'r.json': JSON.stringify(lenient) })
    assert.equal((await cli(['render', 'r.json'], { cwd })).exitCode, 0)
  })
})

test('a report may not replace the stored result', async (t) => {
  const cwd = scratchFolder(t, { 'r.json': JSON.stringify(exampleResult) })
  const { exitCode, stderr } = await cli(['render', 'r.json', '--report', 'text=r.json'], { cwd })
  assert.equal(exitCode, 2)
  assert.match(stderr, /overwrite the input r\.json/)
})
