import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compareSamples } from '../../src/drift/comparison.ts'
import { startDealtRun } from '../../src/drift/dependence/joint-significance.ts'
import { dealerOf } from '../../src/drift/dependence/permuted-statistics.ts'
import { dealColumn, unitColumn } from '../../src/drift/dependence/unit-column.ts'
import type { Measurement } from '../../src/drift/keys/measurement.ts'
import { measureMissing } from '../../src/drift/keys/missing.ts'
import { measureTail } from '../../src/drift/keys/tail.ts'
import { DEFAULT_THRESHOLDS } from '../../src/drift/settings.ts'
import { chiSquareHomogeneity } from '../../src/stats/two-sample/contingency.ts'
import type { Column } from '../../src/table/types.ts'
import { categories, columnOf, numbers } from '../memory-snapshot.ts'

const ALL = new Set(['shape', 'tail', 'novel', 'missing'] as const)
const subject = {
  name: 'x',
  role: 'feature',
  type: 'number',
  view: 'values',
  thresholds: DEFAULT_THRESHOLDS,
} as const

/** Rows of a value or none, each in one of twelve units, and a deal of the units. */
const dealt = <T>(value: fc.Arbitrary<T>) =>
  fc.record({
    rows: fc.array(fc.tuple(fc.option(value, { freq: 6 }), fc.integer({ min: 0, max: 11 })), {
      minLength: 24,
      maxLength: 120,
    }),
    side: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 12, maxLength: 12 }),
  })

function unitsOf(column: Column, rows: readonly (readonly [unknown, number])[]) {
  return unitColumn(
    column,
    Uint32Array.from(rows, ([, unit]) => unit),
  )
}

function close(actual: number | undefined, expected: number): void {
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= 1e-9,
    `${String(actual)} ${String(expected)}`,
  )
}

describe('the statistics of a deal of groups', () => {
  it('are those of the two samples of numbers that the deal makes', () => {
    fc.assert(
      fc.property(dealt(fc.integer({ min: 0, max: 40 })), ({ rows, side }) => {
        const units = unitsOf(columnOf(numbers(rows.map(([value]) => value))), rows)
        const sides = Uint8Array.from(side)
        const { reference, current } = dealColumn(units, sides)
        if (reference.kind !== 'numeric' || current.kind !== 'numeric') throw new Error('kind')
        const [n, m] = [reference.sorted.length, current.sorted.length]
        if (n === 0 || m === 0) return
        const comparison = compareSamples(subject, reference, current)
        const dealer = dealerOf(units, ALL)
        const { shape, tail, missing } = dealer.statistics(sides)
        const d = Number(comparison.kolmogorovSmirnov().statistic)
        close(shape, d * Math.sqrt((n * m) / (n + m)))
        close(Number(shape) * Number(dealer.scale(sides).shape), d)
        close(tail, (measureTail(comparison, 0.01) as Measurement).point.effect)
        close(missing, (measureMissing(comparison, 0.01) as Measurement).point.effect)
      }),
      { numRuns: 300 },
    )
  })

  it('are those of the two tables of labels that the deal makes', () => {
    fc.assert(
      fc.property(dealt(fc.constantFrom('a', 'b')), ({ rows, side }) => {
        const units = unitsOf(columnOf(categories(rows.map(([value]) => value))), rows)
        const sides = Uint8Array.from(side)
        const { reference, current } = dealColumn(units, sides)
        if (reference.kind !== 'coded' || current.kind !== 'coded') throw new Error('kind')
        const counts = (of: typeof reference): number[] =>
          ['a', 'b'].map((label) => of.counts.get(label) ?? 0)
        const [a, b] = [counts(reference), counts(current)]
        const [n, m] = [reference.rows - reference.missing, current.rows - current.missing]
        if (n === 0 || m === 0) return
        const { shape, novel } = dealerOf(units, ALL).statistics(sides)
        const unseen = b.reduce((sum, count, i) => sum + (a[i] === 0 ? count : 0), 0)
        close(novel, unseen / m)
        const all = a.map((count, i) => count + Number(b[i]))
        if (all.includes(0)) return
        // Two labels with an expected count below 5 are one cell, in which nothing can differ.
        const isOneCell = all.every((count) => (count * Math.min(n, m)) / (n + m) < 5)
        if (isOneCell) close(shape, 0)
        else close(Number(shape) ** 2, Number(chiSquareHomogeneity(a, b).statistic))
      }),
      { numRuns: 300 },
    )
  })

  it('pool rare labels into one cell', () => {
    const rows = Array.from({ length: 400 }, (_, row) => {
      const label = row % 4 === 0 ? `rare${String(row)}` : row % 2 === 0 ? 'a' : 'b'
      return [label, row % 20] as const
    })
    const units = unitsOf(columnOf(categories(rows.map(([label]) => label))), rows)
    const side = Uint8Array.from({ length: 20 }, (_, unit) => unit % 2)
    const { shape } = dealerOf(units, ALL).statistics(side)
    // Every fourth row is rare and all of them, like "a", stand in even units: on one side.
    const chiSquare = chiSquareHomogeneity([100, 0, 100], [0, 200, 0])
    close(Number(shape) ** 2, Number(chiSquare.statistic))
  })
})

describe('the largest standardised statistic of a run', () => {
  it('gives each key the rank of its statistic among the maxima of all deals', () => {
    const run = startDealtRun(5)
    // Two keys; standardised, the observed deal of `x` is the largest of all, that of `y` is not.
    run.add('x', [{ shape: 9 }, { shape: 1 }, { shape: 1 }, { shape: 1 }, { shape: 1 }], {})
    run.add('y', [{ shape: 2 }, { shape: 1 }, { shape: 3 }, { shape: 1 }, { shape: 3 }], {})
    const joint = run.significance(0, 0.01)
    assert.equal(joint.adjustedPValue('x', 'shape'), 1 / 5)
    // y: mean 2, so its observed value is 0 deviations out; every other maximum reaches that
    // except the deals in which both keys lie below their means.
    assert.equal(joint.adjustedPValue('y', 'shape'), 3 / 5)
    assert.equal(joint.adjustedPValue('z', 'shape'), undefined)
  })

  it('finds nothing in a statistic that no deal moves', () => {
    const run = startDealtRun(4)
    run.add('x', [{ missing: 0.1 }, { missing: 0.1 }, { missing: 0.1 }, { missing: 0.1 }], {})
    const joint = run.significance(0, 0.01)
    assert.equal(joint.adjustedPValue('x', 'missing'), 1)
    assert.equal(joint.detectable('x', 'missing'), undefined)
  })

  it('could have shown nothing with too few deals for its level', () => {
    const run = startDealtRun(50)
    const deals = Array.from({ length: 50 }, (_, i) => ({ shape: i / 50 }))
    run.add('x', deals, { shape: 0.1 })
    assert.equal(run.significance(49, 0.01).detectable('x', 'shape'), 1)
    assert.ok(Number(run.significance(49, 0.05).detectable('x', 'shape')) < 1)
  })
})
