import assert from 'node:assert/strict'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import type { Checklist } from '../../src/config/checklist.ts'
import { loadChecklist } from '../../src/config/load-checklist.ts'
import { knownChecks, shippedChecklist } from './corpus.ts'
import { scratchFolder } from '../scratch-folder.ts'

async function load(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  file = 'checklist.yaml',
): Promise<Checklist> {
  const cwd = scratchFolder(t, files)
  return loadChecklist(file, { cwd, defaultPath: shippedChecklist, checks: knownChecks })
}

const list = (text: string): string => `version: 1\n${text}\n`

test('the shipped list is loaded by name, with defaults for what it does not say', async (t) => {
  const { files, items } = await load(t, {}, 'default')
  assert.deepEqual(files, ['mlcheck/checklist.yaml'])
  assert.deepEqual(
    items.map(({ id }) => id),
    ['model.size', 'before.team-trained', 'data.scaling'],
  )
  const [size, team, scaling] = items
  assert.deepEqual(size?.params, { warn_share: 0.9, mode: 'strict', names: [], on: true })
  assert.equal(size.severity, 'medium')
  assert.equal(size.required, true)
  assert.deepEqual(size.waivable, { allowed: true, maxDays: 90, undecided: false })
  assert.equal(team?.check, 'attest')
  assert.deepEqual(team.params, {})
  assert.deepEqual(scaling?.appliesWhen, { kind: 'present', path: 'preprocessing.scaler' })
})

test('an item overrides the one of its id key by key and keeps its place; new items follow', async (t) => {
  const { items } = await load(t, {
    'checklist.yaml': list(
      'extends: default\nitems:\n' +
        '  - {id: own.item, title: Own, section: code, phase: after, check: attest, every: 2w, waivable: {max_days: 5}}\n' +
        '  - {id: model.size, required: false, with: {mode: lenient}}',
    ),
  })
  assert.deepEqual(
    items.map(({ id }) => id),
    ['model.size', 'before.team-trained', 'data.scaling', 'own.item'],
  )
  const [size, , , own] = items
  assert.equal(size?.required, false)
  assert.equal(size.title, 'The model is small')
  assert.deepEqual(size.params, { warn_share: 0.9, mode: 'lenient', names: [], on: true })
  assert.equal(own?.everyDays, 14)
  assert.deepEqual(own.waivable, { allowed: true, maxDays: 5, undecided: false })
})

test('whether and how long a failure may be waived is true, false or the most days', async (t) => {
  const waivable = async (written: string): Promise<unknown> => {
    const text = list(`extends: default\nitems:\n  - {id: model.size, waivable: ${written}}`)
    const { items } = await load(t, { 'checklist.yaml': text })
    return items[0]?.waivable
  }
  assert.deepEqual(await waivable('true'), { allowed: true, maxDays: null, undecided: false })
  assert.deepEqual(await waivable('false'), { allowed: false, maxDays: null, undecided: false })
  assert.deepEqual(await waivable('{max_days: 30}'), {
    allowed: true,
    maxDays: 30,
    undecided: false,
  })
  assert.deepEqual(await waivable('{undecided: true}'), {
    allowed: true,
    maxDays: 90,
    undecided: true,
  })
})

test('another check does not inherit the parameters of the one it replaces', async (t) => {
  const { items } = await load(t, {
    'checklist.yaml': list('extends: default\nitems:\n  - {id: model.size, check: attest}'),
  })
  assert.deepEqual(items[0]?.params, {})
})

test('each key of an item is located in the file that gave it', async (t) => {
  const { files, items } = await load(
    t,
    {
      'lists/team.yaml': list('extends: ../base/base.yaml\nitems:\n  - {id: a.one, severity: low}'),
      'base/base.yaml': list(
        'items:\n  - {id: a.one, title: One, section: code, phase: after, check: attest}',
      ),
    },
    'lists/team.yaml',
  )
  assert.deepEqual(files, ['base/base.yaml', 'lists/team.yaml'])
  const [item] = items
  assert.equal(item?.location.path, 'lists/team.yaml')
  assert.equal(item.location.line, 4)
  assert.deepEqual(item.locate(['severity']), { path: 'lists/team.yaml', line: 4, column: 27 })
  assert.deepEqual(item.locate(['title']), { path: 'base/base.yaml', line: 3, column: 24 })
})

test('a list that extends itself by another way to write its path is a circle', async (t) => {
  await assert.rejects(
    load(t, { 'checklist.yaml': list('extends: ../checklist.yaml/../checklist.yaml\nitems: []') }),
    /neither|circle/,
  )
  await assert.rejects(
    load(
      t,
      { 'a/checklist.yaml': list('extends: ../a/checklist.yaml\nitems: []') },
      'a/checklist.yaml',
    ),
    /circle/,
  )
})

test('locations of the shipped list do not name a path of the machine', async (t) => {
  const { items } = await load(t, {
    'checklist.yaml': list('extends: default\nitems: []'),
  })
  for (const { location } of items) assert.ok(!path.isAbsolute(location.path))
})

test('a list that only extends another is that list; one with neither is refused', async (t) => {
  const shipped = await load(t, {}, 'default')
  const own = await load(t, { 'checklist.yaml': list('extends: default') })
  assert.deepEqual(
    own.items.map(({ id }) => id),
    shipped.items.map(({ id }) => id),
  )
  await assert.rejects(load(t, { 'checklist.yaml': list('') }), /items: missing/)
})
