import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problems, readLockFixture, readLockText, summary } from './read-lock.ts'

test('the default group is production and develop is not', async () => {
  const reading = await readLockFixture('pipfile/Pipfile.lock')
  assert.deepEqual(summary(reading), [
    'cloudpickle 19 hashed REQUIREMENT_HASHED',
    'joblib 27 hashed REQUIREMENT_HASHED',
  ])
  assert.deepEqual(reading.development, ['iniconfig'])
  assert.equal(reading.requiresPython?.specifier, '==3.11.*')
})

const lock = (packages: string) =>
  `{"_meta": {"hash": {"sha256": "${'a'.repeat(64)}"}},\n"default": {${packages}}}`

test('a star, a range, a branch and a folder are not pinned', async () => {
  const reading = await readLockText(
    'Pipfile.lock',
    lock(
      '\n"a": {"version": "*"},\n"b": {"version": ">=1"},\n"c": {"git": "https://host.example/c.git", "ref": "main"},\n"d": {"path": ".", "editable": true},\n"e": {"version": "==1.0"}\n',
    ),
  )
  assert.deepEqual(summary(reading), [
    'a 3 no REQUIREMENT_UNPINNED',
    'b 4 no REQUIREMENT_RANGE',
    'c 5 no REQUIREMENT_VCS_NOT_COMMIT',
    'd 6 no REQUIREMENT_EDITABLE',
    'e 7 yes REQUIREMENT_PINNED',
  ])
})

test('what is not JSON, or names a package twice, is malformed', async () => {
  for (const text of [
    '',
    '{"default": {}}',
    lock('"a": {}, "a": {}'),
    'default: {}',
    '{"a": 1,}',
  ]) {
    const reading = await readLockText('Pipfile.lock', text)
    assert.match(problems(reading).join(), /^\d+ inconclusive LOCK_MALFORMED$/, text)
  }
})

test('an archive is bound by its digest, and by nothing without one', async () => {
  const file = '"file": "https://host.example/a-1.0-py3-none-any.whl"'
  const reading = await readLockText(
    'Pipfile.lock',
    lock(`\n"a": {${file}, "hashes": ["sha256:${'a'.repeat(64)}"]},\n"b": {${file}}\n`),
  )
  assert.deepEqual(summary(reading), [
    'a 3 hashed REQUIREMENT_HASHED',
    'b 4 no REQUIREMENT_URL_WITHOUT_HASH',
  ])
})
