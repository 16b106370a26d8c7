import assert from 'node:assert/strict'
import { test } from 'node:test'
import { distributionsOf, neededModules } from '../../src/locks/import-names.ts'
import { isStandardModule } from '../../src/locks/standard-library.ts'

test('a module finds its distribution, by the table or by its own name', () => {
  for (const [module, ...names] of [
    ['numpy.linalg', 'numpy'],
    ['sklearn.pipeline', 'scikit-learn'],
    ['PIL.Image', 'pillow', 'pillow-simd'],
    ['yaml', 'pyyaml'],
    ['prometheus_client', 'prometheus-client'],
    ['google.protobuf.message', 'protobuf'],
    ['google.cloud.storage', 'google-cloud-storage', 'google-cloud'],
    ['google.cloud.spanner', 'google-cloud-spanner', 'google-cloud'],
    ['ruamel.yaml', 'ruamel-yaml'],
  ]) {
    assert.deepEqual(distributionsOf(module ?? ''), names, module)
  }
  assert.ok(distributionsOf('cv2').includes('opencv-python-headless'))
})

test('every name from a package that several distributions fill needs its own', () => {
  assert.deepEqual(neededModules('google.cloud', ['storage', 'bigquery']), [
    'google.cloud.storage',
    'google.cloud.bigquery',
  ])
  assert.deepEqual(neededModules('google.cloud', ['*']), ['google.cloud'])
  assert.deepEqual(neededModules('google.cloud.storage', []), ['google.cloud.storage'])
  assert.deepEqual(neededModules('sklearn', ['svm', 'linear_model']), ['sklearn'])
})

test("Python's own modules are no packages", () => {
  for (const module of [
    'os.path',
    'json',
    '__future__',
    '_thread',
    'distutils.core',
    'tomllib',
    '__main__',
    'dummy_threading',
  ]) {
    assert.ok(isStandardModule(module), module)
  }
  for (const module of ['numpy', 'six', 'attr']) assert.ok(!isStandardModule(module), module)
})
