import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { testCells } from '../../src/drift/keys/chi-square-key.ts'
import { valueCells } from '../../src/drift/keys/value-cells.ts'
import { normals } from './draws.ts'

const sorted = (values: readonly number[]): Float64Array => Float64Array.from(values).sort()
const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0)

/** Few different values with ties, or many without, so that both decisions occur. */
const sample = fc
  .tuple(fc.constantFrom(1, 5, 40, 80, 400), fc.integer({ min: 1, max: 150 }))
  .chain(([values, size]) =>
    fc.array(fc.integer({ min: 0, max: values }), { minLength: size, maxLength: size }),
  )

describe('the cells of a column with few values or large ties', () => {
  it('are used exactly when there are at most 50 values or one has more than a tenth of the rows', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const counts = new Map<number, number>()
        for (const value of [...a, ...b]) counts.set(value, (counts.get(value) ?? 0) + 1)
        const largest = Math.max(...counts.values())
        const isDiscrete = counts.size <= 50 || largest > 0.1 * (a.length + b.length)
        assert.equal(valueCells(sorted(a), sorted(b)) !== undefined, isDiscrete)
      }),
      { numRuns: 300 },
    )
  })

  it('hold every row once and expect at least five on both sides where there is more than one', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const cells = valueCells(sorted(a), sorted(b))
        if (cells === undefined) return
        assert.equal(sum(cells.reference), a.length)
        assert.equal(sum(cells.current), b.length)
        if (cells.reference.length < 2) return
        const smaller = Math.min(a.length, b.length) / (a.length + b.length)
        cells.reference.forEach((count, cell) => {
          assert.ok((count + (cells.current[cell] as number)) * smaller >= 5 - 1e-9)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('depend on the pooled sample alone, so that the test keeps its level', () => {
    fc.assert(
      fc.property(sample, fc.integer(), (values, seed) => {
        const half = Math.ceil(values.length / 2)
        const order = normals(seed, values.length)
        const dealt = values
          .map((value, i) => [order[i] as number, value] as const)
          .sort(([x], [y]) => x - y)
          .map(([, value]) => value)
        const sizes = (list: readonly number[]): readonly number[] | undefined => {
          const cells = valueCells(sorted(list.slice(0, half)), sorted(list.slice(half)))
          return (
            cells && Array.from(cells.reference, (count, i) => count + (cells.current[i] as number))
          )
        }
        if (values.length > 1) assert.deepEqual(sizes(values), sizes(dealt))
      }),
      { numRuns: 200 },
    )
  })

  it('keep zeros of a column that is mostly zero in a cell of their own', () => {
    const column = (seed: number): Float64Array =>
      normals(seed, 2000)
        .map((value, row) => (row % 10 === 0 ? Math.abs(value) : 0))
        .sort()
    const cells = valueCells(column(1), column(2))
    assert.equal(cells?.reference[0], 1800)
    assert.ok(cells.reference.length >= 3)
  })
})

describe('a table of two cells', () => {
  const cells = (reference: readonly number[], current: readonly number[]) => ({
    reference: Float64Array.from(reference),
    current: Float64Array.from(current),
  })

  it("carries the odds ratio of Fisher's test, or the reason why it has none", () => {
    const found = testCells(cells([30, 10], [12, 24]))
    assert.deepEqual([found.test, found.statistic], ['fisher-exact', (30 * 24) / (10 * 12)])
    const infinite = testCells(cells([30, 0], [12, 24]))
    assert.equal(infinite.statistic, null)
    assert.match(String(infinite.statisticReason), /odds ratio/)
  })
})
