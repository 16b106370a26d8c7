import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { binomialProbability } from '../../src/stats/distributions/binomial.ts'
import { kolmogorovSurvival } from '../../src/stats/special/kolmogorov.ts'
import { dkwHalfWidth, smallestSignificantD } from '../../src/stats/intervals/dkw.ts'
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
        assert.ok(there.low >= -1 && there.high <= 1)
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
  it('is the width at which the Dvoretzky-Kiefer-Wolfowitz-Massart bound is the level', () => {
    for (const [n, m, alpha] of [
      [1, 1, 0.5],
      [500, 500, 0.05],
      [1000, 20, 1e-6],
    ] as const) {
      const width = dkwHalfWidth(n, m, alpha)
      assert.ok(Math.abs((2 * Math.exp((-2 * width ** 2 * n * m) / (n + m))) / alpha - 1) < 1e-12)
      assert.equal(dkwHalfWidth(m, n, alpha), width)
      assert.ok(dkwHalfWidth(n + 1, m, alpha) < width)
    }
  })

  it('is at least as wide as what is significant when nothing differs', () => {
    for (const alpha of [0.5, 0.05, 1e-4]) {
      assert.ok(smallestSignificantD(300, 700, alpha) <= dkwHalfWidth(300, 700, alpha))
    }
  })

  it('gives the smallest significant D of 60 tests at 1 %', () => {
    // The three smallest were computed from the exact law, a little below the limit used here.
    const expected = [
      [200, 0.217],
      [500, 0.137],
      [1000, 0.097],
      [2000, 0.069],
      [5000, 0.043],
      [10_000, 0.031],
      [100_000, 0.01],
      [1_000_000, 0.003],
    ] as const
    for (const [n, d] of expected) {
      const got = smallestSignificantD(n, n, 0.01 / 60)
      assert.ok(Math.abs(got - d) <= 0.0007, `${String(n)}: ${String(got)}`)
      assert.ok(Math.abs(kolmogorovSurvival(got * Math.sqrt(n / 2)) - 0.01 / 60) < 1e-12)
    }
  })

  it('is refused for sizes and levels that do not exist', () => {
    for (const [n, m, alpha] of [
      [0, 10, 0.05],
      [10, Infinity, 0.05],
      [NaN, 10, 0.05],
      [10, 10, 0],
      [10, 10, 1],
      [10, 10, NaN],
    ] as const) {
      assert.throws(() => dkwHalfWidth(n, m, alpha), RangeError)
      assert.throws(() => smallestSignificantD(n, m, alpha), RangeError)
    }
  })
})
