import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { energyDistance } from '../../src/stats/distances/energy.ts'
import { hellinger } from '../../src/stats/distances/hellinger.ts'
import {
  jensenShannonDistance,
  jensenShannonDivergence,
} from '../../src/stats/distances/jensen-shannon.ts'
import { kullbackLeibler } from '../../src/stats/distances/kullback-leibler.ts'
import { lInfinity } from '../../src/stats/distances/l-infinity.ts'
import { squaredMmd } from '../../src/stats/distances/mmd.ts'
import { populationStabilityIndex } from '../../src/stats/distances/population-stability-index.ts'
import { totalVariation } from '../../src/stats/distances/total-variation.ts'
import { wasserstein1 } from '../../src/stats/distances/wasserstein.ts'
import { sortAscending } from '../../src/stats/sort.ts'

const sample = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 })
  .map((values) => sortAscending(values.map((value) => value / 8)))

const cells = fc
  .array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 1, maxLength: 12 })
  .filter((pairs) => pairs.some(([a]) => a > 0) && pairs.some(([, b]) => b > 0))
  .map((pairs) => ({ reference: pairs.map(([a]) => a), current: pairs.map(([, b]) => b) }))

function value(result: { readonly statistic: number | null }): number {
  assert.ok(result.statistic !== null)
  return result.statistic
}

function near(got: number, expected: number, tolerance = 1e-9): void {
  assert.ok(
    Math.abs(got - expected) <= tolerance * (1 + Math.abs(expected)),
    `${String(got)} is not ${String(expected)}`,
  )
}

describe('the Wasserstein-1 distance', () => {
  it('is the shift when one sample is the other one shifted', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: -64, max: 64 }), (x, shift) => {
        near(
          value(
            wasserstein1(
              x,
              x.map((v) => v + shift),
            ),
          ),
          Math.abs(shift),
        )
      }),
    )
  })

  it('grows with the unit and ignores a common offset', () => {
    fc.assert(
      fc.property(sample, sample, fc.integer({ min: 1, max: 16 }), (x, y, unit) => {
        const distance = value(wasserstein1(x, y))
        near(
          value(
            wasserstein1(
              x.map((v) => v * unit),
              y.map((v) => v * unit),
            ),
          ),
          distance * unit,
        )
        near(
          value(
            wasserstein1(
              x.map((v) => v + 512),
              y.map((v) => v + 512),
            ),
          ),
          distance,
        )
      }),
    )
  })

  it('obeys the triangle inequality', () => {
    fc.assert(
      fc.property(sample, sample, sample, (x, y, z) => {
        const direct = value(wasserstein1(x, z))
        assert.ok(direct <= value(wasserstein1(x, y)) + value(wasserstein1(y, z)) + 1e-9)
      }),
    )
  })

  it('equals the mean distance of order statistics for equal sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { minLength: 1 }), (pairs) => {
        const x = sortAscending(pairs.map(([a]) => a))
        const y = sortAscending(pairs.map(([, b]) => b))
        const mean = x.reduce((sum, v, i) => sum + Math.abs(v - (y[i] as number)), 0) / x.length
        near(value(wasserstein1(x, y)), mean)
      }),
    )
  })

  it('is undefined with a reason for infinite values, overflow and empty samples', () => {
    const infinite = wasserstein1(Float64Array.of(0, Infinity), Float64Array.of(1))
    assert.deepEqual([infinite.statistic, infinite.reason], [null, '1 infinite values'])
    const huge = wasserstein1(Float64Array.of(-1.7e308), Float64Array.of(1.7e308))
    assert.deepEqual([huge.statistic, huge.reason], [null, 'the sum overflows'])
    assert.equal(wasserstein1(new Float64Array(), Float64Array.of(1)).statistic, null)
  })

  it('refuses NaN and unsorted samples', () => {
    assert.throws(() => wasserstein1(Float64Array.of(NaN), Float64Array.of(1)), RangeError)
    assert.throws(() => energyDistance(Float64Array.of(2, 1), Float64Array.of(1)), RangeError)
  })
})

describe('the energy distance', () => {
  it('equals its definition by pairs', () => {
    const meanGap = (x: Float64Array, y: Float64Array): number => {
      let sum = 0
      for (const a of x) for (const b of y) sum += Math.abs(a - b)
      return sum / (x.length * y.length)
    }
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        const square = 2 * meanGap(x, y) - meanGap(x, x) - meanGap(y, y)
        near(value(energyDistance(x, y)) ** 2, Math.max(0, square), 1e-8)
      }),
    )
  })
})

describe('distances along the axis', () => {
  it('are 0 between a sample and itself, however far apart its values are', () => {
    const wide = Float64Array.of(-1.7e308, 0, 1.7e308)
    assert.equal(wasserstein1(wide, wide).statistic, 0)
    assert.equal(energyDistance(wide, wide).statistic, 0)
  })

  it('do not depend on how often every value is repeated', () => {
    fc.assert(
      fc.property(sample, sample, fc.integer({ min: 2, max: 4 }), (x, y, times) => {
        const repeated = sortAscending(
          Array.from(x).flatMap((v) => new Array<number>(times).fill(v)),
        )
        near(value(wasserstein1(repeated, y)), value(wasserstein1(x, y)))
        near(value(energyDistance(repeated, y)), value(energyDistance(x, y)))
      }),
    )
  })

  it('keep their digits over a million rows', () => {
    const n = 1_000_000
    const x = Float64Array.from({ length: n }, (_, i) => i / 8)
    const y = x.map((v) => v + 0.125)
    assert.equal(wasserstein1(x, y).statistic, 0.125)
  })
})

describe('distances of counts', () => {
  const bounded = { totalVariation, hellinger, jensenShannonDistance, jensenShannonDivergence }

  for (const [name, distance] of Object.entries(bounded)) {
    it(`${name} is symmetric, from 0 to 1, and 0 for equal proportions`, () => {
      fc.assert(
        fc.property(cells, ({ reference, current }) => {
          const there = value(distance(reference, current))
          near(value(distance(current, reference)), there)
          assert.ok(there >= 0 && there <= 1)
          near(
            value(
              distance(
                reference,
                reference.map((count) => count * 3),
              ),
            ),
            0,
            1e-7,
          )
        }),
      )
    })

    it(`${name} is 1 when no cell is shared`, () => {
      near(value(distance([4, 0, 2], [0, 9, 0])), 1)
    })

    it(`${name} does not depend on the order of the cells`, () => {
      fc.assert(
        fc.property(cells, ({ reference, current }) => {
          const there = value(distance(reference, current))
          near(value(distance(reference.toReversed(), current.toReversed())), there)
        }),
      )
    })
  }

  it('keeps the Jensen-Shannon divergence at 0 or above for nearly equal shares', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (count) => {
        const scale = 1e9
        const divergence = jensenShannonDivergence([scale, scale], [scale + count, scale])
        assert.ok(value(divergence) >= 0)
        assert.ok(Number.isFinite(value(divergence)))
      }),
    )
  })

  it('makes the Kullback-Leibler divergence infinite for a vanished category, finite when smoothed', () => {
    assert.equal(kullbackLeibler([1, 1], [2, 0]).statistic, Infinity)
    assert.ok(Number.isFinite(value(kullbackLeibler([1, 1], [2, 0], 0.5))))
  })

  it('makes the population stability index the same both ways and 0 for equal tables', () => {
    fc.assert(
      fc.property(cells, ({ reference, current }) => {
        for (const emptyCells of ['jeffreys', { floor: 1e-4 }] as const) {
          const there = value(populationStabilityIndex(reference, current, emptyCells))
          near(value(populationStabilityIndex(current, reference, emptyCells)), there)
          assert.equal(populationStabilityIndex(reference, reference, emptyCells).statistic, 0)
        }
      }),
    )
    assert.throws(() => populationStabilityIndex([1], [1], { floor: 0 }), RangeError)
    assert.throws(() => kullbackLeibler([1], [1], NaN), RangeError)
  })

  it('bounds the largest difference of one share by the sum of all', () => {
    fc.assert(
      fc.property(cells, ({ reference, current }) => {
        const largest = value(lInfinity(reference, current))
        assert.ok(largest <= value(totalVariation(reference, current)) + 1e-12)
      }),
    )
  })

  it('are undefined with a reason when a side has no rows', () => {
    const counted = [
      ...Object.values(bounded),
      lInfinity,
      kullbackLeibler,
      populationStabilityIndex,
    ]
    for (const distance of counted) {
      const { statistic, reason } = distance([0, 0], [1, 2])
      assert.deepEqual([statistic, reason], [null, 'the reference sample has no valid value'])
    }
  })

  it('refuses what is not a count', () => {
    assert.throws(() => totalVariation([1, NaN], [1, 2]), RangeError)
    assert.throws(() => totalVariation([1], [1, 2]), RangeError)
    assert.throws(() => hellinger([-1, 2], [1, 2]), RangeError)
  })
})

describe('the squared maximum mean discrepancy', () => {
  it('has a biased estimate that is 0 for a sample and itself', () => {
    near(squaredMmd([1, 2, 3], [1, 2, 3], 0.5).biased ?? NaN, 0)
  })

  it('has no unbiased estimate below two values', () => {
    assert.equal(squaredMmd([1], [1, 2], 0.5).unbiased, null)
    assert.equal(squaredMmd([], [1, 2], 0.5).biased, null)
  })

  it('takes finite values that are infinitely far apart, and refuses infinite ones', () => {
    near(squaredMmd([-1.7e308, -1.7e308], [1.7e308, 1.7e308], 0.5).unbiased ?? NaN, 2)
    assert.throws(() => squaredMmd([Infinity], [1], 0.5), RangeError)
    assert.throws(() => squaredMmd([1], [NaN], 0.5), RangeError)
    assert.throws(() => squaredMmd([1], [2], 0), RangeError)
    assert.throws(() => squaredMmd([1], [2], Infinity), RangeError)
  })
})
