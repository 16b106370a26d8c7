import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import type { AuditRequest } from '../../src/app/audit.ts'
import type { DriftRequest } from '../../src/app/drift.ts'
import type { ProfileRequest } from '../../src/app/profile.ts'
import type { Apps } from '../../src/cli/apps.ts'
import { buildResult } from '../report/build-result.ts'
import { cli, driftApp, FailingStream } from './harness.ts'
import { scratchFolder } from '../scratch-folder.ts'

async function driftRequest(...flags: readonly string[]): Promise<DriftRequest> {
  const seen: DriftRequest[] = []
  const apps = driftApp((_, request) => {
    seen.push(request)
    return buildResult()
  })
  const { exitCode, stderr } = await cli(['drift', ...flags], { apps })
  assert.equal(exitCode, 0, stderr)
  assert.equal(seen.length, 1)
  return seen[0]!
}

async function auditRequest(...flags: readonly string[]): Promise<AuditRequest> {
  const seen: AuditRequest[] = []
  const apps: Partial<Apps> = {
    audit: () =>
      Promise.resolve({
        runAudit: (request) => {
          seen.push(request)
          return Promise.resolve(buildResult())
        },
      }),
  }
  const { exitCode, stderr } = await cli(['audit', ...flags], { apps })
  assert.equal(exitCode, 0, stderr)
  return seen[0]!
}

test('a comparison without flags overrides no setting', async () => {
  assert.deepEqual(await driftRequest('a.csv', 'b.csv'), {
    reference: 'a.csv',
    current: 'b.csv',
    alsoRules: [],
    history: true,
    reportOnly: false,
  })
})

test('every flag of a comparison reaches it', async () => {
  const flags =
    'a b --rule textbook --also-rule evidently --also-rule two-key --columns x,y --group-key g ' +
    '--time-column t --calibrate 0 --accept-sensitivity .25 --alpha 1e-3 --format csv ' +
    '--manifest m.yaml --config c.yaml --fail-on warn --report-only --seed 0 --no-history --sign-off ana'
  assert.deepEqual(await driftRequest(...flags.split(' ')), {
    reference: 'a',
    current: 'b',
    rule: 'textbook',
    alsoRules: ['evidently', 'two-key'],
    columns: ['x', 'y'],
    groupKey: 'g',
    timeColumn: 't',
    calibrate: 0,
    acceptSensitivity: 0.25,
    alpha: 0.001,
    format: 'csv',
    manifest: 'm.yaml',
    config: 'c.yaml',
    failOn: 'warn',
    reportOnly: true,
    seed: 0,
    history: false,
    signOff: 'ana',
  })
})

test('flags about reports and colours do not reach a comparison', async () => {
  const bare = await driftRequest('a', 'b')
  assert.deepEqual(await driftRequest('a', 'b', '--json', '-v', '--color', 'never'), bare)
})

test('"-" is standard input, and what follows "--" is a file', async () => {
  assert.equal((await driftRequest('a.csv', '-', '--format', 'csv')).current, '-')
  assert.equal((await driftRequest('--', '--odd', 'b')).reference, '--odd')
})

test('an audit without flags judges everything, runs nothing and heeds waivers', async () => {
  assert.deepEqual(await auditRequest(), {
    sections: [],
    only: [],
    allowRun: false,
    allowOutside: false,
    reportOnly: false,
    waivers: true,
    history: true,
  })
})

test('every flag of an audit reaches it', async () => {
  const flags =
    '--checklist c.yaml --manifest m.yaml --phase after --section data model --section code ' +
    '--only a b --only c --allow-run --allow-outside --now 2028-02-29 --no-waivers ' +
    '--config s.yaml --fail-on fail --report-only --seed 4294967295 --no-history --sign-off bo'
  assert.deepEqual(await auditRequest(...flags.split(' ')), {
    checklist: 'c.yaml',
    manifest: 'm.yaml',
    phase: 'after',
    sections: ['data', 'model', 'code'],
    only: ['a', 'b', 'c'],
    allowRun: true,
    allowOutside: true,
    now: '2028-02-29',
    waivers: false,
    config: 's.yaml',
    failOn: 'fail',
    reportOnly: true,
    seed: 4294967295,
    history: false,
    signOff: 'bo',
  })
})

test('a profile is told what to read; its text is stored whole, and an existing file is kept', async (t) => {
  const cwd = scratchFolder(t, {})
  const seen: ProfileRequest[] = []
  const apps: Partial<Apps> = {
    profile: () =>
      Promise.resolve({
        runProfile: (request) => {
          seen.push(request)
          return Promise.resolve({ text: `${'x'.repeat(1999)}\n`, columns: 3, rows: 1 })
        },
      }),
  }
  const world = { apps, cwd }
  const loud = await cli(['profile', 'a.csv', '-o', 'new/b.json'], world)
  const stdout = 'new/b.json: 3 columns, 1 row, 1.95 KiB\n'
  assert.deepEqual(loud, { exitCode: 0, stdout, stderr: '' })
  const again = await cli(['profile', 'a.csv', '-o', 'new/b.json'], world)
  assert.equal(again.exitCode, 2)
  assert.match(again.stderr, /new\/b\.json exists\nhint: Give --force/)
  const flags = ['--force', '--config', 'c.yaml', '--format', 'parquet', '-q']
  const quiet = await cli(['profile', 'a.csv', '--output', 'new/b.json', ...flags], world)
  assert.deepEqual(quiet, { exitCode: 0, stdout: '', stderr: '' })
  assert.deepEqual(seen, [
    { data: 'a.csv' },
    { data: 'a.csv', config: 'c.yaml', format: 'parquet' },
  ])
  assert.deepEqual(readdirSync(path.join(cwd, 'new')), ['b.json'])
})

test('a baseline that cannot be written ends with 2', async (t) => {
  const cwd = scratchFolder(t, { file: '' })
  const runProfile = () => Promise.resolve({ text: '{}', columns: 1, rows: 1 })
  const apps: Partial<Apps> = { profile: () => Promise.resolve({ runProfile }) }
  const { exitCode, stderr } = await cli(['profile', 'a.csv', '-o', 'file/b.json'], { apps, cwd })
  assert.equal(exitCode, 2)
  assert.match(stderr, /cannot write .*: a part of the path is a file/)
})

test('a demonstration that cannot print ends with 2', async () => {
  const apps: Partial<Apps> = {
    demo: () =>
      Promise.resolve({
        runDemo: async (_, context) => {
          context.print('text')
          // Long after the write has failed.
          await new Promise((resolve) => setTimeout(resolve, 20))
          return 0
        },
      }),
  }
  const { exitCode, stderr } = await cli(['demo'], { apps, stdout: new FailingStream('ENOSPC') })
  assert.equal(stderr, 'mlcheck: cannot write: no space is left\n')
  assert.equal(exitCode, 2)
})

test('the demonstration prints in order, with the text report, and ends with its code', async () => {
  const result = buildResult()
  const apps: Partial<Apps> = {
    demo: () =>
      Promise.resolve({
        runDemo: async (request, context) => {
          context.print(`${JSON.stringify(request)}\n`)
          context.print(await context.render(result))
          context.print('last\n')
          return 0
        },
      }),
  }
  const text = await cli(['drift', 'a', 'b'], { apps: driftApp(() => result) })
  assert.deepEqual(await cli(['demo', 'x', '--force'], { apps }), {
    exitCode: 0,
    stdout: `{"force":true,"directory":"x"}\n${text.stdout}last\n`,
    stderr: '',
  })
})
