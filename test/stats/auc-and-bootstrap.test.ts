import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  areaUnderRoc,
  aucInterval,
  compareAucs,
  logitAucInterval,
  rocAuc,
  waldAucInterval,
} from '../../src/stats/auc.ts'
import { bootstrapInterval } from '../../src/stats/bootstrap.ts'
import { clopperPearson } from '../../src/stats/intervals/proportion.ts'
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

  it('does not change under an increasing map of the scores, even to infinite ones', () => {
    const ends = new Map([
      [-5, -Infinity],
      [5, Infinity],
    ])
    fc.assert(
      fc.property(scored, (rows) => {
        const labels = rows.map(({ label }) => label)
        const scores = rows.map(({ score }) => score)
        const mapped = scores.map((score) => ends.get(score) ?? Math.exp(score))
        assert.deepEqual(rocAuc(labels, mapped), rocAuc(labels, scores))
      }),
    )
  })

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const of = (list: typeof rows): ReturnType<typeof rocAuc> =>
          rocAuc(
            list.map(({ label }) => label),
            list.map(({ score }) => score),
          )
        const forward = of(rows)
        const backward = of(rows.toReversed())
        assert.equal(forward?.auc, backward?.auc)
        const difference = (forward?.variance ?? 0) - (backward?.variance ?? 0)
        assert.ok(Math.abs(difference) < 1e-14)
        assert.equal(forward?.variance === null, backward?.variance === null)
      }),
    )
  })

  it('is undefined when only one class occurs, and refuses NaN', () => {
    assert.equal(rocAuc([1, 1], [0.2, 0.3]), null)
    assert.equal(areaUnderRoc(Float64Array.of(1), new Float64Array()), null)
    assert.throws(() => rocAuc([0, 1], [0.2, NaN]), RangeError)
    assert.throws(() => rocAuc([0, NaN], [0.2, 1]), RangeError)
    assert.throws(() => rocAuc([0, 1], [0.2]), RangeError)
  })

  it('lies in an interval within 0 to 1, whatever the scores', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const result = rocAuc(
          rows.map(({ label }) => label),
          rows.map(({ score }) => score),
        )
        assert.ok(result)
        const { low, high } = aucInterval(result)
        assert.ok(0 <= low && low <= result.auc && result.auc <= high && high <= 1)
        assert.ok(low < high, 'no finite number of rows makes it certain')
      }),
    )
  })

  it('is bounded by the pairs of rows when the scores separate the classes', () => {
    const perfect = rocAuc([0, 0, 0, 0, 1, 1, 1], [1, 2, 3, 4, 5, 6, 7])
    const inverted = rocAuc([1, 1, 1, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7])
    assert.ok(perfect && inverted)
    assert.equal(logitAucInterval(perfect), null)
    const { low, high, method } = aucInterval(perfect, 0.9)
    assert.deepEqual([high, method], [1, 'pairs'])
    assert.ok(Math.abs(low - clopperPearson(3, 3, 0.9).low) < 1e-12)
    assert.equal(aucInterval(inverted, 0.9).low, 0)
    assert.ok(Math.abs(aucInterval(inverted, 0.9).high - (1 - low)) < 1e-12)
  })

  it('has no known spread and no bounds when a class has a single row', () => {
    const result = rocAuc([1, 0, 0, 0, 0], [2.5, 1, 2, 3, 4])
    assert.ok(result)
    assert.equal(result.variance, null)
    assert.deepEqual([waldAucInterval(result), logitAucInterval(result)], [null, null])
    assert.deepEqual(aucInterval(result), { low: 0, high: 1, method: 'none' })
    const { pValue, covariance, reason } = compareAucs(result, result)
    assert.deepEqual([pValue, covariance], [null, null])
    assert.ok(reason)
  })

  it('has the interval of its neighbours in statistics: Wald within the logit one at the middle', () => {
    const result = rocAuc([0, 1, 0, 1, 0, 1, 0, 1], [1, 2, 3, 4, 5, 6, 7, 0])
    assert.ok(result)
    const wald = waldAucInterval(result)
    assert.ok(wald)
    assert.ok(Math.abs(wald.low + wald.high - 2 * result.auc) < 1e-12)
  })

  it('has no difference to test between a score and itself', () => {
    const auc = rocAuc([0, 1, 0, 1], [1, 2, 3, 4])
    assert.ok(auc)
    assert.deepEqual([compareAucs(auc, auc).z, compareAucs(auc, auc).pValue], [null, 1])
  })

  it('is not said to differ with certainty when every row agrees on the difference', () => {
    const labels = [0, 0, 1, 1]
    const right = rocAuc(labels, [1, 2, 3, 4])
    const wrong = rocAuc(labels, [4, 3, 2, 1])
    assert.ok(right && wrong)
    const { difference, pValue, reason } = compareAucs(right, wrong)
    assert.deepEqual([difference, pValue], [1, null])
    assert.ok(reason)
  })

  it('turns the sign of z around when the scores are exchanged, and refuses other rows', () => {
    const random = createRandom(4)
    const labels = Array.from({ length: 60 }, () => random.integer(2))
    const score = (): number[] => labels.map((label) => label + 2 * random.next())
    const [a, b] = [rocAuc(labels, score()), rocAuc(labels, score())]
    assert.ok(a && b)
    const there = compareAucs(a, b)
    const back = compareAucs(b, a)
    assert.ok(there.z !== null && back.z !== null)
    assert.ok(Math.abs(there.z + back.z) < 1e-12)
    assert.equal(there.pValue, back.pValue)
    const other = rocAuc([0, 1], [1, 2])
    assert.ok(other)
    assert.throws(() => compareAucs(a, other), RangeError)
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

  it('takes any numbers for groups: names, gaps and their order do not matter', () => {
    const values = Array.from({ length: 60 }, (_, row) => (row * 7) % 13)
    const run = (code: (group: number) => number): unknown =>
      bootstrapInterval(60, mean(values), {
        random: createRandom(9),
        resamples: 200,
        groups: values.map((_, row) => code(Math.floor(row / 4))),
      })
    assert.deepEqual(
      run((group) => 4e9 - 5 * group),
      run((group) => group),
    )
  })

  it('is undefined for one row or one group, which show no spread', () => {
    const options = { random: createRandom(1), resamples: 50 }
    assert.equal(
      bootstrapInterval(1, () => 1, options),
      null,
    )
    const groups = [3, 3, 3, 3]
    assert.equal(bootstrapInterval(4, mean([1, 2, 3, 4]), { ...options, groups }), null)
  })

  it('has nearly the same acceleration whether rows are left out one by one or in blocks', () => {
    const random = createRandom(21)
    const values = Array.from({ length: 900 }, () => (1 - random.next()) ** -0.3)
    const acceleration = (jackknifeBlocks: number): number => {
      const options = { random: createRandom(1), resamples: 20, jackknifeBlocks }
      const interval = bootstrapInterval(900, mean(values), options)
      assert.ok(interval?.acceleration)
      return interval.acceleration
    }
    // Three standard errors of the skewness of 300 sums, sqrt(15) / (6 * 300) each.
    assert.ok(Math.abs(acceleration(900) - acceleration(300)) < 0.0065)
  })

  it('falls back to the percentile interval when the statistic needs every row', () => {
    const needsFirst = (rows: Uint32Array): number | null =>
      rows.includes(0) || rows.length === 9 ? rows.reduce((sum, row) => sum + row, 0) : null
    const interval = bootstrapInterval(
      10,
      (rows) => (rows.length === 10 ? needsFirst(Uint32Array.of(0, ...rows)) : null),
      { random: createRandom(1), resamples: 100 },
    )
    assert.ok(interval)
    assert.equal(interval.method, 'percentile')
    assert.match(interval.reason ?? '', /left out/)
  })

  it('is undefined when every resample is equal, which bounds nothing', () => {
    const options = { random: createRandom(1), resamples: 50 }
    assert.equal(
      bootstrapInterval(10, () => 0.5, options),
      null,
    )
    assert.equal(bootstrapInterval(50, mean(Array.from({ length: 50 }, () => 1)), options), null)
  })

  it('counts the resamples on which the statistic is not defined, and leaves them out', () => {
    let asked = 0
    const interval = bootstrapInterval(
      5,
      (indices) => {
        // The rows themselves come first, then 300 resamples, then the rows without one of them.
        const resample = asked++
        if (resample >= 1 && resample <= 300 && resample % 3 === 0) return null
        return indices.reduce((sum, row) => sum + row, 0) / indices.length
      },
      { random: createRandom(4), resamples: 300 },
    )
    assert.deepEqual([interval?.resamples, interval?.undefinedResamples], [300, 100])
    assert.ok(interval && interval.low >= 0 && interval.low < 2 && interval.high > 2)
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

  it('refuses a statistic that is not a number, and options out of range', () => {
    const random = createRandom(1)
    for (const value of [NaN, Infinity]) {
      assert.throws(() => bootstrapInterval(5, () => value, { random }), RangeError)
    }
    for (const wrong of [
      { resamples: 0 },
      { resamples: NaN },
      { level: 1 },
      { level: NaN },
      { jackknifeBlocks: 1 },
      { groups: [0, 1, 2, 3, 0.5] },
    ]) {
      assert.throws(() => bootstrapInterval(5, () => 1, { random, ...wrong }), RangeError)
    }
  })

  it('refuses no rows and groups that do not fit', () => {
    assert.throws(() => bootstrapInterval(0, () => 1, { random: createRandom(1) }), RangeError)
    assert.throws(
      () => bootstrapInterval(3, () => 1, { random: createRandom(1), groups: [0, 1] }),
      RangeError,
    )
  })
})
