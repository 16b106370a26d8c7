import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { InputError } from '../../src/core/errors.ts'
import { formatBaseline, parseBaseline } from '../../src/drift/baseline.ts'
import { compareSnapshots } from '../../src/drift/compare.ts'
import { profileSnapshot } from '../../src/drift/profile.ts'
import type { Columns } from './draws.ts'
import { codes, columnOf, labels, normals, settingsWith } from './draws.ts'
import type { Cell } from '../memory-snapshot.ts'
import { categories, memorySnapshot, numbers } from '../memory-snapshot.ts'

const N = 2000
const HOUR = 3_600_000

/** Every shape that a column takes in a baseline. */
const table = (seed: number): Columns => ({
  grid: numbers(normals(seed, N), { kind: 'decimals', digits: 17 }),
  single: numbers(
    Array.from(normals(seed, N), (x, row): Cell => (row % 90 === 0 ? null : x)),
    { kind: 'float32' },
  ),
  infinite: numbers(Array.from(normals(seed, N), (x, row) => (row < 3 ? -Infinity : x))),
  boundless: numbers(Array.from({ length: N }, () => Infinity)),
  tied: numbers(Array.from(normals(seed, N), (x, row) => (row % 2 === 0 ? 0 : x))),
  few: { type: 'integer', cells: Array.from({ length: N }, (_, row) => row % 7) },
  wide: numbers(
    Array.from({ length: N }, (_, row) => (row % 2 === 0 ? 1 : -1) * (1.7e308 - row * 1e300)),
  ),
  empty: numbers(Array.from({ length: N }, () => null)),
  time: { type: 'datetime', cells: Array.from({ length: N }, (_, row) => row * HOUR) },
  category: categories(labels(seed, N, ['a', 'b', 'c'])),
  many: categories(Array.from({ length: N }, (_, row) => `label ${String(row % 300)}`)),
  flag: { type: 'boolean', cells: labels(seed, N, ['false', 'true']) },
  note: { type: 'text', cells: labels(seed, N, ['short', 'a longer text']) },
  id: { type: 'identifier', cells: Array.from({ length: N }, (_, row) => String(row)) },
  key: { type: 'integer', cells: Array.from({ length: N }, (_, row) => row) },
})
const columns = new Map([['key', { role: 'identifier' as const }]])

type Json = Record<string, unknown>
type Way = readonly (string | number)[]

const original = JSON.parse(
  formatBaseline(await profileSnapshot(memorySnapshot(table(1)), settingsWith({ columns }))),
) as Json

function* keysOf(value: unknown, way: Way = []): Generator<Way> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, each] of Object.entries(value)) {
    if (!Array.isArray(value)) yield [...way, key]
    yield* keysOf(each, [...way, key])
  }
}

function without(way: Way): unknown {
  const copy = structuredClone(original)
  const parent = way.slice(0, -1).reduce<unknown>((at, key) => (at as Json)[key], copy) as Json
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete parent[way.at(-1) ?? '']
  return copy
}

const comparisonWith = (baseline: unknown) =>
  compareSnapshots(
    parseBaseline(baseline),
    memorySnapshot(table(9)),
    settingsWith({ columns, alsoRules: ['textbook', 'evidently'] }),
  )

describe('a baseline that lost a key', () => {
  const ways = [...keysOf(original)]
  const accepted: Way[] = []

  it('is refused with the place, for every key but the precision', () => {
    for (const way of ways) {
      try {
        parseBaseline(without(way))
        accepted.push(way)
      } catch (error) {
        const parent = way.slice(0, -1)
        const place = parent.reduce<string>(
          (path, key) =>
            /^\d+$/.test(String(key)) ? `${path}[${String(key)}]` : `${path}.${String(key)}`,
          '',
        )
        assert.ok(error instanceof InputError, `${way.join('.')}: ${String(error)}`)
        // A lost list of columns or kind of file is told without the path to it.
        assert.ok(error.message.includes(place.slice(1)), `${way.join('.')}: ${error.message}`)
      }
    }
    assert.ok(ways.length > 300)
    assert.deepEqual(
      accepted.map((way) => way.at(-1)),
      ['precision', 'precision'],
    )
  })

  it('compares as before, bit for bit, where it is accepted, and says that precisions differ', async () => {
    const before = await comparisonWith(original)
    for (const way of accepted) {
      const comparison = await comparisonWith(without(way))
      const columns = comparison.columns.map((column) => ({
        ...column,
        findings: column.findings.filter(({ code }) => code !== 'PRECISION_DIFFERS'),
      }))
      assert.deepEqual({ ...comparison, columns }, before, way.join('.'))
    }
  })
})

describe('a column that was recorded as an identifier', () => {
  it('holds no value, not even the smallest', () => {
    const { columns: recorded } = parseBaseline(original)
    for (const { name, summary, numeric, categories: counts } of recorded) {
      if (name !== 'id' && name !== 'key') continue
      const { distinct, min, max, quantiles } = summary
      assert.deepEqual(
        { distinct, min, max, quantiles, numeric, counts },
        {
          ...{ distinct: null, min: null, max: null, quantiles: {} },
          ...{ numeric: undefined, counts: undefined },
        },
      )
    }
  })

  it('is undecided, and no empty sample, when it is compared as a feature', async () => {
    const comparison = await compareSnapshots(
      parseBaseline(original),
      memorySnapshot(table(9)),
      settingsWith(),
    )
    assert.equal(columnOf(comparison, 'key').outcome, 'inconclusive')
    assert.deepEqual(codes(comparison, 'key'), ['COLUMN_UNREADABLE'])
  })
})
