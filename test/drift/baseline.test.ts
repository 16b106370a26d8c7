import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { openGrid, recordGrid } from '../../src/drift/baseline/quantile-grid.ts'
import { formatBaseline, parseBaseline } from '../../src/drift/baseline.ts'
import { compareSnapshots } from '../../src/drift/compare.ts'
import { envelopeDistance } from '../../src/drift/keys/envelope-distance.ts'
import { profileSnapshot } from '../../src/drift/profile.ts'
import type { EnvelopeSample } from '../../src/drift/sample.ts'
import { InputError, NothingCheckedError } from '../../src/core/errors.ts'
import { kolmogorovSmirnov } from '../../src/stats/two-sample/kolmogorov-smirnov.ts'
import type { Columns } from './draws.ts'
import {
  codes,
  columnOf,
  compare,
  keyOf,
  labels,
  normals,
  settingsWith,
  shuffled,
} from './draws.ts'
import type { Cell } from '../memory-snapshot.ts'
import { categories, memorySnapshot, numbers } from '../memory-snapshot.ts'

const N = 5000

function table(seed: number, shift = 0): Columns {
  return {
    x: numbers(Array.from(normals(seed, N, shift), (x): Cell => (x > 2 ? null : x))),
    count: {
      type: 'integer',
      cells: Array.from(normals(seed + 1, N), (x) => Math.floor(Math.abs(4 * x))),
    },
    c: categories(labels(seed + 2, N, ['a', 'b', 'c', 'd'])),
    flag: { type: 'boolean', cells: labels(seed + 3, N, ['false', 'true']) },
    id: { type: 'identifier', cells: Array.from({ length: N }, (_, row) => String(row)) },
    note: {
      type: 'text',
      cells: labels(seed + 4, N, ['short', 'a longer text', 'the longest text']),
    },
  }
}

const baselineOf = (columns: Columns) => profileSnapshot(memorySnapshot(columns), settingsWith())

async function fromBaseline(reference: Columns, current: Columns) {
  const stored: unknown = JSON.parse(formatBaseline(await baselineOf(reference)))
  return compareSnapshots(parseBaseline(stored), memorySnapshot(current), settingsWith())
}

/** Samples with heavy tails, ties, zeros, signs and infinite values. */
const sample = fc
  .array(
    fc.oneof(
      fc.double({ noNaN: true }),
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(0, -0, 37.21, Infinity, -Infinity),
    ),
    { minLength: 1, maxLength: 3000 },
  )
  .map((values) => Float64Array.from(values).sort())

describe('the quantile grid of a baseline', () => {
  it('bounds the Kolmogorov-Smirnov distance from both sides, whatever the values', () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const D = kolmogorovSmirnov(reference, current, { method: 'asymptotic' }).statistic ?? NaN
        const steps = openGrid(recordGrid(reference))
        const envelope = { ...steps, valid: reference.length } as EnvelopeSample
        const { least, greatest } = envelopeDistance(envelope, current)
        assert.ok(least <= D + 1e-12, `${String(least)} <= ${String(D)}`)
        assert.ok(D <= greatest + 1e-12, `${String(D)} <= ${String(greatest)}`)
      }),
      { numRuns: 200 },
    )
  })

  it('is off by little more than a thousandth for continuous columns and for large ties', () => {
    const draws: readonly ((x: number, row: number) => number)[] = [
      (x) => x,
      (x) => Math.exp(1.5 * x),
      (x) => 1_700_000_000_000 + x * 1e7,
      (x, row) => (row % 10 === 0 ? x : 0),
      (x, row) => (row % 3 === 0 ? 37.21 : x * 1e-9),
      (x) => Math.round(300 * x),
    ]
    for (const draw of draws) {
      const reference = normals(1, 50_000).map(draw).sort()
      const current = normals(2, 50_000).map(draw).sort()
      const D = kolmogorovSmirnov(reference, current, { method: 'asymptotic' }).statistic ?? NaN
      const envelope = { ...openGrid(recordGrid(reference)), valid: 50_000 } as EnvelopeSample
      const { least, greatest } = envelopeDistance(envelope, current)
      assert.ok(least <= D && D <= greatest)
      assert.ok(greatest - least < 0.008, `${String(draw)}: ${String(greatest - least)}`)
    }
  })
})

describe('a baseline', () => {
  it('gives the same bytes for the same rows in any order', async () => {
    const one = table(1)
    const order = Array.from({ length: N }, (_, row) => row)
    const other = Object.fromEntries(
      Object.entries(one).map(([name, column]) => [
        name,
        { ...column, cells: shuffled(5, order).map((row) => column.cells[row] as Cell) },
      ]),
    )
    assert.equal(formatBaseline(await baselineOf(other)), formatBaseline(await baselineOf(one)))
  })

  it('survives being written and read', async () => {
    const baseline = await baselineOf(table(1))
    assert.deepEqual(parseBaseline(JSON.parse(formatBaseline(baseline))), baseline)
  })

  it('is exact for missing rates, categories, few values and tails', async () => {
    const [reference, current] = [table(1), table(20)]
    const rows = await compare(reference, current)
    const recorded = await fromBaseline(reference, current)
    for (const [name, key] of [
      ['x', 'missing'],
      ['x', 'tail'],
      ['count', 'shape'],
      ['count', 'tail'],
      ['c', 'shape'],
      ['c', 'novel'],
      ['flag', 'shape'],
      ['id', 'missing'],
      ['note', 'shape'],
    ] as const) {
      assert.deepEqual(keyOf(recorded, name, key), keyOf(rows, name, key), `${name} ${key}`)
    }
  })

  it('brings the outcome of the rows, with a bound on D', async () => {
    for (const shift of [0, 0.5]) {
      const [reference, current] = [table(1), table(20, shift)]
      const rows = await compare(reference, current)
      const recorded = await fromBaseline(reference, current)
      assert.equal(columnOf(recorded, 'x').outcome, columnOf(rows, 'x').outcome)
      const D = Number(keyOf(rows, 'x', 'shape').effect)
      const bound = Number(keyOf(recorded, 'x', 'shape').effect)
      assert.ok(bound <= D && D - bound < 0.003)
    }
  })

  it('cannot decide what lies between its bounds', async () => {
    const reference = { x: numbers(normals(1, N)) }
    const current = { x: numbers(normals(20, N, 0.5)) }
    const D = Number(keyOf(await compare(reference, current), 'x', 'shape').effect)
    const baseline = await baselineOf(reference)
    const thresholds = { shape: [0.01, D + 1e-4] as const }
    const comparison = await compareSnapshots(
      baseline,
      memorySnapshot(current),
      settingsWith({ columns: new Map([['x', { thresholds }]]) }),
    )
    assert.equal(columnOf(comparison, 'x').outcome, 'inconclusive')
    assert.ok(codes(comparison, 'x').includes('BASELINE_TOO_COARSE'))
  })

  it('says that the self-check needs rows', async () => {
    const baseline = await baselineOf(table(1))
    const comparison = await compareSnapshots(
      baseline,
      memorySnapshot(table(2)),
      settingsWith({ calibrate: 'auto', groupKey: 'id' }),
    )
    assert.equal(comparison.calibration, null)
    assert.deepEqual(codes(comparison), ['DEPENDENCE_UNKNOWN', 'CALIBRATION_NEEDS_ROWS'])
  })

  it('of 50 columns is smaller than 200 kB', async () => {
    const columns = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [
        `column_${String(i)}`,
        numbers(
          normals(i, 20_000, 0, 10 ** ((i % 9) - 4)).map((x) => (i % 2 === 0 ? x : Math.exp(x))),
        ),
      ]),
    )
    const bytes = Buffer.byteLength(formatBaseline(await baselineOf(columns)))
    assert.ok(bytes < 200_000, String(bytes))
  })

  it('is refused when damaged, with the place', async () => {
    const text = formatBaseline(await baselineOf(table(1)))
    const damaged: readonly (readonly [RegExp, (json: Record<string, unknown>) => unknown])[] = [
      [/not an object/, () => 'text'],
      [/"kind" is not/, (json) => ({ ...json, kind: 'other' })],
      [/version "2.0"/, (json) => ({ ...json, schemaVersion: '2.0' })],
      [/rows is not a whole number/, (json) => ({ ...json, rows: -1 })],
      [/summary.rows is not the 17 rows/, (json) => ({ ...json, rows: 17 })],
      [/columns is not a list/, (json) => ({ ...json, columns: {} })],
      [
        /columns\[0\].name is not a text/,
        (json) => ({ ...json, columns: [{ ...(json['columns'] as object[])[0], name: 3 }] }),
      ],
    ]
    for (const [message, damage] of damaged) {
      const json = JSON.parse(text) as Record<string, unknown>
      assert.throws(
        () => parseBaseline(damage(json)),
        (error) => error instanceof InputError && message.test(error.message),
        String(message),
      )
    }
  })

  it('is refused when a column of it is damaged, with the place in the column', async () => {
    const text = formatBaseline(
      await baselineOf({
        x: numbers(normals(1, 3000)),
        k: numbers(labels(1, 3000, ['1', '2', '3']).map(Number)),
        c: categories(labels(1, 3000, ['a', 'b'])),
      }),
    )
    const at = (json: unknown, ...keys: readonly (string | number)[]): Record<string, unknown> =>
      keys.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], json) as Record<
        string,
        unknown
      >
    const damaged: readonly (readonly [RegExp, (json: unknown) => void])[] = [
      [/columns\[0\].type/, (json) => (at(json, 'columns', 0)['type'] = 'float')],
      [/columns is not names that differ/, (json) => (at(json, 'columns', 0)['name'] = 'k')],
      [/summary.missing/, (json) => (at(json, 'columns', 0, 'summary')['missing'] = 3001)],
      [/numeric.tail is not/, (json) => (at(json, 'columns', 0, 'numeric')['tail'] = 3)],
      [/tail.low/, (json) => (at(json, 'columns', 0, 'numeric', 'tail')['low'] = 'low')],
      [
        /deciles.cuts\[0\]/,
        (json) => (at(json, 'columns', 0, 'numeric', 'deciles', 'cuts')[0] = ''),
      ],
      [/deciles.counts/, (json) => (at(json, 'columns', 0, 'numeric', 'deciles', 'counts')[0] = 1)],
      [/values" or "grid/, (json) => delete at(json, 'columns', 0, 'numeric')['grid']],
      [/grid.n is not/, (json) => (at(json, 'columns', 0, 'numeric', 'grid')['n'] = 2999)],
      [/grid.shift/, (json) => (at(json, 'columns', 0, 'numeric', 'grid')['shift'] = 53)],
      [/grid.isExact/, (json) => (at(json, 'columns', 0, 'numeric', 'grid')['isExact'] = 1)],
      [/grid.first/, (json) => (at(json, 'columns', 0, 'numeric', 'grid')['first'] = 'xyz')],
      [/grid.steps/, (json) => (at(json, 'columns', 0, 'numeric', 'grid')['steps'] = '?')],
      [/ties\[0\]/, (json) => (at(json, 'columns', 0, 'numeric', 'grid')['ties'] = [[0, 5, 5]])],
      [/numeric.values/, (json) => (at(json, 'columns', 1, 'numeric', 'values', 0)[1] = 1)],
      [/categories/, (json) => (at(json, 'columns', 2, 'categories', 'rest')['rows'] = 1)],
    ]
    for (const [message, damage] of damaged) {
      const json = JSON.parse(text) as unknown
      damage(json)
      assert.throws(
        () => parseBaseline(json),
        (error) => error instanceof InputError && message.test(error.message),
        String(message),
      )
    }
    assert.doesNotThrow(() => parseBaseline(JSON.parse(text)))
  })

  it('with a grid that does not open leaves the column undecided and the others decided', async () => {
    const columns = { x: numbers(normals(1, 3000)), y: numbers(normals(2, 3000)) }
    const baseline = parseBaseline(JSON.parse(formatBaseline(await baselineOf(columns))))
    const [x, y] = baseline.columns
    assert.ok(x?.numeric?.grid !== undefined && y !== undefined)
    const numeric = { ...x.numeric, grid: { ...x.numeric.grid, steps: 'AAAA' } }
    const comparison = await compareSnapshots(
      parseBaseline({ ...baseline, columns: [{ ...x, numeric }, y] }),
      memorySnapshot({ x: numbers(normals(3, 3000)), y: numbers(normals(4, 3000)) }),
      settingsWith(),
    )
    assert.deepEqual(codes(comparison, 'x'), ['COLUMN_UNREADABLE'])
    assert.equal(columnOf(comparison, 'x').outcome, 'inconclusive')
    assert.equal(columnOf(comparison, 'y').outcome, 'pass')
  })

  it('of more rows than are written out again is still exact for few values', async () => {
    const rows = 6_000_000
    const half = rows / 2
    const small = await baselineOf({
      k: numbers(Array.from({ length: 6000 }, (_, row) => row % 2)),
    })
    const [column] = small.columns
    assert.ok(column?.numeric !== undefined)
    const large = {
      ...small,
      rows,
      columns: [
        {
          ...column,
          summary: { ...column.summary, rows, valid: rows },
          numeric: {
            ...column.numeric,
            deciles: { cuts: [0], counts: [half, half] },
            histogram: { edges: [0, 1], counts: [rows] },
            values: [
              [0, half],
              [1, half],
            ],
          },
        },
      ],
    }
    const effectOf = async (ones: number) => {
      const current = numbers(Array.from({ length: 5000 }, (_, row) => Number(row < ones)))
      const comparison = await compareSnapshots(
        parseBaseline(JSON.parse(JSON.stringify(large))),
        memorySnapshot({ k: current }),
        settingsWith(),
      )
      const { outcome, effect } = keyOf(comparison, 'k', 'shape')
      return [outcome, effect]
    }
    assert.deepEqual(await effectOf(2500), ['pass', 0])
    assert.deepEqual(await effectOf(3500), ['fail', 0.2])
  })

  it('cannot decide where the current column holds values of another kind', async () => {
    const baseline = await baselineOf({
      x: numbers(normals(1, 3000)),
      y: numbers(normals(2, 3000)),
    })
    const comparison = await compareSnapshots(
      baseline,
      memorySnapshot({
        x: categories(labels(1, 3000, ['a', 'b'])),
        y: numbers(normals(3, 3000)),
      }),
      settingsWith(),
    )
    assert.equal(columnOf(comparison, 'x').outcome, 'inconclusive')
  })

  it('is not made of an empty table', async () => {
    await assert.rejects(baselineOf({ x: numbers([]) }), NothingCheckedError)
  })
})
