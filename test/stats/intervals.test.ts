import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { binomialProbability } from '../../src/stats/distributions/binomial.ts'
import {
  dkwHalfWidth,
  dkwHalfWidthStrict,
  rowsForEffect,
  smallestSignificantD,
} from '../../src/stats/intervals/dkw.ts'
import { cohensH, newcombeInterval } from '../../src/stats/intervals/newcombe.ts'
import {
  clopperPearson,
  clopperPearsonUpper,
  wilsonInterval,
  wilsonIntervalCorrected,
} from '../../src/stats/intervals/proportion.ts'

const trials = fc
  .integer({ min: 1, max: 400 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

describe('an interval of a proportion', () => {
  for (const interval of [wilsonInterval, wilsonIntervalCorrected, clopperPearson]) {
    it(`${interval.name} contains the proportion and grows with the level`, () => {
      fc.assert(
        fc.property(trials, ([k, n]) => {
          const narrow = interval(k, n, 0.9)
          const wide = interval(k, n, 0.99)
          assert.ok(0 <= wide.low && wide.low <= narrow.low + 1e-12)
          assert.ok(narrow.low <= k / n + 1e-12 && k / n <= narrow.high + 1e-12)
          assert.ok(narrow.high <= wide.high + 1e-12 && wide.high <= 1)
        }),
      )
    })

    it(`${interval.name} mirrors when successes and failures are exchanged`, () => {
      fc.assert(
        fc.property(trials, ([k, n]) => {
          assert.ok(Math.abs(interval(k, n).low - (1 - interval(n - k, n).high)) < 1e-10)
        }),
      )
    })
  }

  it('clopperPearson never covers less than its level, by enumeration', () => {
    for (const n of [1, 5, 12, 30]) {
      const intervals = Array.from({ length: n + 1 }, (_, k) => clopperPearson(k, n, 0.95))
      for (let step = 1; step < 50; step++) {
        const p = step / 50
        const coverage = intervals.reduce(
          (sum, { low, high }, k) =>
            low <= p && p <= high ? sum + binomialProbability(k, n, p) : sum,
          0,
        )
        assert.ok(coverage >= 0.95 - 1e-12, `n ${String(n)}, p ${String(p)}: ${String(coverage)}`)
      }
    }
  })

  it('gives 1.5 % for no alarm in 200 splits', () => {
    assert.equal(clopperPearsonUpper(0, 200, 0.05).toFixed(4), '0.0149')
  })

  it('refuses impossible counts and levels', () => {
    assert.throws(() => wilsonInterval(3, 2), RangeError)
    assert.throws(() => wilsonInterval(0, 0), RangeError)
    assert.throws(() => clopperPearson(1, 2, 1), RangeError)
    assert.throws(() => clopperPearson(1, 2, NaN), RangeError)
  })
})

describe('the difference of two proportions', () => {
  it('lies in its interval, which lies in -1 to 1 and turns around with the samples', () => {
    fc.assert(
      fc.property(trials, trials, ([k1, n1], [k2, n2]) => {
        const there = newcombeInterval(k1, n1, k2, n2)
        const back = newcombeInterval(k2, n2, k1, n1)
        assert.ok(there.low <= there.difference + 1e-12 && there.difference <= there.high + 1e-12)
        assert.ok(there.low >= -1 - 1e-12 && there.high <= 1 + 1e-12)
        assert.ok(Math.abs(there.low + back.high) < 1e-12)
      }),
    )
  })

  it("has Cohen's h of π between certainty and impossibility", () => {
    assert.ok(Math.abs(cohensH(1, 0) - Math.PI) < 1e-15)
    assert.throws(() => cohensH(1.1, 0), RangeError)
  })
})

describe('the band around D', () => {
  it('is wider when it is guaranteed', () => {
    assert.ok(dkwHalfWidthStrict(1000, 2000, 0.05) > dkwHalfWidth(1000, 2000, 0.05))
  })

  it('gives the smallest significant D of 60 tests at 1 %', () => {
    const expected = { 200: 0.217, 500: 0.137, 1000: 0.097, 2000: 0.069, 5000: 0.043, 10000: 0.031 }
    for (const [n, d] of Object.entries(expected)) {
      const got = smallestSignificantD(Number(n), Number(n), 0.01 / 60)
      assert.ok(Math.abs(got - d) <= 0.001, `${n}: ${String(got)}`)
    }
  })

  it('asks for as many rows as make the effect significant, and no more', () => {
    for (const effect of [0.02, 0.05, 0.1, 0.3]) {
      const rows = rowsForEffect(effect, 0.001)
      assert.ok(smallestSignificantD(rows, rows, 0.001) <= effect)
      assert.ok(smallestSignificantD(rows - 1, rows - 1, 0.001) > effect)
    }
  })
})
