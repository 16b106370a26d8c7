import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { frame } from '../../src/config/frame.ts'

test('the caret stands below the column, tabs and wide characters counted as they are shown', () => {
  assert.equal(frame('a: b\nsecond: x\n', 2, 9), '  2 | second: x\n    |         ^')
  assert.equal(frame('\tx', 1, 2), '  1 |     x\n    |     ^')
  assert.equal(frame('日本 x', 1, 4), '  1 | 日本 x\n    |      ^')
  assert.equal(frame('🙂 x', 1, 4), '  1 | 🙂 x\n    |    ^')
  assert.equal(frame('e\u0301 x', 1, 4), '  1 | e\u0301 x\n    |   ^')
})

test('a column at or behind the end of the line is shown behind it', () => {
  assert.equal(frame('ab', 1, 3), '  1 | ab\n    |   ^')
  assert.equal(frame('ab', 7, 1), '  7 |\n    | ^')
})

test('control, direction and invisible characters do not reach the terminal', () => {
  const shown = frame('a\u001b[31mred\u202e\u200b\u0000\u009b', 1, 1)
  assert.equal(shown.split('\n')[0], '  1 | a\uFFFD[31mred\uFFFD\uFFFD\uFFFD\uFFFD')
})

test('a line of any length is cut around the caret, which keeps its character', () => {
  fc.assert(
    fc.property(fc.nat(2000), fc.nat(2000), (before, after) => {
      const [line = '', caret = ''] = frame(
        `${'a'.repeat(before)}X${'b'.repeat(after)}`,
        1,
        before + 1,
      ).split('\n')
      assert.equal(line[caret.indexOf('^')], 'X')
      assert.ok(line.length <= 110)
    }),
  )
})
