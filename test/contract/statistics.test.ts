import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findStatistic, STATISTICS } from '../../src/stats/registry.ts'
import type { DriftStatistic } from '../../src/stats/statistic.ts'
import { finiteSample, holds, sorted, tiedSample } from '../stats/samples.ts'

const numeric = STATISTICS.filter((statistic) => statistic.input === 'sorted-values')
const counted = STATISTICS.filter((statistic) => statistic.input === 'counts')

const counts = fc.array(fc.tuple(fc.nat({ max: 50 }), fc.nat({ max: 50 })), {
  minLength: 1,
  maxLength: 8,
})

/** Numbers are finite or `null` with a reason; p-values belong to tests alone and lie in 0 to 1. */
function requireWellFormed(
  result: DriftStatistic,
  { id, family, range }: (typeof STATISTICS)[number],
): void {
  const { statistic, pValue, reason } = result
  assert.equal(statistic === null || pValue === null, reason !== undefined, `${id}: reason`)
  if (statistic !== null) {
    holds(statistic >= range.minimum && statistic <= range.maximum, `${id}: ${String(statistic)}`)
    holds(Number.isFinite(statistic), id)
  }
  if (family === 'test') assert.notEqual(pValue, undefined, id)
  if (typeof pValue === 'number') holds(pValue >= 0 && pValue <= 1, `${id}: ${String(pValue)}`)
}

function close(a: number | null | undefined, b: number | null | undefined): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b
  return Math.abs(a - b) <= 1e-9 * Math.max(1e-3, Math.abs(a), Math.abs(b))
}

test('ids are unique, kebab-case and findable', () => {
  holds(STATISTICS.length > 0)
  assert.equal(new Set(STATISTICS.map(({ id }) => id)).size, STATISTICS.length)
  for (const statistic of STATISTICS) {
    assert.match(statistic.id, /^[a-z0-9]+(-[a-z0-9]+)*$/)
    assert.equal(findStatistic(statistic.id), statistic)
  }
  assert.equal(findStatistic('no-such-statistic'), undefined)
})

test('every statistic says what it is, for what, in which unit, at what cost, and from where', () => {
  for (const statistic of STATISTICS) {
    for (const text of [
      statistic.title,
      statistic.definition,
      statistic.units,
      statistic.missingRule,
      statistic.complexity,
    ]) {
      holds(text.trim().length > 0, statistic.id)
    }
    holds(statistic.appliesTo.length > 0, statistic.id)
    holds(statistic.references.length > 0, statistic.id)
    holds(statistic.range.minimum < statistic.range.maximum, statistic.id)
  }
})

for (const statistic of numeric) {
  test(`${statistic.id}: answers are finite and in range, or null with a reason`, () => {
    fc.assert(
      fc.property(tiedSample(0), tiedSample(0), (x, y) => {
        requireWellFormed(statistic.compute(x, y), statistic)
      }),
    )
    fc.assert(
      fc.property(finiteSample(0), finiteSample(0), (x, y) => {
        requireWellFormed(statistic.compute(x, y), statistic)
      }),
    )
  })

  test(`${statistic.id}: an empty sample has no statistic`, () => {
    for (const [x, y] of [
      [sorted(), sorted(1, 2, 3, 4)],
      [sorted(1, 2, 3, 4), sorted()],
      [sorted(), sorted()],
    ] as const) {
      const result = statistic.compute(x, y)
      assert.equal(result.statistic, null)
      holds(result.pValue === null || result.pValue === undefined)
      holds(result.reason !== undefined)
    }
  })

  test(`${statistic.id}: a sample does not differ from itself`, () => {
    fc.assert(
      fc.property(finiteSample(4, 60), (x) => {
        const { pValue, statistic: value } = statistic.compute(x, x)
        if (statistic.family === 'distance') holds(value === null || Math.abs(value) < 1e-9)
        else holds((pValue ?? NaN) > 1 - 1e-6, String(pValue))
      }),
    )
  })

  test(`${statistic.id}: exchanging the samples keeps the p-value, and the statistic if symmetric`, () => {
    fc.assert(
      fc.property(finiteSample(2, 30), finiteSample(2, 30), (x, y) => {
        const there = statistic.compute(x, y)
        const back = statistic.compute(y, x)
        holds(close(there.pValue, back.pValue))
        if (statistic.symmetric) holds(close(there.statistic, back.statistic))
      }),
    )
  })

  test(`${statistic.id}: reports the sizes it was given and leaves its input alone`, () => {
    const x = sorted(3, 1, 4, 1, 5, 9, 2, 6)
    const y = sorted(2, 7, 1, 8, 2)
    const before = [Array.from(x), Array.from(y)]
    const { n } = statistic.compute(x, y)
    assert.deepEqual(n, { reference: 8, current: 5 })
    assert.deepEqual([Array.from(x), Array.from(y)], before)
  })

  test(`${statistic.id}: disjoint samples are far apart`, () => {
    const x = Float64Array.from({ length: 60 }, (_, i) => i)
    const y = x.map((v) => v + 1000)
    const { pValue, statistic: value } = statistic.compute(x, y)
    if (statistic.family === 'test') holds((pValue ?? NaN) < 1e-6)
    else holds((value ?? NaN) > 0)
  })
}

for (const statistic of counted) {
  test(`${statistic.id}: answers are finite and in range, or null with a reason`, () => {
    fc.assert(
      fc.property(counts, (pairs) => {
        const a = pairs.map(([count]) => count)
        const b = pairs.map(([, count]) => count)
        requireWellFormed(statistic.compute(a, b), statistic)
      }),
    )
  })

  test(`${statistic.id}: a table does not differ from itself`, () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 9 }), (a) => {
        fc.pre(a.some((count) => count > 0))
        const { pValue, statistic: value } = statistic.compute(a, a)
        holds(Math.abs(value ?? NaN) < 1e-9)
        if (statistic.family === 'test') assert.equal(pValue, 1)
      }),
    )
  })

  test(`${statistic.id}: an empty sample has no statistic`, () => {
    const result = statistic.compute([0, 0], [3, 4])
    assert.equal(result.statistic, null)
    holds(result.reason !== undefined)
  })

  test(`${statistic.id}: exchanging the samples keeps the p-value, and the statistic if symmetric`, () => {
    fc.assert(
      fc.property(counts, (pairs) => {
        const a = pairs.map(([count]) => count)
        const b = pairs.map(([, count]) => count)
        const there = statistic.compute(a, b)
        const back = statistic.compute(b, a)
        holds(close(there.pValue, back.pValue))
        if (statistic.symmetric) holds(close(there.statistic, back.statistic))
      }),
    )
  })

  test(`${statistic.id}: tables of different lengths and negative counts are refused`, () => {
    assert.throws(() => statistic.compute([1, 2], [1]), RangeError)
    assert.throws(() => statistic.compute([1, -2], [1, 2]), RangeError)
    assert.throws(() => statistic.compute([1, NaN], [1, 2]), RangeError)
  })
}
