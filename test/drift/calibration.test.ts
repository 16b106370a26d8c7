import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { planIndependentSplits } from '../../src/drift/calibration.ts'
import { NO_UNIT } from '../../src/drift/dependence/unit-column.ts'
import { createRandom } from '../../src/stats/random.ts'
import { clopperPearsonUpper } from '../../src/stats/intervals/proportion.ts'
import { codes, compare, labels, normals } from './draws.ts'
import type { Columns } from './draws.ts'
import type { Cell } from '../memory-snapshot.ts'
import { categories, numbers } from '../memory-snapshot.ts'

const AUTO = { calibrate: 'auto' as const }
const FREE_VALUES = 3e5

describe('the plan of the self-check', () => {
  it('deals out at most half of the values of the comparison, or 300,000, by default', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 300_000 }),
        fc.integer({ min: 1, max: 40 }),
        (rows, columns) => {
          const values = 2 * rows * columns
          const plan = planIndependentSplits(rows, columns, values, AUTO, createRandom(1))
          assert.ok(plan !== null)
          const used = plan.unitOfRow.reduce((sum, unit) => sum + Number(unit !== NO_UNIT), 0)
          assert.ok(plan.splits >= 60 && plan.splits <= 200)
          // Sixty splits of 500 rows are the least that is worth anything.
          const least = 60 * Math.min(rows, 500) * columns
          const most = Math.max(FREE_VALUES, values / 2, least)
          assert.ok(
            used * columns * plan.splits <= most,
            `${String(used)} x ${String(plan.splits)}`,
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  it('can bound the rate of false alarms below 5 % by default, whatever the size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 100_000 }),
        fc.integer({ min: 1, max: 500 }),
        (rows, columns) => {
          const values = 2 * rows * columns
          const plan = planIndependentSplits(rows, columns, values, AUTO, createRandom(1))
          assert.ok(plan !== null)
          assert.ok(clopperPearsonUpper(0, plan.splits, 0.05) < 0.05)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('deals every used row to one of two halves of equal size, another way each time', () => {
    const plan = planIndependentSplits(5001, 3, 30_006, AUTO, createRandom(1))
    assert.ok(plan !== null)
    const units = plan.unitOfRow.filter((unit) => unit !== NO_UNIT)
    assert.deepEqual(
      Array.from(units, Number),
      Array.from(units, (_, i) => i),
    )
    const sides = [0, 1, 2].map((split) => plan.sides(split))
    for (const side of sides) {
      assert.equal(side.length, units.length)
      assert.equal(
        side.reduce((sum, each) => sum + each, 0),
        units.length / 2,
      )
    }
    assert.notDeepEqual(sides[0], sides[1])
    assert.deepEqual(plan.sides(1), sides[1])
  })

  it('is none without rows, without columns, or switched off', () => {
    const random = createRandom(1)
    assert.equal(planIndependentSplits(1, 3, 6, AUTO, random), null)
    assert.equal(planIndependentSplits(100, 0, 0, AUTO, random), null)
    assert.equal(planIndependentSplits(100, 3, 600, { calibrate: 0 }, random), null)
  })
})

describe('the self-check of a table with holes', () => {
  const holes = (seed: number, n: number, share: number): Columns => ({
    x: numbers(
      Array.from(normals(seed, n), (value, row): Cell => (row % 100 < 100 * share ? null : value)),
    ),
    c: categories(
      labels(seed, n, ['a', 'b']).map((label, row): Cell => (row % 50 === 7 ? null : label)),
    ),
    k: categories(
      labels(
        seed + 1,
        n,
        Array.from({ length: 800 }, (_, i) => `k${String(i)}`),
      ),
    ),
  })

  it('finds that missing values dealt at random are no alarm', async () => {
    const comparison = await compare(holes(1, 2000, 0.3), holes(2, 2000, 0.3), AUTO)
    const { calibration } = comparison
    assert.ok(calibration !== null)
    assert.ok(calibration.alarms <= 6, String(calibration.alarms))
    assert.equal(
      calibration.upperBound,
      clopperPearsonUpper(calibration.alarms, calibration.splits, 0.05),
    )
    assert.deepEqual(codes(comparison), [])
  })

  it('goes by group with missing values, too', async () => {
    const grouped = (seed: number): Columns => ({
      ...holes(seed, 2000, 0.3),
      user: {
        type: 'identifier',
        cells: Array.from({ length: 2000 }, (_, row) => `u${String((row * 7919) % 100)}`),
      },
    })
    const comparison = await compare(grouped(1), grouped(2), { ...AUTO, groupKey: 'user' })
    assert.equal(comparison.calibration?.splits, 200)
    assert.ok(comparison.calibration.alarms <= 2)
    assert.deepEqual(codes(comparison), [])
  })
})
