import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  countBetweenCuts,
  countInCells,
  equalWidthEdges,
  quantileCuts,
} from '../../src/stats/histogram.ts'
import { moments } from '../../src/stats/moments.ts'
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  holm,
} from '../../src/stats/multiplicity.ts'
import { permutationPValue } from '../../src/stats/permutation.ts'
import { quantileSorted } from '../../src/stats/quantile.ts'
import { createRandom } from '../../src/stats/random.ts'
import { sortAscending } from '../../src/stats/sort.ts'
import { compensatedSum, sumAt, sumOf } from '../../src/stats/sums.ts'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
const FIRST_NUMBERS = [288148, 103013, 759091, 745082]
const values = fc.array(finite, { minLength: 1, maxLength: 50 })

describe('a compensated sum', () => {
  it('keeps what ordinary addition loses', () => {
    assert.equal(sumOf([1, 1e100, 1, -1e100]), 2)
    assert.equal(sumOf(new Array(10).fill(0.1)), 1)
  })

  it('is the same in one go and term by term, and overflows to Infinity, not NaN', () => {
    fc.assert(
      fc.property(values, (list) => {
        const sum = compensatedSum()
        for (const value of list) sum.add(value)
        assert.equal(sum.value(), sumOf(list))
      }),
    )
    assert.equal(sumOf([1.7e308, 1.7e308]), Infinity)
  })

  it('does not depend on the chunks in which the terms come', () => {
    fc.assert(
      fc.property(values, fc.nat(49), (list, cut) => {
        const chunks = [list.slice(0, cut), list.slice(cut)]
        const exact = sumOf(list)
        const size = sumOf(list.map(Math.abs))
        assert.ok(Math.abs(sumOf(chunks.map(sumOf)) - exact) <= 4 * Number.EPSILON * size)
      }),
    )
  })
})

describe('a sum at indices', () => {
  it('is the sum of the values that stand there, as often as they do', () => {
    fc.assert(
      fc.property(values, fc.array(fc.nat()), (list, picks) => {
        const indices = Uint32Array.from(picks, (pick) => pick % list.length)
        const taken = Array.from(indices, (index) => list[index] as number)
        assert.equal(sumAt(list, indices), sumOf(taken))
      }),
    )
  })
})

describe('moments', () => {
  it('keep the variance of small numbers far from 0', () => {
    const shifted = [4, 7, 13, 16].map((value) => value + 1e9)
    assert.equal(moments(shifted).populationVariance, 22.5)
  })

  it('have no spread for equal values, whatever their mean rounds to', () => {
    assert.equal(moments(new Array(10).fill(0.1)).std, 0)
  })

  it('are null for what needs more values', () => {
    assert.deepEqual(
      [moments([]).mean, moments([]).min, moments([5]).std, moments([5]).populationStd],
      [null, null, null, 0],
    )
    assert.deepEqual(
      [[], [5], [5, 6]].map((list) => moments(list).reason !== undefined),
      [true, true, false],
    )
  })

  it('do not depend on the order of rows beyond rounding', () => {
    fc.assert(
      fc.property(values, (list) => {
        const forward = moments(list)
        const backward = moments(list.toReversed())
        assert.equal(forward.min, backward.min)
        assert.ok(Math.abs((forward.mean ?? 0) - (backward.mean ?? 0)) <= 1e-6)
      }),
    )
  })

  it('refuse NaN and infinite values', () => {
    assert.throws(() => moments([1, NaN]), RangeError)
    assert.throws(() => moments([1, Infinity]), RangeError)
  })
})

describe('a type-7 quantile', () => {
  it('is monotone in the probability and stays within the sample', () => {
    fc.assert(
      fc.property(values, (list) => {
        const sorted = sortAscending(list)
        const grid = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1].map((p) => quantileSorted(sorted, p))
        assert.equal(grid[0], sorted[0])
        assert.equal(grid.at(-1), sorted.at(-1))
        for (let i = 1; i < grid.length; i++) assert.ok(grid[i]! >= grid[i - 1]!)
      }),
    )
  })

  it('stays monotone and a number between values whose difference is none', () => {
    const infinite = [-Infinity, -Infinity, 0, Infinity]
    const wide = [-1.7e308, 1.7e308]
    const grid = Array.from({ length: 101 }, (_, i) => i / 100)
    for (const sorted of [infinite, wide, [-Infinity, Infinity], [3, Infinity]]) {
      const quantiles = grid.map((p) => quantileSorted(sorted, p))
      quantiles.forEach((quantile, i) => assert.ok(quantile >= (quantiles[i - 1] ?? -Infinity)))
    }
    assert.equal(quantileSorted(wide, 0.5), 0)
    assert.equal(quantileSorted([3, Infinity], 0.9), Infinity)
    assert.equal(quantileSorted([-Infinity, 3], 0.9), -Infinity)
  })

  it('refuses an empty sample and a probability outside 0 to 1', () => {
    assert.throws(() => quantileSorted([], 0.5), RangeError)
    assert.throws(() => quantileSorted([1], NaN), RangeError)
    assert.throws(() => quantileSorted([1], 1.5), RangeError)
  })
})

describe('a histogram', () => {
  it('loses no value: cells, below and above add up to the sample', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 20 }), (list, cells) => {
        const { counts, under, over } = countInCells(
          sortAscending(list),
          equalWidthEdges(-1e8, 1e8, cells),
        )
        assert.equal(under + over + counts.reduce((sum, count) => sum + count, 0), list.length)
      }),
    )
  })

  it('puts every value where comparing it with the edges puts it', () => {
    fc.assert(
      fc.property(values, (list) => {
        const edges = equalWidthEdges(-1e9, 1e9, 7)
        const expected = new Array<number>(7).fill(0)
        for (const value of list) {
          const cell = edges.findLastIndex((edge) => value >= edge)
          const index = Math.min(cell, 6)
          expected[index] = (expected[index] as number) + 1
        }
        assert.deepEqual(countInCells(sortAscending(list), edges).counts, expected)
      }),
    )
  })

  it('gives a repeated quantile one cut', () => {
    const sorted = sortAscending([0, 0, 0, 0, 0, 0, 0, 0, 1, 2])
    const cuts = quantileCuts(sorted, 10)
    assert.deepEqual(cuts, [...new Set(cuts)])
    assert.equal(
      countBetweenCuts(sorted, cuts).reduce((sum, count) => sum + count, 0),
      10,
    )
  })

  it('refuses an empty range', () => {
    assert.throws(() => equalWidthEdges(1, 1, 10), RangeError)
    assert.throws(() => equalWidthEdges(0, 1, 0), RangeError)
  })
})

describe('an adjustment for many tests', () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })

  it('orders the methods: BH below Holm below Bonferroni, and BH below BY', () => {
    fc.assert(
      fc.property(pValues, (list) => {
        const strict = bonferroni(list)
        const step = holm(list)
        const rate = benjaminiHochberg(list)
        const any = benjaminiYekutieli(list)
        list.forEach((p, i) => {
          assert.ok(
            p <= rate[i]! + 1e-15 && rate[i]! <= step[i]! + 1e-15 && step[i]! <= strict[i]! + 1e-15,
          )
          assert.ok(rate[i]! <= any[i]! + 1e-15)
        })
      }),
    )
  })

  it('goes with its test when the tests change places', () => {
    fc.assert(
      fc.property(pValues, (list) => {
        assert.deepEqual(holm(list.toReversed()), holm(list).toReversed())
      }),
    )
  })

  it('refuses NaN', () => {
    assert.throws(() => holm([0.1, NaN]), RangeError)
    assert.throws(() => benjaminiHochberg([2]), RangeError)
  })
})

describe('a permutation p-value', () => {
  it('is never 0 and counts ties against the observation', () => {
    assert.equal(permutationPValue(10, new Float64Array(99)), 0.01)
    assert.equal(permutationPValue(0, new Float64Array(99)), 1)
    assert.throws(() => permutationPValue(NaN, [1]), RangeError)
  })
})

describe('the generator', () => {
  it('repeats itself for a seed and differs between seeds and labels', () => {
    const draws = (random: ReturnType<typeof createRandom>): number[] =>
      Array.from({ length: 5 }, () => random.next())
    assert.deepEqual(draws(createRandom(7)), draws(createRandom(7)))
    assert.notDeepEqual(draws(createRandom(7)), draws(createRandom(8)))
    const forked = createRandom(7)
    forked.next()
    assert.deepEqual(draws(forked.fork('a')), draws(createRandom(7).fork('a')))
    assert.notDeepEqual(draws(createRandom(7).fork('a')), draws(createRandom(7).fork('b')))
  })

  it('keeps its first numbers from release to release', () => {
    const random = createRandom(1)
    assert.deepEqual(
      Array.from({ length: 4 }, () => random.integer(1_000_000)),
      FIRST_NUMBERS,
    )
  })

  it('gives in one go what it gives one by one, whatever was drawn before', () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.integer({ min: 1, max: 2 ** 32 }),
        fc.nat(200),
        (before, bound, count) => {
          const [one, other] = [createRandom(before), createRandom(before)]
          for (let i = 0; i < before; i++) assert.equal(one.next(), other.next())
          const together = one.integers(new Uint32Array(count), bound)
          assert.deepEqual(
            [...together],
            Array.from(together, () => other.integer(bound)),
          )
          assert.ok(together.every((number) => number < bound))
          assert.equal(one.next(), other.next())
        },
      ),
    )
  })

  it('takes the exact remainder of every word, also beside multiples of the bound', () => {
    for (const bound of [1, 2, 3, 7, 4000, 65_537, 2 ** 31 - 1, 2 ** 31 + 1, 2 ** 32 - 1]) {
      const [words, remainders] = [createRandom(1), createRandom(1)]
      const limit = 2 ** 32 - (2 ** 32 % bound)
      for (let i = 0; i < 2000; i++) {
        let word = words.integer(2 ** 32)
        while (word >= limit) word = words.integer(2 ** 32)
        assert.equal(remainders.integer(bound), word % bound)
      }
    }
  })

  it('fills the unit interval evenly', () => {
    const random = createRandom(3)
    const counts = new Array<number>(10).fill(0)
    for (let i = 0; i < 100_000; i++) {
      const cell = Math.floor(random.next() * 10)
      counts[cell] = (counts[cell] as number) + 1
    }
    for (const count of counts) assert.ok(Math.abs(count - 10_000) < 500)
  })

  it('shuffles without losing an element', () => {
    const list = Array.from({ length: 20 }, (_, i) => i)
    createRandom(5).shuffle(list)
    assert.notDeepEqual(
      list,
      list.toSorted((a, b) => a - b),
    )
    assert.deepEqual(
      list.toSorted((a, b) => a - b),
      Array.from({ length: 20 }, (_, i) => i),
    )
  })

  it('refuses what is not a seed or a bound', () => {
    assert.throws(() => createRandom(NaN), RangeError)
    assert.throws(() => createRandom(1).integer(0), RangeError)
  })
})
