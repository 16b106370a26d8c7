import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { rocAuc } from '../../src/stats/auc.ts'
import { hellinger } from '../../src/stats/distances/hellinger.ts'
import { jensenShannonDivergence } from '../../src/stats/distances/jensen-shannon.ts'
import { kullbackLeibler } from '../../src/stats/distances/kullback-leibler.ts'
import { lInfinity } from '../../src/stats/distances/l-infinity.ts'
import { squaredMmd } from '../../src/stats/distances/mmd.ts'
import { populationStabilityIndex } from '../../src/stats/distances/population-stability-index.ts'
import { totalVariation } from '../../src/stats/distances/total-variation.ts'
import { wasserstein1 } from '../../src/stats/distances/wasserstein.ts'
import { benjaminiHochberg, holm } from '../../src/stats/multiplicity.ts'
import { quantileSorted } from '../../src/stats/quantile.ts'
import { andersonDarlingKSample } from '../../src/stats/two-sample/anderson-darling.ts'
import { kolmogorovSmirnov } from '../../src/stats/two-sample/kolmogorov-smirnov.ts'
import { kuiper } from '../../src/stats/two-sample/kuiper.ts'
import { mcNemar } from '../../src/stats/two-sample/mcnemar.ts'
import { holds, permutationPValue, relativeError, sorted, tiedSample } from './samples.ts'

/**
 * Statistics against their definitions, computed the long way: nothing here shares an algorithm with
 * what it checks.
 */

const eighths = (minLength: number, maxLength: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.integer({ min: -400, max: 400 }), { minLength, maxLength })
    .map((values) => values.map((value) => value / 8))

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

function near(got: number | null, expected: number, tolerance = 1e-12): void {
  holds(
    Math.abs((got ?? NaN) - expected) <= tolerance * (1 + Math.abs(expected)),
    `${String(got)} is not ${String(expected)}`,
  )
}

function arrangements<T>(list: readonly T[]): T[][] {
  if (list.length === 0) return [[]]
  return list.flatMap((first, i) =>
    arrangements(list.filter((_, j) => j !== i)).map((rest) => [first, ...rest]),
  )
}

test('Wasserstein-1 is the least mean distance over which one sample can be carried into the other', () => {
  const pairs = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(pairs, (list) => {
      const x = list.map(([a]) => a)
      const y = list.map(([, b]) => b)
      const costs = arrangements(y).map((order) =>
        mean(order.map((to, i) => Math.abs(to - (x[i] as number)))),
      )
      near(wasserstein1(sorted(...x), sorted(...y)).statistic, Math.min(...costs))
    }),
  )
})

test('Wasserstein-1 of unequal sizes is that of both samples repeated to one size', () => {
  fc.assert(
    fc.property(eighths(1, 7), eighths(1, 7), (x, y) => {
      const repeat = (values: readonly number[], times: number): number[] =>
        values.flatMap((value) => new Array<number>(times).fill(value)).sort((a, b) => a - b)
      const [longX, longY] = [repeat(x, y.length), repeat(y, x.length)]
      const expected = mean(longX.map((value, i) => Math.abs(value - (longY[i] as number))))
      near(wasserstein1(sorted(...x), sorted(...y)).statistic, expected)
    }),
  )
})

test('the Kolmogorov-Smirnov p-value counts regroupings, for every pair of tiny samples with ties', () => {
  const samples = [1, 2, 3, 4].flatMap((size) => multisets(size, [0, 1, 2]))
  const largestGap = (x: Float64Array, y: Float64Array): number =>
    Math.max(...[0, 1, 2].map((v) => Math.abs(shareUpTo(x, v) - shareUpTo(y, v))))
  for (const x of samples) {
    for (const y of samples) {
      const { statistic, pValue, method } = kolmogorovSmirnov(x, y)
      near(statistic, largestGap(x, y))
      assert.equal(method, 'exact')
      holds(relativeError(pValue ?? NaN, permutationPValue(x, y, largestGap)) < 1e-12)
    }
  }
})

function multisets(size: number, values: readonly number[]): Float64Array[] {
  if (size === 0) return [sorted()]
  return values.flatMap((value, i) =>
    multisets(size - 1, values.slice(i)).map((rest) => sorted(value, ...rest)),
  )
}

function shareUpTo(values: Float64Array, bound: number): number {
  return values.filter((value) => value <= bound).length / values.length
}

test('Kuiper’s V is the largest excess of either distribution function', () => {
  fc.assert(
    fc.property(tiedSample(), tiedSample(), (x, y) => {
      const gaps = [...x, ...y].map((v) => shareUpTo(x, v) - shareUpTo(y, v))
      near(kuiper(x, y).statistic, Math.max(0, ...gaps) - Math.min(0, ...gaps))
    }),
  )
})

test('the Anderson-Darling statistic is Scholz and Stephens’s midrank formula, standardised', () => {
  const sample = fc.array(fc.nat(6), { minLength: 1, maxLength: 7 })
  fc.assert(
    fc.property(fc.array(sample, { minLength: 2, maxLength: 4 }), (lists) => {
      const pooled = lists.flat()
      const distinct = [...new Set(pooled)]
      fc.pre(pooled.length >= 4 && distinct.length > 1)
      const total = pooled.length
      const halfway = (values: readonly number[], v: number): number =>
        values.filter((w) => w < v).length + values.filter((w) => w === v).length / 2
      const squared = lists.map((list) =>
        distinct.reduce((sum, v) => {
          const copies = pooled.filter((w) => w === v).length
          const [own, all] = [halfway(list, v), halfway(pooled, v)]
          const gap = total * own - list.length * all
          return sum + ((copies / total) * gap ** 2) / (all * (total - all) - (total * copies) / 4)
        }, 0),
      )
      const statistic =
        ((total - 1) / total) *
        squared.reduce((sum, part, i) => sum + part / (lists[i] as number[]).length, 0)
      const deviation = Math.sqrt(scholzStephensVariance(lists.map(({ length }) => length)))
      const result = andersonDarlingKSample(lists.map((list) => sorted(...list)))
      near(result.statistic, (statistic - (lists.length - 1)) / deviation, 1e-10)
    }),
  )
})

/** Equation 4 of the paper, its double sum as it stands there. */
function scholzStephensVariance(sizes: readonly number[]): number {
  const k = sizes.length
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const H = sizes.reduce((sum, size) => sum + 1 / size, 0)
  let h = 0
  let g = 0
  for (let i = 1; i < total; i++) h += 1 / i
  for (let i = 1; i <= total - 2; i++) {
    for (let j = i + 1; j <= total - 1; j++) g += 1 / ((total - i) * j)
  }
  const a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * H
  const b = (2 * g - 4) * k ** 2 + 8 * h * k + (2 * g - 14 * h - 4) * H - 8 * h + 4 * g - 6
  const c = (6 * h + 2 * g - 2) * k ** 2 + (4 * h - 4 * g + 6) * k + (2 * h - 6) * H + 4 * h
  const d = (2 * h + 6) * k ** 2 - 4 * h * k
  return (
    (a * total ** 3 + b * total ** 2 + c * total + d) / ((total - 1) * (total - 2) * (total - 3))
  )
}

const tables = fc
  .array(fc.tuple(fc.nat(30), fc.nat(30)), { minLength: 1, maxLength: 8 })
  .filter((pairs) => pairs.some(([a]) => a > 0) && pairs.some(([, b]) => b > 0))
  .map((pairs) => ({ reference: pairs.map(([a]) => a), current: pairs.map(([, b]) => b) }))

const shares = (counts: readonly number[]): number[] =>
  counts.map((count) => count / (mean(counts) * counts.length))

test('distances of counts are their formulas in shares', () => {
  const entropy = (p: readonly number[]): number =>
    p.reduce((sum, share) => sum - (share === 0 ? 0 : share * Math.log(share)), 0)
  const over = (
    p: readonly number[],
    q: readonly number[],
    term: (a: number, b: number) => number,
  ): number[] => p.map((share, i) => term(share, q[i] as number))
  const total = (terms: readonly number[]): number => terms.reduce((sum, term) => sum + term, 0)
  fc.assert(
    fc.property(tables, ({ reference, current }) => {
      const [p, q] = [shares(reference), shares(current)]
      const middle = over(p, q, (a, b) => (a + b) / 2)
      const entropies = entropy(middle) - (entropy(p) + entropy(q)) / 2
      near(jensenShannonDivergence(reference, current, 'nats').statistic, entropies)
      const affinity = total(over(p, q, (a, b) => Math.sqrt(a * b)))
      near((hellinger(reference, current).statistic ?? NaN) ** 2, 1 - affinity)
      const gains = total(over(p, q, (a, b) => Math.max(0, a - b)))
      near(totalVariation(reference, current).statistic, gains)
      near(
        lInfinity(reference, current).statistic,
        Math.max(...over(p, q, (a, b) => Math.abs(a - b))),
      )
      const halved = (counts: readonly number[]): number[] => shares(counts.map((c) => c + 0.5))
      const [r, s] = [halved(reference), halved(current)]
      const divergence = total(over(r, s, (a, b) => a * (Math.log(a) - Math.log(b))))
      const reverse = total(over(s, r, (a, b) => a * (Math.log(a) - Math.log(b))))
      near(kullbackLeibler(reference, current, 0.5).statistic, divergence)
      near(populationStabilityIndex(reference, current).statistic, divergence + reverse)
    }),
  )
})

test('pooling two cells never moves samples further apart', () => {
  fc.assert(
    fc.property(tables, ({ reference, current }) => {
      const pool = (counts: readonly number[]): number[] => {
        const [first = 0, second = 0, ...rest] = counts
        return [first + second, ...rest]
      }
      for (const distance of [jensenShannonDivergence, hellinger, totalVariation]) {
        const apart = distance(reference, current).statistic ?? NaN
        const pooled = distance(pool(reference), pool(current)).statistic ?? NaN
        holds(pooled <= apart + 1e-12, distance.name)
      }
    }),
  )
})

test('the squared mean discrepancy is the mean kernel within less that across, each pair once', () => {
  fc.assert(
    fc.property(eighths(2, 6), eighths(2, 6), fc.constantFrom(0.01, 0.5, 4), (x, y, gamma) => {
      const kernel = (a: number, b: number): number => Math.exp(-gamma * (a - b) ** 2)
      const within = (values: readonly number[]): number =>
        mean(values.flatMap((a, i) => values.slice(i + 1).map((b) => kernel(a, b))))
      const across = mean(x.flatMap((a) => y.map((b) => kernel(a, b))))
      const { unbiased, biased } = squaredMmd(x, y, gamma)
      near(unbiased, within(x) + within(y) - 2 * across)
      near(squaredMmd(y.toReversed(), x, gamma).unbiased, unbiased ?? NaN)
      near(squaredMmd(y, x.toReversed(), gamma).biased, biased ?? NaN)
    }),
  )
})

const pValues = fc.array(
  fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.01, 0.02, 1)),
  { minLength: 1, maxLength: 6 },
)

test('Holm’s adjustment is Bonferroni’s closed over all sets of hypotheses', () => {
  fc.assert(
    fc.property(pValues, (list) => {
      const sets = Array.from({ length: 2 ** list.length - 1 }, (_, code) =>
        list.map((_p, i) => i).filter((i) => ((code + 1) >> i) & 1),
      )
      const closed = list.map((_, i) =>
        Math.max(
          ...sets
            .filter((set) => set.includes(i))
            .map((set) => Math.min(1, set.length * Math.min(...set.map((j) => list[j] as number)))),
        ),
      )
      assert.deepEqual(holm(list), closed)
    }),
  )
})

test('Benjamini and Hochberg’s adjustment is the least level at which the test is rejected', () => {
  fc.assert(
    fc.property(pValues, (list) => {
      const leastLevel = (p: number): number =>
        Math.min(
          1,
          ...list
            .filter((other) => other >= p)
            .map((other) => (other * list.length) / list.filter((q) => q <= other).length),
        )
      assert.deepEqual(benjaminiHochberg(list), list.map(leastLevel))
    }),
  )
})

test('McNemar’s exact p-value is the share of coin tosses at least as uneven', () => {
  for (let b = 0; b <= 9; b++) {
    for (let c = 0; b + c <= 12; c++) {
      const n = b + c
      let [atLeast, equally] = [0, 0]
      for (let tosses = 0; tosses < 2 ** n; tosses++) {
        const heads = tosses.toString(2).replaceAll('0', '').length
        const unevenness = Math.abs(2 * heads - n)
        if (unevenness >= Math.abs(b - c)) atLeast++
        if (unevenness === Math.abs(b - c)) equally++
      }
      const { exact, midP } = mcNemar(b, c)
      holds(relativeError(exact, atLeast / 2 ** n) < 1e-12)
      if (b !== c) holds(relativeError(midP, (atLeast - equally / 2) / 2 ** n) < 1e-12)
    }
  }
})

test('DeLong’s variance is that of the mean placements of each class', () => {
  const scores = fc.array(fc.nat(6), { minLength: 2, maxLength: 9 })
  fc.assert(
    fc.property(scores, scores, (positive, negative) => {
      const order = (p: number, q: number): number => (p > q ? 1 : p === q ? 0.5 : 0)
      const variance = (values: readonly number[]): number =>
        values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1)
      const ofPositives = positive.map((p) => mean(negative.map((q) => order(p, q))))
      const ofNegatives = negative.map((q) => mean(positive.map((p) => order(p, q))))
      const labels = [...positive.map(() => 1), ...negative.map(() => 0)]
      const result = rocAuc(labels, [...positive, ...negative])
      near(result?.auc ?? NaN, mean(ofPositives))
      near(
        result?.variance ?? NaN,
        variance(ofPositives) / positive.length + variance(ofNegatives) / negative.length,
      )
    }),
  )
})

test('a type-7 quantile is where the straight line through the sorted values stands', () => {
  fc.assert(
    fc.property(eighths(1, 9), fc.integer({ min: 0, max: 64 }), (values, step) => {
      const list = sorted(...values)
      const position = ((list.length - 1) * step) / 64
      const heights = Array.from(list, (v, i) => v * Math.max(0, 1 - Math.abs(position - i)))
      near(
        quantileSorted(list, step / 64),
        heights.reduce((sum, height) => sum + height, 0),
      )
    }),
  )
})
