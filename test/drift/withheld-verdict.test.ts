import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { codes, columnOf, compare, labels, normals } from './draws.ts'
import type { Columns } from './draws.ts'
import { categories, numbers } from '../memory-snapshot.ts'

/** Features in the hundreds, which the textbook limit on a distance always calls drifted. */
function hundreds(seed: number): Columns {
  return Object.fromEntries(
    Array.from({ length: 5 }, (_, i) => [
      `x${String(i)}`,
      numbers(normals(seed + i, 400, 1000, 200)),
    ]),
  )
}

describe('a rule that alarms on the reference itself', () => {
  it('gives no verdict: its alarms are inconclusive, its numbers stay', async () => {
    const settings = { rule: 'textbook' as const, calibrate: 30 }
    const decided = await compare(hundreds(1), hundreds(20), { ...settings, calibrate: 0 })
    const withheld = await compare(hundreds(1), hundreds(20), settings)
    assert.equal(withheld.calibration?.usable, false)
    assert.deepEqual(codes(withheld), ['TOO_MANY_DRIFTED_FEATURES', 'RULE_NOT_USABLE'])
    const inferred = withheld.findings.filter(({ code }) => code !== 'ROW_COUNTS')
    assert.ok(inferred.every(({ severity }) => severity === 'inconclusive'))
    for (const [i, column] of withheld.columns.entries()) {
      assert.equal(decided.columns[i]?.outcome, 'warn')
      assert.equal(column.outcome, 'inconclusive')
      const said = column.findings.find(({ code }) => code === 'VERDICT_WITHHELD')
      assert.deepEqual([said?.severity, said?.args['outcome']], ['inconclusive', 'warn'])
      assert.ok(column.keys.every(({ outcome, certain }) => outcome === 'inconclusive' && !certain))
      assert.deepEqual(
        column.keys.map(({ statistic }) => statistic),
        decided.columns[i].keys.map(({ statistic }) => statistic),
      )
    }
  })

  it('withholds its passes as well', async () => {
    const table = (seed: number): Columns => ({
      ...hundreds(seed),
      small: numbers(normals(seed + 9, 400, 0, 0.01)),
      c: categories(labels(seed, 400, ['a', 'b'])),
    })
    const comparison = await compare(table(1), table(20), { rule: 'textbook', calibrate: 30 })
    assert.equal(columnOf(comparison, 'small').outcome, 'inconclusive')
    assert.equal(columnOf(comparison, 'c').outcome, 'not-applicable')
  })

  it('leaves facts as they are: a lost column, an empty column, a broken declaration', async () => {
    const table = (seed: number): Columns =>
      Object.fromEntries(
        ['lost', 'empty', 'x', 'y'].map((name, i) => [name, numbers(normals(seed + i, 2000))]),
      )
    const { x, y } = table(10) as { readonly x: Columns[string]; readonly y: Columns[string] }
    const empty = numbers(new Array<null>(2000).fill(null))
    const slightest = [0.0001, 0.0002] as const
    const comparison = await compare(
      table(1),
      { empty, x, y },
      {
        calibrate: 30,
        // At such a level and such thresholds halves of one sample alarm again and again.
        alpha: 0.45,
        thresholds: { shape: slightest, tail: slightest, novel: slightest, missing: slightest },
        columns: new Map([['x', { range: { max: 1 } }]]),
      },
    )
    assert.equal(comparison.calibration?.usable, false)
    assert.equal(columnOf(comparison, 'lost').outcome, 'fail')
    assert.equal(columnOf(comparison, 'empty').outcome, 'fail')
    assert.equal(columnOf(comparison, 'x').outcome, 'fail')
    assert.ok(codes(comparison, 'x').includes('OUT_OF_DECLARED_RANGE'))
    assert.ok(!codes(comparison, 'x').includes('VERDICT_WITHHELD'))
    assert.equal(columnOf(comparison, 'y').outcome, 'inconclusive')
  })
})
