import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDependencies } from '../../src/locks/read-dependencies.ts'
import { foreignFormat, formatByContent, formatByName } from '../../src/locks/registry.ts'
import { readFileSync } from 'node:fs'

test('a file is recognised by its name', () => {
  for (const [path, name] of [
    ['pylock.toml', 'pylock.toml'],
    ['a/pylock.prod.toml', 'pylock.toml'],
    ['poetry.lock', 'poetry.lock'],
    ['uv.lock', 'uv.lock'],
    ['Pipfile.lock', 'Pipfile.lock'],
    ['conda-lock.yml', 'conda-lock'],
    ['env.conda-lock.yaml', 'conda-lock'],
    ['environment.yml', 'conda environment'],
    ['environment-prod.yaml', 'conda environment'],
    ['model/conda.yaml', 'conda environment'],
    ['model/python_env.yaml', 'python_env.yaml'],
    ['Dockerfile', 'Dockerfile'],
    ['docker/Dockerfile.serve', 'Dockerfile'],
    ['serve.dockerfile', 'Dockerfile'],
  ]) {
    assert.equal(formatByName(path ?? '')?.name, name, path)
  }
  for (const path of ['requirements.txt', 'requirements/base.txt', 'lock', 'pdm.lock']) {
    assert.equal(formatByName(path), undefined, path)
  }
  assert.equal(foreignFormat('pdm.lock'), 'pdm.lock')
  assert.equal(foreignFormat('setup.py'), 'project metadata')
  assert.equal(foreignFormat('requirements.txt'), undefined)
})

test('a file of another name is recognised by its content', () => {
  for (const [path, name] of [
    ['pylock/pip/pylock.toml', 'pylock.toml'],
    ['poetry/2.1/poetry.lock', 'poetry.lock'],
    ['uv/uv.lock', 'uv.lock'],
    ['pipfile/Pipfile.lock', 'Pipfile.lock'],
    ['conda-lock/conda-lock.yml', 'conda-lock'],
    ['conda-environment/environment.yml', 'conda environment'],
    ['dockerfile/Dockerfile', 'Dockerfile'],
    ['hashed/requirements.txt', undefined],
  ] as const) {
    const text = readFileSync(new URL(`../../fixtures/locks/${path}`, import.meta.url), 'utf8')
    assert.equal(formatByContent(text)?.name, name, path)
  }
})

test('an explicit list of conda is no requirement file, whatever its name', async () => {
  const text = '# platform: linux-64\n@EXPLICIT\nhttps://host.example/numpy-1.26.4-py311_0.conda\n'
  const load = () => Promise.resolve(new TextEncoder().encode(text))
  const set = await readDependencies(['spec.txt'], load)
  assert.deepEqual(set.unsupported, [{ path: 'spec.txt', format: 'explicit list of conda' }])
  assert.deepEqual(set.entries, [])
})
