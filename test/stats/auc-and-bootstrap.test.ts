import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compareAucs, logitAucInterval, rocAuc } from '../../src/stats/auc.ts'
import { bootstrapInterval } from '../../src/stats/bootstrap.ts'
import { createRandom } from '../../src/stats/random.ts'

const scored = fc
  .array(fc.record({ label: fc.nat(1), score: fc.integer({ min: -5, max: 5 }) }), { maxLength: 25 })
  .filter((rows) => new Set(rows.map(({ label }) => label)).size === 2)

describe('the area under the ROC curve', () => {
  it('is the share of pairs in the right order, ties as half', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        let right = 0
        let pairs = 0
        for (const a of rows.filter(({ label }) => label === 1)) {
          for (const b of rows.filter(({ label }) => label === 0)) {
            right += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0
            pairs++
          }
        }
        const result = rocAuc(
          rows.map((row) => row.label),
          rows.map((row) => row.score),
        )
        assert.ok(result)
        assert.ok(Math.abs(result.auc - right / pairs) < 1e-12)
      }),
    )
  })

  it('turns around when the scores do, and its interval stays within 0 to 1', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const labels = rows.map(({ label }) => label)
        const up = rocAuc(
          labels,
          rows.map(({ score }) => score),
        )
        const down = rocAuc(
          labels,
          rows.map(({ score }) => -score),
        )
        assert.ok(up && down)
        assert.ok(Math.abs(up.auc + down.auc - 1) < 1e-12)
        const interval = logitAucInterval(up)
        if (interval !== null) {
          assert.ok(
            0 <= interval.low &&
              interval.low <= up.auc &&
              up.auc <= interval.high &&
              interval.high <= 1,
          )
        }
      }),
    )
  })

  it('is undefined when only one class occurs, and refuses NaN', () => {
    assert.equal(rocAuc([1, 1], [0.2, 0.3]), null)
    assert.throws(() => rocAuc([0, 1], [0.2, NaN]), RangeError)
  })

  it('has no difference to test between a score and itself', () => {
    const auc = rocAuc([0, 1, 0, 1], [1, 2, 3, 4])
    assert.ok(auc)
    assert.deepEqual([compareAucs(auc, auc).z, compareAucs(auc, auc).pValue], [null, 1])
  })
})

describe('a bootstrap interval', () => {
  const mean =
    (values: readonly number[]) =>
    (rows: Uint32Array): number =>
      rows.reduce((sum, row) => sum + (values[row] as number), 0) / rows.length

  it('is the same for the same seed and other for another', () => {
    const values = Array.from({ length: 40 }, (_, i) => (i * 37) % 11)
    const run = (seed: number): unknown =>
      bootstrapInterval(40, mean(values), { random: createRandom(seed), resamples: 300 })
    assert.deepEqual(run(1), run(1))
    assert.notDeepEqual(run(1), run(2))
  })

  it('covers the true mean about as often as its level says', () => {
    const random = createRandom(11)
    let covered = 0
    const runs = 200
    for (let run = 0; run < runs; run++) {
      const values = Array.from({ length: 40 }, () => -Math.log(1 - random.next()))
      const interval = bootstrapInterval(40, mean(values), { random, resamples: 400, level: 0.9 })
      assert.ok(interval)
      if (interval.low <= 1 && 1 <= interval.high) covered++
    }
    // Five standard errors of a binomial share around 0.9, minus what 40 skewed values cost.
    assert.ok(covered / runs > 0.9 - 0.13 && covered / runs < 0.99, String(covered / runs))
  })

  it('is wider when dependent rows are drawn together', () => {
    const values = Array.from({ length: 200 }, (_, row) => Math.floor(row / 20))
    const groups = values
    const width = (grouped: boolean): number => {
      const interval = bootstrapInterval(200, mean(values), {
        random: createRandom(5),
        resamples: 500,
        ...(grouped ? { groups } : {}),
      })
      assert.ok(interval)
      return interval.high - interval.low
    }
    assert.ok(width(true) > 2.5 * width(false))
  })

  it('falls back to the percentile interval, with the reason, when nothing varies', () => {
    const interval = bootstrapInterval(10, () => 0.5, { random: createRandom(1), resamples: 50 })
    assert.ok(interval)
    assert.deepEqual([interval.method, interval.low, interval.high], ['percentile', 0.5, 0.5])
    assert.ok(interval.reason)
  })

  it('is undefined when the statistic is, on the rows or on most resamples', () => {
    const options = { random: createRandom(1), resamples: 50 }
    assert.equal(
      bootstrapInterval(10, () => null, options),
      null,
    )
    const onlyInOrder = (rows: Uint32Array): number | null =>
      rows.every((row, i) => row === i) ? 1 : null
    assert.equal(bootstrapInterval(10, onlyInOrder, options), null)
  })

  it('refuses no rows and groups that do not fit', () => {
    assert.throws(() => bootstrapInterval(0, () => 1, { random: createRandom(1) }), RangeError)
    assert.throws(
      () => bootstrapInterval(3, () => 1, { random: createRandom(1), groups: [0, 1] }),
      RangeError,
    )
  })
})
