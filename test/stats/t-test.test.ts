import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { meanEffects, sampleMoments, studentT, welchT } from '../../src/stats/two-sample/t-test.ts'
import {
  finiteSample,
  holds,
  relativeError,
  sorted,
  sortedSample,
  uniformGenerator,
} from './samples.ts'

test('a large common offset costs no digits of the variance', () => {
  const { mean, variance } = sampleMoments(Float64Array.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16))
  assert.deepEqual([mean, variance], [1e9 + 10, 30])
})

test('equal values have no variance, also where their sum is rounded', () => {
  const { mean, variance } = sampleMoments(new Float64Array(7).fill(0.1))
  assert.deepEqual([mean, variance], [0.1, 0])
})

test('equal constants give p = 1 and different constants p = 0, both without a statistic', () => {
  const a = sampleMoments(new Float64Array(3).fill(0.1))
  const b = sampleMoments(new Float64Array(11).fill(0.1))
  const c = sampleMoments(new Float64Array(11).fill(0.2))
  for (const run of [welchT, studentT]) {
    assert.deepEqual([run(a, b).statistic, run(a, b).pValue], [null, 1])
    assert.deepEqual([run(a, c).statistic, run(a, c).pValue], [null, 0])
    holds(run(a, b).reason !== undefined)
  }
  assert.deepEqual(meanEffects(a, c), { cohensD: null, hedgesG: null, glassDelta: null })
})

test('exchanging the samples turns the sign and keeps p', () => {
  fc.assert(
    fc.property(finiteSample(2, 20), finiteSample(2, 20), (x, y) => {
      const [a, b] = [sampleMoments(x), sampleMoments(y)]
      for (const run of [welchT, studentT]) {
        const there = run(a, b)
        const back = run(b, a)
        if (there.statistic === null) return
        assert.equal(there.statistic, -(back.statistic ?? NaN))
        holds(relativeError(back.pValue ?? NaN, there.pValue ?? NaN) < 1e-9)
      }
    }),
  )
})

test('for equal sizes Welch’s and Student’s t are the same number', () => {
  const random = uniformGenerator(3)
  const x = sampleMoments(sortedSample(50, random))
  const y = sampleMoments(sortedSample(50, () => 2 * random()))
  holds(relativeError(welchT(x, y).statistic ?? NaN, studentT(x, y).statistic ?? NaN) < 1e-13)
  holds((welchT(x, y).degreesOfFreedom ?? NaN) < (studentT(x, y).degreesOfFreedom ?? NaN))
})

test('Hedges’s factor is smaller than 1 and close to 1 - 3/(4 df - 1)', () => {
  for (const n of [2, 3, 10, 1000, 1_000_000]) {
    const a = { n, mean: 1, variance: 1 }
    const { cohensD, hedgesG } = meanEffects(a, { n, mean: 0, variance: 1 })
    const factor = (hedgesG ?? NaN) / (cohensD ?? NaN)
    holds(factor < 1)
    holds(Math.abs(factor - (1 - 3 / (4 * (2 * n - 2) - 1))) < 0.02 / n)
  }
  // Gamma(1) / (1 * Gamma(1/2)) for two degrees of freedom.
  const { hedgesG } = meanEffects({ n: 2, mean: 1, variance: 1 }, { n: 2, mean: 0, variance: 1 })
  holds(relativeError(hedgesG ?? NaN, 1 / Math.sqrt(Math.PI)) < 1e-14)
})

test('too few or infinite values have no t, and say why', () => {
  const good = sampleMoments(sorted(1, 2, 3))
  for (const bad of [
    sorted(),
    sorted(1),
    sorted(1, Infinity),
    sorted(-Infinity, Infinity),
    sorted(1e308, -1e308),
  ]) {
    const result = welchT(good, sampleMoments(bad))
    assert.equal(result.statistic, null)
    assert.equal(result.pValue, null)
    holds(result.reason !== undefined)
    assert.equal(meanEffects(good, sampleMoments(bad)).cohensD, null)
  }
})

test('without drift the p-value of Welch’s test is uniform', () => {
  const random = uniformGenerator(12)
  const runs = 2000
  const pValues = Array.from({ length: runs }, () => {
    const x = sampleMoments(sortedSample(25, random))
    const y = sampleMoments(sortedSample(40, random))
    return welchT(x, y).pValue ?? NaN
  })
  for (const level of [0.05, 0.2, 0.5, 0.8]) {
    const share = pValues.filter((p) => p <= level).length / runs
    holds(Math.abs(share - level) < 4 * Math.sqrt((level * (1 - level)) / runs) + 0.004)
  }
})
