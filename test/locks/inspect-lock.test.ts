import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { inspectLock } from '../../src/locks/inspect-lock.ts'

const inspectFixture = (path: string) =>
  inspectLock(path, readFileSync(new URL(`../../fixtures/locks/${path}`, import.meta.url), 'utf8'))

test('the verdict is safe when all is exact, unsafe when something is not', async () => {
  for (const [path, kind, verdict] of [
    ['uv/uv.lock', 'lock', 'safe'],
    ['pylock/pip/pylock.toml', 'lock', 'safe'],
    ['poetry/1.1/poetry.lock', 'lock', 'safe'],
    ['poetry/2.1/poetry.lock', 'lock', 'unsafe'],
    ['pipfile/Pipfile.lock', 'lock', 'safe'],
    ['conda-lock/conda-lock.yml', 'conda', 'unsafe'],
    ['conda-environment/environment.yml', 'conda', 'unsafe'],
    ['conda-environment/exact.yml', 'conda', 'safe'],
    ['dockerfile/Dockerfile', 'dockerfile', 'unsafe'],
    ['hashed/requirements.txt', 'requirements', 'safe'],
    ['swallowed/requirements.txt', 'requirements', 'unsafe'],
  ]) {
    const found = await inspectFixture(path ?? '')
    assert.deepEqual([found?.kind, found?.verdict], [kind, verdict], path)
  }
})

test('what is malformed, empty or installs an unseen file decides nothing', async () => {
  const digest = 'a'.repeat(64)
  for (const [path, text] of [
    ['uv.lock', 'version = \n'],
    ['Pipfile.lock', '{'],
    ['requirements.txt', ''],
    ['requirements.txt', 'numpy==2.1.3\n-r base.txt\n'],
    ['environment.yml', 'dependencies: []\n'],
    ['Dockerfile', `FROM python@sha256:${digest}\nRUN pip install -r requirements.txt\n`],
  ]) {
    const found = await inspectLock(path ?? '', text ?? '')
    assert.equal(found?.verdict, 'inconclusive', path)
  }
})

test('an include is followed where a loader gives it', async () => {
  const load = () => Promise.resolve(new TextEncoder().encode('pandas\n'))
  const found = await inspectLock('requirements.txt', 'numpy==2.1.3\n-r base.txt\n', load)
  assert.equal(found?.verdict, 'unsafe')
  assert.deepEqual(
    found.entries.map(({ name, line }) => [name, line]),
    [
      ['numpy', 1],
      ['pandas', 1],
    ],
  )
})

test('a file of something else is none of dependencies', async () => {
  for (const [path, text] of [
    ['README.md', '# model\n'],
    ['model.yaml', 'version: 1\n'],
    ['data.csv', 'a,b\n1,2\n'],
    ['pyproject.toml', '[project]\nname = "x"\n'],
  ]) {
    assert.equal(await inspectLock(path ?? '', text ?? ''), undefined, path)
  }
})
