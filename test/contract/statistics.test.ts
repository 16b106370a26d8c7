import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findStatistic, STATISTICS } from '../../src/stats/registry.ts'
import type { DriftStatistic } from '../../src/stats/statistic.ts'
import { finiteSample, holds, sorted, tiedSample } from '../stats/samples.ts'

const numeric = STATISTICS.filter((statistic) => statistic.input === 'sorted-values')
const counted = STATISTICS.filter((statistic) => statistic.input === 'counts')

/**
 * How a statistic of numbers grows with their unit, as a power of it. Statistics of ranks do not see the
 * unit, nor any other increasing map; the rest are measured along the axis.
 */
const POWER_OF_THE_UNIT: Readonly<Record<string, 'ranks' | number>> = {
  'kolmogorov-smirnov': 'ranks',
  'cramer-von-mises': 'ranks',
  'anderson-darling': 'ranks',
  'mann-whitney': 'ranks',
  kuiper: 'ranks',
  'welch-t': 0,
  'wasserstein-1': 1,
  energy: 0.5,
}

/** Every sorted sample of at most two of these values. */
const tinySamples = [[], ...pairsOf([-Infinity, -0, 0, 1, Infinity])].map((list) => sorted(...list))

/** Every table of three cells with at most two rows each. */
const tinyTables = Array.from({ length: 27 }, (_, code) => [
  code % 3,
  Math.floor(code / 3) % 3,
  Math.floor(code / 9),
])

function pairsOf(values: readonly number[]): number[][] {
  return values.flatMap((a, i) => [[a], ...values.slice(i).map((b) => [a, b])])
}

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

/** How far apart an answer says the samples are: a distance itself, a small p-value for a test. */
function apartness({ family }: (typeof STATISTICS)[number], result: DriftStatistic): number {
  return family === 'test' ? -(result.pValue ?? NaN) : (result.statistic ?? NaN)
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

test('every statistic of numbers says whether it sees their unit', () => {
  assert.deepEqual(numeric.map(({ id }) => id).sort(), Object.keys(POWER_OF_THE_UNIT).sort())
})

for (const statistic of numeric) {
  const power = POWER_OF_THE_UNIT[statistic.id]

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

  test(`${statistic.id}: two values or fewer on a side give an answer or a reason, infinite or not`, () => {
    for (const x of tinySamples) {
      for (const y of tinySamples) requireWellFormed(statistic.compute(x, y), statistic)
    }
  })

  test(`${statistic.id}: equal constants do not differ, other constants are never taken for them`, () => {
    for (const [n, m] of [
      [1, 1],
      [2, 2],
      [7, 40],
    ] as const) {
      const x = new Float64Array(n).fill(0.1)
      const same = statistic.compute(x, new Float64Array(m).fill(0.1))
      const other = statistic.compute(x, new Float64Array(m).fill(0.3))
      if (statistic.family === 'distance') {
        assert.equal(same.statistic, 0)
        holds((other.statistic ?? NaN) > 0)
      } else if (n + m >= 4 && n > 1) {
        assert.equal(same.pValue, 1)
        holds((other.pValue ?? NaN) < 0.5)
      } else holds(same.pValue === 1 || same.reason !== undefined)
    }
  })

  test(`${statistic.id}: -0 and 0 are one value`, () => {
    fc.assert(
      fc.property(tiedSample(1), tiedSample(1), (x, y) => {
        const unsigned = (values: Float64Array): Float64Array => values.map((v) => v + 0)
        const plain = statistic.compute(unsigned(x), unsigned(y))
        const signed = statistic.compute(x, y)
        assert.deepEqual([signed.statistic, signed.pValue], [plain.statistic, plain.pValue])
      }),
    )
  })

  test(`${statistic.id}: NaN is refused, not answered`, () => {
    for (const values of [Float64Array.of(NaN), Float64Array.of(1, 2, 3, NaN)]) {
      assert.throws(() => statistic.compute(values, sorted(1, 2, 3, 4)), RangeError)
      assert.throws(() => statistic.compute(sorted(1, 2, 3, 4), values), RangeError)
    }
  })

  test(`${statistic.id}: samples that move apart never look more alike`, () => {
    const distinct = fc.uniqueArray(fc.integer({ min: -40, max: 40 }), {
      minLength: 3,
      maxLength: 20,
    })
    fc.assert(
      fc.property(distinct, (values) => {
        const x = sorted(...values)
        let previous = -Infinity
        // Shifts by half a unit more than a whole one, so that no two values are tied.
        for (const shift of [0.5, 1.5, 2.5, 8.5, 30.5, 90.5]) {
          const answer = statistic.compute(
            x,
            x.map((v) => v + shift),
          )
          const now = apartness(statistic, answer)
          holds(now >= previous - 1e-12 * Math.abs(previous), `${String(now)} at ${String(shift)}`)
          previous = now
        }
      }),
    )
  })

  if (power === 'ranks') {
    test(`${statistic.id}: does not change under an increasing map, even to infinite values`, () => {
      fc.assert(
        fc.property(tiedSample(1), tiedSample(1), (x, y) => {
          const distinct = [...new Set([...x, ...y].map((v) => v + 0))].sort((a, b) => a - b)
          const stretched = distinct.map((_, rank) => Math.exp(rank) - 5)
          stretched[0] = -Infinity
          if (stretched.length > 1) stretched[stretched.length - 1] = Infinity
          const map = (v: number): number => stretched[distinct.indexOf(v + 0)] as number
          const plain = statistic.compute(x, y)
          const mapped = statistic.compute(x.map(map), y.map(map))
          assert.deepEqual([mapped.statistic, mapped.pValue], [plain.statistic, plain.pValue])
        }),
      )
    })
  } else {
    test(`${statistic.id}: ignores a common offset and follows the unit`, () => {
      const eighths = fc
        .array(fc.integer({ min: -4000, max: 4000 }), { minLength: 2, maxLength: 20 })
        .map((values) => sorted(...values.map((v) => v / 8)))
      fc.assert(
        fc.property(eighths, eighths, fc.constantFrom(0.25, 2, 64), (x, y, unit) => {
          const plain = statistic.compute(x, y)
          const inUnit = (v: number): number => (v + 512) * unit
          const mapped = statistic.compute(x.map(inUnit), y.map(inUnit))
          const expected =
            plain.statistic === null ? null : plain.statistic * unit ** (power ?? NaN)
          holds(close(mapped.statistic, expected), String(mapped.statistic))
          holds(close(mapped.pValue, plain.pValue))
        }),
      )
    })

    test(`${statistic.id}: is not defined with infinite values, and says so`, () => {
      const finite = sorted(1, 2, 3, 4)
      for (const values of [sorted(1, 2, 3, Infinity), sorted(-Infinity, Infinity)]) {
        for (const result of [
          statistic.compute(values, finite),
          statistic.compute(finite, values),
          statistic.compute(values, values),
        ]) {
          assert.equal(result.statistic, null)
          holds(result.pValue === undefined || result.pValue === null)
          holds(result.reason !== undefined)
        }
      }
    })
  }

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

  test(`${statistic.id}: two rows or fewer in a cell give an answer or a reason`, () => {
    requireWellFormed(statistic.compute([], []), statistic)
    for (const a of tinyTables) {
      for (const b of tinyTables) requireWellFormed(statistic.compute(a, b), statistic)
    }
  })

  test(`${statistic.id}: does not depend on the order of the cells`, () => {
    fc.assert(
      fc.property(counts, fc.nat({ max: 7 }), (pairs, turn) => {
        const turned = [...pairs.slice(turn), ...pairs.slice(0, turn)].toReversed()
        const [there, back] = [pairs, turned].map((list) =>
          statistic.compute(
            list.map(([count]) => count),
            list.map(([, count]) => count),
          ),
        )
        holds(close(there?.statistic, back?.statistic))
        holds(close(there?.pValue, back?.pValue))
      }),
    )
  })

  test(`${statistic.id}: the more rows change their cell, the further apart`, () => {
    const table = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 8 })
    fc.assert(
      fc.property(table, (reference) => {
        const [first, second, ...rest] = reference as [number, number, ...number[]]
        let previous = -Infinity
        for (let moved = 0; moved <= first; moved++) {
          const answer = statistic.compute(reference, [first - moved, second + moved, ...rest])
          const now = apartness(statistic, answer)
          holds(now >= previous - 1e-12 * Math.abs(previous), `${String(now)} at ${String(moved)}`)
          previous = now
        }
      }),
    )
  })

  test(`${statistic.id}: reports the rows it was given and leaves its input alone`, () => {
    const [a, b] = [
      [3, 0, 4],
      [1, 5, 0],
    ] as const
    assert.deepEqual(statistic.compute(a, b).n, { reference: 7, current: 6 })
    assert.deepEqual(
      [a, b],
      [
        [3, 0, 4],
        [1, 5, 0],
      ],
    )
  })

  test(`${statistic.id}: tables of different lengths and negative counts are refused`, () => {
    assert.throws(() => statistic.compute([1, 2], [1]), RangeError)
    assert.throws(() => statistic.compute([1, -2], [1, 2]), RangeError)
    assert.throws(() => statistic.compute([1, NaN], [1, 2]), RangeError)
    assert.throws(() => statistic.compute([1, 2], [1, Infinity]), RangeError)
  })
}
