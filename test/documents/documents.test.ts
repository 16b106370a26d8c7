import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseJsonDocument } from '../../src/documents/json.ts'
import {
  at,
  DocumentError,
  placeInside,
  scalarAt,
  type DocumentNode,
} from '../../src/documents/node.ts'
import { parseYamlDocuments } from '../../src/documents/yaml.ts'

function valueOf(node: DocumentNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(valueOf)
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, valueOf(value)]))
}

test('JSON has the value that JSON.parse gives it, and nothing else is JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const text = JSON.stringify(value, null, 2)
      assert.deepEqual(
        valueOf(parseJsonDocument('a', text)),
        JSON.parse(text.replaceAll('-0,', '0,')),
      )
    }),
    { numRuns: 500, seed: 1, examples: [[{ a: [1e21, '\u2028"\\', null, true] }]] },
  )
  const signs = fc.string({ unit: fc.constantFrom(...'{}[]",:0123.eE+-truefalsn \\u'.split('')) })
  fc.assert(
    fc.property(signs, (text) => {
      assert.equal(
        isRefused(() => JSON.parse(text)),
        isRefused(() => parseJsonDocument('a', text)),
      )
    }),
    { numRuns: 5000, seed: 2 },
  )
})

function isRefused(read: () => unknown): boolean {
  try {
    read()
    return false
  } catch (error) {
    assert.ok(error instanceof DocumentError || error instanceof SyntaxError)
    return true
  }
}

test('a place inside of a text leads to the same character of the file, however it is written', async () => {
  for (const written of [
    'expr: sum(rate(x_total[5m])) > 1',
    "expr: 'sum(rate(x_total[5m])) > 1'",
    'expr: "sum(rate(x_total[5m])) > 1"',
    'expr: |\n  sum(\n    rate(x_total[5m])\n  ) > 1',
    'expr: >-\n  sum(\n  rate(x_total[5m])) > 1',
    'expr: | # a comment with x_total\n  sum(rate(x_total[5m])) > 1',
    'expr: sum(rate(x{a="b"}[1m]) /\n  rate(x_total[5m])) > 1',
    'expr: "sum(rate(x{a=\\"b\\"}[1m])\\n / rate(x_total[5m])) > 1"',
  ]) {
    const [document] = await parseYamlDocuments('a.yml', `a: 1\n${written}\nz: x_total\n`)
    const scalar = scalarAt(document, 'expr')
    assert.ok(scalar)
    const { line = 0, column = 0 } = placeInside(scalar, scalar.text.indexOf('x_total'))
    const lines = `a: 1\n${written}`.split('\n')
    assert.ok(
      lines[line - 1]?.slice(column - 1).startsWith('x_total'),
      `${written} ${String(line)}`,
    )
    assert.ok(!lines[line - 1]?.startsWith('expr: | #') || line > 2)
  }
})

test('a key that stands nowhere and a merge key are as in the programs that read YAML', async () => {
  const [document] = await parseYamlDocuments(
    'a.yml',
    'x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz: {<<: [*x, {c: 4}]}\n',
  )
  assert.deepEqual(document && valueOf(document), {
    x: { a: 1, b: 2 },
    y: { a: 1, b: 3 },
    z: { a: 1, b: 2, c: 4 },
  })
  assert.equal(at(document, 'y', 'nothing', 'at', 'all'), undefined)
})

test('no text makes the reader of YAML throw anything but its own error', async () => {
  const signs = fc.string({
    unit: fc.constantFrom(...'ab:- \n\t[]{},&*!|>\'"#?%@`~0.<\u0000é'.split('')),
  })
  await fc.assert(
    fc.asyncProperty(signs, async (text) => {
      await parseYamlDocuments('a.yml', text).catch((error: unknown) => {
        assert.ok(error instanceof DocumentError, String(error))
        assert.ok(error.place.line !== undefined)
      })
    }),
    { numRuns: 3000, seed: 3 },
  )
})
