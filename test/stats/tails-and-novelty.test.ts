import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fisherExact } from '../../src/stats/two-sample/fisher-exact.ts'
import { mcNemar } from '../../src/stats/two-sample/mcnemar.ts'
import { novelCategory } from '../../src/stats/two-sample/novel-category.ts'
import { tailExceedance } from '../../src/stats/two-sample/tail-exceedance.ts'
import { holds, relativeError } from './samples.ts'

/** The share of all orders of n reference and m current values with at least k outside. */
function countedExceedance(k: number, n: number, m: number, rLow: number, rHigh: number): number {
  let all = 0
  let extreme = 0
  const order = (inReference: number, inCurrent: number, outside: number): void => {
    if (inReference === n && inCurrent === m) {
      all++
      if (outside >= k) extreme++
      return
    }
    const isOutside = inReference < rLow || inReference > n - rHigh
    if (inReference < n) order(inReference + 1, inCurrent, outside)
    if (inCurrent < m) order(inReference, inCurrent + 1, outside + (isOutside ? 1 : 0))
  }
  order(0, 0, 0)
  return extreme / all
}

test('the tail p-value is the share of all orders with as many values outside', () => {
  const size = fc.integer({ min: 1, max: 7 })
  fc.assert(
    fc.property(
      size,
      size,
      fc.nat({ max: 3 }),
      fc.nat({ max: 3 }),
      fc.nat({ max: 7 }),
      (n, m, rLow, rHigh, k) => {
        fc.pre(rLow + rHigh > 0 && rLow + rHigh <= n && k <= m)
        const p = tailExceedance(k, n, m, rLow, rHigh)
        holds(relativeError(p, countedExceedance(k, n, m, rLow, rHigh)) < 1e-12)
      },
    ),
  )
})

test('a value outside the reference range is what three of four batches have', () => {
  const n = 500
  const expected = 1 - (n * (n - 1)) / (2 * n * (2 * n - 1))
  holds(relativeError(tailExceedance(1, n, n, 1, 1), expected) < 1e-13)
})

test('the tail p-value falls with every further value outside', () => {
  let previous = 1
  for (let k = 0; k <= 1000; k++) {
    const p = tailExceedance(k, 5000, 1000, 5, 5)
    holds(p <= previous && p >= 0)
    previous = p
  }
  assert.equal(tailExceedance(0, 5000, 1000, 5, 5), 1)
})

test('when the ranks cross, every value lies outside and nothing is learnt', () => {
  assert.equal(tailExceedance(4, 1, 4, 1, 1), 1)
})

test('the novelty p-value is one side of Fisher’s test', () => {
  holds(relativeError(novelCategory(3, 20, 10), ((10 / 30) * (9 / 29) * 8) / 28) < 1e-14)
  assert.equal(novelCategory(0, 20, 10), 1)
  assert.equal(novelCategory(1, 7, 7), 0.5)
  assert.equal(novelCategory(5, 0, 10), 1)
  holds(relativeError(novelCategory(60, 500, 400), fisherExact(0, 500, 60, 340)) < 1e-4)
})

test('the novelty p-value falls with every further copy', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 1e6 }), (n, m) => {
      let previous = 1
      for (let k = 1; k <= Math.min(m, 50); k++) {
        const p = novelCategory(k, n, m)
        holds(p < previous || p === 0)
        previous = p
      }
    }),
  )
})

test('McNemar’s p-values: symmetric, ordered, and 1 without discordant rows', () => {
  assert.equal(mcNemar(0, 0).exact, 1)
  assert.equal(mcNemar(0, 0).midP, 1)
  fc.assert(
    fc.property(fc.nat({ max: 3000 }), fc.nat({ max: 3000 }), (b, c) => {
      const result = mcNemar(b, c)
      assert.deepEqual(mcNemar(c, b), result)
      holds(result.midP <= result.exact)
      for (const p of [
        result.exact,
        result.midP,
        result.chiSquarePValue,
        result.correctedChiSquarePValue,
      ]) {
        holds(p >= 0 && p <= 1)
      }
    }),
  )
  holds(relativeError(mcNemar(0, 100).exact, 2 ** -99) < 1e-12)
})

test('what is not a count is refused', () => {
  const calls: (() => unknown)[] = [
    () => tailExceedance(3, 10, 2, 1, 1),
    () => tailExceedance(1, 0, 2, 1, 1),
    () => tailExceedance(1, 10, 2, 0, 0),
    () => tailExceedance(NaN, 10, 2, 1, 1),
    () => tailExceedance(1, 10, 2, -1, 1),
    () => novelCategory(3, 10, 2),
    () => novelCategory(1.5, 10, 2),
    () => novelCategory(NaN, 10, 2),
    () => mcNemar(-1, 2),
    () => mcNemar(NaN, 2),
  ]
  for (const call of calls) assert.throws(call, RangeError)
})
