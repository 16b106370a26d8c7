import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { normal } from '../../bench/simulation/features.ts'
import { createRandom } from '../../src/stats/random.ts'
import { codes, compare, labels, normals } from './draws.ts'
import type { Columns } from './draws.ts'
import { categories, numbers } from './memory-snapshot.ts'

const N = 2000

const independent = (seed: number): Columns => ({
  x: numbers(normals(seed, N)),
  y: numbers(normals(seed + 1, N, 50, 10)),
  c: categories(labels(seed, N, ['a', 'b', 'c'])),
})

const inOrder = (table: Columns, order: readonly number[]): Columns =>
  Object.fromEntries(
    Object.entries(table).map(([name, column]) => [
      name,
      { ...column, cells: order.map((row) => column.cells[row] ?? null) },
    ]),
  )

function walk(seed: number, rho: number): Float64Array {
  const random = createRandom(seed).fork('walk')
  let value = 0
  return Float64Array.from({ length: N }, () => (value = rho * value + normal(random)))
}

describe('findings about rows', () => {
  it('say nothing about independent rows', async () => {
    for (let seed = 0; seed < 100; seed += 10) {
      assert.deepEqual(codes(await compare(independent(seed), independent(seed + 5))), [])
    }
  })

  it('say nothing about a file that is sorted by a number or by a category', async () => {
    const table = independent(1)
    const correlated: Columns = {
      ...table,
      z: numbers(normals(8, N).map((e, row) => Number(table['x']?.cells[row]) + 0.5 * e)),
    }
    const rows = Array.from({ length: N }, (_, row) => row)
    const by = (name: string) =>
      [...rows].sort((a, b) => {
        const [p, q] = [correlated[name]?.cells[a] ?? 0, correlated[name]?.cells[b] ?? 0]
        return p < q ? -1 : p > q ? 1 : 0
      })
    for (const name of ['x', 'c']) {
      assert.deepEqual(
        codes(await compare(inOrder(correlated, by(name)), inOrder(correlated, by(name)))),
        [],
      )
    }
  })

  it('say nothing about tables of few values, whose rows repeat by themselves', async () => {
    const few = (seed: number): Columns => ({
      a: categories(labels(seed, N, ['a', 'b', 'c'])),
      b: { type: 'integer', cells: labels(seed + 1, N, ['1', '2', '3']).map(Number) },
      c: {
        type: 'integer',
        cells: Array.from(normals(seed + 2, N), (x) => Math.floor(50 * Math.abs(x))),
      },
    })
    assert.deepEqual(codes(await compare(few(1), few(20))), [])
  })

  it('warn when neighbours resemble each other', async () => {
    for (const rho of [0.3, 0.9, 0.99]) {
      const found = codes(await compare({ x: numbers(walk(1, rho)) }, { x: numbers(walk(2, rho)) }))
      assert.deepEqual(found, ['AUTOCORRELATED_ROWS', 'AUTOCORRELATED_ROWS'], String(rho))
    }
  })

  it('warn when rows are copies of each other', async () => {
    const repeated = inOrder(
      independent(1),
      Array.from({ length: N }, (_, row) => Math.floor((row * 7919) % N) % (N / 5)),
    )
    const comparison = await compare(independent(30), repeated)
    assert.deepEqual(codes(comparison), ['DUPLICATE_ROWS'])
    assert.equal(comparison.findings[0]?.args['repeated'], N - N / 5)
  })

  it('are left out when the user said how rows depend on each other', async () => {
    const table = (seed: number): Columns => ({
      x: numbers(walk(seed, 0.9)),
      g: { type: 'identifier', cells: Array.from({ length: N }, (_, row) => String(row >> 3)) },
    })
    assert.deepEqual(codes(await compare(table(1), table(2), { groupKey: 'g' })), [])
  })
})
