import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mean as meanOf, sampleVariance as varianceOf, sum } from 'simple-statistics'
import { moments } from '../../src/stats/moments.ts'
import { sumOf } from '../../src/stats/sums.ts'
import { finiteSample } from './samples.ts'

/** The two implementations share no code; what they agree on is not a slip of one of them. */
function agrees(ours: number, theirs: number, scale: number): void {
  assert.ok(Math.abs(ours - theirs) <= 1e-9 * scale, `${String(ours)} and ${String(theirs)}`)
}

test('sum, mean and sample variance agree with simple-statistics', () => {
  fc.assert(
    fc.property(finiteSample(2), (sample) => {
      const values = [...sample]
      const largest = Math.max(...values.map(Math.abs), 1e-300)
      const { mean, sampleVariance } = moments(Float64Array.from(values))
      agrees(sumOf(values), sum(values), largest * values.length)
      agrees(mean ?? Number.NaN, meanOf(values), largest)
      agrees(sampleVariance ?? Number.NaN, varianceOf(values), largest ** 2)
    }),
  )
})
