import assert from 'node:assert/strict'
import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { ConfigurationError } from '../../src/core/errors.ts'
import { loadSettings } from '../../src/config/load-settings.ts'
import { scratchFolder } from '../scratch-folder.ts'

const accepted = path.resolve(import.meta.dirname, '../../fixtures/config-accepted/settings')

test('all settings are loaded', async () => {
  const settings = await loadSettings({ startDir: accepted })
  assert.equal(settings?.file, 'mlcheck.yaml')
  assert.equal(settings.folder, accepted)
  assert.deepEqual(settings.drift?.thresholds?.tail, [0.002, 0.005])
  assert.equal(settings.drift.groupKey, 'customer_id')
  assert.deepEqual(settings.drift.columns?.['notes'], { role: 'ignore' })
  assert.deepEqual(settings.csv?.missing, ['', 'NA', 'NaN', 'nan', 'null', 'NULL', 'None'])
  assert.deepEqual(settings.run, { allow: false, isolation: 'auto', seed: 1 })
  assert.deepEqual(settings.report, ['html=report/index.html', 'junit=report/junit.xml'])
  assert.equal(settings.locate(['drift', 'alpha']).line, 3)
})

test('the range of a column is made of what is given', async (t) => {
  const startDir = scratchFolder(t, {
    'mlcheck.yaml': 'drift: {columns: {age: {min: 18}, score: {min: 0, max: 1}, note: {}}}',
  })
  const settings = await loadSettings({ startDir })
  assert.deepEqual(settings?.drift?.columns, {
    age: { range: { min: 18 } },
    score: { range: { min: 0, max: 1 } },
    note: {},
  })
})

test('the closest file upward counts, and the search ends at the root of the repository', async (t) => {
  const root = scratchFolder(t, {
    'mlcheck.yaml': 'run: {seed: 1}',
    'with/mlcheck.yaml': 'run: {seed: 2}',
    'with/.git/': '',
    'with/deep/er/': '',
    'without/.git/': '',
    'without/deep/': '',
  })
  const found = await loadSettings({ startDir: path.join(root, 'with/deep/er') })
  assert.equal(found?.run?.seed, 2)
  assert.equal(found.file, '../../mlcheck.yaml')
  assert.equal(await loadSettings({ startDir: path.join(root, 'without/deep') }), null)
})

test('a file that is named must be there', async (t) => {
  const startDir = scratchFolder(t, {})
  await assert.rejects(loadSettings({ path: 'mlcheck.yaml', startDir }), ConfigurationError)
})

test('a file of comments alone keeps every default', async (t) => {
  const startDir = scratchFolder(t, { 'mlcheck.yaml': '# run:\n#   seed: 1\n' })
  const settings = await loadSettings({ startDir })
  assert.equal(settings?.run, undefined)
  assert.equal(settings?.file, 'mlcheck.yaml')
})

test('without a repository only the folder itself is looked at', async (t) => {
  const root = scratchFolder(t, { 'mlcheck.yaml': 'run: {allow: true}', 'project/model/': '' })
  assert.equal(await loadSettings({ startDir: path.join(root, 'project/model') }), null)
  assert.equal((await loadSettings({ startDir: root }))?.run?.allow, true)
})

test('a file from outside of the repository never allows a command to run', async (t) => {
  const root = scratchFolder(t, {
    'mlcheck.yaml': 'run: {allow: true, seed: 7}',
    'project/.git/': '',
    'project/inside.yaml': 'run: {allow: true}',
    'project/model/': '',
    'alone/': '',
  })
  const startDir = path.join(root, 'project/model')
  const allowed = async (named: string, from = startDir) =>
    (await loadSettings({ path: named, startDir: from, cwd: root }))?.run
  assert.deepEqual(await allowed('mlcheck.yaml'), { allow: false, seed: 7 })
  assert.deepEqual(await allowed('mlcheck.yaml', path.join(root, 'alone')), {
    allow: false,
    seed: 7,
  })
  assert.deepEqual(await allowed('project/inside.yaml'), { allow: true })
  symlinkSync('../mlcheck.yaml', path.join(root, 'project/mlcheck.yaml'))
  assert.equal((await loadSettings({ startDir }))?.run?.allow, false)
})

test('Python globals are named in full, and not both allowed and denied', async (t) => {
  const load = (inspect: string) =>
    loadSettings({ startDir: scratchFolder(t, { 'mlcheck.yaml': `inspect: {${inspect}}` }) })
  const settings = await load('allow: [mine.scaling.LogScaler], deny: [numpy.matrix]')
  assert.deepEqual(settings?.inspect, { allow: ['mine.scaling.LogScaler'], deny: ['numpy.matrix'] })
  for (const wrong of [
    'allow: [LogScaler]',
    'allow: ["mine."]',
    'allow: [".LogScaler"]',
    'allow: ["mine.*.x y"]',
    'allow: [a.b], deny: [a.b]',
    'permit: [a.b]',
  ]) {
    await assert.rejects(load(wrong), ConfigurationError, wrong)
  }
})
