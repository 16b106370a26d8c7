import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { GradedFinding } from '../../src/core/finding.ts'
import type { LogicalType } from '../../src/table/types.ts'
import { codes, columnOf, compare, keyOf, labels, normals } from './draws.ts'
import { categories, numbers } from '../memory-snapshot.ts'

const N = 2000

/** Values from 0 to 1, the largest replaced. */
function reaching(seed: number, largest: number): Float64Array {
  const values = normals(seed, N).map((value) => Math.abs(Math.sin(value)))
  values[0] = largest
  return values
}

const severities = (findings: readonly GradedFinding[], code: string): string[] =>
  findings.filter((finding) => finding.code === code).map(({ severity }) => severity)

describe('facts that need no test', () => {
  it('suspect another unit from twenty times the largest magnitude on, whatever its sign', async () => {
    for (const [largest, expected] of [
      [19.9, []],
      [20, ['warn']],
      [-20, ['warn']],
    ] as const) {
      const comparison = await compare(
        { x: numbers(reaching(1, 1)) },
        { x: numbers(reaching(2, largest)) },
      )
      const { findings } = columnOf(comparison, 'x')
      assert.deepEqual(severities(findings, 'SUSPECTED_UNIT_CHANGE'), expected, String(largest))
    }
  })

  it('suspect no unit where a range is declared, which is checked exactly instead', async () => {
    const comparison = await compare(
      { x: numbers(reaching(1, 1)) },
      { x: numbers(reaching(2, 50)) },
      { columns: new Map([['x', { range: { min: 0, max: 100 } }]]) },
    )
    assert.deepEqual(codes(comparison, 'x'), [])
    assert.equal(columnOf(comparison, 'x').outcome, 'pass')
  })

  it('suspect no unit against a reference of zeros alone', async () => {
    const comparison = await compare(
      { x: numbers(new Float64Array(N)) },
      { x: numbers(Float64Array.from({ length: N }, (_, row) => Number(row === 0))) },
    )
    assert.deepEqual(codes(comparison, 'x'), [])
  })

  it('name an infinite constant in a way that JSON can hold', async () => {
    const { findings } = columnOf(
      await compare(
        { x: numbers(normals(1, N)) },
        { x: numbers(new Float64Array(N).fill(-Infinity)) },
      ),
      'x',
    )
    const constant = findings.find(({ code }) => code === 'BECAME_CONSTANT')
    assert.equal(constant?.args['value'], '-Infinity')
  })

  it('warn about unseen values from half a percent of the rows on, below the level of the run', async () => {
    const withNew = (rows: number) =>
      categories(labels(2, N, ['a', 'b', 'c']).map((label, row) => (row < rows ? 'new' : label)))
    const findingsAt = async (rows: number) => {
      const comparison = await compare(
        { c: categories(labels(1, N, ['a', 'b', 'c'])) },
        { c: withNew(rows) },
        { alpha: 1e-6 },
      )
      assert.notEqual(keyOf(comparison, 'c', 'novel').outcome, 'fail')
      return severities(columnOf(comparison, 'c').findings, 'UNSEEN_VALUES')
    }
    assert.deepEqual(await findingsAt(8), [])
    assert.deepEqual(await findingsAt(14), ['warn'])
  })

  it('list vanished values without calling them drift', async () => {
    const comparison = await compare(
      { c: categories(labels(1, N, ['a', 'b']).map((label, row) => (row === 0 ? 'z' : label))) },
      { c: categories(labels(2, N, ['a', 'b'])) },
    )
    assert.deepEqual(columnOf(comparison, 'c').vanished, [{ value: 'z', count: 1 }])
    assert.equal(columnOf(comparison, 'c').outcome, 'pass')
  })

  it('tell a change of type that loses meaning from one that loses none', async () => {
    const digits = labels(1, N, ['0', '1'])
    for (const [before, now, expected] of [
      ['boolean', 'category', 'warn'],
      ['category', 'text', 'notice'],
      ['category', 'boolean', 'notice'],
    ] as const satisfies readonly (readonly [LogicalType, LogicalType, string])[]) {
      const comparison = await compare(
        { k: { type: before, cells: digits } },
        { k: { type: now, cells: digits } },
      )
      const found = severities(columnOf(comparison, 'k').findings, 'TYPE_CHANGED')
      assert.deepEqual(found, [expected], `${before} ${now}`)
    }
  })

  it('count what lies outside the range of the reference without judging it', async () => {
    const comparison = await compare(
      { x: numbers(Float64Array.from({ length: N }, (_, row) => row)) },
      { x: numbers(Float64Array.from({ length: N }, (_, row) => row - 1 + (row === 0 ? -5 : 0))) },
    )
    assert.deepEqual(columnOf(comparison, 'x').outOfRange, { belowMin: 1, aboveMax: 0 })
    assert.equal(columnOf(comparison, 'x').outcome, 'pass')
  })

  it('note a declaration that the reference itself breaks', async () => {
    const comparison = await compare(
      { x: numbers(reaching(1, 3)), c: categories(labels(1, N, ['a', 'b', 'c'])) },
      { x: numbers(reaching(2, 1)), c: categories(labels(2, N, ['a', 'b'])) },
      {
        columns: new Map<string, object>([
          ['x', { range: { max: 1 } }],
          ['c', { values: ['a', 'b'] }],
        ]),
      },
    )
    for (const name of ['x', 'c']) {
      const { findings } = columnOf(comparison, name)
      assert.deepEqual(severities(findings, 'REFERENCE_OUTSIDE_DECLARATION'), ['notice'], name)
    }
  })

  it('leave the unsupported and the ignored undecided and unjudged', async () => {
    const table = (seed: number) => ({
      x: numbers(normals(seed, N)),
      nested: { type: 'unsupported' as const, cells: labels(seed, N, ['{}']) },
      note: categories(labels(seed, N, [`n${String(seed)}`])),
    })
    const comparison = await compare(table(1), table(2), {
      columns: new Map([['note', { role: 'ignore' as const }]]),
    })
    assert.equal(columnOf(comparison, 'nested').outcome, 'inconclusive')
    assert.deepEqual(codes(comparison, 'nested'), ['COLUMN_UNSUPPORTED'])
    assert.equal(columnOf(comparison, 'note').outcome, 'not-applicable')
    assert.deepEqual(codes(comparison, 'note'), ['COLUMN_IGNORED'])
  })

  it('compare texts by their length', async () => {
    const text = (seed: number, more: string) => ({
      type: 'text' as const,
      cells: labels(seed, N, ['one', 'two words', 'as many as three']).map((t) => t + more),
    })
    const same = await compare({ t: text(1, '') }, { t: text(2, '') })
    assert.equal(columnOf(same, 't').outcome, 'pass')
    const longer = await compare({ t: text(1, '') }, { t: text(2, ' and a tail') })
    assert.equal(columnOf(longer, 't').outcome, 'fail')
  })
})
