import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { ConfigurationError } from '../../src/core/errors.ts'
import { loadManifest } from '../../src/config/load-manifest.ts'
import { scratchFolder } from '../scratch-folder.ts'

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

test('a link inside of a folder or a glob does not lead out of the repository', async (t) => {
  const data = (location: string) => `${minimal('m.bin')}data: {test: "${location}"}\n`
  const cwd = scratchFolder(t, {
    'outside/x.csv': 'x',
    'outside/deep/x.csv': 'x',
    'project/.git/': '',
    'project/data/files/a.csv': 'x',
    'project/data/folders/a.csv': 'x',
    'project/data/within/': '',
    'project/model/': '',
    'project/folder.yaml': data('data/files'),
    'project/glob.yaml': data('data/files/*.csv'),
    'project/below.yaml': data('data/folders'),
    'project/deep-glob.yaml': data('data/**/*.csv'),
    'project/model.yaml': minimal('model'),
    'project/other-glob.yaml': data('data/files/*.parquet'),
    'project/shallow-glob.yaml': data('data/folders/*.csv'),
    'project/within.yaml': data('data/within'),
  })
  const link = (target: string, name: string): void => {
    symlinkSync(path.join(cwd, target), path.join(cwd, 'project', name))
  }
  link('outside/x.csv', 'data/files/x.csv')
  link('outside/deep', 'data/folders/deep')
  link('outside/x.csv', 'model/weights.bin')
  link('project/m.bin', 'data/within/link.csv')
  // A circle of links ends.
  link('project/data/within', 'data/within/again')
  for (const name of ['folder', 'glob', 'below', 'deep-glob', 'model']) {
    const file = `project/${name}.yaml`
    await assert.rejects(
      loadManifest(file, { cwd }),
      (error: unknown) =>
        error instanceof ConfigurationError &&
        /holds the link .*, which leaves the repository/.test(error.message) &&
        error.location?.path === file,
      name,
    )
    await loadManifest(file, { cwd, allowOutside: true })
  }
  // What the location does not name is not read, so it is not refused.
  for (const name of ['other-glob', 'shallow-glob', 'within']) {
    await loadManifest(`project/${name}.yaml`, { cwd })
  }
})

test('a pipe is refused before it is opened, as manifest and as what a manifest names', async (t) => {
  const cwd = scratchFolder(t, {
    'file.yaml': minimal('pipe'),
    'folder.yaml': minimal('folder'),
    'folder/': '',
  })
  execFileSync('sh', ['-c', 'mkfifo pipe folder/pipe'], { cwd })
  await assert.rejects(loadManifest('pipe', { cwd }), /not a file/)
  await assert.rejects(loadManifest('file.yaml', { cwd }), /neither a file nor a folder/)
  await assert.rejects(loadManifest('folder.yaml', { cwd }), /neither a file nor a folder/)
  await assert.rejects(
    loadManifest('file.yaml', { cwd, allowOutside: true }),
    /neither a file nor a folder/,
  )
})

test('a time limit of a command lies within a second and a day', async (t) => {
  const withTimeout = (timeout: string) =>
    `${minimal('m.bin')}commands:\n  predict: {run: [p, "{input}", "{output}"], timeout: ${timeout}}\n`
  const limits = ['0s', '999ms', '25h', '100w', '1s', '24h', '60s']
  const files = limits.map((limit) => [`${limit}.yaml`, withTimeout(limit)])
  const cwd = scratchFolder(t, Object.fromEntries(files) as Record<string, string>)
  for (const limit of limits.slice(0, 4)) {
    await assert.rejects(
      loadManifest(`${limit}.yaml`, { cwd }),
      (error: unknown) =>
        error instanceof ConfigurationError &&
        error.message.includes('expected 1s to 24h') &&
        error.location?.line === 4,
      limit,
    )
  }
  for (const limit of limits.slice(4)) await loadManifest(`${limit}.yaml`, { cwd })
})
