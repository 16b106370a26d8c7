import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOrderlyRefusal } from '../../src/facts/missing-probe.ts'
import type { FindingCode } from '../../src/core/finding.ts'

const ended = (code: FindingCode, stderr = '') => ({ problem: { code, args: {} }, stderr })
const exited = (stderr: string) => ended('PREDICT_EXITED', stderr)

test('a non-zero exit that names the feature or the row is a refusal', () => {
  for (const stderr of [
    'age is missing',
    'warning: slow\nerror: `age` must not be empty',
    'Error: age: no value',
    'row 0: a value is missing',
    'Row #0 is incomplete',
  ]) {
    assert.ok(isOrderlyRefusal(exited(stderr), 'age'), stderr)
  }
  assert.ok(isOrderlyRefusal(exited('Größe (cm) fehlt'), 'Größe (cm)'))
})

test('a non-zero exit that names neither is no refusal', () => {
  for (const stderr of [
    '',
    'out of memory',
    'page fault',
    'average is NaN',
    'age_group',
    'row 01',
  ]) {
    assert.ok(!isOrderlyRefusal(exited(stderr), 'age'), stderr)
  }
})

test('an error that nobody caught is no refusal, whatever it names', () => {
  for (const stderr of [
    `Traceback (most recent call last):\n  File "p.py", line 3, in <module>\n    x = float(row["age"])\nValueError: could not convert string to float: 'age'`,
    `log\nTraceback (most recent call last):\n${'  File "p.py", line 3\n'.repeat(50)}KeyError: 'age'`,
    'TypeError: age of undefined\n    at score (file:///p.mjs:3:5)\n    at main (file:///p.mjs:9:1)',
    'Exception in thread "main" java.lang.IllegalArgumentException: age',
    "thread 'main' (1) panicked at src/main.rs:2:5:\nage",
    'panic: age\n\ngoroutine 1 [running]:',
    "terminate called after throwing an instance of 'std::invalid_argument'\n  what():  age",
  ]) {
    assert.ok(!isOrderlyRefusal(exited(stderr), 'age'), stderr)
  }
})

test('a signal, a hang, a flood and silence are no refusals', () => {
  for (const code of [
    'PREDICT_SIGNALLED',
    'PREDICT_TIMED_OUT',
    'PREDICT_FLOODED',
    'PREDICT_OUTPUT_MISSING',
    'PREDICT_OUTPUT_UNREADABLE',
  ] as const) {
    assert.ok(!isOrderlyRefusal(ended(code, 'age is missing'), 'age'), code)
  }
})

test('an answer without the row, or with no prediction for it, is a refusal', () => {
  assert.ok(isOrderlyRefusal(ended('PREDICT_OUTPUT_ROWS_MISSING'), 'age'))
  assert.ok(isOrderlyRefusal(ended('PREDICT_OUTPUT_UNDEFINED'), 'age'))
})
