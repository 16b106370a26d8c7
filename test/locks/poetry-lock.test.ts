import assert from 'node:assert/strict'
import { test } from 'node:test'
import { poetryPython, poetrySpecifier } from '../../src/locks/poetry-specifier.ts'
import { problems, readLockFixture, readLockText, summary } from './read-lock.ts'

test('Poetry 1.1 keeps hashes apart from the packages, and names a category', async () => {
  const reading = await readLockFixture('poetry/1.1/poetry.lock')
  assert.deepEqual(summary(reading), ['joblib 9 hashed REQUIREMENT_HASHED'])
  assert.deepEqual(reading.development, ['iniconfig'])
})

test('Poetry 2 names groups; a repository and a folder are no locked files', async () => {
  const reading = await readLockFixture('poetry/2.1/poetry.lock')
  assert.deepEqual(summary(reading), [
    'colorama 3 hashed REQUIREMENT_HASHED',
    'joblib 28 hashed REQUIREMENT_HASHED',
    'features 40 warn REQUIREMENT_VCS_COMMIT',
    'shared 56 no REQUIREMENT_LOCAL_PATH',
  ])
  assert.deepEqual(reading.development, ['iniconfig'])
  assert.equal(reading.entries[0]?.marker, 'sys_platform == "win32"')
  assert.equal(reading.requiresPython?.line, 72)
})

test('what Poetry 1.1.15 and 2.5.1 wrote is hashed throughout, and fresh', async () => {
  for (const [folder, names] of [
    ['written-1.1', ['cloudpickle', 'joblib']],
    ['written-2.5', ['cloudpickle', 'colorama', 'joblib']],
  ] as const) {
    const reading = await readLockFixture(`poetry/${folder}/poetry.lock`)
    assert.deepEqual(
      reading.entries.map(({ name, pinned }) => `${name} ${pinned}`),
      names.map((name) => `${name} hashed`),
    )
    assert.deepEqual(reading.development, ['iniconfig'])
    assert.deepEqual(problems(reading), [])
    assert.equal(reading.requiresPython?.specifier, '>=3.11,<4')
  }
})

test('constraints of Poetry become specifiers', () => {
  for (const [constraint, specifier] of [
    ['^1.2.3', '>=1.2.3,<2'],
    ['^0.2.3', '>=0.2.3,<0.3'],
    ['^0.0.3', '>=0.0.3,<0.0.4'],
    ['^0', '>=0,<1'],
    ['~1.2.3', '>=1.2.3,<1.3'],
    ['~1', '>=1,<2'],
    ['1.2.*', '==1.2.*'],
    ['*', ''],
    ['1.5', '==1.5'],
    ['>=1.2, <2', '>=1.2,<2'],
    ['>= 1.2 < 2', '>=1.2,<2'],
    ['~=1.4', '~=1.4'],
    ['!=1.0', '!=1.0'],
  ]) {
    assert.equal(poetrySpecifier(constraint ?? ''), specifier, constraint)
  }
  assert.equal(poetrySpecifier('^2.7 || ^3.8'), undefined)
  assert.equal(poetryPython('^2.7 || ^3.8'), '>=2.7,<3 || >=3.8,<4')
  assert.equal(poetryPython('*'), '')
})

test('a lock without metadata is malformed; without its content hash it is a warning', async () => {
  assert.deepEqual(problems(await readLockText('poetry.lock', '# @generated\n')), [
    '1 inconclusive LOCK_MALFORMED',
  ])
  assert.deepEqual(problems(await readLockText('poetry.lock', '[metadata]\n')), [
    '1 warn LOCK_WITHOUT_CONTENT_HASH',
  ])
})
