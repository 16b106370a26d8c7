import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { normalSurvival } from '../../src/stats/distributions/normal.ts'
import {
  andersonDarling,
  andersonDarlingKSample,
} from '../../src/stats/two-sample/anderson-darling.ts'
import { cramerVonMises } from '../../src/stats/two-sample/cramer-von-mises.ts'
import { hodgesLehmann } from '../../src/stats/two-sample/hodges-lehmann.ts'
import { kuiper } from '../../src/stats/two-sample/kuiper.ts'
import { mannWhitney } from '../../src/stats/two-sample/mann-whitney.ts'
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

test('U counts the pairs in which the reference is larger, ties as one half', () => {
  fc.assert(
    fc.property(tiedSample(), tiedSample(), (x, y) => {
      let pairs = 0
      for (const a of x) for (const b of y) pairs += a > b ? 1 : a === b ? 0.5 : 0
      const { statistic, auc } = mannWhitney(x, y)
      assert.equal(statistic, pairs)
      assert.equal(auc, (x.length * y.length - pairs) / (x.length * y.length))
    }),
  )
})

test('the exact Mann-Whitney p-value is the share of all regroupings', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer(), { minLength: 3, maxLength: 11 }), (values) => {
      const x = sorted(...values.slice(0, Math.ceil(values.length / 3)))
      const y = sorted(...values.slice(x.length))
      const deviation = (a: Float64Array, b: Float64Array): number =>
        Math.abs(
          (mannWhitney(a, b, { method: 'asymptotic' }).statistic ?? NaN) -
            (a.length * b.length) / 2,
        )
      const { pValue, method } = mannWhitney(x, y)
      assert.equal(method, 'exact')
      holds(relativeError(pValue ?? NaN, permutationPValue(x, y, deviation)) < 1e-12)
    }),
    { numRuns: 40 },
  )
})

test('the normal law has the variance that U has over all regroupings, ties included', () => {
  fc.assert(
    fc.property(tiedSample(2, 5), tiedSample(2, 6), (x, y) => {
      const pairs = x.length * y.length
      const us: number[] = []
      permutationPValue(x, y, (a, b) => {
        us.push(mannWhitney(a, b, { method: 'asymptotic' }).statistic ?? NaN)
        return 0
      })
      // The first call is the observed arrangement, which the enumeration repeats.
      us.shift()
      const variance = us.reduce((sum, u) => sum + (u - pairs / 2) ** 2, 0) / us.length
      const u = mannWhitney(x, y).statistic ?? NaN
      const z = Math.abs(u - pairs / 2) / Math.sqrt(variance)
      const { pValue } = mannWhitney(x, y, { method: 'asymptotic', continuity: false })
      const expected = variance === 0 ? 1 : 2 * normalSurvival(z)
      holds(relativeError(pValue ?? NaN, expected) < 1e-3)
    }),
    { numRuns: 40 },
  )
})

test('the exact and the normal Mann-Whitney p-values meet for larger samples', () => {
  const random = uniformGenerator(4)
  const x = sortedSample(60, random)
  const y = sortedSample(70, () => random() - 0.1)
  const exact = mannWhitney(x, y)
  assert.equal(exact.method, 'exact')
  holds(
    relativeError(mannWhitney(x, y, { method: 'asymptotic' }).pValue ?? NaN, exact.pValue ?? NaN) <
      0.02,
  )
})

test('all values tied gives p = 1', () => {
  const [x, y] = [sorted(5, 5, 5), sorted(5, 5)]
  assert.equal(mannWhitney(x, y).pValue, 1)
  assert.equal(andersonDarling(x, y).pValue, 1)
  assert.equal(andersonDarling(x, y).statistic, null)
  assert.deepEqual([cramerVonMises(x, y).statistic, cramerVonMises(x, y).pValue], [0, 1])
  assert.deepEqual([kuiper(x, y).statistic, kuiper(x, y).pValue], [0, 1])
})

test('one value on each side leaves the Cramér-von Mises statistic nothing to vary', () => {
  for (const method of ['exact', 'asymptotic'] as const) {
    assert.equal(cramerVonMises(sorted(1), sorted(2), { method }).pValue, 1)
  }
})

test('constant columns of different lengths never look like drift, however long', () => {
  const x = new Float64Array(2000).fill(0.1)
  const y = new Float64Array(700).fill(0.1)
  assert.equal(cramerVonMises(x, y).pValue, 1)
  holds((cramerVonMises(x, y, { ties: 'midrank' }).pValue ?? NaN) < 1e-6)
})

test('the Hodges-Lehmann shift is the median of all differences', () => {
  fc.assert(
    fc.property(finiteSample(1, 9), finiteSample(1, 9), (x, y) => {
      const differences = [...x].flatMap((a) => [...y].map((b) => a - b)).sort((a, b) => a - b)
      const half = differences.length / 2
      const upper = differences[Math.floor(half)] ?? NaN
      const lower = differences[Math.ceil(half) - 1] ?? NaN
      const expected = differences.length % 2 === 1 ? upper : lower / 2 + upper / 2
      holds(Math.abs((hodgesLehmann(x, y) ?? NaN) - expected) <= 1e-300)
    }),
  )
})

test('the Hodges-Lehmann shift is not defined for infinite values or empty samples', () => {
  assert.equal(hodgesLehmann(sorted(1, Infinity), sorted(1)), null)
  assert.equal(hodgesLehmann(sorted(), sorted(1)), null)
})

test('the midrank form of Cramér-von Mises is U/(nmN) - (4nm - 1)/(6N)', () => {
  fc.assert(
    fc.property(tiedSample(), tiedSample(), (x, y) => {
      const pooled = [...x, ...y]
      const midrank = (v: number): number =>
        pooled.filter((w) => w < v).length + (pooled.filter((w) => w === v).length + 1) / 2
      const squares = (values: Float64Array): number =>
        values.reduce((sum, v, i) => sum + (midrank(v) - i - 1) ** 2, 0)
      const [n, m] = [x.length, y.length]
      const u = n * squares(x) + m * squares(y)
      const expected = u / (n * m * (n + m)) - (4 * n * m - 1) / (6 * (n + m))
      const { statistic } = cramerVonMises(x, y, { ties: 'midrank' })
      holds(Math.abs((statistic ?? NaN) - expected) < 1e-12)
    }),
  )
})

test('without ties both forms of Cramér-von Mises agree', () => {
  const random = uniformGenerator(8)
  const x = sortedSample(300, random)
  const y = sortedSample(170, () => random() ** 1.2)
  const ecdf = cramerVonMises(x, y)
  const midrank = cramerVonMises(x, y, { ties: 'midrank' })
  holds(relativeError(ecdf.statistic ?? NaN, midrank.statistic ?? NaN) < 1e-12)
})

test('the exact Cramér-von Mises p-value is the share of all regroupings', () => {
  const statistic = (a: Float64Array, b: Float64Array): number =>
    cramerVonMises(a, b, { method: 'asymptotic' }).statistic ?? NaN
  fc.assert(
    fc.property(tiedSample(1, 5), tiedSample(1, 6), (x, y) => {
      const { pValue, method } = cramerVonMises(x, y)
      assert.equal(method, 'exact')
      holds(relativeError(pValue ?? NaN, permutationPValue(x, y, statistic)) < 1e-12)
    }),
    { numRuns: 40 },
  )
})

test('the limit laws are close to the exact permutation laws', () => {
  const random = uniformGenerator(21)
  const anderson = (a: Float64Array, b: Float64Array): number =>
    andersonDarling(a, b).statistic ?? NaN
  for (let run = 0; run < 6; run++) {
    const x = sortedSample(7, random)
    const y = sortedSample(6, () => random() + run / 8)
    const exact = permutationPValue(x, y, anderson)
    if (exact < 0.6) holds(Math.abs((andersonDarling(x, y).pValue ?? NaN) - exact) < 0.04)
    const limit = cramerVonMises(x, y, { method: 'asymptotic' }).pValue ?? NaN
    holds(Math.abs(limit - (cramerVonMises(x, y).pValue ?? NaN)) < 0.04)
  }
})

test('the Anderson-Darling p-value goes on where the published table ends', () => {
  const x = Float64Array.from({ length: 200 }, (_, i) => i)
  const y = x.map((v) => v + 100)
  const table = andersonDarlingKSample([x, y])
  assert.equal(table.tablePValue, 0.001)
  holds((andersonDarling(x, y).pValue ?? NaN) < 1e-20)
})

test('within the published table both Anderson-Darling p-values agree', () => {
  const x = Float64Array.from({ length: 200 }, (_, i) => i)
  for (const shift of [9, 12, 15, 18]) {
    const y = x.map((v) => v + shift)
    const table = andersonDarlingKSample([x, y]).tablePValue ?? NaN
    holds(relativeError(andersonDarling(x, y).pValue ?? NaN, table) < 0.05)
  }
})

test('too little for Anderson-Darling is said, not computed', () => {
  assert.equal(andersonDarling(sorted(1), sorted(2, 3)).reason, 'fewer than 4 values')
  assert.equal(andersonDarling(sorted(), sorted(2, 3, 4, 5)).pValue, null)
  assert.throws(() => andersonDarlingKSample([sorted(1)]), RangeError)
})

test('Kuiper’s V does not depend on where a cycle is cut', () => {
  const hour = fc.array(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(hour, hour, fc.integer({ min: 1, max: 23 }), (a, b, turn) => {
      const turned = (values: readonly number[]): Float64Array =>
        sorted(...values.map((v) => (v + turn) % 24))
      const here = kuiper(sorted(...a), sorted(...b)).statistic ?? NaN
      assert.equal(kuiper(turned(a), turned(b)).statistic, here)
    }),
  )
})

test('p falls as Kuiper’s V grows', () => {
  const x = Float64Array.from({ length: 50 }, (_, i) => i)
  let previous = 1
  for (let shift = 0; shift <= 50; shift++) {
    const { pValue } = kuiper(
      x,
      x.map((v) => v + shift),
    )
    holds((pValue ?? NaN) <= previous)
    previous = pValue ?? NaN
  }
  holds(previous < 1e-15)
})

test('without drift the p-values are uniform', () => {
  const random = uniformGenerator(77)
  const runs = 1500
  const tests = {
    mannWhitney: (a: Float64Array, b: Float64Array) => mannWhitney(a, b).pValue,
    cramerVonMises: (a: Float64Array, b: Float64Array) => cramerVonMises(a, b).pValue,
    andersonDarling: (a: Float64Array, b: Float64Array) => andersonDarling(a, b).pValue,
  }
  const pairs = Array.from(
    { length: runs },
    () => [sortedSample(120, random), sortedSample(100, random)] as const,
  )
  for (const [name, run] of Object.entries(tests)) {
    const pValues = pairs.map(([x, y]) => run(x, y) ?? NaN)
    for (const level of [0.01, 0.05, 0.2, 0.5, 0.8]) {
      const share = pValues.filter((p) => p <= level).length / runs
      const error = Math.sqrt((level * (1 - level)) / runs)
      holds(
        Math.abs(share - level) < 4 * error + 0.004,
        `${name} ${String(level)} ${String(share)}`,
      )
    }
  }
})

test('published examples: scipy’s Cramér-von Mises and Anderson-Darling, Stephens’s Kuiper', () => {
  const cramer = cramerVonMises(sorted(1, 2, 3), sorted(2.5, 3.5, 4.5, 5.5))
  holds(relativeError(cramer.statistic ?? NaN, 0.3928571428571428) < 1e-14)
  holds(relativeError(cramer.pValue ?? NaN, 0.11428571428571428) < 1e-14)
  const anderson = andersonDarlingKSample([sorted(1, 1, 2, 2, 3), sorted(2, 2, 3, 3, 3, 4)])
  holds(relativeError(anderson.statistic ?? NaN, 2.47946960027455) < 1e-12)
  holds(relativeError(anderson.tablePValue ?? NaN, 0.031249256163706537) < 1e-9)
  const { statistic, pValue } = kuiper(sorted(1, 2, 3, 4), sorted(1.5, 2.5, 3.5, 4.5, 10))
  holds(relativeError(statistic ?? NaN, 0.4) < 1e-15)
  holds(relativeError(pValue ?? NaN, 0.9948356680258118) < 1e-12)
})
