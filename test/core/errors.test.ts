import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ConfigurationError,
  formatLocation,
  InputError,
  InterruptedError,
  MlcheckError,
  NothingCheckedError,
  UsageError,
} from '../../src/core/errors.ts'

test('every error names its kind and keeps its place, frame, hint and cause', () => {
  const details = {
    location: { path: 'model.yaml', line: 3, column: 5 },
    frame: '3 | x\n    ^',
    hint: 'Did you mean y?',
    cause: new Error('inner'),
  }
  for (const [error, kind] of [
    [new UsageError('wrong', details), 'usage'],
    [new ConfigurationError('wrong', details), 'configuration'],
    [new InputError('wrong', details), 'input'],
    [new NothingCheckedError('wrong', details), 'nothing-checked'],
  ] as const) {
    assert.ok(error instanceof MlcheckError && error instanceof Error)
    assert.equal(error.kind, kind)
    assert.equal(error.name, error.constructor.name)
    assert.equal(error.message, 'wrong')
    const { location, frame, hint, cause } = error
    assert.deepEqual({ location, frame, hint, cause }, details)
  }
})

test('an error without details has none', () => {
  const error = new InputError('wrong')
  assert.equal(error.location, undefined)
  assert.equal('cause' in error, false)
  assert.equal(new MlcheckError('usage', 'wrong').name, 'MlcheckError')
  assert.equal(new InterruptedError().kind, 'interrupted')
})

test('a place is written as far as it is known', () => {
  assert.equal(formatLocation({ path: 'a.csv' }), 'a.csv')
  assert.equal(formatLocation({ path: 'a.csv', line: 3 }), 'a.csv:3')
  assert.equal(formatLocation({ path: 'a.csv', line: 3, column: 7 }), 'a.csv:3:7')
  assert.equal(formatLocation({ path: 'a.csv', column: 7 }), 'a.csv')
})
