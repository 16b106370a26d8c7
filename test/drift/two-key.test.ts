import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { codes, columnOf, compare, keyOf, labels, normals, shuffled } from './draws.ts'
import type { Cell } from '../memory-snapshot.ts'
import { categories, numbers } from '../memory-snapshot.ts'

const N = 2000

describe('the two-key rule', () => {
  it('passes a table compared with itself, with effect 0 and p 1', async () => {
    const table = {
      x: numbers(normals(1, N)),
      k: { type: 'integer' as const, cells: labels(5, N, ['1', '2', '3']).map(Number) },
      c: categories(labels(1, N, ['a', 'b', 'c'])),
    }
    const comparison = await compare(table, table)
    for (const column of comparison.columns) {
      assert.equal(column.outcome, 'pass', column.name)
      for (const key of column.keys.filter(({ key }) => key === 'shape' || key === 'missing')) {
        assert.equal(key.effect, 0)
        assert.equal(key.pValue, 1)
      }
    }
    assert.deepEqual(codes(comparison), [])
  })

  it('fails a broken column and passes the others', async () => {
    const comparison = await compare(
      { x: numbers(normals(1, N)), y: numbers(normals(2, N)) },
      { x: numbers(normals(3, N)), y: numbers(normals(4, N, 1)) },
    )
    assert.equal(columnOf(comparison, 'x').outcome, 'pass')
    assert.equal(columnOf(comparison, 'y').outcome, 'fail')
    assert.equal(keyOf(comparison, 'y', 'shape').certain, true)
    assert.deepEqual(codes(comparison, 'y').includes('SHAPE_DRIFT'), true)
  })

  it('notices a difference that is real and small, and passes it', async () => {
    const comparison = await compare(
      { x: numbers(normals(1, 40_000)) },
      { x: numbers(normals(2, 40_000, 0.06)) },
    )
    assert.equal(keyOf(comparison, 'x', 'shape').outcome, 'notice')
    assert.equal(columnOf(comparison, 'x').outcome, 'pass')
    assert.ok(codes(comparison, 'x').includes('SMALL_BUT_REAL'))
  })

  it('calls an effect without significance indistinguishable from noise', async () => {
    const column = (missing: number): Cell[] =>
      Array.from(normals(missing, N), (value, row) => (row < missing ? null : value))
    const comparison = await compare({ x: numbers(column(20)) }, { x: numbers(column(32)) })
    const key = keyOf(comparison, 'x', 'missing')
    assert.equal(key.outcome, 'pass')
    assert.ok((key.effect ?? 0) >= 0.005)
    assert.ok(codes(comparison, 'x').includes('WITHIN_NOISE'))
  })

  it('does not pass what too few rows could not have shown', async () => {
    const comparison = await compare(
      { x: numbers(normals(1, 100)) },
      { x: numbers(normals(2, 100)) },
    )
    const column = columnOf(comparison, 'x')
    assert.equal(column.outcome, 'inconclusive')
    const finding = column.findings.find(({ code }) => code === 'TOO_FEW_ROWS')
    assert.ok(Number(finding?.args['detectable']) > Number(finding?.args['threshold']))
    assert.ok(Number(finding?.args['rowsNeeded']) > 100)
  })

  it('needs the rows that it names', async () => {
    const few = await compare({ x: numbers(normals(1, 300)) }, { x: numbers(normals(2, 300)) })
    const needed = Number(
      columnOf(few, 'x').findings.find(({ code }) => code === 'TOO_FEW_ROWS')?.args['rowsNeeded'],
    )
    const enough = await compare(
      { x: numbers(normals(1, needed)) },
      { x: numbers(normals(2, needed)) },
    )
    assert.equal(columnOf(enough, 'x').outcome, 'pass')
  })

  it('fails a definite failure however few the rows', async () => {
    const comparison = await compare(
      { x: numbers(normals(1, 100)) },
      { x: numbers(normals(2, 100, 3)) },
    )
    assert.equal(columnOf(comparison, 'x').outcome, 'fail')
  })

  it('accepts a sensitivity that the user accepts, and says so', async () => {
    const tables = [{ x: numbers(normals(1, 300)) }, { x: numbers(normals(2, 300)) }] as const
    const accepted = await compare(...tables, { acceptSensitivity: 0.2 })
    assert.equal(columnOf(accepted, 'x').outcome, 'pass')
    assert.ok(codes(accepted, 'x').includes('SENSITIVITY_ACCEPTED'))
    const refused = await compare(...tables, { acceptSensitivity: 0.11 })
    assert.equal(columnOf(refused, 'x').outcome, 'inconclusive')
  })

  it('judges ordinary files of 1000 rows', async () => {
    const table = (seed: number) => ({
      a: numbers(normals(seed, 1000)),
      b: numbers(normals(seed + 1, 1000, 50, 10)),
      few: categories(labels(seed + 2, 1000, ['a', 'b', 'c', 'd', 'e'])),
      ten: categories(labels(seed + 3, 1000, Array.from('abcdefghij'))),
      flag: { type: 'boolean' as const, cells: labels(seed + 4, 1000, ['false', 'true']) },
      count: {
        type: 'integer' as const,
        cells: Array.from(normals(seed + 5, 1000), (x) => Math.floor(Math.abs(3 * x))),
      },
    })
    const comparison = await compare(table(10), table(20))
    for (const { name, outcome } of comparison.columns) assert.equal(outcome, 'pass', name)
  })

  it('sees one percent of rows in another unit through the tail', async () => {
    const broken = normals(2, 10_000, 50, 10).map((value, row) =>
      row % 100 === 0 ? value * 100 : value,
    )
    const comparison = await compare(
      { x: numbers(normals(1, 10_000, 50, 10)) },
      { x: numbers(broken) },
    )
    assert.equal(keyOf(comparison, 'x', 'shape').outcome, 'pass')
    assert.equal(keyOf(comparison, 'x', 'tail').outcome, 'fail')
    assert.ok(codes(comparison, 'x').includes('SUSPECTED_UNIT_CHANGE'))
  })

  it('counts infinite values beyond the reference as tail, and gives reasons for the rest', async () => {
    const infinite = normals(2, N).map((value, row) => (row % 50 === 0 ? Infinity : value))
    const comparison = await compare({ x: numbers(normals(1, N)) }, { x: numbers(infinite) })
    const column = columnOf(comparison, 'x')
    assert.equal(keyOf(comparison, 'x', 'tail').outcome, 'fail')
    assert.equal(column.current?.mean, null)
    assert.match(String(column.current['meanReason']), /infinite/)
    assert.equal(column.distances['wasserstein1'], null)
    assert.match(String(column.distances['wasserstein1Reason']), /infinite/)
  })

  it('fails new categories and lists them', async () => {
    const values = labels(2, N, ['a', 'b', 'c'])
    const current = values.map((value, row) => (row % 40 === 0 ? 'new' : value))
    const comparison = await compare(
      { c: categories(labels(1, N, ['a', 'b', 'c'])) },
      { c: categories(current) },
    )
    const column = columnOf(comparison, 'c')
    assert.equal(keyOf(comparison, 'c', 'novel').outcome, 'fail')
    assert.deepEqual(column.novel, [{ value: 'new', count: 50 }])
    assert.deepEqual(
      codes(comparison, 'c').filter((code) => code === 'NOVEL_VALUES' || code === 'UNSEEN_VALUES'),
      ['NOVEL_VALUES'],
    )
  })

  it('fails a column that lost its values, and says which side', async () => {
    const comparison = await compare(
      { x: numbers(normals(1, N)), y: numbers(normals(3, N)) },
      { x: numbers(new Array<null>(N).fill(null)), y: numbers(normals(4, N)) },
    )
    assert.equal(columnOf(comparison, 'x').outcome, 'fail')
    assert.deepEqual(codes(comparison, 'x'), ['ALL_MISSING'])
  })

  it('never passes a column that is empty on both sides', async () => {
    const empty = numbers(new Array<null>(N).fill(null))
    const comparison = await compare(
      { x: empty, y: numbers(normals(3, N)) },
      { x: empty, y: numbers(normals(4, N)) },
    )
    assert.equal(columnOf(comparison, 'x').outcome, 'not-applicable')
    assert.deepEqual(codes(comparison, 'x'), ['EMPTY_ON_BOTH_SIDES'])
  })

  it('decides nothing when a reference had no values at all', async () => {
    const comparison = await compare(
      { x: numbers(new Array<null>(N).fill(null)), y: numbers(normals(3, N)) },
      { x: numbers(normals(1, N)), y: numbers(normals(4, N)) },
    )
    assert.equal(columnOf(comparison, 'x').outcome, 'inconclusive')
  })

  it('holds a declared range exactly, in place of the tail', async () => {
    const settings = { columns: new Map([['x', { range: { min: -10, max: 3.5 } }]]) }
    const comparison = await compare(
      { x: numbers(normals(1, N)) },
      { x: numbers([...normals(2, N - 1).map((x) => Math.min(x, 3)), 4]) },
      settings,
    )
    assert.equal(keyOf(comparison, 'x', 'range').outcome, 'fail')
    assert.equal(keyOf(comparison, 'x', 'range').statistic, 1)
    assert.equal(keyOf(comparison, 'x', 'tail').outcome, 'not-applicable')
  })

  it('holds a declared vocabulary exactly', async () => {
    const settings = { columns: new Map([['c', { values: ['a', 'b'] }]]) }
    const one = [...labels(2, N - 1, ['a', 'b']), 'c']
    const comparison = await compare(
      { c: categories(labels(1, N, ['a', 'b'])) },
      { c: categories(one) },
      settings,
    )
    assert.equal(columnOf(comparison, 'c').outcome, 'fail')
    assert.deepEqual(codes(comparison, 'c'), ['OUTSIDE_VOCABULARY'])
  })

  it('warns when a column became constant, but not when a rare value is only missing', async () => {
    const gone = await compare(
      { x: numbers(normals(1, N)), c: categories(labels(1, N, ['a', 'b'])) },
      { x: numbers(new Float64Array(N).fill(1)), c: categories(new Array<string>(N).fill('a')) },
    )
    assert.ok(codes(gone, 'x').includes('BECAME_CONSTANT'))
    assert.ok(codes(gone, 'c').includes('BECAME_CONSTANT'))
    const rare = Array.from({ length: N }, (_, row) => (row === 0 ? 'b' : 'a'))
    const chance = await compare(
      { c: categories(rare) },
      { c: categories(new Array<string>(N).fill('a')) },
    )
    assert.deepEqual(codes(chance, 'c'), [])
    assert.equal(columnOf(chance, 'c').outcome, 'pass')
  })

  it('does not depend on the order of rows or of columns', async () => {
    const reference = Array.from(normals(1, 500), (x): Cell => (x > 2 ? null : x))
    const current = Array.from(normals(2, 500, 0.2), (x): Cell => (x > 2.1 ? null : x))
    const names = labels(3, 500, ['a', 'b', 'c'])
    const one = await compare(
      { x: numbers(reference), c: categories(names) },
      { x: numbers(current), c: categories(names) },
    )
    const two = await compare(
      { x: numbers(shuffled(7, reference)), c: categories(shuffled(8, names)) },
      { c: categories(shuffled(9, names)), x: numbers(shuffled(10, current)) },
    )
    assert.deepEqual(one.columns, two.columns)
  })

  it('changes only missing counts when rows without a value are added to both sides', async () => {
    const reference = normals(1, 1500)
    const current = normals(2, 1500, 0.3)
    const plain = await compare({ x: numbers(reference) }, { x: numbers(current) })
    const gaps = [NaN, NaN, NaN]
    const padded = await compare(
      { x: numbers([...reference, ...gaps]) },
      { x: numbers([...gaps, ...current]) },
    )
    const shape = keyOf(plain, 'x', 'shape')
    assert.deepEqual(keyOf(padded, 'x', 'shape'), shape)
    assert.deepEqual(columnOf(padded, 'x').distances, columnOf(plain, 'x').distances)
    assert.equal(columnOf(padded, 'x').reference?.missing, 3)
    assert.equal(columnOf(padded, 'x').reference?.nan, 3)
  })

  it('gives the same shape key under every increasing transformation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), async (seed) => {
        const [a, b] = [normals(seed, 200), normals(seed + 5000, 200, 0.4)]
        const plain = await compare({ x: numbers(a) }, { x: numbers(b) })
        const bent = await compare(
          { x: numbers(a.map((value) => value ** 3)) },
          { x: numbers(b.map((value) => value ** 3)) },
        )
        assert.deepEqual(keyOf(bent, 'x', 'shape'), keyOf(plain, 'x', 'shape'))
      }),
      { numRuns: 20 },
    )
  })

  it('holds no list longer than 50 and no number that JSON cannot hold', async () => {
    const many = (prefix: string) =>
      Array.from({ length: 4000 }, (_, row) => `${prefix}${String(row % 500)}`)
    const comparison = await compare(
      { c: categories(many('old')), x: numbers(normals(1, 4000)) },
      { c: categories(many('new')), x: numbers(normals(2, 4000)) },
    )
    const walk = (value: unknown): void => {
      if (typeof value === 'number') assert.ok(Number.isFinite(value))
      if (Array.isArray(value)) assert.ok(value.length <= 50)
      if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
    }
    walk(comparison.columns)
    assert.deepEqual(JSON.parse(JSON.stringify(comparison)), comparison)
    assert.equal(columnOf(comparison, 'c').outcome, 'fail')
  })
})
