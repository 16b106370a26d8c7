import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { UsageError } from '../../src/core/errors.ts'
import type { ColumnSettings } from '../../src/drift/settings.ts'
import { codes, columnOf, compare, keyOf, labels, normals } from './draws.ts'
import type { Columns } from './draws.ts'
import { categories, numbers } from '../memory-snapshot.ts'

const N = 2000

const declared = (name: string, settings: ColumnSettings) => ({
  columns: new Map([[name, settings]]),
})

const wholes = (seed: number, n = N): number[] =>
  Array.from(normals(seed, n, 5, 2), (x) => Math.min(10, Math.max(0, Math.round(x))))

describe('a declared range', () => {
  it('is checked on the values as they were read, not on rounded ones', async () => {
    const current = wholes(2)
    current[5] = 10.4
    current[6] = -0.4
    const comparison = await compare(
      { x: { type: 'integer', cells: wholes(1) } },
      { x: numbers(current, { kind: 'decimals', digits: 1 }) },
      declared('x', { range: { min: 0, max: 10 } }),
    )
    const column = columnOf(comparison, 'x')
    assert.equal(column.outcome, 'fail')
    assert.equal(keyOf(comparison, 'x', 'range').statistic, 2)
    assert.deepEqual(column.outOfRange, { belowMin: 1, aboveMax: 1 })
  })

  it('of a column that holds no numbers is refused by name', async () => {
    const table: Columns = { c: categories(labels(1, N, ['a', 'b'])) }
    await assert.rejects(compare(table, table, declared('c', { range: { max: 3 } })), {
      name: UsageError.name,
      message: /column "c".*`max`/,
    })
  })
})

describe('a declared vocabulary', () => {
  it('makes a category of a column of numbers', async () => {
    const table = (seed: number): Columns => ({ k: { type: 'integer', cells: wholes(seed) } })
    const values = Array.from({ length: 11 }, (_, value) => String(value))
    const kept = await compare(table(1), table(2), declared('k', { values }))
    assert.equal(columnOf(kept, 'k').type, 'category')
    assert.equal(columnOf(kept, 'k').outcome, 'pass')
    const broken = await compare(table(1), table(2), declared('k', { values: values.slice(0, 8) }))
    assert.ok(codes(broken, 'k').includes('OUTSIDE_VOCABULARY'))
    assert.equal(columnOf(broken, 'k').outcome, 'fail')
  })

  it('of a column that is declared a number is refused by name', async () => {
    const table: Columns = { k: { type: 'integer', cells: wholes(1) } }
    const settings = declared('k', { type: 'integer', values: ['1'] })
    await assert.rejects(compare(table, table, settings), {
      name: UsageError.name,
      message: /column "k".*`values`/,
    })
  })
})

describe('whole numbers that gained fractions', () => {
  it('are a changed type, though rounding makes them whole again', async () => {
    const counts = (seed: number) => Array.from(normals(seed, N, 500, 100), Math.round)
    const comparison = await compare(
      { x: { type: 'integer', cells: counts(1) } },
      {
        x: numbers(
          counts(2).map((value) => value + 0.25),
          { kind: 'decimals', digits: 2 },
        ),
      },
    )
    const found = columnOf(comparison, 'x').findings.find(({ code }) => code === 'TYPE_CHANGED')
    assert.equal(found?.severity, 'warn')
  })
})
