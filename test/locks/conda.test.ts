import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeCondaSpec } from '../../src/locks/conda-spec.ts'
import { problems, readLockFixture, readLockText, summary } from './read-lock.ts'

test('a single = is a prefix in Conda; the list of pip follows the rules of pip', async () => {
  assert.deepEqual(summary(await readLockFixture('conda-environment/environment.yml')), [
    'python 5 warn CONDA_WITHOUT_BUILD',
    'numpy 6 yes CONDA_EXACT_BUILD',
    'scipy 7 warn CONDA_WITHOUT_BUILD',
    'pandas 8 no REQUIREMENT_RANGE',
    'joblib 9 no CONDA_PREFIX',
    'pip 10 warn INSTALLER_NOT_PINNED',
    'scikit-learn 12 yes REQUIREMENT_PINNED',
    'flask 13 no REQUIREMENT_UNPINNED',
  ])
})

test('every way to write a match is judged', () => {
  for (const [text, pinned, code] of [
    ['numpy', 'no', 'REQUIREMENT_UNPINNED'],
    ['numpy *', 'no', 'REQUIREMENT_UNPINNED'],
    ['numpy=1.26', 'no', 'CONDA_PREFIX'],
    ['numpy=1.26.4', 'no', 'CONDA_PREFIX'],
    ['python=3.11', 'no', 'CONDA_PREFIX'],
    ['python=3.11.7', 'warn', 'CONDA_WITHOUT_BUILD'],
    ['numpy=1.26.*', 'no', 'REQUIREMENT_WILDCARD'],
    ['numpy==1.26.*', 'no', 'REQUIREMENT_WILDCARD'],
    ['numpy==1.26.4', 'warn', 'CONDA_WITHOUT_BUILD'],
    ['numpy 1.26.4', 'warn', 'CONDA_WITHOUT_BUILD'],
    ['numpy=1.26.4=*mkl*', 'warn', 'CONDA_WITHOUT_BUILD'],
    ['numpy=1.26.4=py311_0', 'yes', 'CONDA_EXACT_BUILD'],
    ['numpy 1.26.4 py311_0', 'yes', 'CONDA_EXACT_BUILD'],
    ['conda-forge::numpy==1.26.4=py311_0', 'yes', 'CONDA_EXACT_BUILD'],
    ['conda-forge/linux-64::numpy==1.26.4=py311_0', 'yes', 'CONDA_EXACT_BUILD'],
    ['numpy>=1.26,<2', 'no', 'REQUIREMENT_RANGE'],
    ['numpy>=1.26', 'no', 'REQUIREMENT_RANGE'],
    ['numpy=1.26|1.27', 'no', 'REQUIREMENT_RANGE'],
    ['numpy==', 'no', 'REQUIREMENT_INVALID'],
    ['=1.0', 'no', 'REQUIREMENT_INVALID'],
  ]) {
    const verdict = judgeCondaSpec(text ?? '')
    assert.deepEqual([verdict.pinned, verdict.code], [pinned, code], text)
  }
})

test('conda-lock: hashes of every platform, md5 alone is weak, a promised platform must be there', async () => {
  const reading = await readLockFixture('conda-lock/conda-lock.yml')
  assert.deepEqual(summary(reading), [
    'python 14 hashed REQUIREMENT_HASHED',
    'openssl 25 warn CONDA_WEAK_HASH',
    'flask 35 hashed REQUIREMENT_HASHED',
  ])
  assert.deepEqual(problems(reading), ['3 warn CONDA_PLATFORM_NOT_LOCKED'])
  assert.deepEqual(reading.development, ['pytest'])
})

test("MLflow's python_env.yaml names Python and lists that pip reads", async () => {
  const reading = await readLockText(
    'python_env.yaml',
    'python: 3.11.7\nbuild_dependencies:\n- pip==26.3\n- setuptools\ndependencies:\n- -r requirements.txt\n',
  )
  assert.deepEqual(summary(reading), [
    'pip 3 yes REQUIREMENT_PINNED',
    'setuptools 4 warn INSTALLER_NOT_PINNED',
  ])
  assert.deepEqual(reading.includes, [{ name: 'requirements.txt', line: 6 }])
  assert.equal(reading.python[0]?.version, '3.11.7')
})

test('a version that YAML takes for a number keeps its digits', async () => {
  const reading = await readLockText('python_env.yaml', 'python: 3.10\n')
  assert.equal(reading.python[0]?.version, '3.10')
})

test('a malformed environment is told with its line', async () => {
  for (const [text, line] of [
    ['dependencies:\n  - a: [\n', 3],
    ['name: x\n', 1],
    ['dependencies:\n- 5:\n', 2],
    ['dependencies:\n- &a x\n- *a\n', 3],
    [`dependencies: ${'['.repeat(100)}`, 1],
    ['dependencies: []\ndependencies: []\n', 2],
  ] as const) {
    const reading = await readLockText('environment.yml', text)
    assert.deepEqual(problems(reading), [`${String(line)} inconclusive LOCK_MALFORMED`], text)
  }
})
