import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { stringify } from 'yaml'
import type { JsonValue } from '../../src/core/evidence.ts'
import { ConfigurationError } from '../../src/core/errors.ts'
import { parseYaml, readYamlFile } from '../../src/config/yaml-file.ts'

async function valueOf(text: string): Promise<JsonValue> {
  return (await parseYaml(text, 'a.yaml')).value
}

async function messageOf(text: string): Promise<string> {
  return parseYaml(text, 'a.yaml').then(
    ({ value }) => `accepted: ${JSON.stringify(value)}`,
    (error: unknown) => (error instanceof ConfigurationError ? error.message : String(error)),
  )
}

test('plain words, days and versions stay text; numbers and truth values do not', async () => {
  const text =
    'no: no\nyes: yes\noff: off\nday: 2026-11-30\nnull: ~\nn: 5e6\nt: true\nv: 1.2.3\n1: 1\n'
  assert.deepEqual(await valueOf(text), {
    no: 'no',
    yes: 'yes',
    off: 'off',
    day: '2026-11-30',
    null: null,
    n: 5_000_000,
    t: true,
    v: '1.2.3',
    1: 1,
  })
})

test('every scalar is found at the place where it is written', async () => {
  const text = 'a:\n  - b: one\n    "c d": two\n  - [three, {e: four}]\nf: &x {g: five}\nh: *x\n'
  const file = await parseYaml(text, 'a.yaml')
  const lines = text.split('\n')
  const wordAt = ({ line = 0, column = 0 }): string =>
    (lines[line - 1] ?? '').slice(column - 1).split(/[\],}]/)[0] ?? ''
  assert.equal(wordAt(file.locate(['a', 0, 'b'])), 'one')
  assert.equal(wordAt(file.locate(['a', 0, 'c d'])), 'two')
  assert.equal(wordAt(file.locate(['a', 1, 0])), 'three')
  assert.equal(wordAt(file.locate(['a', 1, 1, 'e'])), 'four')
  assert.equal(wordAt(file.locate(['f', 'g'])), 'five')
  assert.equal(wordAt(file.locate(['h', 'g'])), 'five')
  assert.equal(wordAt(file.locate(['h'])), '*x')
  assert.equal(wordAt(file.locateKey(['a', 0, 'c d'])), '"c d": two')
})

test('what is not there is located at the closest block around it', async () => {
  const file = await parseYaml('a: 1\nb:\n  c: 2\nd:\n', 'a.yaml')
  assert.deepEqual(file.locate(['b', 'x', 'y']), { path: 'a.yaml', line: 2, column: 1 })
  assert.deepEqual(file.locate(['x']), { path: 'a.yaml', line: 1, column: 1 })
  assert.deepEqual(file.locate(['d']), { path: 'a.yaml', line: 4, column: 3 })
})

test('lines are counted the same with CRLF', async () => {
  const file = await parseYaml('a: 1\r\nb: 2\r\n', 'a.yaml')
  assert.deepEqual(file.locate(['b']), { path: 'a.yaml', line: 2, column: 4 })
})

test('whatever JSON can say comes back from YAML as it was', async () => {
  const key = fc.string().filter((name) => name !== '__proto__' && name !== '<<')
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'grapheme' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }))
  await fc.assert(
    fc.asyncProperty(value, async (json) => {
      assert.deepEqual(await valueOf(stringify({ json }, { aliasDuplicateObjects: false })), {
        json,
      })
    }),
    { numRuns: 200 },
  )
})

test('arbitrary text is accepted or refused with an error for people, never with a crash', async () => {
  const piece = fc.constantFrom(
    'a',
    ': ',
    '\n',
    '  ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '&x ',
    '*x',
    '"',
    "'",
    '\t',
    '#',
    '|',
    '>',
    '!t ',
    '? ',
    ',',
    '---\n',
    '%',
    '1',
    '<<',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      await parseYaml(pieces.join(''), 'a.yaml').catch((error: unknown) => {
        assert.ok(error instanceof ConfigurationError, String(error))
        assert.ok(error.frame !== undefined && error.location?.line !== undefined)
      })
    }),
    { numRuns: 1000 },
  )
})

test('nesting is limited before it can exhaust the parser', async () => {
  assert.match(await messageOf('['.repeat(2_000_000)), /nested too deeply/)
  assert.match(await messageOf('- '.repeat(100_000)), /nested too deeply/)
  assert.match(await messageOf(`a: ${'['.repeat(20)}${']'.repeat(20)}`), /^accepted/)
  assert.match(await messageOf(`a: "${'['.repeat(500)}"`), /^accepted/)
})

test('a key that would change the prototype is refused', async () => {
  assert.match(await messageOf('__proto__: {polluted: true}'), /cannot be used/)
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
})

test('a file that cannot be read is refused by name', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mlcheck-'))
  t.after(() => {
    rmSync(folder, { recursive: true })
  })
  const refusal = async (name: string): Promise<ConfigurationError> => {
    const error: unknown = await readYamlFile(path.join(folder, name), name).catch(
      (e: unknown) => e,
    )
    assert.ok(error instanceof ConfigurationError)
    assert.equal(error.location?.path, name)
    return error
  }
  writeFileSync(path.join(folder, 'large.yaml'), `# ${'x'.repeat(5 * 1024 * 1024)}\n`)
  assert.match((await refusal('large.yaml')).message, /5 MB/)
  assert.match((await refusal('absent.yaml')).message, /no such file/)
  assert.match((await refusal('.')).message, /not a file|cannot be opened/)
  symlinkSync('circle.yaml', path.join(folder, 'circle.yaml'))
  assert.match((await refusal('circle.yaml')).message, /cannot be opened/)
})
