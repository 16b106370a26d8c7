import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moduleCandidates } from '../../src/source/module-paths.ts'
import type { PythonModule } from '../../src/source/module.ts'
import { pythonProject, type PythonProject } from '../../src/source/project.ts'
import { asserts, reachOf } from '../../src/source/reach.ts'
import { readPython } from '../../src/source/read-python.ts'

async function projectOf(
  files: Readonly<Record<string, string>>,
  roots: readonly string[] = [],
): Promise<PythonProject> {
  const modules = new Map<string, PythonModule>()
  for (const [path, text] of Object.entries(files)) {
    modules.set(path, (await readPython(text)).module)
  }
  return pythonProject(modules, roots)
}

const said = (places: readonly { readonly path: string; readonly scope: string }[]) =>
  places.map(({ path, scope }) => `${path}#${scope}`)

test('an import means files in the folder of its file, above it, in src and in further roots', () => {
  const [first] = moduleCandidates(
    'tests/unit/test_a.py',
    { module: 'pkg.mod', level: 0, names: [] },
    ['app'],
  )
  assert.deepEqual(
    first?.filter((path) => path.endsWith('mod.py')),
    [
      'tests/unit/pkg/mod.py',
      'tests/pkg/mod.py',
      'pkg/mod.py',
      'tests/unit/src/pkg/mod.py',
      'tests/src/pkg/mod.py',
      'src/pkg/mod.py',
      'app/pkg/mod.py',
    ],
  )
  const names = [{ name: 'sub', alias: 'sub' }]
  assert.deepEqual(moduleCandidates('a/b/c.py', { module: '..', level: 2, names }, []), [
    ['a/__init__.py'],
    ['a/sub.py', 'a/sub/__init__.py'],
  ])
})

test('a name is followed to its definition through aliases, packages and star imports', async () => {
  const project = await projectOf({
    'src/pkg/__init__.py': 'from .deep.core import scale as rescale\nfrom .all import *\n',
    'src/pkg/deep/core.py': 'def scale(x): return x\n',
    'src/pkg/all.py': 'class Model:\n    def fit(self): pass\n',
    'tests/test_a.py':
      'import pkg\nimport pkg.deep.core as core\nimport pkg.deep.core\nfrom pkg.deep import core as other\nfrom pkg import rescale, Model as M, absent\nimport numpy as np\n',
  })
  for (const [name, place] of [
    ['pkg.rescale', 'src/pkg/deep/core.py#scale'],
    ['core.scale', 'src/pkg/deep/core.py#scale'],
    ['pkg.deep.core.scale', 'src/pkg/deep/core.py#scale'],
    ['other.scale', 'src/pkg/deep/core.py#scale'],
    ['rescale', 'src/pkg/deep/core.py#scale'],
    ['M', 'src/pkg/all.py#Model'],
    ['M.fit', 'src/pkg/all.py#Model.fit'],
  ] as const) {
    assert.ok(said(project.resolve('tests/test_a.py', '', name)).includes(place), name)
  }
  for (const name of ['absent', 'np.mean', 'nobody', 'numpy']) {
    assert.deepEqual(project.resolve('tests/test_a.py', '', name), [], name)
  }
})

test('imports in a circle end', async () => {
  const project = await projectOf({
    'a.py': 'from b import x\n',
    'b.py': 'from a import x\n',
  })
  assert.deepEqual(project.resolve('a.py', '', 'x'), [])
})

test('a test reaches what its fixtures, helpers, set-up and methods of instances come to', async () => {
  const project = await projectOf({
    'conftest.py':
      'import pytest\nfrom model import load\n@pytest.fixture\ndef loaded():\n    return load()\n',
    'model.py':
      'class Model:\n    def __init__(self):\n        self.path = find()\n    def predict(self, rows):\n        return compute(rows)\ndef load():\n    return Model()\ndef find(): pass\ndef compute(rows): pass\ndef unused(): pass\n',
    'tests/test_m.py':
      'import unittest\nimport model\ndef test_fixture(loaded):\n    assert loaded.predict([1])\nclass TestCase(unittest.TestCase):\n    def setUp(self):\n        self.model = model.load()\n    def test_case(self):\n        self.check(self.model)\n    def check(self, it):\n        self.assertTrue(it.predict([]))\n',
  })
  for (const scope of ['test_fixture', 'TestCase.test_case']) {
    const reached = said(reachOf(project, { path: 'tests/test_m.py', scope }).definitions)
    for (const name of ['load', 'Model', 'Model.predict', 'compute', 'find']) {
      assert.ok(reached.includes(`model.py#${name}`), `${scope}: ${name} in ${reached.join(' ')}`)
    }
    assert.ok(!reached.includes('model.py#unused'))
    assert.ok(asserts(project, { path: 'tests/test_m.py', scope }))
  }
})

test('a helper asserts by what it does, a function from elsewhere by its name', async () => {
  const project = await projectOf({
    'helpers.py':
      'def assert_nothing(x): return x\ndef really(x):\n    inner(x)\ndef inner(x):\n    assert x\n',
    'test_a.py':
      'from helpers import assert_nothing, really\nfrom numpy.testing import assert_allclose\ndef test_no(): assert_nothing(1)\ndef test_yes(): really(1)\ndef test_numpy(): assert_allclose(1, 1)\ndef test_plain(): print(1)\n',
  })
  const all = ['test_no', 'test_yes', 'test_numpy', 'test_plain']
  assert.deepEqual(
    all.filter((scope) => asserts(project, { path: 'test_a.py', scope })),
    ['test_yes', 'test_numpy'],
  )
})
