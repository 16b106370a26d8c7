import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compareSnapshots } from '../../src/drift/compare.ts'
import type { Finding } from '../../src/core/finding.ts'
import { codes, columnOf, compare, normals, settingsWith } from './draws.ts'
import { memorySnapshot, numbers } from '../memory-snapshot.ts'

const N = 2000

/** A column with so many values, in random rows of which it does not matter which. */
const sparse = (valid: number, n = N) =>
  numbers(Array.from({ length: n }, (_, row) => (row < valid ? row : null)))

describe('a column without a valid value', () => {
  it('fails where chance would not empty it, and is undecided where it could', async () => {
    const outcome = async (valid: number, n = N, m = N) => {
      const comparison = await compare(
        { s: sparse(valid, n), x: numbers(normals(1, n)) },
        { s: sparse(0, m), x: numbers(normals(2, m)) },
      )
      return [columnOf(comparison, 's').outcome, codes(comparison, 's').at(-1)]
    }
    // 13 values all fall on one of two equal sides with a probability of about 1/8192, 14 of 1/16384.
    assert.deepEqual(await outcome(13), ['inconclusive', 'TOO_FEW_VALUES'])
    assert.deepEqual(await outcome(14), ['fail', 'ALL_MISSING'])
    assert.deepEqual(await outcome(N), ['fail', 'ALL_MISSING'])
    assert.deepEqual(await outcome(14, N, 200), ['inconclusive', 'TOO_FEW_VALUES'])
  })

  it('does not pass because the reference has none either', async () => {
    const comparison = await compare(
      { s: sparse(0), x: numbers(normals(1, N)) },
      { s: sparse(50), x: numbers(normals(2, N)) },
    )
    assert.equal(columnOf(comparison, 's').outcome, 'inconclusive')
    const both = await compare(
      { s: sparse(0), x: numbers(normals(1, N)) },
      { s: sparse(0), x: numbers(normals(2, N)) },
    )
    assert.equal(columnOf(both, 's').outcome, 'not-applicable')
  })

  it('is undecided when its values could not be read on either side', async () => {
    const table = (seed: number) => {
      const args = { column: 's', type: 'number', count: N, rows: N, first: [] }
      const finding: Finding = { code: 'VALUES_UNPARSABLE', args }
      const snapshot = memorySnapshot({ s: sparse(0), x: numbers(normals(seed, N)) })
      return { ...snapshot, findings: [finding] }
    }
    const comparison = await compareSnapshots(table(1), table(2), settingsWith())
    assert.equal(columnOf(comparison, 's').outcome, 'inconclusive')
    assert.equal(columnOf(comparison, 'x').outcome, 'pass')
  })

  it('does not make the rule useless by being empty in halves of the reference', async () => {
    const comparison = await compare(
      { s: sparse(3), x: numbers(normals(1, N)) },
      { s: sparse(3), x: numbers(normals(2, N, 5)) },
      { calibrate: 100 },
    )
    assert.equal(comparison.calibration?.usable, true)
    assert.equal(columnOf(comparison, 'x').outcome, 'fail')
  })
})
