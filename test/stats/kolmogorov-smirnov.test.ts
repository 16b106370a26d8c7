import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hypergeometricDensity } from '../../src/stats/distributions/hypergeometric.ts'
import { kolmogorovSmirnov } from '../../src/stats/two-sample/kolmogorov-smirnov.ts'
import {
  finiteSample,
  holds,
  permutationPValue,
  relativeError,
  sorted,
  sortedSample,
  tiedSample,
  uniformGenerator,
} from './samples.ts'

/** D from its definition: both distribution functions counted at every pooled value. */
function naiveNumerator(x: Float64Array, y: Float64Array): number {
  const upTo = (values: Float64Array, bound: number): number =>
    values.filter((value) => value <= bound).length
  const heights = [...x, ...y].map((v) => upTo(x, v) * y.length - upTo(y, v) * x.length)
  return Math.max(0, ...heights.map(Math.abs))
}

test('D is the largest difference of the two distribution functions', () => {
  fc.assert(
    fc.property(tiedSample(), tiedSample(), (x, y) => {
      const result = kolmogorovSmirnov(x, y)
      const numerator = naiveNumerator(x, y)
      assert.equal(result.numerator, numerator)
      assert.equal(result.statistic, numerator / (x.length * y.length))
    }),
  )
})

test('the location and the sign say where and in which direction D is attained', () => {
  fc.assert(
    fc.property(tiedSample(), tiedSample(), (x, y) => {
      const { location, sign, numerator } = kolmogorovSmirnov(x, y)
      if (numerator === 0) {
        assert.equal(location, null)
        assert.equal(sign, 0)
        return
      }
      const below = (values: Float64Array): number =>
        values.filter((value) => value <= (location ?? NaN)).length
      assert.equal(sign * (numerator ?? NaN), below(x) * y.length - below(y) * x.length)
    }),
  )
})

test('D and p are symmetric in the samples, and the sign turns', () => {
  fc.assert(
    fc.property(tiedSample(), tiedSample(), (x, y) => {
      const there = kolmogorovSmirnov(x, y)
      const back = kolmogorovSmirnov(y, x)
      assert.equal(there.statistic, back.statistic)
      holds(relativeError(there.pValue ?? NaN, back.pValue ?? NaN) < 1e-12)
      assert.equal(there.sign, back.sign === 0 ? 0 : -back.sign)
    }),
  )
})

test('D and p do not change under an increasing map of the values', () => {
  fc.assert(
    fc.property(tiedSample(), tiedSample(), (x, y) => {
      const distinct = [...new Set([...x, ...y])].sort((a, b) => a - b)
      const stretch = (v: number): number => Math.exp(distinct.indexOf(v === 0 ? 0 : v)) - 5
      const plain = kolmogorovSmirnov(x, y)
      const mapped = kolmogorovSmirnov(x.map(stretch), y.map(stretch))
      assert.equal(mapped.statistic, plain.statistic)
      assert.equal(mapped.pValue, plain.pValue)
    }),
  )
})

test('a sample compared with itself gives D = 0 and p = 1', () => {
  fc.assert(
    fc.property(tiedSample(), (x) => {
      const { statistic, pValue } = kolmogorovSmirnov(x, x)
      assert.deepEqual([statistic, pValue], [0, 1])
    }),
  )
})

test('the exact p-value is the share of all regroupings that are at least as different', () => {
  fc.assert(
    fc.property(tiedSample(1, 6), tiedSample(1, 6), (x, y) => {
      const { pValue, method } = kolmogorovSmirnov(x, y)
      assert.equal(method, 'exact')
      holds(relativeError(pValue ?? NaN, permutationPValue(x, y, naiveNumerator)) < 1e-12)
    }),
    { numRuns: 60 },
  )
})

test('without ties, the treatment of ties makes no difference', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 30 }), (values) => {
      const half = Math.ceil(values.length / 3)
      const x = sorted(...values.slice(0, half))
      const y = sorted(...values.slice(half))
      const exact = kolmogorovSmirnov(x, y).pValue ?? NaN
      holds(relativeError(kolmogorovSmirnov(x, y, { ties: 'ignore' }).pValue ?? NaN, exact) < 1e-12)
    }),
  )
})

test('ignoring ties is conservative', () => {
  fc.assert(
    fc.property(tiedSample(), tiedSample(), (x, y) => {
      const aware = kolmogorovSmirnov(x, y).pValue ?? NaN
      const ignoring = kolmogorovSmirnov(x, y, { ties: 'ignore' }).pValue ?? NaN
      holds(aware <= ignoring * (1 + 1e-12))
    }),
  )
})

/** Paths that stay inside the boundary at every group end, counted with whole numbers. */
function countedPValue(n: number, m: number, height: number, sizes: readonly number[]): number {
  let ways = new Map<number, bigint>([[0, 1n]])
  let s = 0
  for (const size of sizes) {
    for (let k = 0; k < size; k++) {
      s++
      const next = new Map<number, bigint>()
      for (let i = Math.max(0, s - m); i <= Math.min(n, s); i++) {
        next.set(i, (ways.get(i) ?? 0n) + (ways.get(i - 1) ?? 0n))
      }
      ways = next
    }
    for (const i of ways.keys()) if (Math.abs(i * m - (s - i) * n) >= height) ways.set(i, 0n)
  }
  let all = 1n
  for (let k = 1; k <= n; k++) all = (all * BigInt(m + k)) / BigInt(k)
  return Number(all - (ways.get(n) ?? 0n)) / Number(all)
}

test('the lattice recursion agrees with counting all paths, whatever the sizes of the ties', () => {
  const random = uniformGenerator(7)
  for (const [n, m, levels] of [
    [300, 250, 3],
    [400, 400, 2],
    [150, 270, 40],
    [211, 97, 5],
    [500, 90, 1000],
  ] as const) {
    const x = sortedSample(n, () => Math.floor(random() ** 2 * levels))
    const y = sortedSample(m, () => Math.floor(random() ** 1.7 * levels))
    const { pValue, numerator } = kolmogorovSmirnov(x, y)
    const counts = new Map<number, number>()
    for (const value of sorted(...x, ...y)) counts.set(value, (counts.get(value) ?? 0) + 1)
    const expected = countedPValue(n, m, numerator ?? NaN, [...counts.values()])
    holds(relativeError(pValue ?? NaN, expected) < 1e-12, `${String(n)} ${String(m)}`)
  }
})

test('with two values, the exact p-value is a sum of hypergeometric probabilities', () => {
  const n = 60_000
  const m = 50_000
  const x = new Float64Array(n).fill(1, 30_000)
  const y = new Float64Array(m).fill(1, 24_800)
  const { pValue, numerator } = kolmogorovSmirnov(x, y)
  const zeros = 30_000 + 24_800
  let expected = 0
  for (let i = 0; i <= n; i++) {
    if (Math.abs(i * m - (zeros - i) * n) >= (numerator ?? NaN)) {
      expected += hypergeometricDensity(i, n, m, zeros)
    }
  }
  holds(relativeError(pValue ?? NaN, expected) < 1e-11)
})

test('for equal sizes the closed form agrees with the lattice, down to tiny p-values', () => {
  const random = uniformGenerator(3)
  for (const shift of [0, 0.1, 0.4, 0.9]) {
    const x = sortedSample(400, random)
    const y = sortedSample(400, () => random() + shift)
    const closed = kolmogorovSmirnov(x, y)
    const expected = countedPValue(400, 400, closed.numerator ?? NaN, Array<number>(800).fill(1))
    holds(relativeError(closed.pValue ?? NaN, expected) < 1e-11)
  }
})

test('for equal sizes every possible D has the p-value that counting paths gives', () => {
  const n = 60
  for (let height = 1; height <= n; height++) {
    const x = Float64Array.from({ length: n }, (_, i) => i)
    const { pValue, numerator } = kolmogorovSmirnov(
      x,
      x.map((v) => v + height - 0.5),
    )
    assert.equal(numerator, height * n)
    const expected = countedPValue(n, n, height * n, Array<number>(2 * n).fill(1))
    holds(relativeError(pValue ?? NaN, expected) < 1e-12)
  }
})

test('p falls as D grows', () => {
  const base = Float64Array.from({ length: 40 }, (_, i) => i)
  let previous = 1
  for (let shift = 0; shift <= 42; shift++) {
    const moved = Float64Array.from({ length: 33 }, (_, i) => i + shift + 0.5)
    const { statistic, pValue } = kolmogorovSmirnov(base, moved)
    if (shift >= 7) holds((pValue ?? NaN) <= previous, String(statistic))
    previous = shift >= 6 ? (pValue ?? NaN) : 1
  }
  holds(previous < 1e-15)
})

test('the Kolmogorov limit is not smaller than the exact p-value', () => {
  const random = uniformGenerator(11)
  for (let run = 0; run < 20; run++) {
    const x = sortedSample(300, random)
    const y = sortedSample(500, () => random() + run / 100)
    const exact = kolmogorovSmirnov(x, y).pValue ?? NaN
    const limit = kolmogorovSmirnov(x, y, { method: 'asymptotic' })
    assert.equal(limit.method, 'asymptotic')
    holds((limit.pValue ?? NaN) >= exact * (1 - 1e-9))
  }
})

test('beyond the cell budget the limit is used, and named', () => {
  const random = uniformGenerator(5)
  const x = sortedSample(3000, random)
  const y = sortedSample(2000, () => random() + 0.02)
  assert.equal(kolmogorovSmirnov(x, y, { cellBudget: 1000 }).method, 'asymptotic')
  assert.equal(kolmogorovSmirnov(x, y).method, 'exact')
})

test('ties beyond the budget are reported with a warning', () => {
  const random = uniformGenerator(5)
  const x = sortedSample(3000, () => Math.floor(random() * 2000))
  const y = sortedSample(3000, () => Math.floor(random() * 2000))
  const result = kolmogorovSmirnov(x, y, { cellBudget: 1000 })
  assert.equal(result.method, 'exact')
  assert.equal(result.warnings.length, 1)
})

test('one value on each side: D = 1 and p = 1 unless they are equal', () => {
  assert.deepEqual(
    [kolmogorovSmirnov(sorted(0), sorted(1)), kolmogorovSmirnov(sorted(-0), sorted(0))].map(
      ({ statistic, pValue }) => [statistic, pValue],
    ),
    [
      [1, 1],
      [0, 1],
    ],
  )
})

test('an empty sample has no statistic and no p-value, and says why', () => {
  for (const [x, y] of [
    [sorted(), sorted(1)],
    [sorted(1), sorted()],
    [sorted(), sorted()],
  ] as const) {
    const result = kolmogorovSmirnov(x, y)
    assert.equal(result.statistic, null)
    assert.equal(result.pValue, null)
    assert.match(result.reason ?? '', /no valid value|neither/)
  }
})

test('NaN and unsorted arrays are refused', () => {
  const bad = [Float64Array.of(1, NaN), Float64Array.of(NaN), Float64Array.of(2, 1)]
  for (const values of bad) {
    assert.throws(() => kolmogorovSmirnov(values, sorted(1)), RangeError)
    assert.throws(() => kolmogorovSmirnov(sorted(1), values), RangeError)
  }
})

test('without drift the exact p-value is below a level no more often than the level', () => {
  const random = uniformGenerator(2024)
  const runs = 1500
  const pValues = Array.from({ length: runs }, () => {
    const x = sortedSample(40, random)
    const y = sortedSample(30, random)
    return kolmogorovSmirnov(x, y).pValue ?? NaN
  })
  for (const level of [0.01, 0.05, 0.2, 0.5]) {
    const share = pValues.filter((p) => p <= level).length / runs
    const error = Math.sqrt((level * (1 - level)) / runs)
    holds(share <= level + 4 * error, `${String(level)}: ${String(share)}`)
    holds(share >= level * 0.6 - 4 * error, `${String(level)}: ${String(share)}`)
  }
})

test('finite samples never give a number that is not finite', () => {
  fc.assert(
    fc.property(finiteSample(), finiteSample(), (x, y) => {
      const { statistic, pValue } = kolmogorovSmirnov(x, y)
      holds(statistic !== null && statistic >= 0 && statistic <= 1)
      holds(pValue !== null && pValue > 0 && pValue <= 1)
    }),
  )
})
