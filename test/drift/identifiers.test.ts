import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { codes, columnOf, compare, normals } from './draws.ts'
import type { Columns } from './draws.ts'
import { numbers } from '../memory-snapshot.ts'

const N = 2000

const withIds = (seed: number, id: (row: number) => string, n = N): Columns => ({
  id: { type: 'identifier', cells: Array.from({ length: n }, (_, row) => id(row)) },
  x: numbers(normals(seed, n)),
})

describe('a column that is taken for an identifier', () => {
  it('says that only its presence is compared, unless the user said that it is one', async () => {
    const tables = [withIds(1, String), withIds(2, (row) => String(row + N))] as const
    assert.deepEqual(codes(await compare(...tables), 'id'), ['IDENTIFIER_NOT_COMPARED'])
    const said = new Map([['id', { role: 'identifier' as const }]])
    assert.deepEqual(codes(await compare(...tables, { columns: said }), 'id'), [])
  })

  it('warns when nearly unique values become few', async () => {
    for (const id of [() => 'u1', (row: number) => String(row % 50)]) {
      const comparison = await compare(withIds(1, String), withIds(2, id))
      assert.equal(columnOf(comparison, 'id').outcome, 'warn')
      assert.ok(codes(comparison, 'id').includes('UNIQUENESS_LOST'))
    }
  })

  it('does not warn because more rows repeat more of the same values', async () => {
    const drawn = (seed: number, n: number) => {
      const values = normals(seed, n)
      return withIds(seed, (row) => String(Math.floor(Math.abs((values[row] ?? 0) * 1e4))), n)
    }
    for (const [n, m] of [
      [500, 20_000],
      [500, 500],
      [2000, 50],
    ] as const) {
      const found = codes(await compare(drawn(1, n), drawn(2, m)), 'id')
      assert.ok(!found.includes('UNIQUENESS_LOST'), `${String(n)} and ${String(m)}`)
    }
  })
})
