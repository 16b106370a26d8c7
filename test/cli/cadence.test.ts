import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { APPS } from '../../src/cli/apps.ts'
import type { Result } from '../../src/core/result.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { cli } from './harness.ts'

/** Twenty thousand values in no order; two draws do not differ. */
const rows = (from: number) => {
  let state = from
  return `a\n${Array.from({ length: 20_000 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return `${String(Math.floor(state / 65_536) % 1000)}\n`
  }).join('')}`
}

const PROJECT = {
  'model.yaml': `version: 1
model: {name: m, task: regression, path: model.bin, deployed: 2026-11-20}
data: {reference: a.csv}
`,
  'model.bin': 'weights',
  'a.csv': rows(1),
  'b.csv': rows(77),
  'docs/actions.yaml': '- {action: Review the limits, owner: bo, due: 2026-12-01}\n',
}

const at = (folder: string, now: string, ...args: readonly string[]) =>
  cli(args, { cwd: folder, apps: APPS, now: `${now}T08:00:00Z` })

async function after(folder: string, now: string, ...more: readonly string[]) {
  const { stdout, stderr, exitCode } = await at(
    folder,
    now,
    'audit',
    '--phase',
    'after',
    '--json',
    ...more,
  )
  assert.notEqual(stdout, '', stderr)
  const { items } = JSON.parse(stdout) as Result
  const outcomes = Object.fromEntries(items.map(({ id, outcome }) => [id.slice(6), outcome]))
  return { exitCode, items, outcomes }
}

test('the duties after a deployment follow from the runs that the project recorded', async (t) => {
  const folder = scratchFolder(t, PROJECT)
  const first = await after(folder, '2026-11-21', '--no-history')
  assert.deepEqual(new Set(Object.values(first.outcomes)), new Set(['not-applicable']))
  assert.equal(first.exitCode, 4)
  for (const day of ['21', '22', '23', '24', '25', '26']) {
    const { exitCode } = await at(folder, `2026-11-${day}`, 'drift', 'a.csv', 'b.csv')
    assert.equal(exitCode, 0)
  }
  const attest = (item: string, ...more: readonly string[]) =>
    at(folder, '2026-11-26', 'attest', item, '--owner', 'ana', '--statement', 'Looked', ...more)
  assert.equal((await attest('after.weekly-performance-review')).exitCode, 0)
  assert.equal((await attest('after.daily-monitoring')).exitCode, 2)
  assert.equal((await attest('after.monthly-drift-analysis')).exitCode, 2)
  const list = await attest('after.continuous-improvement')
  assert.match(list.stderr, /demands a document/)
  await attest('after.continuous-improvement', '--evidence', 'docs/actions.yaml')
  const { outcomes, exitCode } = await after(folder, '2026-11-27')
  assert.deepEqual(outcomes, {
    'daily-monitoring': 'pass',
    'weekly-performance-review': 'pass',
    'monthly-drift-analysis': 'pass',
    'quarterly-retraining-evaluation': 'not-applicable',
    'continuous-improvement': 'pass',
  })
  assert.equal(exitCode, 0)
})

test('a duty that is not done any more fails on the day after it was due, by --now too', async (t) => {
  const folder = scratchFolder(t, PROJECT)
  for (const day of ['20', '21', '22']) {
    await at(folder, `2026-11-${day}`, 'drift', 'a.csv', 'b.csv')
  }
  const only = ['--no-history', '--only', 'after.daily-monitoring']
  const judge = async (now: string) =>
    (await after(folder, '2026-11-22', ...only, '--now', now)).outcomes['daily-monitoring']
  assert.equal(await judge('2026-11-23'), 'pass')
  assert.equal(await judge('2026-11-23T23:59:59Z'), 'pass')
  assert.equal(await judge('2026-11-24'), 'fail')
  // What is recorded later than the day that is judged is not seen from there.
  assert.equal(await judge('2026-11-20'), 'pass')
})

test('an edited line is named with its place and leaves a gap', async (t) => {
  const folder = scratchFolder(t, PROJECT)
  for (const day of ['20', '21', '22', '23']) {
    await at(folder, `2026-11-${day}`, 'drift', 'a.csv', 'b.csv')
  }
  const file = path.join(folder, '.mlcheck/history.jsonl')
  const lines = readFileSync(file, 'utf8').split('\n')
  lines[1] = lines[1]!.replace('"signedOff":null', '"signedOff":"ana"')
  writeFileSync(file, lines.join('\n'))
  const { items } = await after(folder, '2026-11-23', '--only', 'after.daily-monitoring')
  const [item] = items
  assert.equal(item?.outcome, 'warn')
  const [gap, line] = item.findings
  assert.deepEqual(gap?.args['gaps'], ['2026-11-20 to 2026-11-22 (2 days)'])
  assert.equal(line?.message, 'Line 2 of the ledger does not count: it is edited.')
  assert.deepEqual(line.location, { path: '.mlcheck/history.jsonl', line: 2 })
})
