import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { binomialSurvival } from '../../src/stats/distributions/binomial.ts'
import { quantileInterval, quantileRanks } from '../../src/stats/intervals/order-statistic.ts'
import { createRandom } from '../../src/stats/random.ts'

// Ranks by trying every rank with scipy.stats.binom.cdf and sf of SciPy 1.17.1.
const SCIPY: readonly (readonly [number, number, number, number | null, number | null])[] = [
  [200, 0.5, 0.95, 86, 115],
  [200, 0.95, 0.95, 184, 197],
  [200, 0.99, 0.95, 195, null],
  [300, 0.95, 0.95, 277, 293],
  [300, 0.99, 0.95, 293, null],
  [500, 0.95, 0.95, 465, 485],
  [1000, 0.99, 0.95, 983, 997],
  [1000, 0.95, 0.99, 931, 968],
  [72, 0.95, 0.95, 64, 72],
  [71, 0.95, 0.95, 63, null],
  [10, 0.1, 0.9, null, 4],
  [6, 0.5, 0.95, 1, 6],
  [5, 0.5, 0.95, null, null],
  [1, 0.5, 0.95, null, null],
]

describe('the interval of a quantile by order statistics', () => {
  it('has the ranks that SciPy gives', () => {
    for (const [n, probability, level, low, high] of SCIPY) {
      const ranks = quantileRanks(n, probability, level)
      assert.deepEqual(ranks, { low, high }, JSON.stringify([n, probability, level]))
    }
  })

  it('misses the quantile on each side with at most half of the error, and the next rank with more', () => {
    const arbitrary = fc.tuple(
      fc.integer({ min: 1, max: 600 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      fc.double({ min: 0.5, max: 0.999, noNaN: true }),
    )
    fc.assert(
      fc.property(arbitrary, ([n, probability, level]) => {
        const { low, high } = quantileRanks(n, probability, level)
        const tail = (1 - level) / 2
        const above = (rank: number) => binomialSurvival(rank - 1, n, probability)
        const below = (rank: number) => 1 - above(rank)
        if (high !== null) assert.ok(above(high) <= tail)
        if (high !== null && high > 1) assert.ok(above(high - 1) > tail)
        if (low !== null) assert.ok(below(low) <= tail + 1e-12)
        if (low !== null && low < n) assert.ok(below(low + 1) > tail - 1e-12)
        if (low !== null && high !== null) assert.ok(low <= high)
      }),
      { seed: 1 },
    )
  })

  it('covers the true quantile as often as it says', () => {
    const random = createRandom(7)
    let covered = 0
    const trials = 2000
    for (let trial = 0; trial < trials; trial++) {
      const sample = Float64Array.from({ length: 200 }, () => random.next()).sort()
      const { low, high } = quantileInterval(sample, 0.95)
      if ((low ?? -1) <= 0.95 && 0.95 <= (high ?? 2)) covered += 1
    }
    assert.ok(covered / trials >= 0.94, String(covered))
  })

  it('says null where no value of the sample is far enough out', () => {
    assert.deepEqual(quantileInterval([1, 2, 3], 0.5), { estimate: 2, low: null, high: null })
  })

  it('refuses what is no sample and no probability', () => {
    assert.throws(() => quantileRanks(0, 0.5), RangeError)
    assert.throws(() => quantileRanks(10, 1), RangeError)
    assert.throws(() => quantileRanks(10, 0.5, Number.NaN), RangeError)
  })
})
