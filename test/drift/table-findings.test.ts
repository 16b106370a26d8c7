import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { normal } from '../../bench/simulation/features.ts'
import fc from 'fast-check'
import { compareSnapshots } from '../../src/drift/compare.ts'
import { profileSnapshot } from '../../src/drift/profile.ts'
import { repeatChange } from '../../src/drift/repeated-rows.ts'
import { digestRows } from '../../src/drift/rows.ts'
import { createRandom } from '../../src/stats/random.ts'
import { codes, compare, labels, normals, settingsWith } from './draws.ts'
import type { Columns } from './draws.ts'
import { categories, columnOf as columnFrom, memorySnapshot, numbers } from '../memory-snapshot.ts'

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

  it('warn in a file that is sorted by a row number, of the other columns alone', async () => {
    const sorted = (seed: number, rho: number): Columns => ({
      row: { type: 'integer', cells: Array.from({ length: N }, (_, row) => row) },
      x: numbers(walk(seed, rho)),
    })
    for (const rho of [0.3, 0.9, 0.99]) {
      const { findings } = await compare(sorted(1, rho), sorted(2, rho))
      const found = findings.filter(({ code }) => code === 'AUTOCORRELATED_ROWS')
      assert.deepEqual(
        found.map(({ args }) => [args['column'], args['columns']]),
        [
          ['x', 1],
          ['x', 1],
        ],
        String(rho),
      )
    }
    assert.deepEqual(codes(await compare(sorted(1, 0), sorted(2, 0))), [])
  })

  it('say nothing about columns that go with the one by which a file is sorted, however short it is', async () => {
    for (const n of [200, 300, 500, 1000, 5000]) {
      const sorted = (seed: number): Columns => {
        const x = Array.from(normals(seed, n)).sort((a, b) => a - b)
        const noise = normals(seed + 1, n)
        const near = (size: number) =>
          numbers(x.map((value, row) => value + size * (noise[row] ?? 0)))
        return { x: numbers(x), a: near(0.1), b: near(0.5), c: near(2), d: near(50) }
      }
      for (let seed = 0; seed < 40; seed += 4) {
        const { findings } = await compare(sorted(seed), sorted(seed + 2))
        assert.ok(
          findings.every(({ code }) => code !== 'AUTOCORRELATED_ROWS'),
          String(n),
        )
      }
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
    assert.equal(
      comparison.findings.find(({ code }) => code === 'DUPLICATE_ROWS')?.args['repeated'],
      N - N / 5,
    )
  })

  it('are left out when the user said how rows depend on each other', async () => {
    const table = (seed: number): Columns => ({
      x: numbers(walk(seed, 0.9)),
      g: { type: 'identifier', cells: Array.from({ length: N }, (_, row) => String(row >> 3)) },
    })
    assert.deepEqual(codes(await compare(table(1), table(2), { groupKey: 'g' })), [])
  })
})

describe('the sizes of the tables', () => {
  const sizesOf = async (reference: Columns, current: Columns, changes = {}) => {
    const { findings } = await compare(reference, current, changes)
    const found = findings.filter(({ code }) => code === 'ROW_COUNTS')
    assert.deepEqual(
      found.map(({ severity }) => severity),
      ['notice'],
    )
    return found[0]?.args ?? {}
  }
  const rowsOf = (count: number) => Array.from({ length: count }, (_, row) => row)

  it('are in every result, with the rows that repeat another', async () => {
    const current = inOrder(independent(30), [...rowsOf(N), ...rowsOf(15)])
    assert.deepEqual(await sizesOf(independent(1), current), {
      reference: N,
      current: N + 15,
      referenceRepeated: 0,
      currentRepeated: 15,
      referenceShare: 0,
      currentShare: 15 / (N + 15),
    })
    const grouped = (table: Columns): Columns => ({
      ...table,
      g: { type: 'identifier', cells: rowsOf(N).map((row) => String(row % 100)) },
    })
    const declared = await sizesOf(grouped(independent(1)), grouped(independent(30)), {
      groupKey: 'g',
    })
    assert.equal(declared['referenceRepeated'], 0)
  })

  it('count exactly the rows that an exact comparison of rows counts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(null, 0, -0, 1, 2.5), fc.constantFrom(null, 'a', 'b')), {
          maxLength: 200,
        }),
        (rows) => {
          const digests = digestRows(rows.length)
          digests.add(columnFrom(numbers(rows.map(([x]) => x))))
          digests.add(columnFrom(categories(rows.map(([, c]) => c))))
          const copies = new Map<string, number>()
          for (const row of rows) {
            const key = JSON.stringify(row)
            copies.set(key, (copies.get(key) ?? 0) + 1)
          }
          const { repeated, multiplicities } = digests.repeats()
          assert.equal(repeated, rows.length - copies.size)
          for (const [times, groups] of multiplicities) {
            assert.equal([...copies.values()].filter((each) => each === times).length, groups)
          }
        },
      ),
    )
  })

  it('tell rows apart by the whole text, not by its length', async () => {
    const texts = (): Columns => ({
      t: {
        type: 'text',
        cells: Array.from({ length: N }, (_, row) => `text ${String(row + 1e6)}`),
      },
      x: numbers(new Float64Array(N).fill(1)),
    })
    assert.equal((await sizesOf(texts(), texts()))['currentRepeated'], 0)
  })

  it('are unknown where no compared column tells rows apart, and of a baseline', async () => {
    const identifiers = (): Columns => ({
      id: { type: 'identifier', cells: rowsOf(N).map(String) },
    })
    assert.equal((await sizesOf(identifiers(), identifiers()))['currentRepeated'], null)
    const baseline = await profileSnapshot(memorySnapshot(independent(1)), settingsWith())
    const { findings } = await compareSnapshots(
      baseline,
      memorySnapshot(independent(30)),
      settingsWith(),
    )
    const { args } = findings[0] ?? assert.fail('no finding')
    assert.deepEqual([args['reference'], args['referenceRepeated']], [N, null])
    assert.equal(args['currentRepeated'], 0)
  })
})

describe('a change of the repeated rows', () => {
  const repeatsOf = (rows: number, kinds: number, seed: number) => {
    const random = createRandom(seed)
    const digests = digestRows(rows)
    // Kinds of unequal frequency, as in a table of few columns.
    const kind = () => Math.floor(kinds * random.next() * random.next())
    digests.add(columnFrom(numbers(Float64Array.from({ length: rows }, kind))))
    return digests.repeats()
  }

  it('is not found among independent rows, however often they repeat and however many there are', () => {
    let seed = 0
    for (const kinds of [20, 300, 2000, 20_000, 1e6]) {
      for (const [n, m] of [
        [2000, 2000],
        [20_000, 1000],
        [1000, 20_000],
      ] as const) {
        for (let run = 0; run < 20; run++) {
          const found = repeatChange(repeatsOf(n, kinds, seed++), repeatsOf(m, kinds, seed++))
          assert.deepEqual(found, [], `${String(kinds)} kinds, ${String(n)} and ${String(m)}`)
        }
      }
    }
  })

  it('warns about a join that doubled two rows in a hundred, and about its end', async () => {
    const rows = Array.from({ length: N }, (_, row) => (row % 50 === 1 ? row - 1 : row))
    const doubled = inOrder(independent(30), rows)
    for (const [reference, current] of [
      [independent(1), doubled],
      [doubled, independent(1)],
    ] as const) {
      const { findings } = await compare(reference, current)
      const found = findings.filter(({ code }) => code === 'DUPLICATE_ROWS_CHANGED')
      assert.deepEqual(
        found.map(({ severity, args }) => [severity, args['change']]),
        [['warn', 0.02]],
      )
    }
    assert.deepEqual(codes(await compare(doubled, doubled)), [])
  })

  it('is left out below one row in a hundred', async () => {
    const few = inOrder(independent(30), [
      ...Array.from({ length: N - 8 }, (_, row) => row),
      1,
      2,
      3,
    ])
    assert.deepEqual(codes(await compare(independent(1), few)), [])
  })
})
