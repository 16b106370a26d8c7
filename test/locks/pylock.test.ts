import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problems, readLockFixture, readLockText, summary } from './read-lock.ts'

test('what pip and uv write reads alike: hashes in sub-tables and in inline tables', async () => {
  assert.deepEqual(summary(await readLockFixture('pylock/pip/pylock.toml')), [
    'joblib 4 hashed REQUIREMENT_HASHED',
    'markupsafe 15 hashed REQUIREMENT_HASHED',
  ])
  const uv = await readLockFixture('pylock/uv/pylock.toml')
  assert.deepEqual(summary(uv), [
    'joblib 7 hashed REQUIREMENT_HASHED',
    'markupsafe 13 hashed REQUIREMENT_HASHED',
  ])
  assert.equal(uv.requiresPython?.specifier, '>=3.11')
})

const HEAD = 'lock-version = "1.0"\ncreated-by = "hand"\n'
const SHA256 = 'a'.repeat(64)
const read = (...lines: readonly string[]) => readLockText('pylock.toml', HEAD + lines.join('\n'))

test('a folder, a repository and a file without a hash are judged for what they are', async () => {
  const reading = await read(
    '[[packages]]',
    'name = "own"',
    'directory = {path = ".", editable = true}',
    '[[packages]]',
    'name = "features"',
    `vcs = {type = "git", url = "https://host.example/f.git", commit-id = "${'0'.repeat(40)}"}`,
    '[[packages]]',
    'name = "half"',
    'version = "1.0"',
    `wheels = [{url = "https://host.example/a.whl", hashes = {sha256 = "${SHA256}"}}, {url = "https://host.example/b.whl"}]`,
    '[[packages]]',
    'name = "weak"',
    'version = "1.0"',
    `sdist = {url = "https://host.example/a.tar.gz", hashes = {md5 = "${'0'.repeat(32)}"}}`,
    '[[packages]]',
    'name = "bytes"',
    `archive = {url = "https://host.example/bytes.zip", hashes = {sha256 = "${SHA256}"}}`,
    '[[packages]]',
    'name = "open"',
  )
  assert.deepEqual(summary(reading), [
    'own 3 no REQUIREMENT_EDITABLE',
    'features 6 warn REQUIREMENT_VCS_COMMIT',
    'half 9 yes REQUIREMENT_PINNED',
    'weak 13 no REQUIREMENT_WEAK_HASH',
    'bytes 17 hashed REQUIREMENT_HASHED',
    'open 20 no REQUIREMENT_UNPINNED',
  ])
})

test('a package of a group that is not a default one is for development', async () => {
  const reading = await read(
    'dependency-groups = ["dev"]',
    '[[packages]]',
    'name = "pytest"',
    'version = "8.3.4"',
    `marker = "'dev' in dependency_groups"`,
  )
  assert.deepEqual(reading.development, ['pytest'])
  assert.deepEqual(summary(reading), [])
})

test('what is not such a file is told with its line, and never read as empty', async () => {
  for (const [text, line] of [
    ['lock-version = "2.0"\n', 1],
    ['created-by = "hand"\n', 1],
    [`${HEAD}[[packages]]\nversion = "1"\n`, 3],
    [`${HEAD}packages = [\n`, 4],
    [`${HEAD}x = ${'['.repeat(200)}`, 3],
  ] as const) {
    const reading = await readLockText('pylock.prod.toml', text)
    assert.deepEqual(problems(reading), [`${String(line)} inconclusive LOCK_MALFORMED`], text)
    assert.deepEqual(reading.entries, [])
  }
})

test('a file that does not say who made it is none of the standard', async () => {
  const reading = await readLockText('pylock.toml', 'lock-version = "1.0"\npackages = []\n')
  assert.deepEqual(problems(reading), ['1 inconclusive LOCK_MALFORMED'])
})
