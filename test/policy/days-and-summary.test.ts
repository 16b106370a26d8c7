import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { OUTCOMES } from '../../src/core/outcome.ts'
import { daysBetween } from '../../src/core/days.ts'
import { summarize } from '../../src/policy/summary.ts'

test('days are counted on the calendar, over leap days and changes of the clock', () => {
  assert.equal(daysBetween('2026-11-10', '2026-11-10'), 0)
  assert.equal(daysBetween('2026-11-10', '2026-12-10'), 30)
  assert.equal(daysBetween('2024-02-28', '2024-03-01'), 2)
  assert.equal(daysBetween('2026-02-28', '2026-03-01'), 1)
  assert.equal(daysBetween('2026-03-28', '2026-03-30'), 2)
  assert.equal(daysBetween('2026-12-10', '2026-11-10'), -30)
})

test('what is not a day is refused instead of counted as NaN', () => {
  for (const bad of ['2026-13-01', '2026-1-1', '2026-11-10T00:00:00Z', 'today', '']) {
    assert.throws(() => daysBetween(bad, '2026-11-10'), RangeError, bad)
    assert.throws(() => daysBetween('2026-11-10', bad), RangeError, bad)
  }
})

test('a summary counts every outcome once', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...OUTCOMES)), (outcomes) => {
      const summary = summarize(outcomes)
      const total = Object.values<number>({ ...summary }).reduce((sum, n) => sum + n, 0)
      assert.equal(total, outcomes.length)
    }),
  )
  assert.deepEqual(summarize(['not-applicable', 'needs-review', 'needs-review', 'pass']), {
    pass: 1,
    warn: 0,
    fail: 0,
    inconclusive: 0,
    notApplicable: 1,
    needsReview: 2,
    waived: 0,
  })
})
