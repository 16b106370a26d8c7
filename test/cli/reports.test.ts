import assert from 'node:assert/strict'
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { APPS } from '../../src/cli/apps.ts'
import { buildResult } from '../report/build-result.ts'
import { cli, DRIFT, driftApp } from './harness.ts'
import { scratchFolder } from '../scratch-folder.ts'

const failed = buildResult({ verdict: { outcome: 'fail', exitCode: 1, reason: 'r' } })
const apps = driftApp(() => failed)

test('--json is --report json, byte for byte', async () => {
  const short = await cli([...DRIFT, '--json'], { apps })
  const long = await cli([...DRIFT, '--report', 'json'], { apps })
  assert.deepEqual(short, long)
  assert.equal(short.exitCode, 1)
  assert.deepEqual(JSON.parse(short.stdout), JSON.parse(JSON.stringify(failed)))
})

test('one run writes every report that is asked for, and the text to standard output', async (t) => {
  const cwd = scratchFolder(t)
  const run = await cli(
    [...DRIFT, '--report', 'json=new/r.json', '--report', 'junit=r.xml', '--report=markdown=r.md'],
    { cwd, apps },
  )
  assert.equal(run.exitCode, 1)
  assert.equal(run.stderr, '')
  const text = await cli(DRIFT, { cwd, apps })
  assert.equal(run.stdout, text.stdout)
  const json: unknown = JSON.parse(readFileSync(path.join(cwd, 'new/r.json'), 'utf8'))
  assert.deepEqual(json, JSON.parse(JSON.stringify(failed)))
  assert.match(readFileSync(path.join(cwd, 'r.xml'), 'utf8'), /^<\?xml/)
  assert.match(readFileSync(path.join(cwd, 'r.md'), 'utf8'), /^#/)
  assert.deepEqual(readdirSync(cwd).sort(), ['new', 'r.md', 'r.xml'])
})

test('a report on standard output takes the place of the text', async (t) => {
  const cwd = scratchFolder(t)
  const dash = await cli([...DRIFT, '--report', 'json=-'], { cwd, apps })
  assert.deepEqual(dash, await cli([...DRIFT, '--json'], { cwd, apps }))
  assert.deepEqual(readdirSync(cwd), [])
})

test('a path may contain "="', async (t) => {
  const cwd = scratchFolder(t)
  await cli([...DRIFT, '--report', 'json=day=1.json'], { cwd, apps })
  assert.deepEqual(readdirSync(cwd), ['day=1.json'])
})

test('a report replaces the file as a whole and keeps its mode', async (t) => {
  const cwd = scratchFolder(t, { 'r.json': 'x'.repeat(1_000_000) })
  const file = path.join(cwd, 'r.json')
  chmodSync(file, 0o640)
  const before = statSync(file).ino
  await cli([...DRIFT, '--report', 'json=r.json'], { cwd, apps })
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(JSON.stringify(failed)))
  assert.equal(statSync(file).mode & 0o777, 0o640)
  // Written beside it and renamed: a reader has the old file or the new one.
  assert.notEqual(statSync(file).ino, before)
  assert.deepEqual(readdirSync(cwd), ['r.json'])
})

describe('reports that would destroy something are refused before the run:', () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['two on standard output', ['--json', '--report', 'text'], /json and text.*standard output/],
    ['the same one twice', ['--report', 'json=r', '--report', 'json=r'], /would both go to/],
    ['two in one file', ['--report', 'json=r', '--report', 'text=./x/../r'], /json and text/],
    ['two in one file through a link', ['--report', 'json=b', '--report', 'text=link'], /both go/],
    ['one over the reference', ['--report', 'json=./a.csv'], /overwrite the input a\.csv/],
    ['one over the current file', ['--report', 'text=b.csv'], /overwrite the input b\.csv/],
    [
      'one over an input through a link',
      ['--report', 'text=alias.csv'],
      /overwrite the input a\.csv/,
    ],
    [
      'one over the settings',
      ['--report', 'json=mlcheck.yaml'],
      /overwrite the input mlcheck\.yaml/,
    ],
    ['one over a named file', ['--config', 'c.yaml', '--report', 'json=c.yaml'], /input c\.yaml/],
    ['one without a path', ['--report', 'json='], /names no path/],
    ['one without a format', ['--report', '=x'], /no report format ""/],
  ]
  for (const [what, flags, message] of cases) {
    test(what, async (t) => {
      const cwd = scratchFolder(t, { 'a.csv': 'a', 'b.csv': 'b', b: '' })
      symlinkSync('a.csv', path.join(cwd, 'alias.csv'))
      symlinkSync('b', path.join(cwd, 'link'))
      // The comparison is not given: a refusal that comes after it would be a defect.
      const { exitCode, stdout, stderr } = await cli([...DRIFT, ...flags], { cwd })
      assert.equal(exitCode, 2, stderr)
      assert.equal(stdout, '')
      assert.match(stderr, message)
      assert.equal(readFileSync(path.join(cwd, 'a.csv'), 'utf8'), 'a')
    })
  }

  test('one over the manifest that an audit finds by itself', async (t) => {
    for (const file of ['model.yaml', 'checklist.yaml']) {
      const { exitCode, stderr } = await cli(['audit', '--report', `json=${file}`], {
        cwd: scratchFolder(t),
      })
      assert.equal(exitCode, 2)
      assert.ok(stderr.includes(`overwrite the input ${file}`), stderr)
    }
  })

  test('a baseline over its own data', async (t) => {
    const cwd = scratchFolder(t, { 'a.csv': 'a\n1\n' })
    const { exitCode, stderr } = await cli(['profile', 'a.csv', '-o', './a.csv', '--force'], {
      cwd,
    })
    assert.equal(exitCode, 2)
    assert.match(stderr, /the baseline would overwrite the input a\.csv/)
  })
})

test('a report over a file that a glob or a folder named is refused before anything is written', async (t) => {
  const table = `a,b\n${'1,2\n3,4\n'.repeat(20)}`
  const cwd = scratchFolder(t, { 'parts/1.csv': table, 'parts/2.csv': table, 'c.csv': table })
  const runs = [
    ['drift', 'parts', 'c.csv', '--report', 'json=parts/1.csv', '--report', 'junit=r.xml'],
    ['drift', 'c.csv', 'parts/*.csv', '--report', 'markdown=parts/2.csv'],
    ['profile', 'parts', '-o', 'parts/1.csv', '--force'],
  ]
  for (const args of runs) {
    const { exitCode, stderr } = await cli(args, { cwd, apps: APPS })
    assert.equal(exitCode, 2, stderr)
    assert.match(stderr, /would overwrite the input/)
  }
  assert.deepEqual(readdirSync(cwd).sort(), ['c.csv', 'parts'])
  for (const part of ['1.csv', '2.csv']) {
    assert.equal(readFileSync(path.join(cwd, 'parts', part), 'utf8'), table)
  }
})

test('a report that cannot be written ends with 2 after the others were written', async (t) => {
  const cwd = scratchFolder(t, { file: '' })
  const places = { 'a part of the path is a file': 'file/r.json', 'it is a folder': '.' }
  for (const [reason, place] of Object.entries(places)) {
    const run = await cli([...DRIFT, '--report', `json=${place}`, '--report', 'junit=r.xml'], {
      cwd,
      apps,
    })
    assert.equal(run.exitCode, 2)
    assert.ok(run.stderr.includes(reason), run.stderr)
    assert.notEqual(run.stdout, '')
    assert.ok(existsSync(path.join(cwd, 'r.xml')))
    assert.deepEqual(readdirSync(cwd).sort(), ['file', 'r.xml'])
  }
})

test('reports of mlcheck.yaml are written unless the command line names some', async (t) => {
  const cwd = scratchFolder(t)
  const withDefaults = driftApp(() => failed, [`json=${path.join(cwd, 'default.json')}`])
  await cli([...DRIFT, '--report', 'markdown=asked.md'], { cwd, apps: withDefaults })
  assert.deepEqual(readdirSync(cwd), ['asked.md'])
  await cli(DRIFT, { cwd, apps: withDefaults })
  assert.deepEqual(readdirSync(cwd).sort(), ['asked.md', 'default.json'])
})

test('a file has no colour, even where standard output has', async (t) => {
  const cwd = scratchFolder(t)
  const { stdout } = await cli(
    [...DRIFT, '--color', 'always', '--report', 'text=r.txt', '--json'],
    {
      cwd,
      apps,
    },
  )
  assert.doesNotThrow(() => JSON.parse(stdout))
  assert.ok(!readFileSync(path.join(cwd, 'r.txt'), 'utf8').includes('\u001b'))
})
