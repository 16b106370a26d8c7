import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { APPS } from '../../src/cli/apps.ts'
import type { ItemResult, Result } from '../../src/core/result.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { cli } from './harness.ts'

const ALL = 'before.all-checks-passed'
const TRAINED = 'before.team-trained'

const CHECKLIST = `version: 1
items:
  - {id: model.size, title: The model fits, section: model, phase: before, check: model.size}
  - {id: ${TRAINED}, title: Trained, section: release, phase: before, check: ${TRAINED}, every: 365d}
  - {id: ${ALL}, title: All passed, section: release, phase: before, check: ${ALL}}
  - {id: during.watched, title: Watched, section: release, phase: during, check: attest}
`

const PROJECT = {
  'model.yaml': `version: 1
model: {name: m, task: regression, path: model.bin, limits: {size: 3KiB}}
team: {on_call: oncall.yaml}
`,
  'model.bin': 'weights',
  'checklist.yaml': CHECKLIST,
  'oncall.yaml': '- {name: Ana, contact: ana@example.org}\n- {name: Bo, contact: bo@example.org}\n',
}

const run = (args: readonly string[], cwd: string) => cli(args, { cwd, apps: APPS })

async function audited(folder: string, ...more: readonly string[]) {
  const { exitCode, stdout, stderr } = await run(
    ['audit', '--no-history', '--json', ...more],
    folder,
  )
  assert.notEqual(stdout, '', stderr)
  const result = JSON.parse(stdout) as Result
  const item = (id: string): ItemResult => result.items.find((each) => each.id === id)!
  const codes = (id: string) => item(id).findings.map(({ code }) => code)
  return { exitCode, result, item, codes }
}

const attest = (folder: string, owner: string, ...more: readonly string[]) =>
  run(['attest', TRAINED, '--owner', owner, '--statement', 'Drill held', ...more], folder)

describe('a release is decided by all that must hold', () => {
  test('it passes when the last of the team has vouched, and not before', async (t) => {
    const folder = scratchFolder(t, PROJECT)
    const before = await audited(folder)
    assert.equal(before.exitCode, 3)
    assert.deepEqual(before.codes(TRAINED), ['TRAINING_NOT_ATTESTED', 'TRAINING_NOT_ATTESTED'])
    assert.deepEqual(before.codes(ALL), ['RELEASE_ITEMS_UNDECIDED'])
    assert.equal((await attest(folder, 'Ana')).exitCode, 0)
    assert.deepEqual((await audited(folder)).codes(TRAINED), ['TRAINING_NOT_ATTESTED'])
    assert.equal((await attest(folder, 'bo@example.org')).exitCode, 0)
    const after = await audited(folder)
    assert.equal(after.exitCode, 0)
    assert.deepEqual(
      after.result.items.map(({ outcome }) => outcome),
      ['pass', 'pass', 'pass'],
    )
    assert.equal(after.item(TRAINED).level, 'claimed')
  })

  test('what people vouch for ends, by the clock and by --now alike', async (t) => {
    const folder = scratchFolder(t, PROJECT)
    for (const owner of ['Ana', 'Bo']) await attest(folder, owner)
    for (const [now, exitCode] of [
      ['2027-11-24', 0],
      ['2027-11-24T23:59:59Z', 0],
      ['2027-11-25T00:00Z', 1],
    ] as const) {
      const { exitCode: ended, result } = await audited(folder, '--now', now)
      assert.equal(ended, exitCode, now)
      assert.equal(result.parameters['now'], now)
    }
    assert.ok(!Object.hasOwn((await audited(folder)).result.parameters, 'now'))
  })

  test('a part of the list leaves it undecided', async (t) => {
    const folder = scratchFolder(t, PROJECT)
    for (const part of [
      ['--only', ALL],
      ['--section', 'release'],
    ]) {
      const { exitCode, codes } = await audited(folder, ...part)
      assert.equal(exitCode, 3)
      assert.ok(codes(ALL).includes('RELEASE_ITEMS_NOT_RUN'), part.join(' '))
    }
  })

  test('nobody can vouch for it, waive it or let something else decide it', async (t) => {
    const folder = scratchFolder(t, PROJECT)
    const vouched = await run(
      ['attest', ALL, '--owner', 'ana', '--statement', 'All is well'],
      folder,
    )
    assert.equal(vouched.exitCode, 2)
    assert.match(vouched.stderr, /nobody can vouch for it\nhint: Repair/)
    const waive = ['waive', ALL, '--owner', 'ana', '--reason', 'Friday', '--expires', '2026-12-01']
    const waived = await run(waive, folder)
    assert.equal(waived.exitCode, 2)
    assert.match(waived.stderr, /may not be waived/)
    for (const [more, problem] of [
      [`check: ${ALL}, waivable: true`, /waive those, not this one/],
      [`check: ${ALL}, waivable: {max_days: 3}`, /waive those, not this one/],
      ['check: attest', /nothing else can decide it/],
      ['check: model.size', /nothing else can decide it/],
    ] as const) {
      const text = CHECKLIST.replace(`check: ${ALL}`, more)
      writeFileSync(path.join(folder, 'checklist.yaml'), text)
      const { exitCode, stderr } = await run(['audit'], folder)
      assert.equal(exitCode, 2)
      assert.match(stderr, problem)
    }
  })

  test('what a baseline knows does not fail it anew, and one failure more does', async (t) => {
    const folder = scratchFolder(t, {
      ...PROJECT,
      'model.yaml': PROJECT['model.yaml'].replace('3KiB', '1B'),
    })
    for (const owner of ['Ana', 'Bo']) await attest(folder, owner)
    const flags = ['audit', '--no-history', '--now', '2026-11-24']
    assert.equal((await run([...flags, '--report', 'json=base.json'], folder)).exitCode, 1)
    const same = await audited(folder, '--baseline', 'base.json', '--now', '2026-11-24')
    assert.deepEqual([same.exitCode, same.item(ALL).outcome], [0, 'fail'])
    assert.deepEqual(same.item(ALL).known, { since: '2026-11-24' })
    const more = await audited(folder, '--baseline', 'base.json', '--now', '2027-12-01')
    assert.deepEqual(more.codes(ALL), ['RELEASE_ITEMS_FAILED'])
    assert.equal(more.item(ALL).known, undefined)
    assert.equal(more.exitCode, 1)
  })

  test('what was written by hand about it counts for nothing', async (t) => {
    const folder = scratchFolder(t, {
      ...PROJECT,
      '.mlcheck/attestations.yaml': `attestations:
  - {item: ${ALL}, statement: All is well, owner: ana, date: 2026-11-01, expires: 2027-01-01}
`,
      '.mlcheck/waivers.yaml': `waivers:
  - {item: ${ALL}, reason: Friday, owner: ana, created: 2026-11-01, expires: 2026-12-01}
`,
    })
    const { exitCode, item, codes } = await audited(folder)
    assert.equal(exitCode, 3)
    assert.equal(item(ALL).outcome, 'inconclusive')
    assert.ok(codes(ALL).includes('ATTESTATION_NOT_USED'))
    assert.ok(codes(ALL).includes('WAIVER_NOT_ALLOWED'))
  })
})

describe('the phase of an audit', () => {
  const idsOf = async (folder: string, ...flags: readonly string[]) => {
    const { result } = await audited(folder, ...flags)
    const isPart = result.findings.some(({ code }) => code === 'ITEMS_NOT_ASKED')
    return [result.parameters['phase'], result.items.length, isPart]
  }

  test('is the gate before the release unless another one, or an item, is named', async (t) => {
    const folder = scratchFolder(t, PROJECT)
    assert.deepEqual(await idsOf(folder), ['before', 3, false])
    assert.deepEqual(await idsOf(folder, '--phase', 'before'), ['before', 3, true])
    assert.deepEqual(await idsOf(folder, '--phase', 'during'), ['during', 1, true])
    assert.deepEqual(await idsOf(folder, '--phase', 'all'), ['all', 4, false])
    assert.deepEqual(await idsOf(folder, '--only', 'during.watched'), ['all', 1, true])
    assert.deepEqual(await idsOf(folder, '--section', 'release'), ['before', 2, true])
    assert.equal((await run(['audit', '--phase', 'after'], folder)).exitCode, 4)
  })

  test('stands in the ledger', async (t) => {
    const folder = scratchFolder(t, PROJECT)
    await run(['audit'], folder)
    assert.match(
      readFileSync(path.join(folder, '.mlcheck/history.jsonl'), 'utf8'),
      /"phase":"before"/,
    )
  })
})

test('`every` gives a check its cadence, and nothing may say it twice', async (t) => {
  const folder = scratchFolder(t, PROJECT)
  for (const owner of ['Ana', 'Bo']) await attest(folder, owner, '--expires', '2027-02-01')
  writeFileSync(path.join(folder, 'checklist.yaml'), CHECKLIST.replace('365d', '30d'))
  const { item, exitCode } = await audited(folder)
  assert.equal(item(TRAINED).parameters?.['every_days'], 30)
  assert.equal(exitCode, 1)
  const twice = CHECKLIST.replace('every: 365d', 'every: 30d, with: {every_days: 30}')
  writeFileSync(path.join(folder, 'checklist.yaml'), twice)
  const { stderr } = await run(['audit'], folder)
  assert.match(stderr, /checklist\.yaml:4:\d+: .*say the same/)
})
