import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isIsoDay, parseDays, parseDuration, parseSize } from '../../src/config/units.ts'

test('sizes are powers of 1000, with an i powers of 1024', () => {
  assert.deepEqual(parseSize('50MiB'), { value: 52_428_800 })
  assert.deepEqual(parseSize('1 GB'), { value: 1e9 })
  assert.deepEqual(parseSize('1.5KiB'), { value: 1536 })
  assert.deepEqual(parseSize('2e3B'), { value: 2000 })
})

test('durations are milliseconds, days are whole', () => {
  assert.deepEqual(parseDuration('50ms'), { value: 50 })
  assert.deepEqual(parseDuration('30s'), { value: 30_000 })
  assert.deepEqual(parseDuration('10m'), { value: 600_000 })
  assert.deepEqual(parseDuration('90d'), { value: 90 * 86_400_000 })
  assert.deepEqual(parseDays('2w'), { value: 14 })
  for (const text of ['36h', '0d', '1.5d', '7']) assert.ok('problem' in parseDays(text), text)
})

test('a missing or unknown unit, a sign and a number that overflows are refused', () => {
  for (const text of ['50', '', 'MiB', '-1MB', '50mib', '1e400B', 'NaN MB', '1 000MB', '5MB!']) {
    assert.ok('problem' in parseSize(text), text)
  }
  for (const text of ['50', '-1s', '1min', 'constructor', '1constructor', '1e400d']) {
    assert.ok('problem' in parseDuration(text), text)
  }
})

test('a day is accepted exactly when the calendar has it', () => {
  const noInvalid = { min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }
  fc.assert(
    fc.property(fc.date(noInvalid), (date) => {
      assert.ok(isIsoDay(date.toISOString().slice(0, 10)))
    }),
  )
  for (const text of [
    '2026-02-29',
    '2026-13-01',
    '2026-1-1',
    '2026-11-31',
    '20261130',
    '2026-11-30T00:00:00Z',
    '',
  ]) {
    assert.ok(!isIsoDay(text), text)
  }
  assert.ok(isIsoDay('2028-02-29'))
})
