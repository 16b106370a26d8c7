import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compileRe2 } from '../../src/observability/prometheus/re2.ts'

const atoms = ['a', 'b', 'c', '.', '[ab]', '[^a]', '\\d', '\\w', '1', '(?:ab|c)', '(a|)', '(?:b)']
const patterns = fc
  .array(
    fc.tuple(
      fc.constantFrom(...atoms),
      fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '*?', '|'),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.map(([atom, mark]) => atom + mark).join(''))
const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '_', '-'), maxLength: 8 })

test('where RE2 and the language agree on the syntax, both match the same texts', () => {
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      const { matches, problem } = compileRe2(pattern)
      assert.ok(matches, problem)
      assert.equal(matches(text), new RegExp(`^(?:${pattern})$`, 's').test(text))
    }),
    { numRuns: 5000, seed: 3 },
  )
})

test('any text is a pattern or has a reason why not', () => {
  const signs = fc.constantFrom(...'ab(|)[]{}*+?\\^$.-,:1iPQE<>='.split(''))
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: signs }), fc.string()), texts, (pattern, text) => {
      const { matches, problem } = compileRe2(pattern)
      assert.equal(matches === undefined, problem !== undefined)
      matches?.(text)
    }),
    { numRuns: 5000, seed: 4 },
  )
})

for (const pattern of [
  '(?=a)',
  '(?<!a)b',
  '\\1',
  'a{1001}',
  'a{2,1}',
  '*a',
  'a**',
  '(a',
  'a)',
  '[a',
  '\\C',
  '[z-a]',
  '(a{1000}){1000}',
  '\\p{Nothing}',
]) {
  test(`${pattern} is refused as RE2 refuses it`, () => {
    assert.ok(compileRe2(pattern).problem)
  })
}

for (const [pattern, matching, other] of [
  ['(?i)abc', 'aBC', 'abd'],
  ['(?i:A)b', 'ab', 'aB'],
  ['[[:alpha:]]+', 'aé'.slice(0, 1), '1'],
  ['\\pL+', 'é', '1'],
  ['\\Qa.b\\E', 'a.b', 'axb'],
  ['(?P<code>5..)', '503', '404'],
  ['[^]a]', 'b', ']'],
  ['a{,2}', 'a{,2}', 'aa'],
  ['x\\by', 'nothing', 'xy'],
] as const) {
  test(`${pattern} has the meaning of RE2`, () => {
    assert.equal(compileRe2(pattern).matches?.(matching), pattern !== 'x\\by')
    assert.equal(compileRe2(pattern).matches?.(other), false)
  })
}

test('a pattern that makes others try everything takes time in proportion', () => {
  const startedAt = performance.now()
  assert.equal(compileRe2('(a*)*(a|aa)+b').matches?.('a'.repeat(20_000)), false)
  assert.ok(performance.now() - startedAt < 5000)
})
