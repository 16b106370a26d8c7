import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { mlflowFindings } from '../../src/locks/mlflow-folder.ts'
import { readDependencies, versionRules } from '../../src/locks/read-dependencies.ts'
import { versionDisagreements } from '../../src/locks/version-agreement.ts'

type Files = Readonly<Record<string, string>>

const setOf = (files: Files) =>
  readDependencies(Object.keys(files), (path) => {
    const text = files[path]
    return Promise.resolve(text === undefined ? 'missing' : new TextEncoder().encode(text))
  })

async function disagreements(files: Files): Promise<readonly string[]> {
  const found = versionDisagreements(await setOf(files), await versionRules())
  return found.map(({ args, location }) => {
    const { name, specifier, otherSpecifier, otherFile } = args as Readonly<Record<string, string>>
    const place = `${location?.path ?? ''}:${String(location?.line)}`
    return `${place} ${String(name)}${String(specifier)} ${String(otherSpecifier)} ${String(otherFile)}`
  })
}

const pip = (line: string): Files => ({ 'requirements.txt': `${line}\n` })
const conda = (line: string): Files => ({ 'environment.yml': `dependencies:\n- ${line}\n` })

test('two files that pin one package to different versions disagree', async () => {
  assert.deepEqual(await disagreements({ ...pip('Num_py==2.1.3'), ...conda('num-py==2.1.2') }), [
    'environment.yml:2 num-py==2.1.2 ==2.1.3 requirements.txt',
  ])
  const docker = { Dockerfile: 'FROM scratch\nRUN pip install numpy==2.0.0\n' }
  assert.deepEqual(await disagreements({ ...pip('numpy==2.1.3'), ...docker }), [
    'Dockerfile:2 numpy==2.0.0 ==2.1.3 requirements.txt',
  ])
})

test('versions that PEP 440 calls equal agree, and so does one of several', async () => {
  for (const [line, spec] of [
    ['numpy==2.1.3', 'numpy=2.1.3=py311_0'],
    ['numpy==2.1.3', 'numpy 2.1.3 py311_0'],
    ['numpy==2.1', 'numpy==2.1.0'],
    ['torch==2.1.0+cu118', 'torch==2.1.0'],
    ['torch==2.1.0', 'torch==2.1.0+cu118'],
    ['numpy==2.1.3', 'numpy>=3'],
    ['numpy==2.1.3', 'numpy=2.0'],
    ['numpy==2.1.3', 'pandas==2.1.2'],
    ['numpy>=2', 'numpy==1.0'],
    ['x==1.0; sys_platform == "win32"\nx==2.0; sys_platform != "win32"', 'x==2.0'],
  ] as const) {
    assert.deepEqual(await disagreements({ ...pip(line), ...conda(spec) }), [], `${line} ${spec}`)
  }
})

test('images and system packages are no packages of Python', async () => {
  const docker = { Dockerfile: 'FROM python:3.12.1\nRUN apt-get install curl=1.0 numpy=1.0-2\n' }
  const files = { ...pip('numpy==2.1.3'), ...conda('python=3.11.7=x'), ...docker }
  assert.deepEqual(await disagreements(files), [])
})

const folder = new URL('../../fixtures/artifacts/mlflow/model/', import.meta.url)
const written = Object.fromEntries(
  ['requirements.txt', 'conda.yaml', 'python_env.yaml'].map((name) => [
    name,
    readFileSync(new URL(name, folder), 'utf8'),
  ]),
)

test("MLflow's three files agree as it writes them, and a package that one lacks is told", async () => {
  const codes = async (files: Files) =>
    mlflowFindings(await setOf(files)).map(({ code, location }) => {
      return `${location?.path ?? ''}:${String(location?.line)} ${code}`
    })
  assert.deepEqual(await codes(written), [])
  const condaYaml = (written['conda.yaml'] ?? '').replace('lightgbm==', 'light_gbm==')
  assert.deepEqual(await codes({ ...written, 'conda.yaml': condaYaml }), [
    'requirements.txt:2 MLFLOW_PACKAGE_IN_ONE_FILE',
    'conda.yaml:8 MLFLOW_PACKAGE_IN_ONE_FILE',
  ])
  for (const [python, line] of [
    ['python: 3.11\n', 1],
    ['build_dependencies: []\n', 1],
  ] as const) {
    assert.deepEqual(await codes({ 'python_env.yaml': python }), [
      `python_env.yaml:${String(line)} PYTHON_WITHOUT_PATCH`,
    ])
  }
})
