import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DEFAULT_THRESHOLDS } from '../../src/drift/settings.ts'
import { dkwHalfWidth } from '../../src/stats/intervals/dkw.ts'
import { codes, columnOf, compare, keyOf, labels, normals } from './draws.ts'
import type { Columns } from './draws.ts'
import { categories, numbers } from '../memory-snapshot.ts'

/** Whole numbers 0 .. n-1, of which the lowest `moved` were put above all others. */
function ranks(n: number, moved = 0): Columns {
  return {
    x: numbers(Float64Array.from({ length: n }, (_, row) => (row < moved ? n + row : row))),
  }
}

describe('significance and effect of a key', () => {
  it("adjusts every p-value of the run by Holm's step-down rule", async () => {
    const table = (seed: number): Columns => ({
      x: numbers(normals(seed, 800, seed === 1 ? 0 : 0.2)),
      y: numbers(normals(seed + 10, 800)),
      c: categories(labels(seed + 20, 800, ['a', 'b', 'c'])),
      id: { type: 'identifier', cells: Array.from({ length: 800 }, (_, row) => String(row)) },
    })
    const { columns } = await compare(table(1), table(2))
    const keys = columns.flatMap((column) => column.keys).filter(({ pValue }) => pValue !== null)
    assert.equal(keys.length, 10)
    const ascending = keys.toSorted((a, b) => Number(a.pValue) - Number(b.pValue))
    let largest = 0
    ascending.forEach((key, rank) => {
      largest = Math.min(1, Math.max(largest, (keys.length - rank) * Number(key.pValue)))
      assert.ok(Math.abs(Number(key.adjustedPValue) - largest) <= 1e-12, key.test)
    })
  })

  it('lets a key of another column cost significance, never gain it', async () => {
    const x = (seed: number): Columns => ({ x: numbers(normals(seed, 600, 0.2 * seed)) })
    const more = (seed: number): Columns => ({
      ...x(seed),
      y: numbers(normals(seed + 30, 600)),
      z: numbers(normals(seed + 60, 600)),
    })
    const alone = keyOf(await compare(x(1), x(2)), 'x', 'shape')
    const among = keyOf(await compare(more(1), more(2)), 'x', 'shape')
    assert.equal(among.pValue, alone.pValue)
    assert.ok(Number(among.adjustedPValue) > Number(alone.adjustedPValue))
  })

  it('warns and fails from the threshold on, the threshold included', async () => {
    const outcomeOf = async (moved: number) =>
      keyOf(await compare(ranks(10_000), ranks(10_000, moved)), 'x', 'shape').outcome
    assert.equal(await outcomeOf(499), 'notice')
    assert.equal(await outcomeOf(500), 'warn')
    assert.equal(await outcomeOf(999), 'warn')
    assert.equal(await outcomeOf(1000), 'fail')
  })

  it('takes thresholds of a column before the general ones', async () => {
    const tables = [
      { x: numbers(normals(1, 5000)), y: numbers(normals(2, 5000)) },
      { x: numbers(normals(3, 5000, 0.2)), y: numbers(normals(4, 5000, 0.2)) },
    ] as const
    const comparison = await compare(...tables, {
      columns: new Map([['x', { thresholds: { shape: [0.02, 0.05] as const } }]]),
    })
    assert.equal(keyOf(comparison, 'x', 'shape').outcome, 'fail')
    assert.equal(keyOf(comparison, 'y', 'shape').outcome, 'warn')
    assert.equal(keyOf(comparison, 'x', 'missing').fail, DEFAULT_THRESHOLDS.missing[1])
  })

  it('calls a failure certain when the bound of the effect alone reaches the threshold', async () => {
    const n = 10_000
    const margin = dkwHalfWidth(n, n, 0.01)
    const beyond = Math.ceil((0.1 + margin) * n)
    const keyAt = async (moved: number) =>
      keyOf(await compare(ranks(n), ranks(n, moved)), 'x', 'shape')
    assert.equal((await keyAt(beyond)).certain, true)
    const short = await keyAt(beyond - 10)
    assert.equal(short.outcome, 'fail')
    assert.equal(short.certain, false)
  })

  it('is certain of new categories, missing values and another unit at many rows', async () => {
    const n = 20_000
    const broken = Array.from(normals(2, n), (value, row) =>
      row % 20 === 0 ? null : row % 20 === 1 ? value * 1000 : value,
    )
    const comparison = await compare(
      { x: numbers(normals(1, n)), c: categories(labels(1, n, ['a', 'b'])) },
      {
        x: numbers(broken),
        c: categories(labels(2, n, ['a', 'b']).map((label, row) => (row % 20 ? label : 'new'))),
      },
    )
    for (const [column, key] of [
      ['x', 'missing'],
      ['x', 'tail'],
      ['c', 'novel'],
    ] as const) {
      const { outcome, certain } = keyOf(comparison, column, key)
      assert.deepEqual([column, key, outcome, certain], [column, key, 'fail', true])
    }
  })

  it('holds a column back for a shape it cannot see, and not for rates far below its rows', async () => {
    const table = (seed: number): Columns => ({ x: numbers(normals(seed, 2000)) })
    const comparison = await compare(table(1), table(2))
    const shape = keyOf(comparison, 'x', 'shape')
    const tail = keyOf(comparison, 'x', 'tail')
    assert.ok(Number(shape.detectable) < 0.1)
    assert.ok(Number(tail.detectable) > DEFAULT_THRESHOLDS.tail[1])
    assert.equal(columnOf(comparison, 'x').outcome, 'pass')
  })

  it('finds the effects that the design table says so many rows can show', async () => {
    // Level 0.01 / 60 and equal sizes, the asymptotic law rounded to a thousandth.
    const table = (seed: number, n: number): Columns =>
      Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [`x${String(i)}`, numbers(normals(seed + i, n))]),
      )
    for (const [n, expected] of [
      [500, 0.137],
      [1000, 0.097],
      [2000, 0.069],
    ] as const) {
      const key = keyOf(await compare(table(1, n), table(100, n)), 'x0', 'shape')
      assert.ok(Math.abs(Number(key.detectable) - expected) <= 0.003, String(key.detectable))
    }
  })

  it('takes any level of the run below 1', async () => {
    const tables = [{ x: numbers(normals(1, 500)) }, { x: numbers(normals(2, 500, 1)) }] as const
    for (const alpha of [1e-9, 0.5, 0.9]) {
      const { outcome, certain } = keyOf(await compare(...tables, { alpha }), 'x', 'shape')
      assert.deepEqual([alpha, outcome, certain], [alpha, 'fail', true])
    }
  })

  it('changes no verdict of one column by breaking another', async () => {
    const good = { x: numbers(normals(1, 3000)), y: numbers(normals(2, 3000)) }
    const bad = { x: numbers(normals(3, 3000)), y: numbers(normals(4, 3000, 2)) }
    const comparison = await compare(good, bad)
    assert.equal(columnOf(comparison, 'x').outcome, 'pass')
    assert.deepEqual(codes(comparison, 'x'), [])
  })
})
