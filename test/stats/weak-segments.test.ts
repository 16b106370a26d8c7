import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hypergeometricTail } from '../../src/stats/distributions/hypergeometric.ts'
import { createRandom, type Random } from '../../src/stats/random.ts'
import { weakSegments, type SegmentFeature } from '../../src/stats/weak-segments.ts'

const OPTIONS = { minSupport: 30, alpha: 0.05, minRatio: 1 }

function levelsAtRandom(rows: number, levels: number, random: Random): SegmentFeature {
  return { levels, codes: Int32Array.from({ length: rows }, () => random.integer(levels)) }
}

function errorsAt(rate: (row: number) => number, rows: number, random: Random): Uint8Array {
  return Uint8Array.from({ length: rows }, (_, row) => Number(random.next() < rate(row)))
}

// scipy.stats.hypergeom(N, K, n).sf(k - 1), scipy 1.17.1.
for (const [k, good, bad, drawn, expected] of [
  [8, 50, 150, 20, 0.09031597310898802],
  [3, 50, 150, 20, 0.9199859929276207],
  [40, 900, 3100, 60, 2.202811278981275e-13],
  [159, 267, 1233, 355, 1.409191576842527e-45],
] as const) {
  test(`the tail of ${String(k)} of ${String(drawn)} drawn agrees with scipy`, () => {
    const tail = hypergeometricTail(k, good, bad, drawn)
    assert.ok(Math.abs(tail / expected - 1) < 1e-9, String(tail))
  })
}

test('the tail is 1 below and 0 above the possible counts, and counts are demanded', () => {
  assert.equal(hypergeometricTail(0, 5, 5, 3), 1)
  assert.equal(hypergeometricTail(4, 3, 7, 5), 0)
  assert.throws(() => hypergeometricTail(0.5, 5, 5, 3), RangeError)
  assert.throws(() => hypergeometricTail(1, 5, 5, 11), RangeError)
})

test('errors at one rate everywhere give no segment in at least 95 % of tables', () => {
  const trials = 300
  let withSegments = 0
  for (let seed = 0; seed < trials; seed++) {
    const random = createRandom(seed)
    const rows = 600
    const errors = errorsAt(() => 0.25, rows, random)
    const features = Array.from({ length: 5 }, () => levelsAtRandom(rows, 4, random))
    const { segments, tested } = weakSegments(errors, features, OPTIONS)
    assert.ok(tested > 100)
    withSegments += Math.min(1, segments.length)
  }
  assert.ok(withSegments <= 0.05 * trials, `${String(withSegments)} of ${String(trials)}`)
})

test('errors that come by customer give no segment in at least 95 % of tables, once the groups are known', () => {
  const trials = 200
  let known = 0
  let unknown = 0
  for (let seed = 0; seed < trials; seed++) {
    const random = createRandom(1000 + seed)
    const [customers, each] = [150, 6]
    const rows = customers * each
    const groups = Uint32Array.from({ length: rows }, (_, row) => Math.floor(row / each))
    const rates = Array.from({ length: customers }, () => (random.next() < 0.2 ? 0.9 : 0.05))
    const errors = errorsAt((row) => rates[Math.floor(row / each)] ?? 0, rows, random)
    const features = Array.from({ length: 5 }, () => {
      const { codes } = levelsAtRandom(customers, 4, random)
      return { levels: 4, codes: Int32Array.from(groups, (group) => codes[group] ?? -1) }
    })
    known += Math.min(1, weakSegments(errors, features, { ...OPTIONS, groups }).segments.length)
    unknown += Math.min(1, weakSegments(errors, features, OPTIONS).segments.length)
  }
  assert.ok(known <= 0.05 * trials, `${String(known)} of ${String(trials)}`)
  // The law is about the groups: without them the same tables are full of segments.
  assert.ok(unknown > 0.5 * trials, String(unknown))
})

test('a weak level is found, and no pair is named for what one feature explains', () => {
  const random = createRandom(4)
  const rows = 3000
  const features = Array.from({ length: 4 }, () => levelsAtRandom(rows, 4, random))
  const errors = errorsAt((row) => (features[1]?.codes[row] === 2 ? 0.4 : 0.1), rows, random)
  const { segments } = weakSegments(errors, features, OPTIONS)
  assert.deepEqual(
    segments.map(({ parts }) => parts),
    [[{ feature: 1, level: 2 }]],
  )
  const [{ rows: count, errors: wrong, rate, interval } = assert.fail()] = segments
  assert.equal(rate, wrong / count)
  assert.ok(interval.low < rate && rate < interval.high)
})

test('a weak pair is found, and neither feature is named for what the pair explains', () => {
  const random = createRandom(6)
  const rows = 4000
  const features = Array.from({ length: 4 }, () => levelsAtRandom(rows, 4, random))
  const isWeak = (row: number) => features[0]?.codes[row] === 1 && features[3]?.codes[row] === 0
  const errors = errorsAt((row) => (isWeak(row) ? 0.7 : 0.1), rows, random)
  const { segments } = weakSegments(errors, features, OPTIONS)
  assert.deepEqual(
    segments.map(({ parts }) => parts),
    [
      [
        { feature: 0, level: 1 },
        { feature: 3, level: 0 },
      ],
    ],
  )
})

test('small segments, rows in no level, and tables without errors are no segments', () => {
  const rows = 200
  const codes = Int32Array.from({ length: rows }, (_, row) => (row < 20 ? 1 : row < 60 ? -1 : 0))
  const errors = Uint8Array.from({ length: rows }, (_, row) => Number(row < 60))
  const { segments, tested } = weakSegments(errors, [{ levels: 2, codes }], OPTIONS)
  assert.deepEqual(segments, [])
  assert.equal(tested, 1)
  const none = weakSegments(new Uint8Array(rows), [{ levels: 2, codes }], OPTIONS)
  assert.deepEqual(none.segments, [])
  assert.deepEqual(weakSegments(errors, [], OPTIONS).segments, [])
})

test('options out of range and columns of other lengths are refused', () => {
  const feature = { levels: 1, codes: new Int32Array(3) }
  const search = (options: Partial<typeof OPTIONS>, rows = 3) =>
    weakSegments(new Uint8Array(rows), [feature], { ...OPTIONS, ...options })
  assert.throws(() => search({ alpha: 0 }), RangeError)
  assert.throws(() => search({ alpha: Number.NaN }), RangeError)
  assert.throws(() => search({ minRatio: 0.5 }), RangeError)
  assert.throws(() => search({ minSupport: 0 }), RangeError)
  assert.throws(() => search({}, 4), RangeError)
})
