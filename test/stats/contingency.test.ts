import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { chiSquareHomogeneity, gTest } from '../../src/stats/two-sample/contingency.ts'
import { fisherExact } from '../../src/stats/two-sample/fisher-exact.ts'
import { missingRateTest, twoProportionZ } from '../../src/stats/two-sample/two-proportion.ts'
import { holds, relativeError, uniformGenerator } from './samples.ts'

const counts = fc
  .array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 })), { minLength: 2, maxLength: 8 })
  .map((pairs) => [pairs.map(([a]) => a), pairs.map(([, b]) => b)] as const)
  .filter(([a, b]) => a.some((count) => count > 0) && b.some((count) => count > 0))

test('the statistics are those of the definition, sum (O - E)^2 / E and 2 sum O log(O / E)', () => {
  fc.assert(
    fc.property(counts, ([a, b]) => {
      const sum = (list: readonly number[]): number => list.reduce((x, y) => x + y, 0)
      const [n, m] = [sum(a), sum(b)]
      let pearson = 0
      let likelihood = 0
      for (const [cell, inReference] of a.entries()) {
        const inCurrent = b[cell] ?? NaN
        const whole = inReference + inCurrent
        for (const [observed, expected] of [
          [inReference, (whole * n) / (n + m)],
          [inCurrent, (whole * m) / (n + m)],
        ] as const) {
          if (expected > 0) pearson += (observed - expected) ** 2 / expected
          if (observed > 0) likelihood += 2 * observed * Math.log(observed / expected)
        }
      }
      holds(Math.abs((chiSquareHomogeneity(a, b).statistic ?? NaN) - pearson) < 1e-9)
      holds(Math.abs((gTest(a, b).statistic ?? NaN) - likelihood) < 1e-9)
    }),
  )
})

test('exchanging the samples or reordering the cells changes nothing', () => {
  fc.assert(
    fc.property(counts, ([a, b]) => {
      for (const statistic of [chiSquareHomogeneity, gTest]) {
        const here = statistic(a, b)
        const exchanged = statistic(b, a)
        const reversed = statistic([...a].reverse(), [...b].reverse())
        for (const other of [exchanged, reversed]) {
          holds(Math.abs((other.statistic ?? NaN) - (here.statistic ?? NaN)) < 1e-9)
          holds(relativeError(other.pValue ?? NaN, here.pValue ?? NaN) < 1e-8)
        }
      }
    }),
  )
})

test('the same shares give 0 and p = 1, at any ratio of sizes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 9 }),
      fc.integer({ min: 1, max: 9 }),
      (a, factor) => {
        fc.pre(a.some((count) => count > 0))
        const b = a.map((count) => count * factor)
        for (const result of [chiSquareHomogeneity(a, b), gTest(a, b)]) {
          assert.deepEqual([result.statistic, result.pValue], [0, 1])
          assert.equal(result.cramersV, 0)
        }
      },
    ),
  )
})

test('a cell that both samples lack is no degree of freedom', () => {
  const with0 = chiSquareHomogeneity([5, 0, 9], [7, 0, 3])
  const without = chiSquareHomogeneity([5, 9], [7, 3])
  assert.deepEqual(with0, without)
  assert.equal(with0.degreesOfFreedom, 1)
})

test('disjoint samples have Cramér’s V 1', () => {
  assert.equal(chiSquareHomogeneity([10, 0], [0, 3]).cramersV, 1)
})

test('an empty sample has no statistic and says why', () => {
  for (const [a, b] of [
    [
      [0, 0],
      [1, 2],
    ],
    [
      [1, 2],
      [0, 0],
    ],
    [[], []],
  ] as const) {
    for (const result of [chiSquareHomogeneity(a, b), gTest(a, b)]) {
      assert.equal(result.statistic, null)
      assert.equal(result.pValue, null)
      holds(result.reason !== undefined)
    }
  }
})

test('what is not a table of counts is refused', () => {
  assert.throws(() => chiSquareHomogeneity([1, 2], [1]), RangeError)
  assert.throws(() => chiSquareHomogeneity([1, NaN], [1, 2]), RangeError)
  assert.throws(() => chiSquareHomogeneity([1, -1], [1, 2]), RangeError)
  assert.throws(() => gTest([1, Infinity], [1, 2]), RangeError)
  assert.throws(() => chiSquareHomogeneity([1, 2, 3], [1, 2, 3], { yates: true }), RangeError)
})

test('few expected counts are reported', () => {
  assert.equal(chiSquareHomogeneity([50, 2], [60, 1]).warnings.length, 1)
  assert.equal(chiSquareHomogeneity([50, 20], [60, 10]).warnings.length, 0)
})

/** The two-sided p-value from whole-number binomial coefficients. */
function countedFisher(a: number, b: number, c: number, d: number): number {
  const choose = (n: number, k: number): bigint => {
    let value = 1n
    for (let j = 1; j <= k; j++) value = (value * BigInt(n - k + j)) / BigInt(j)
    return value
  }
  const ways = (k: number): bigint => choose(a + c, k) * choose(b + d, a + b - k)
  let extreme = 0n
  for (let k = Math.max(0, a - d); k <= Math.min(a + c, a + b); k++) {
    if (ways(k) <= ways(a)) extreme += ways(k)
  }
  return Number(extreme) / Number(choose(a + b + c + d, a + b))
}

test('Fisher’s p is the share of tables that are no more probable', () => {
  const entry = fc.nat({ max: 25 })
  fc.assert(
    fc.property(entry, entry, entry, entry, (a, b, c, d) => {
      holds(relativeError(fisherExact(a, b, c, d), countedFisher(a, b, c, d)) < 1e-12)
    }),
    { numRuns: 400 },
  )
})

test('Fisher’s p does not change when rows or columns are exchanged', () => {
  const entry = fc.nat({ max: 1e6 })
  fc.assert(
    fc.property(entry, entry, entry, entry, (a, b, c, d) => {
      const p = fisherExact(a, b, c, d)
      holds(p >= 0 && p <= 1)
      for (const other of [fisherExact(c, d, a, b), fisherExact(b, a, d, c)]) {
        holds(Math.abs(other - p) <= 1e-9 * p)
      }
    }),
  )
})

test('an empty margin gives p = 1', () => {
  assert.deepEqual(
    [fisherExact(0, 0, 3, 4), fisherExact(0, 5, 0, 9), fisherExact(0, 0, 0, 0)],
    [1, 1, 1],
  )
})

test('the pooled z test is the chi-square test of the same table', () => {
  const count = fc.integer({ min: 0, max: 1000 })
  fc.assert(
    fc.property(count, count, count, count, (a, b, c, d) => {
      fc.pre(a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0)
      const z = twoProportionZ(a, a + b, c, c + d)
      const chi = chiSquareHomogeneity([a, b], [c, d])
      const [fromZ, fromTable] = [z.pValue ?? NaN, chi.pValue ?? NaN]
      holds(fromTable < 1e-290 ? fromZ < 1e-289 : relativeError(fromZ, fromTable) < 1e-8)
    }),
  )
})

test('the missing-rate test is exact where counts are few and normal where they are many', () => {
  assert.equal(missingRateTest(5000, 50_000, 5200, 50_000).method, 'exact')
  assert.equal(missingRateTest(0, 1000, 30, 1000).method, 'exact')
  assert.equal(missingRateTest(0, 1_000_000, 6, 1_000_000).method, 'exact')
  assert.equal(missingRateTest(50_000, 1_000_000, 51_000, 1_000_000).method, 'asymptotic')
  const { statistic, pValue } = missingRateTest(0, 1_000_000, 6, 1_000_000)
  assert.equal(statistic, 6e-6)
  holds(relativeError(pValue ?? NaN, 2 ** -5) < 1e-4)
})

test('the two methods of the missing-rate test meet where they change', () => {
  const exact = fisherExact(5000, 45_000, 5200, 44_800)
  const normal = twoProportionZ(5000, 50_000, 5200, 50_000).pValue ?? NaN
  holds(relativeError(normal, exact) < 0.05)
})

test('no missing value on either side is no difference; no rows is no answer', () => {
  assert.equal(missingRateTest(0, 10, 0, 20).pValue, 1)
  assert.equal(missingRateTest(10, 10, 20, 20).pValue, 1)
  const empty = missingRateTest(0, 0, 1, 5)
  assert.deepEqual([empty.statistic, empty.pValue], [null, null])
  holds(empty.reason !== undefined)
  assert.throws(() => missingRateTest(11, 10, 0, 5), RangeError)
  assert.throws(() => missingRateTest(NaN, 10, 0, 5), RangeError)
  assert.throws(() => missingRateTest(-1, 10, 0, 5), RangeError)
})

test('without drift the chi-square p-value is uniform', () => {
  const random = uniformGenerator(99)
  const draw = (size: number): number[] => {
    const table = [0, 0, 0, 0, 0]
    for (let i = 0; i < size; i++) {
      const cell = Math.min(4, Math.floor(random() * 6))
      table[cell] = (table[cell] ?? 0) + 1
    }
    return table
  }
  const runs = 2000
  const pValues = Array.from({ length: runs }, () => {
    return chiSquareHomogeneity(draw(200), draw(300)).pValue ?? NaN
  })
  for (const level of [0.01, 0.05, 0.2, 0.5, 0.8]) {
    const share = pValues.filter((p) => p <= level).length / runs
    holds(Math.abs(share - level) < 4 * Math.sqrt((level * (1 - level)) / runs) + 0.005)
  }
})
