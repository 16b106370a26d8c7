import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { lockFreshness } from '../../src/locks/lock-freshness.ts'
import { pipfileDigest } from '../../src/locks/pipfile.ts'
import { readDependencies, versionRules } from '../../src/locks/read-dependencies.ts'
import type { LoadFile } from '../../src/locks/requirements.ts'

const root = new URL('../../fixtures/locks/', import.meta.url)
const fixture = (path: string) => readFileSync(new URL(path, root), 'utf8')
type Files = Readonly<Record<string, string>>

async function freshness(lock: string, files: Files = {}): Promise<readonly string[]> {
  const load: LoadFile = (path) => {
    const url = new URL(path, root)
    const text = files[path] ?? (existsSync(url) ? readFileSync(url, 'utf8') : undefined)
    return Promise.resolve(text === undefined ? 'missing' : new TextEncoder().encode(text))
  }
  const set = await readDependencies([lock], load)
  const { findings } = await lockFreshness(set, load, await versionRules())
  return findings.map(({ code, args, location }) => {
    const name = typeof args['name'] === 'string' ? ` ${args['name']}` : ''
    return `${location?.path ?? ''}:${String(location?.line)} ${code}${name}`
  })
}

test('what the tools wrote is fresh, members of a workspace included', async () => {
  for (const lock of [
    'uv/uv.lock',
    'uv-workspace/uv.lock',
    'poetry/1.1/poetry.lock',
    'poetry/2.1/poetry.lock',
    'poetry/written-1.1/poetry.lock',
    'poetry/written-2.5/poetry.lock',
    'pipfile/Pipfile.lock',
  ]) {
    assert.deepEqual(await freshness(lock), [], lock)
  }
})

test('a demand that is new, changed or gone makes uv.lock old, as uv lock --check says', async () => {
  const project = fixture('uv/pyproject.toml')
  const changed = (from: string, to: string) =>
    freshness('uv/uv.lock', { 'uv/pyproject.toml': project.replace(from, to) })
  const path = 'uv/pyproject.toml:5'
  assert.deepEqual(await changed('flask>=3,<4', 'Flask <4, >=3'), [])
  assert.deepEqual(await changed('flask>=3,<4', 'flask>=3'), [`${path} LOCK_DEMAND_CHANGED flask`])
  assert.deepEqual(await changed('flask>=3,<4', 'flask>=9'), [`${path} LOCK_STALE flask`])
  assert.deepEqual(await changed('"flask>=3,<4"', '"flask>=3,<4", "pandas"'), [
    `${path} LOCK_STALE pandas`,
  ])
  assert.deepEqual(await changed('flask>=3,<4', 'flask[async]>=3,<4'), [
    `${path} LOCK_DEMAND_CHANGED flask`,
  ])
  assert.deepEqual(await changed('">=3.11,<3.14"', '"<3.14.0, >=3.11.0"'), [])
  assert.deepEqual(await changed('">=3.11,<3.14"', '">=3.12,<3.14"'), [
    'uv/pyproject.toml:4 LOCK_DEMAND_CHANGED python',
  ])
  assert.deepEqual(await changed(', "flask>=3,<4"', ''), ['uv/uv.lock:65 LOCK_DEMAND_GONE flask'])
})

test('demands of Poetry are held against the locked versions', async () => {
  const project = fixture('poetry/2.1/pyproject.toml')
  const changed = (from: string, to: string) =>
    freshness('poetry/2.1/poetry.lock', { 'poetry/2.1/pyproject.toml': project.replace(from, to) })
  assert.deepEqual(await changed('joblib = "^1.4"', 'joblib = "^2.0"'), [
    'poetry/2.1/pyproject.toml:10 LOCK_STALE joblib',
  ])
  assert.deepEqual(await changed('joblib = "^1.4"', 'joblib = "^1.4"\nnumpy = "^2"'), [
    'poetry/2.1/pyproject.toml:11 LOCK_STALE numpy',
  ])
})

test('the digest of a Pipfile is the one that pipenv computes', async () => {
  // Both by Pipfile.get_hash of plette, as pipenv 2026.10.3 ships it.
  const digest = '308229dbc18731db589dad01b1510413135b836f25475532f3c400c08be71a01'
  const text = fixture('pipfile/Pipfile')
  assert.equal(await pipfileDigest(text), digest)
  const special = `[[source]]
url = "https://index.example.org/simple"
name = "Ä"
verify_ssl = false
[packages]
b = {version = "*", extras = ["x", "y"], markers = "os_name == \\"nt\\""}
a = "==1"
[docs]
sphinx = "*"
[pipenv]
allow_prereleases = true
`
  assert.equal(
    await pipfileDigest(special),
    '5f781dbe25a571cd83c9c0c258acf0eec7493160e862ff93bddbb26672bec900',
  )
  assert.equal(await pipfileDigest(`# why\n${text}\n[scripts]\nserve = "python app.py"\n`), digest)
  assert.notEqual(await pipfileDigest(text.replace('~=1.4', '~=1.5')), digest)
  assert.equal(await pipfileDigest('[packages]\njoblib = "*"\n'), undefined)
})

test('a Pipfile or pyproject.toml that cannot be read decides nothing', async () => {
  assert.deepEqual(await freshness('pipfile/Pipfile.lock', { 'pipfile/Pipfile': '[packages\n' }), [
    'pipfile/Pipfile:2 LOCK_MALFORMED',
  ])
  assert.deepEqual(await freshness('uv/uv.lock', { 'uv/pyproject.toml': 'x = !\n' }), [
    'uv/pyproject.toml:1 LOCK_MALFORMED',
  ])
})
