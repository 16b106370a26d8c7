import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bootstrapInterval } from '../../src/stats/bootstrap.ts'
import { pairedShareInterval } from '../../src/stats/paired-share.ts'
import { createRandom } from '../../src/stats/random.ts'

// scipy 1.17.1: bootstrap((values,), np.mean, method='BCa', n_resamples=20000, random_state=1).
test('the interval of 95 gains and 35 losses in 400 rows is that of scipy', () => {
  const { low, high } = pairedShareInterval(95, 35, 400) ?? assert.fail()
  assert.ok(Math.abs(low - 0.095) <= 1 / 400 + 1e-12, String(low))
  assert.ok(Math.abs(high - 0.2025) <= 1 / 400 + 1e-12, String(high))
})

for (const [plus, minus, rows] of [
  [170, 111, 4000],
  [12, 3, 200],
  [5, 0, 100],
  [40, 60, 110],
] as const) {
  test(`counting all resamples agrees with drawing some: ${String(plus)}, ${String(minus)} of ${String(rows)}`, () => {
    const values = Array.from({ length: rows }, (_, i) =>
      i < plus ? 1 : i < plus + minus ? -1 : 0,
    )
    const mean = (indices: Uint32Array) =>
      indices.reduce((sum, row) => sum + (values[row] ?? 0), 0) / indices.length
    const random = createRandom(2)
    const drawn = bootstrapInterval(rows, mean, { random, resamples: 6000 }) ?? assert.fail()
    const counted = pairedShareInterval(plus, minus, rows) ?? assert.fail()
    const tolerance = 0.06 * (drawn.high - drawn.low) + 1 / rows
    assert.ok(Math.abs(counted.low - drawn.low) <= tolerance, JSON.stringify([counted, drawn]))
    assert.ok(Math.abs(counted.high - drawn.high) <= tolerance, JSON.stringify([counted, drawn]))
  })
}

test('gain and loss change places with the two models', () => {
  const one = pairedShareInterval(30, 12, 300) ?? assert.fail()
  const other = pairedShareInterval(12, 30, 300) ?? assert.fail()
  assert.ok(Math.abs(one.low + other.high) <= 1 / 300 + 1e-12)
  assert.ok(Math.abs(one.high + other.low) <= 1 / 300 + 1e-12)
})

test('rows that are all alike bound nothing, and counts must fit', () => {
  assert.equal(pairedShareInterval(0, 0, 50), null)
  assert.equal(pairedShareInterval(50, 0, 50), null)
  assert.equal(pairedShareInterval(0, 50, 50), null)
  assert.throws(() => pairedShareInterval(30, 30, 50), RangeError)
  assert.throws(() => pairedShareInterval(1.5, 0, 50), RangeError)
  assert.throws(() => pairedShareInterval(1, 0, 50, 1), RangeError)
})

test('counts too many to add up are left to resampling', () => {
  assert.equal(pairedShareInterval(400_000, 300_000, 1_000_000), null)
})
