import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  ConditionError,
  evaluateCondition,
  formatCondition,
  parseCondition,
  type Condition,
} from '../../src/config/condition.ts'

const holds = (text: string, written: Parameters<typeof evaluateCondition>[1]): boolean =>
  evaluateCondition(parseCondition(text), written)

const manifest = {
  previous: 'none',
  data: { train: 'a.csv', exploration: null },
  preprocessing: [{ kind: 'scaler' }, { kind: 'encoder' }],
  features: {},
}

test('a path holds when the manifest has something there', () => {
  assert.ok(holds('data', manifest))
  assert.ok(holds('data.train', manifest))
  assert.ok(!holds('data.test', manifest))
  assert.ok(!holds('data.exploration', manifest))
  assert.ok(!holds('previous', manifest))
  assert.ok(!holds('features', manifest))
  assert.ok(!holds('data.train.deeper', manifest))
  assert.ok(!holds('constructor', manifest))
})

test('in a list a key names the kind of an entry', () => {
  assert.ok(holds('preprocessing.scaler', manifest))
  assert.ok(!holds('preprocessing.imputer', manifest))
})

test('`!` binds tighter than `and`, `and` tighter than `or`', () => {
  assert.ok(holds('data or data.test and data.test', manifest))
  assert.ok(!holds('(data or data.test) and data.test', manifest))
  assert.ok(holds('!data.test and data', manifest))
  assert.ok(!holds('!(data.test or data)', manifest))
})

test('what does not follow the grammar is refused', () => {
  for (const text of [
    '',
    'a b',
    'a and',
    'or a',
    '(a',
    'a)',
    'a == b',
    'a..b',
    '.a',
    'a.',
    '!',
    'a and or b',
  ]) {
    assert.throws(() => parseCondition(text), ConditionError, text)
  }
  assert.throws(() => parseCondition('!'.repeat(1001)), ConditionError)
})

const condition = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom('a', 'b', 'c').map((path): Condition => ({ kind: 'present', path })),
    tie('any').map((operand): Condition => ({ kind: 'not', operand })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), tie('any'), tie('any'))
      .map(([kind, left, right]): Condition => ({ kind, left, right })),
  ),
})).any

test('a condition that is written out and read again says the same', () => {
  fc.assert(
    fc.property(condition, (original) => {
      const text = formatCondition(original)
      fc.pre(text.length <= 1000)
      assert.deepEqual(parseCondition(text), original)
    }),
  )
})
