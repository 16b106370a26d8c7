import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { Ajv } from 'ajv'
import { APPS } from '../../src/cli/apps.ts'
import { isSealed } from '../../src/config/ledger-line.ts'
import { loadLedger } from '../../src/config/load-ledger.ts'
import type { LedgerEntry } from '../../src/core/ledger.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { cli, packageRoot, type CliOptions } from './harness.ts'

const FILE = '.mlcheck/history.jsonl'
const ROWS = Array.from({ length: 400 }, (_, row) => `${String(row % 37)},${String(row % 11)}\n`)
const TABLE = `a,b\n${ROWS.join('')}`

const PROJECT = {
  'model.yaml': `version: 1
model: {name: m, version: "7", task: regression, path: model.bin, limits: {size: 3KiB}}
`,
  'model.bin': 'weights',
  'checklist.yaml': `version: 1
items:
  - {id: model.size, title: The model fits, section: model, phase: before, check: model.size}
`,
  'a.csv': TABLE,
  'b.csv': TABLE,
}

const AUDIT = ['audit', '--only', 'model.size']
const DRIFT = ['drift', 'a.csv', 'b.csv']

const run = (args: readonly string[], cwd: string, options: CliOptions = {}) =>
  cli(args, { cwd, apps: APPS, ...options })

const linesOf = (folder: string) =>
  readFileSync(path.join(folder, FILE), 'utf8').trimEnd().split('\n')
const entriesOf = (folder: string) => linesOf(folder).map((line) => JSON.parse(line) as LedgerEntry)

describe('a run in a project leaves one line', () => {
  test('with what was asked, what was read and what came of it', async (t) => {
    const folder = scratchFolder(t, PROJECT)
    const args = [...AUDIT, '--sign-off', 'Ana', '--phase', 'before', '--section', 'model']
    const { exitCode, stdout } = await run([...args, '--json'], folder)
    assert.equal(exitCode, 0)
    const result = JSON.parse(stdout) as { inputs: { role: string; sha256: string }[] }
    const digest = (role: string) => result.inputs.find((input) => input.role === role)?.sha256
    const [entry, ...more] = entriesOf(folder)
    assert.equal(more.length, 0)
    const { sha256, ...said } = entry!
    assert.match(sha256, /^[0-9a-f]{64}$/)
    assert.deepEqual(said, {
      schemaVersion: '1.0',
      date: '2026-11-24T00:00:00.000Z',
      command: 'audit',
      audit: { phase: 'before', sections: ['model'], only: ['model.size'], now: null },
      tool: '9.8.7',
      model: { version: '7', sha256: digest('model') },
      inputs: {
        checklist: [digest('checklist')],
        manifest: [digest('manifest')],
        model: [digest('model')],
      },
      verdict: { outcome: 'pass', exitCode: 0 },
      signedOff: 'Ana',
      previous: null,
    })
  })

  test('a comparison too, with the digests of both sides and the model of the project', async (t) => {
    const folder = scratchFolder(t, PROJECT)
    await run(DRIFT, folder, { now: '2026-11-25T10:00:00.5Z' })
    const [entry] = entriesOf(folder)
    assert.equal(entry?.command, 'drift')
    assert.equal(entry.date, '2026-11-25T10:00:00.500Z')
    assert.deepEqual(Object.keys(entry.inputs), ['reference', 'current'])
    assert.deepEqual(entry.model, { version: '7', sha256: null })
    assert.equal(entry.audit, null)
    assert.equal(entry.signedOff, null)
  })

  test('that another run follows by its digest, and that its schema allows', async (t) => {
    const folder = scratchFolder(t, PROJECT)
    for (const args of [AUDIT, DRIFT, AUDIT]) await run(args, folder)
    const schema = readFileSync(path.join(packageRoot, 'schemas/history.schema.json'), 'utf8')
    const isValid = new Ajv({ strict: false, validateFormats: false }).compile(
      JSON.parse(schema) as object,
    )
    for (const line of linesOf(folder)) {
      assert.ok(isSealed(line))
      assert.ok(isValid(JSON.parse(line)), JSON.stringify(isValid.errors))
    }
    const ledger = await loadLedger('.', folder)
    assert.equal(ledger?.entries.length, 3)
    assert.deepEqual(ledger.problems, [])
  })

  test('dated by the clock, whatever --now says', async (t) => {
    const folder = scratchFolder(t, PROJECT)
    await run([...AUDIT, '--now', '2026-01-01T10:00Z'], folder)
    const [entry] = entriesOf(folder)
    assert.equal(entry?.date.slice(0, 10), '2026-11-24')
    assert.equal(entry.audit?.now, '2026-01-01T10:00Z')
  })

  test('in the folder of the manifest, and for a comparison in that of the settings', async (t) => {
    const folder = scratchFolder(t, {
      ...Object.fromEntries(Object.entries(PROJECT).map(([name, text]) => [`p/${name}`, text])),
      'q/mlcheck.yaml': 'drift: {alpha: 0.01}\n',
      'q/a.csv': TABLE,
      'q/below/': '',
      '.git/': '',
    })
    await run(['audit', '--manifest', 'p/model.yaml', '--checklist', 'p/checklist.yaml'], folder)
    await run(['drift', '../a.csv', '../a.csv'], path.join(folder, 'q/below'))
    const named = ['drift', 'q/a.csv', 'q/a.csv', '--config', 'q/mlcheck.yaml']
    assert.equal((await run(named, folder)).stderr, '')
    assert.equal(entriesOf(path.join(folder, 'p')).length, 1)
    const [entry] = entriesOf(path.join(folder, 'q'))
    assert.equal(entry?.model, null)
    assert.ok(!existsSync(path.join(folder, '.mlcheck')))
  })
})

describe('no line is left', () => {
  test('outside of a project, with --no-history, by a profile or by a run that ended early', async (t) => {
    const folder = scratchFolder(t, { 'a.csv': TABLE, 'b.csv': TABLE })
    await run(DRIFT, folder)
    assert.ok(!existsSync(path.join(folder, '.mlcheck')))
    const project = scratchFolder(t, PROJECT)
    await run([...AUDIT, '--no-history'], project)
    await run([...DRIFT, '--no-history'], project)
    await run(['profile', 'a.csv', '-o', 'p.json'], project)
    await run(['audit', '--only', 'model.sise'], project)
    const { exitCode } = await run(AUDIT, project, { signal: AbortSignal.abort() })
    assert.equal(exitCode, 130)
    assert.ok(!existsSync(path.join(project, '.mlcheck')))
  })

  test('where it cannot be written; one note says so, and the verdict is the same', async (t) => {
    const folder = scratchFolder(t, { ...PROJECT, '.mlcheck': 'a file' })
    const { exitCode, stderr, stdout } = await run([...AUDIT, '--json'], folder)
    assert.equal(exitCode, 0)
    assert.match(stderr, /^[^\n]*this run is not recorded in \.mlcheck\/history\.jsonl: [^\n]*\n$/)
    const other = await run([...AUDIT, '--json', '--no-history'], folder)
    const stable = (text: string) => ({ ...(JSON.parse(text) as object), run: null })
    assert.deepEqual(stable(stdout), stable(other.stdout))
  })

  test('in a folder without the right to write', async (t) => {
    const folder = scratchFolder(t, { ...PROJECT, '.mlcheck/': '' })
    chmodSync(path.join(folder, '.mlcheck'), 0o555)
    const { exitCode, stderr } = await run(AUDIT, folder)
    chmodSync(path.join(folder, '.mlcheck'), 0o755)
    assert.equal(exitCode, 0)
    // Nothing keeps the superuser from writing.
    if (process.getuid?.() !== 0) assert.match(stderr, /not recorded/)
  })

  test('behind a link that leaves the project', async (t) => {
    const elsewhere = scratchFolder(t, { target: 'kept\n' })
    const file = scratchFolder(t, { ...PROJECT, '.mlcheck/': '' })
    symlinkSync(path.join(elsewhere, 'target'), path.join(file, FILE))
    const whole = scratchFolder(t, PROJECT)
    mkdirSync(path.join(elsewhere, 'folder'))
    symlinkSync(path.join(elsewhere, 'folder'), path.join(whole, '.mlcheck'))
    for (const folder of [file, whole]) {
      const { exitCode, stderr } = await run(AUDIT, folder)
      assert.equal(exitCode, 0)
      assert.match(stderr, /not recorded/)
    }
    assert.equal(readFileSync(path.join(elsewhere, 'target'), 'utf8'), 'kept\n')
    assert.ok(!existsSync(path.join(elsewhere, 'folder/history.jsonl')))
  })

  test('and no report may be written over the ledger', async (t) => {
    const folder = scratchFolder(t, PROJECT)
    await run(AUDIT, folder)
    const { exitCode, stderr } = await run([...AUDIT, '--report', `json=${FILE}`], folder)
    assert.equal(exitCode, 2)
    assert.match(stderr, /would overwrite/)
    assert.equal((await loadLedger('.', folder))?.entries.length, 2)
  })
})

describe('runs at the same time', () => {
  test('lose no line and keep the chain', { timeout: 60_000 }, async (t) => {
    const folder = scratchFolder(t, PROJECT)
    const module = path.join(packageRoot, 'src/config/append-ledger.ts')
    const script = `
      import { appendLedger } from ${JSON.stringify(module)}
      const entry = { schemaVersion: '1.0', date: '2026-11-24T00:00:00.000Z', command: 'x', audit: null,
        tool: '1', model: null, inputs: {}, verdict: { outcome: 'pass', exitCode: 0 }, signedOff: null }
      for (let n = 0; n < 25; n += 1) await appendLedger(${JSON.stringify(folder)}, entry)`
    const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script]
    const ended = [1, 2, 3, 4].map(
      () =>
        new Promise((resolve) => {
          const child = spawn(process.execPath, args, { stdio: 'inherit' })
          child.once('close', resolve)
        }),
    )
    const own = Array.from({ length: 10 }, () => run(AUDIT, folder))
    assert.deepEqual(await Promise.all(ended), [0, 0, 0, 0])
    for (const { exitCode } of await Promise.all(own)) assert.equal(exitCode, 0)
    const ledger = await loadLedger('.', folder)
    assert.equal(ledger?.entries.length, 110)
    assert.deepEqual(ledger.problems, [])
  })

  test('do not wait for ever for one that ended with the lock', { timeout: 60_000 }, async (t) => {
    const folder = scratchFolder(t, { ...PROJECT, '.mlcheck/.history.jsonl.lock': 'somebody' })
    assert.equal((await run(AUDIT, folder)).exitCode, 0)
    assert.equal(linesOf(folder).length, 1)
  })
})

describe('a line that is not what was written does not count', () => {
  async function changed(
    t: Parameters<typeof scratchFolder>[0],
    change: (lines: string[]) => string,
  ): Promise<{ readonly lines: readonly number[]; readonly problems: readonly string[] }> {
    const folder = scratchFolder(t, PROJECT)
    for (const day of ['21', '22', '23']) {
      await run(AUDIT, folder, { now: `2026-11-${day}T00:00:00Z` })
    }
    writeFileSync(path.join(folder, FILE), change(linesOf(folder)))
    const ledger = await loadLedger('.', folder)
    return {
      lines: ledger?.entries.map(({ line }) => line) ?? [],
      problems: ledger?.problems.map(({ line, problem }) => `${String(line)} ${problem}`) ?? [],
    }
  }
  const joined = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')
  const failing = (line: string) => line.replace('"outcome":"pass"', '"outcome":"fail"')

  test('an edited one, also the last', async (t) => {
    for (const edited of [1, 3]) {
      const { lines, problems } = await changed(t, (all) =>
        joined(all.with(edited - 1, failing(all[edited - 1]!))),
      )
      assert.deepEqual(problems, [`${String(edited)} edited`])
      assert.deepEqual(
        lines,
        [1, 2, 3].filter((line) => line !== edited),
      )
    }
  })

  test('one before a line that is gone, and the first after the beginning is gone', async (t) => {
    const middle = await changed(t, (all) => joined(all.toSpliced(1, 1)))
    assert.deepEqual(middle, { lines: [2], problems: ['1 unconfirmed'] })
    const first = await changed(t, (all) => joined(all.slice(1)))
    assert.deepEqual(first, { lines: [2], problems: ['1 unconfirmed'] })
  })

  test('one that was cut off; the next run begins a new line', async (t) => {
    const cut = await changed(t, (all) => joined(all).slice(0, -40))
    assert.deepEqual(cut, { lines: [1, 2], problems: ['3 broken'] })
    const folder = scratchFolder(t, { ...PROJECT, [FILE]: '{"half":' })
    await run(AUDIT, folder)
    const ledger = await loadLedger('.', folder)
    assert.deepEqual(ledger?.problems, [{ line: 1, problem: 'broken' }])
    assert.equal(ledger.entries.length, 1)
  })

  test('what is no line of ours, an empty line included', async (t) => {
    const { problems } = await changed(t, ([a, b, c]) => joined([a!, b!, c!, '', 'null', '{}']))
    assert.deepEqual(problems, ['4 broken', '5 broken', '6 broken'])
  })

  test('but one whose line break another system wrote does', async (t) => {
    const folder = scratchFolder(t, PROJECT)
    for (const args of [AUDIT, DRIFT]) await run(args, folder)
    const text = readFileSync(path.join(folder, FILE), 'utf8').replaceAll('\n', '\r\n')
    writeFileSync(path.join(folder, FILE), text)
    await run(AUDIT, folder)
    const ledger = await loadLedger('.', folder)
    assert.deepEqual(ledger?.problems, [])
    assert.equal(ledger.entries.length, 3)
  })

  test('one that is dated before the line that it follows', async (t) => {
    const folder = scratchFolder(t, PROJECT)
    for (const day of ['23', '21', '24']) {
      await run(AUDIT, folder, { now: `2026-11-${day}T00:00:00Z` })
    }
    const ledger = await loadLedger('.', folder)
    assert.deepEqual(ledger?.problems, [{ line: 2, problem: 'backdated' }])
  })
})
