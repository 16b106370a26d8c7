import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compareSnapshots } from '../../src/drift/compare.ts'
import { profileSnapshot } from '../../src/drift/profile.ts'
import { createRandom } from '../../src/stats/random.ts'
import { codes, columnOf, compare, keyOf, normals, settingsWith } from './draws.ts'
import { memorySnapshot, numbers } from '../memory-snapshot.ts'

const N = 4000
const decimals = (digits: number) => ({ kind: 'decimals', digits }) as const

describe('precision', () => {
  it('finds no drift between float64 values and their float32 copy', async () => {
    const values = normals(1, N).map((value) => Math.round(value * 10) / 10)
    const comparison = await compare(
      { x: numbers(values, { kind: 'float64' }) },
      { x: numbers(values.map(Math.fround), { kind: 'float32' }) },
    )
    assert.equal(keyOf(comparison, 'x', 'shape').effect, 0)
    assert.equal(columnOf(comparison, 'x').outcome, 'pass')
    assert.ok(codes(comparison, 'x').includes('PRECISION_DIFFERS'))
  })

  it('finds no drift between values and their rounded copy', async () => {
    const values = normals(1, N)
    const comparison = await compare(
      { x: numbers(values, { kind: 'float64' }) },
      {
        x: numbers(
          values.map((value) => Number(value.toFixed(1))),
          decimals(1),
        ),
      },
    )
    assert.equal(keyOf(comparison, 'x', 'shape').effect, 0)
    assert.deepEqual(codes(comparison, 'x'), ['PRECISION_DIFFERS'])
  })

  it('finds no drift between scores and their copy with one decimal', async () => {
    const scores = normals(2, N).map((value) => 1 / (1 + Math.exp(-2 * value)))
    const comparison = await compare(
      { x: numbers(scores, decimals(6)) },
      {
        x: numbers(
          scores.map((value) => Number(value.toFixed(1))),
          decimals(1),
        ),
      },
    )
    assert.equal(keyOf(comparison, 'x', 'shape').effect, 0)
    assert.equal(columnOf(comparison, 'x').outcome, 'pass')
  })

  it('finds the drift of scores that were replaced by labels', async () => {
    const scores = normals(1, N).map((value) => 1 / (1 + Math.exp(-value)))
    const comparison = await compare(
      { x: numbers(scores, decimals(6)) },
      { x: { type: 'integer', cells: scores.map((score) => Math.round(score)) } },
    )
    assert.equal(columnOf(comparison, 'x').outcome, 'fail')
    assert.ok(codes(comparison, 'x').includes('PRECISION_LOST'))
  })

  it('does not hide labels in the place of scores behind a few sentinels, in either direction', async () => {
    const random = createRandom(3).fork('scores')
    const scores = Array.from({ length: N }, (_, row) =>
      row < 10 ? 300 : Number((random.next() * random.next()).toFixed(4)),
    )
    const precise = numbers(scores, decimals(4))
    const replaced = { type: 'integer' as const, cells: scores.map(Math.round) }
    for (const [reference, current] of [
      [precise, replaced],
      [replaced, precise],
    ] as const) {
      const comparison = await compare({ x: reference }, { x: current })
      assert.equal(columnOf(comparison, 'x').outcome, 'fail')
      assert.ok(codes(comparison, 'x').includes('PRECISION_LOST'))
    }
    const copy = numbers(
      scores.map((value) => Number(value.toFixed(2))),
      decimals(2),
    )
    assert.equal(keyOf(await compare({ x: precise }, { x: copy }), 'x', 'shape').effect, 0)
  })

  it('resolves prices that end in 99, and not scores beside many zeros', async () => {
    const random = createRandom(4).fork('prices')
    const prices = Array.from({ length: N }, () => 9.99 + 10 * random.integer(4))
    const rounded = { type: 'integer' as const, cells: prices.map(Math.round) }
    const same = await compare({ x: numbers(prices, decimals(2)) }, { x: rounded })
    assert.equal(keyOf(same, 'x', 'shape').effect, 0)
    const scores = Array.from({ length: N }, (_, row) =>
      row % 8 === 0 ? Number((random.next() * 0.5).toFixed(3)) : 0,
    )
    const labels = { type: 'integer' as const, cells: scores.map(Math.round) }
    const lost = await compare({ x: numbers(scores, decimals(3)) }, { x: labels })
    assert.equal(columnOf(lost, 'x').outcome, 'fail')
  })

  it('takes the same data with fewer digits for the same data from a baseline too', async () => {
    const values = normals(1, N)
    const coarse = numbers(
      values.map((value) => Number(value.toFixed(1))),
      decimals(1),
    )
    const fine = numbers(values, { kind: 'float64' })
    for (const [reference, current] of [
      [fine, coarse],
      [coarse, fine],
    ] as const) {
      const baseline = await profileSnapshot(memorySnapshot({ x: reference }), settingsWith())
      const comparison = await compareSnapshots(
        baseline,
        memorySnapshot({ x: current }),
        settingsWith(),
      )
      const column = columnOf(comparison, 'x')
      assert.equal(column.outcome, 'pass')
      assert.deepEqual(codes(comparison, 'x'), ['PRECISION_DIFFERS'])
      assert.ok((keyOf(comparison, 'x', 'shape').effect ?? 1) <= 0.001)
      assert.equal(keyOf(comparison, 'x', 'tail').outcome, 'pass')
    }
    const labels = { type: 'integer' as const, cells: Array.from(values, Math.round) }
    const baseline = await profileSnapshot(memorySnapshot({ x: fine }), settingsWith())
    const lost = await compareSnapshots(baseline, memorySnapshot({ x: labels }), settingsWith())
    assert.ok(codes(lost, 'x').includes('PRECISION_LOST'))
    assert.equal(columnOf(lost, 'x').outcome, 'fail')
  })

  it('bounds the rounded distribution of a baseline as it bounds the exact one', async () => {
    const [values, others] = [normals(1, N), normals(2, N, 0.3)]
    const coarse = numbers(
      others.map((value) => Number(value.toFixed(1))),
      decimals(1),
    )
    const reference = memorySnapshot({ x: numbers(values, { kind: 'float64' }) })
    const current = memorySnapshot({ x: coarse })
    const rows = await compareSnapshots(reference, current, settingsWith())
    const recorded = await compareSnapshots(
      await profileSnapshot(reference, settingsWith()),
      current,
      settingsWith(),
    )
    const [exact, least] = [rows, recorded].map((each) => keyOf(each, 'x', 'shape').effect ?? NaN)
    assert.ok(exact !== undefined && least !== undefined)
    assert.ok(least <= exact + 1e-12 && exact - least < 0.01, `${String(least)} ${String(exact)}`)
  })

  it('describes the values as they were read', async () => {
    const values = Array.from(normals(1, N))
    const comparison = await compare(
      { x: numbers(values, { kind: 'float64' }) },
      {
        x: numbers(
          values.map((value) => Number(value.toFixed(1))),
          decimals(1),
        ),
      },
    )
    const { reference, current, histogram, outOfRange } = columnOf(comparison, 'x')
    assert.equal(reference?.min, Math.min(...values))
    assert.equal(reference.distinct, N)
    assert.ok((current?.distinct ?? N) < 100)
    const [low, high] = [Math.min(...values), Math.max(...values)]
    const rounded = values.map((value) => Number(value.toFixed(1)))
    assert.deepEqual(outOfRange, {
      belowMin: rounded.filter((value) => value < low).length,
      aboveMax: rounded.filter((value) => value > high).length,
    })
    const [first = NaN, last = NaN] = [histogram?.edges[0], histogram?.edges.at(-1)]
    assert.deepEqual(histogram?.outside?.reference, {
      below: values.filter((value) => value < first).length,
      above: values.filter((value) => value > last).length,
    })
  })

  it('says nothing of columns without a spread', async () => {
    const fine = numbers(normals(1, N), { kind: 'float64' })
    const infinite = numbers(new Array<number>(N).fill(Infinity), decimals(1))
    const constant = numbers(new Array<number>(N).fill(0.5), decimals(1))
    const missing = numbers(new Array<null>(N).fill(null), decimals(1))
    for (const other of [infinite, constant, missing]) {
      for (const tables of [
        [fine, other],
        [other, fine],
      ] as const) {
        const found = codes(await compare({ x: tables[0] }, { x: tables[1] }), 'x')
        assert.deepEqual(
          found.filter((code) => code.startsWith('PRECISION')),
          [],
        )
      }
    }
  })

  it('says nothing where rounding changes no value', async () => {
    const values = normals(1, N).map((value) => Math.round(value))
    const comparison = await compare(
      { x: numbers(values, { kind: 'float64' }) },
      { x: { type: 'integer', cells: values } },
    )
    assert.deepEqual(codes(comparison, 'x'), ['TYPE_CHANGED'])
    assert.equal(columnOf(comparison, 'x').outcome, 'pass')
  })
})
