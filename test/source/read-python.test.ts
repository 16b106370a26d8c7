import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readPython } from '../../src/source/read-python.ts'

const stored = (name: string) =>
  readFileSync(new URL(`../../fixtures/source/${name}`, import.meta.url), 'utf8')

type Pairs = readonly (readonly (string | number | boolean)[])[]
const sorted = (pairs: Pairs) => pairs.map((pair) => JSON.stringify(pair)).sort()

async function moduleOf(text: string) {
  return (await readPython(text)).module
}

test("definitions, imports, calls and handlers are those that Python's own parser finds", async () => {
  const expected = JSON.parse(stored('sample.json')) as Readonly<Record<string, Pairs>>
  const { parse, module } = await readPython(stored('sample.py'))
  assert.deepEqual(parse, { state: 'whole' })
  const found: Readonly<Record<string, Pairs>> = {
    imports: module.imports.map((each) => [each.module, each.line]),
    functions: module.functions.map(({ name, line }) => [name, line]),
    classes: module.classes.map(({ name, line }) => [name, line]),
    calls: module.calls.map(({ line, column }) => [line, column]),
    handlers: module.tries.flatMap(({ handlers }) =>
      handlers.map(({ line, types }) => [line, types.length === 0]),
    ),
  }
  for (const [kind, pairs] of Object.entries(expected)) {
    assert.deepEqual(sorted(found[kind] ?? []), sorted(pairs), kind)
  }
})

test('an import is optional where its absence is caught, or a type checker alone reads it', async () => {
  const { imports } = await moduleOf(stored('sample.py'))
  const optional = imports.filter(({ isOptional }) => isOptional).map(({ module }) => module)
  assert.deepEqual(optional, ['pandas', 'ujson', 'json'])
  const other = await moduleOf('try:\n    import a\nexcept KeyError:\n    import b\n')
  assert.deepEqual(
    other.imports.map(({ isOptional }) => isOptional),
    [false, false],
  )
  const suppressed = await moduleOf('with suppress(ImportError):\n    import a\n')
  assert.equal(suppressed.imports[0]?.isOptional, true)
})

test('an import tells its level, its names and what it binds', async () => {
  const { imports } = await moduleOf(
    'import a.b\nimport a.b as c\nfrom ..d import e as f, g\nfrom . import *\nimportlib.import_module("h.i")\n',
  )
  assert.deepEqual(
    imports.map(({ module, level, names, binds }) => [
      module,
      level,
      names.map(({ name, alias }) => `${name}>${alias}`),
      binds,
    ]),
    [
      ['a.b', 0, [], 'a'],
      ['a.b', 0, [], 'c'],
      ['..d', 2, ['e>f', 'g>g'], undefined],
      ['.', 1, ['*>*'], undefined],
      ['h.i', 0, [], undefined],
    ],
  )
})

test('a damaged file tells its first line that is no Python, and what stands around it', async () => {
  const { parse, module } = await readPython('import a\n\ndef f(:\n    pass\n\nimport b\n')
  assert.deepEqual(parse, { state: 'damaged', line: 3 })
  assert.deepEqual(
    module.imports.map((each) => each.module),
    ['a', 'b'],
  )
})

test('nesting without end is damaged, not a crash', async () => {
  for (const text of ['('.repeat(50_000), `x = ${'['.repeat(5000)}${']'.repeat(5000)}\n`]) {
    assert.equal((await readPython(text)).parse.state, 'damaged')
  }
})

test('what is no program ends in an answer', async () => {
  for (const text of [
    '',
    '\n\n',
    '\u0000\u0001',
    '\uFEFFimport a\n',
    'é = "ü"\r\nimport a\r\n',
    '\t\f',
  ]) {
    await readPython(text)
  }
  const { imports } = await moduleOf('# é 😀\r\nx = "😀"; import a\r\n')
  assert.deepEqual(
    imports.map(({ line }) => line),
    [2],
  )
})

const HANDLERS = `try:
    f()
except:
    pass
try:
    f()
except Exception:
    ...
except (KeyError, a.B) as error:
    logger.warning("x")
    raise
for x in y:
    try:
        f()
    except BaseException:
        continue
try:
    f()
except ValueError:
    ERRORS.labels(kind="a").inc()
    return fallback()
try:
    f()
except OSError:
    def later():
        raise
    values.add(1)
with contextlib.suppress(KeyError, ValueError):
    f()
`

test('a handler is silent, raises, logs or counts by what stands in it', async () => {
  const { tries } = await moduleOf(HANDLERS)
  assert.deepEqual(
    tries.flatMap(({ handlers }) =>
      handlers.map(({ types, isBroad, isSilent, raises, logs, counts }) => [
        types.join(),
        [
          isBroad && 'broad',
          isSilent && 'silent',
          raises && 'raises',
          logs && 'logs',
          counts && 'counts',
        ]
          .filter((word) => word !== false)
          .join(' '),
      ]),
    ),
    [
      ['', 'broad silent'],
      ['Exception', 'broad silent'],
      ['KeyError,a.B', 'raises logs'],
      ['BaseException', 'broad silent'],
      ['ValueError', 'counts'],
      ['OSError', ''],
      ['KeyError,ValueError', 'silent'],
    ],
  )
})

test('a call knows the try statements of its own function alone', async () => {
  const { calls } = await moduleOf(
    'try:\n    def f():\n        a()\n    b()\nexcept E:\n    c()\nelse:\n    d()\n',
  )
  const guarded = calls.filter(({ tries }) => tries.length > 0).map(({ callee }) => callee)
  assert.deepEqual(guarded, ['b'])
})

const TESTS = `import pytest, unittest

def test_plain(): pass
def helper(): pass
@pytest.mark.skip(reason="later")
def test_skipped(): pass
@pytest.mark.xfail
def test_expected(): pass
@pytest.mark.skipif(True, reason="x")
def test_conditional(): pass
@pytest.fixture
def test_data(): pass
class TestGroup:
    def test_in_group(self): pass
    def other(self): pass
class TestWithConstructor:
    def __init__(self): pass
    def test_never(self): pass
class Base(unittest.TestCase):
    def test_in_base(self): pass
class Cases(Base):
    @unittest.skipUnless(1, "x")
    def test_in_case(self): pass
@unittest.skip("x")
class Later(unittest.IsolatedAsyncioTestCase):
    async def test_later(self): pass
class Helper:
    def test_no_test(self): pass
def outer():
    def test_inner(): pass
`

test('tests are found by the conventions of pytest and unittest, with their marks', async () => {
  const { tests } = await moduleOf(TESTS)
  assert.deepEqual(
    tests.map(({ scope, style, mark }) => [scope, style, mark]),
    [
      ['test_plain', 'pytest', undefined],
      ['test_skipped', 'pytest', 'skip'],
      ['test_expected', 'pytest', 'xfail'],
      ['test_conditional', 'pytest', 'skipif'],
      ['TestGroup.test_in_group', 'pytest', undefined],
      ['Base.test_in_base', 'unittest', undefined],
      ['Cases.test_in_case', 'unittest', 'skipif'],
      ['Later.test_later', 'unittest', 'skip'],
    ],
  )
  const marked = await moduleOf('pytestmark = [pytest.mark.skip("x")]\ndef test_a(): pass\n')
  assert.equal(marked.tests[0]?.mark, 'skip')
})

test('what cannot fail is no assertion', async () => {
  const count = async (body: string) =>
    (await moduleOf(`def test_a(self):\n    ${body}\n`)).functions[0]?.assertions
  for (const body of [
    'assert x',
    'assert (x == 1)',
    'with pytest.raises(ValueError): f()',
    'self.assertEqual(a, b)',
    'np.testing.assert_allclose(a, b)',
    'client.post.assert_called_once_with(1)',
    'assert False, "it should have raised"',
    'assert f"{x}"',
    'self.assertLogs("app", level="INFO")',
    'self.fail("x")',
    'pytest.fail("x")',
    'def check():\n        assert x',
  ]) {
    assert.equal(await count(body), 1, body)
  }
  for (const body of [
    'assert True',
    'assert 1',
    'assert "x"',
    'assert (x == 1, "m")',
    'assert 1 == 1',
    'assert not None and [1, {"a": -2}]',
    'self.assertTrue(True)',
    'self.assertEqual(1, 1, msg="same")',
    'f(x)',
    'assert_ok(x)',
  ]) {
    assert.equal(await count(body), 0, body)
  }
})

test('a line that a backslash continues is part of its statement', async () => {
  const { imports } = await moduleOf('import \\\n  numpy\nfrom pandas \\\n  import read_csv\n')
  assert.deepEqual(
    imports.map(({ module }) => module),
    ['numpy', 'pandas'],
  )
})

test('a module that is imported by its name is found under the name of the argument', async () => {
  const { imports } = await moduleOf('importlib.import_module(package="a", name="xgboost")\n')
  assert.deepEqual(
    imports.map(({ module }) => module),
    ['xgboost'],
  )
})

test('what another thread is told to call is called, within the same try', async () => {
  const { calls } = await moduleOf(
    [
      'async def predict(rows):',
      '    try:',
      '        return await asyncio.to_thread(model.predict, rows)',
      '    except ValueError:',
      '        return await loop.run_in_executor(None, fallback.predict, rows)',
    ].join('\n'),
  )
  assert.deepEqual(
    calls.map(({ callee, tries }) => `${callee} ${tries.join()}`),
    ['asyncio.to_thread 0', 'model.predict 0', 'loop.run_in_executor ', 'fallback.predict '],
  )
})

test('a class of a base from elsewhere is a test case when its methods assert like one', async () => {
  const inside = (base: string, body: string) =>
    `from shared import Base\nclass ModelChecks(${base}):\n    def test_a(self):\n        ${body}\n`
  const { tests } = await moduleOf(inside('Base', 'self.assertEqual(scale(1), 1)'))
  assert.deepEqual(
    tests.map(({ name, style }) => `${name} ${style}`),
    ['test_a unittest'],
  )
  for (const text of [inside('Base', 'scale(1)'), inside('object', 'self.assertEqual(a, b)')]) {
    assert.deepEqual((await moduleOf(text)).tests, [], text)
  }
})
