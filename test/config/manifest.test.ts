import assert from 'node:assert/strict'
import { readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { ConfigurationError } from '../../src/core/errors.ts'
import { loadManifest } from '../../src/config/load-manifest.ts'
import { scratchFolder } from './scratch.ts'

const accepted = path.resolve(import.meta.dirname, '../../fixtures/config-accepted/manifest')

const minimal = (modelPath: string): string =>
  `version: 1\nmodel: {name: m, task: regression, path: ${modelPath}}\n`

test('every block of a full manifest is loaded, quantities as numbers', async () => {
  const manifest = await loadManifest('model.yaml', { cwd: accepted })
  assert.deepEqual(manifest.model.limits, {
    size: 50 * 2 ** 20,
    parameters: 5_000_000,
    memory: 2 ** 30,
    latencyP95: 50,
    maxAge: 90 * 86_400_000,
  })
  assert.equal(manifest.model.trainedThrough, '2026-10-31')
  assert.match(manifest.previous?.sha256 ?? '', /^[0-9a-f]{64}$/)
  assert.equal(manifest.data?.exploration, 'is_exploration')
  assert.deepEqual(manifest.features?.['income']?.outliers, {
    quantiles: [0.001, 0.999],
    margin: 0.5,
  })
  assert.deepEqual(manifest.predictions?.['test']?.slices, ['region'])
  assert.deepEqual(manifest.metrics?.[0]?.ci, [0.861, 0.884])
  assert.equal(manifest.requirementsOnMetrics?.minRecallPerClass, 0.6)
  assert.deepEqual(manifest.commands?.tests?.['unit']?.run, ['pytest', '-q', 'tests/unit'])
  assert.deepEqual(manifest.commands.serve?.request, { instances: '{rows}' })
  assert.equal(manifest.commands.predict?.timeout, 60_000)
  assert.equal(manifest.monitoring?.performance?.labelDelay, 30 * 86_400_000)
  assert.deepEqual(manifest.monitoring.ruleTests, ['monitoring/alerts_test.yml'])
  assert.deepEqual(manifest.rollback?.cachePurge?.run, ['sh', 'deploy/purge.sh'])
  assert.equal(manifest.retraining?.maxDriftedFeatures, 3)
  assert.equal(manifest.team?.onCall, 'oncall.yaml')
})

test('names chosen by the user keep their spelling', async (t) => {
  const cwd = scratchFolder(t, {
    'model.yaml': `${minimal('m.bin')}features:\n  is_new_customer: {type: category, values: [1, true, "007"]}\n`,
  })
  const manifest = await loadManifest('model.yaml', { cwd })
  assert.deepEqual(manifest.features, {
    is_new_customer: { type: 'category', values: ['1', 'true', '007'] },
  })
})

test('`none` with a reason is neither a path nor a column', async (t) => {
  const cwd = scratchFolder(t, {
    'model.yaml': `${minimal('m.bin')}previous: none\nreason: first release\ndata: {exploration: none, reason: no randomised decisions}\n`,
  })
  const manifest = await loadManifest('model.yaml', { cwd })
  assert.equal(manifest.previous, undefined)
  assert.equal(manifest.noPreviousReason, 'first release')
  assert.deepEqual(manifest.data, { noExplorationReason: 'no randomised decisions' })
})

test('a value is located in the file by its keys as written', async () => {
  const manifest = await loadManifest('model.yaml', { cwd: accepted })
  const place = manifest.locate(['requirements_on_metrics', 'min_support'])
  assert.deepEqual(place, { path: 'model.yaml', line: 39, column: 97 })
  const lines = readFileSync(path.join(accepted, 'model.yaml'), 'utf8').split('\n')
  assert.equal(lines[38]?.slice(96), '30}')
})

test('the repository is the closest folder with a .git, else the folder of the manifest', async (t) => {
  const cwd = scratchFolder(t, {
    'project/.git/': '',
    'project/deep/model.yaml': minimal('../m.bin'),
    'alone/model.yaml': minimal('../m.bin'),
  })
  const manifest = await loadManifest('project/deep/model.yaml', { cwd })
  assert.equal(manifest.repositoryRoot, path.join(cwd, 'project'))
  assert.equal(manifest.folder, path.join(cwd, 'project/deep'))
  await assert.rejects(loadManifest('alone/model.yaml', { cwd }), ConfigurationError)
})

test('a link out of the repository is refused, be it a folder, a file or a link to nothing', async (t) => {
  const cwd = scratchFolder(t, {
    'outside/m.bin': 'x',
    'project/.git/': '',
    'project/inside/m.bin': 'x',
    'project/folder.yaml': minimal('linked/m.bin'),
    'project/absent.yaml': minimal('linked/absent/m.bin'),
    'project/file.yaml': minimal('m.bin'),
    'project/dangling.yaml': minimal('dangling.bin'),
    'project/circle.yaml': minimal('circle.bin'),
    'project/within.yaml': minimal('within/m.bin'),
  })
  const link = (target: string, name: string): void => {
    symlinkSync(target, path.join(cwd, 'project', name))
  }
  link('../outside', 'linked')
  link('../outside/m.bin', 'm.bin')
  link('../outside/nothing', 'dangling.bin')
  link('circle.bin', 'circle.bin')
  link('inside', 'within')
  for (const name of ['folder', 'absent', 'file', 'dangling', 'circle']) {
    const file = `project/${name}.yaml`
    await assert.rejects(loadManifest(file, { cwd }), /leaves the repository/, name)
    await loadManifest(file, { cwd, allowOutside: true })
  }
  await loadManifest('project/within.yaml', { cwd })
})

test('with --allow-outside nothing is outside', async (t) => {
  const cwd = scratchFolder(t, { '.git/': '', 'model.yaml': minimal('/elsewhere/m.bin') })
  const manifest = await loadManifest('model.yaml', { cwd, allowOutside: true })
  assert.equal(manifest.repositoryRoot, path.parse(cwd).root)
})
