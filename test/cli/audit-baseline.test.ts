import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { APPS } from '../../src/cli/apps.ts'
import type { Result } from '../../src/core/result.ts'
import { cli } from './harness.ts'
import { scratchFolder } from '../scratch-folder.ts'

const CHECKLIST = `version: 1
items:
  - {id: code.dependencies-pinned, title: Pinned, section: code, phase: before, check: code.dependencies-pinned}
  - {id: model.size, title: The model fits, section: model, phase: before, check: model.size}
`

const PROJECT = {
  'model.yaml': `version: 1
model: {name: m, task: regression, path: model.bin, limits: {size: 3KiB}}
dependencies: {files: [requirements.txt]}
`,
  'model.bin': 'weights',
  'checklist.yaml': CHECKLIST,
  'requirements.txt': 'numpy\nscipy>=1\n',
}

const run = (args: readonly string[], cwd: string) =>
  cli(args, { cwd, apps: { audit: APPS.audit, reportDefaults: APPS.reportDefaults } })

async function stored(t: TestContext): Promise<string> {
  const folder = scratchFolder(t, PROJECT)
  const args = ['audit', '--report', 'json=base.json', '--now', '2026-11-01']
  assert.equal((await run(args, folder)).exitCode, 1)
  return folder
}

const write = (folder: string, name: string, text: string) => {
  writeFileSync(path.join(folder, name), text)
}

const against = ['audit', '--baseline', 'base.json', '--now', '2026-11-24']

async function audited(folder: string, ...more: readonly string[]) {
  const { exitCode, stdout, stderr } = await run([...against, ...more, '--json'], folder)
  assert.notEqual(stdout, '', stderr)
  return { exitCode, result: JSON.parse(stdout) as Result }
}

describe('a baseline excuses what it names and nothing else', () => {
  test('the same two packages: known', async (t) => {
    const { exitCode, result } = await audited(await stored(t))
    assert.equal(exitCode, 0)
    assert.deepEqual(result.items[0]?.known, { since: '2026-11-01' })
  })

  test('other lines, another version, one package fewer: still known', async (t) => {
    const folder = await stored(t)
    write(folder, 'requirements.txt', '# Numbers.\n\n\nscipy>=1.4\n')
    assert.equal((await audited(folder)).exitCode, 0)
  })

  test('a third package in the place of the first: new', async (t) => {
    const folder = await stored(t)
    write(folder, 'requirements.txt', 'flask\nscipy>=1\n')
    const { exitCode, result } = await audited(folder)
    assert.equal(exitCode, 1)
    assert.equal(result.items[0]?.known, undefined)
  })

  test('an item that passed then: new', async (t) => {
    const folder = await stored(t)
    write(folder, 'model.yaml', PROJECT['model.yaml'].replace('3KiB', '3B'))
    const { exitCode, result } = await audited(folder)
    assert.equal(exitCode, 1)
    assert.match(result.verdict.reason, /^1 required item failed/)
  })

  test('what failed then and warns now is known with --fail-on warn, and the reverse is new', async (t) => {
    const folder = await stored(t)
    write(folder, 'requirements.txt', 'numpy==2.2.0\nscipy==1.14.0\n')
    await run(['audit', '--report', 'json=base.json', '--now', '2026-11-01'], folder)
    assert.equal((await audited(folder, '--fail-on', 'warn')).exitCode, 0)
    write(folder, 'requirements.txt', PROJECT['requirements.txt'])
    assert.equal((await audited(folder)).exitCode, 1)
  })

  test('what could no longer be decided: undecided', async (t) => {
    const folder = await stored(t)
    write(folder, 'model.yaml', PROJECT['model.yaml'].replace(/dependencies.*\n/, ''))
    assert.equal((await audited(folder)).exitCode, 3)
  })

  test('what is repaired is told, and back again it is new against the next baseline', async (t) => {
    const folder = await stored(t)
    write(folder, 'requirements.txt', `numpy==2.2.0 --hash=sha256:${'a'.repeat(64)}\n`)
    const { exitCode, result } = await audited(folder, '--report', 'json=next.json')
    assert.equal(exitCode, 0)
    assert.ok(result.findings.some(({ code }) => code === 'FAILURE_MENDED'))
    write(folder, 'requirements.txt', 'numpy\n')
    assert.equal((await audited(folder, '--baseline', 'next.json')).exitCode, 1)
  })

  test('the day of the first result is carried from baseline to baseline', async (t) => {
    const folder = await stored(t)
    await audited(folder, '--report', 'json=next.json')
    const { result } = await audited(folder, '--baseline', 'next.json', '--now', '2026-12-01')
    assert.deepEqual(result.items[0]?.known, { since: '2026-11-01' })
    const known = result.findings.find(({ code }) => code === 'FAILURE_KNOWN')
    assert.equal(known?.args['days'], 30)
  })

  test('the result names the baseline by its bytes', async (t) => {
    const { result } = await audited(await stored(t))
    const [record] = result.inputs.filter(({ role }) => role === 'baseline')
    assert.equal(record?.path, 'base.json')
    assert.match(record.sha256, /^[0-9a-f]{64}$/)
  })
})

describe('what is known is listed in every report', () => {
  for (const [format, args, expected] of [
    [
      'text',
      [],
      /^known from the baseline \(1\): code\.dependencies-pinned \(since 2026-11-01\)$/m,
    ],
    ['quiet text', ['--quiet'], /^known from the baseline \(1\): code\.dependencies-pinned/m],
    [
      'markdown',
      ['--report', 'markdown'],
      /^- Known from the baseline: code\.dependencies-pinned \(since 2026-11-01\)$/m,
    ],
    ['junit', ['--report', 'junit'], /<skipped message="fail: known since 2026-11-01/],
  ] as const) {
    test(format, async (t) => {
      const { exitCode, stdout } = await run([...against, ...args], await stored(t))
      assert.equal(exitCode, 0)
      assert.match(stdout, expected)
    })
  }
})

describe('a baseline that does not fit is refused with exit code 2', () => {
  test('one of another checklist', async (t) => {
    const folder = await stored(t)
    write(folder, 'other.yaml', CHECKLIST.replace('The model fits', 'Small'))
    const { exitCode, stderr } = await run([...against, '--checklist', 'other.yaml'], folder)
    assert.equal(exitCode, 2)
    assert.match(stderr, /base\.json.*another checklist/)
  })

  test('not one of the same list under another name, nor of an edited one', async (t) => {
    const folder = await stored(t)
    write(folder, 'moved.yaml', CHECKLIST)
    assert.equal((await run([...against, '--checklist', 'moved.yaml'], folder)).exitCode, 0)
    write(folder, 'checklist.yaml', `# Edited.\n${CHECKLIST}`)
    assert.equal((await run(against, folder)).exitCode, 0)
  })

  test('one of a later day', async (t) => {
    const folder = await stored(t)
    const { exitCode, stderr } = await run([...against, '--now', '2026-10-31'], folder)
    assert.equal(exitCode, 2)
    assert.match(stderr, /of 2026-11-01, and today is 2026-10-31/)
  })

  test('one whose age is not a day', async (t) => {
    const folder = await stored(t)
    await audited(folder, '--report', 'json=next.json')
    const text = readFileSync(path.join(folder, 'next.json'), 'utf8')
    write(folder, 'next.json', text.replace('"since": "2026-11-01"', '"since": "long ago"'))
    assert.equal((await run([...against, '--baseline', 'next.json'], folder)).exitCode, 2)
  })

  test('one of another schema', async (t) => {
    const folder = await stored(t)
    const text = readFileSync(path.join(folder, 'base.json'), 'utf8')
    write(folder, 'base.json', text.replace(/"schemaVersion": "\d+/, '"schemaVersion": "9'))
    const { exitCode, stderr } = await run(against, folder)
    assert.equal(exitCode, 2)
    assert.match(stderr, /version 9\./)
  })
})
