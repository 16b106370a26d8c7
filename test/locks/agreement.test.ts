import assert from 'node:assert/strict'
import { test } from 'node:test'
import { modelLibraryFindings } from '../../src/locks/model-libraries.ts'
import { pythonFindings } from '../../src/locks/python-agreement.ts'
import { versionRules } from '../../src/locks/read-dependencies.ts'
import { readRequirements } from '../../src/locks/requirements.ts'

const versions = await versionRules()
const python = (named: readonly string[], specifier: string) =>
  pythonFindings(
    named.map((version) => ({ version, place: { path: 'model.yaml', line: 1 } })),
    [{ specifier, file: 'uv.lock', line: 3 }],
    versions,
  ).map(({ code }) => code)

test('a version of Python lies in the range of the lock; a minor version stands for its patches', () => {
  assert.deepEqual(python(['3.11'], '>=3.11,<3.14'), [])
  assert.deepEqual(python(['3.11'], '>=3.11.4'), [])
  assert.deepEqual(python(['3.11.7', '3.11'], '>=3.11'), [])
  assert.deepEqual(python(['3.10'], '>=3.11'), ['PYTHON_OUTSIDE_RANGE'])
  assert.deepEqual(python(['3.11.2'], '>=3.11.4'), ['PYTHON_OUTSIDE_RANGE'])
  assert.deepEqual(python(['3.11', '3.12.1'], ''), ['PYTHON_VERSIONS_DIFFER'])
  assert.deepEqual(python(['three'], '>=3.11'), ['PYTHON_OUTSIDE_RANGE'])
})

test('the library that wrote the model is locked in the same version', async () => {
  const bytes = new TextEncoder().encode('scikit-learn==1.5.2\nnumpy>=1\ntorch==2.1.0\n')
  const { entries } = await readRequirements(['requirements.txt'], () => Promise.resolve(bytes))
  const codes = (library: string, version: string | null) =>
    modelLibraryFindings([{ library, version }], entries, versions).map(({ code }) => code)
  assert.deepEqual(codes('scikit-learn', '1.5.2'), [])
  assert.deepEqual(codes('sklearn', '1.5.2.0'), [])
  assert.deepEqual(codes('torch', '2.1.0+cu118'), [])
  assert.deepEqual(codes('numpy', '2.1.3'), [])
  assert.deepEqual(codes('scikit-learn', null), [])
  assert.deepEqual(codes('scikit-learn', '1.5.1'), ['MODEL_LIBRARY_VERSION_DIFFERS'])
  assert.deepEqual(codes('scikit-learn', 'unknown'), ['MODEL_LIBRARY_VERSION_DIFFERS'])
})
