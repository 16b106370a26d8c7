import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { betaBinomialProbability } from '../../src/stats/distributions/beta-binomial.ts'
import { hypergeometricDensity } from '../../src/stats/distributions/hypergeometric.ts'
import {
  binomialDensity,
  inverseRegularizedBeta,
  regularizedBeta,
} from '../../src/stats/special/beta.ts'
import { erf, erfc, gaussianKernel } from '../../src/stats/special/erfc.ts'
import { poissonDensity, regularizedGamma } from '../../src/stats/special/gamma.ts'
import { kolmogorovSurvival } from '../../src/stats/special/kolmogorov.ts'
import { deviance, stirlingError } from '../../src/stats/special/stirling.ts'
import { holds, relativeError } from './samples.ts'

test('the error of Stirling’s formula completes the logarithm of the factorial', () => {
  let logFactorial = 0
  for (let k = 1; k <= 150; k++) {
    logFactorial += Math.log(k)
    const stirling = 0.5 * Math.log(2 * Math.PI * k) + k * Math.log(k) - k
    holds(Math.abs(stirling + stirlingError(k) - logFactorial) < 1e-14 * (1 + logFactorial))
  }
})

test('the deviance is 0 at its mean, positive elsewhere, and quadratic near it', () => {
  assert.equal(deviance(7, 7), 0)
  assert.equal(deviance(0, 3), 3)
  holds(relativeError(deviance(1e9 + 1, 1e9), 5e-10) < 1e-8)
  fc.assert(
    fc.property(
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      (x, mean) => {
        holds(deviance(x, mean) >= 0)
      },
    ),
  )
})

test('erfc agrees with 60-digit values from the centre to the far tail', () => {
  for (const [x, expected] of [
    [-3, 1.9999779095030014],
    [0, 1],
    [0.5, 0.4795001221869535],
    [1, 0.15729920705028513],
    [2, 0.004677734981047266],
    [5, 1.5374597944280349e-12],
    [10, 2.088487583762545e-45],
    [26, 5.663192408856143e-296],
  ] as const) {
    holds(relativeError(erfc(x), expected) < 4e-15, String(x))
  }
})

test('erf is odd and completes erfc', () => {
  fc.assert(
    fc.property(fc.double({ min: -6, max: 6, noNaN: true }), (x) => {
      assert.equal(erf(-x), -erf(x))
      holds(Math.abs(erf(x) + erfc(x) - 1) < 1e-15)
    }),
  )
})

test('both incomplete gamma functions add to 1 and fall or rise with x', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.5, max: 1e4, noNaN: true }),
      fc.double({ min: 0, max: 3, noNaN: true }),
      (a, share) => {
        const x = a * share
        const here = regularizedGamma(a, x)
        const beyond = regularizedGamma(a, x * 1.01 + 0.01)
        holds(Math.abs(here.lower + here.upper - 1) < 1e-15)
        holds(beyond.upper <= here.upper * (1 + 1e-12))
        holds(beyond.lower >= here.lower * (1 - 1e-12))
      },
    ),
  )
})

test('the upper incomplete gamma function of a whole number is a Poisson sum', () => {
  for (const [a, x] of [
    [1, 700],
    [5, 2],
    [30, 90],
    [400, 380],
  ] as const) {
    let sum = 0
    for (let k = 0; k < a; k++) sum += poissonDensity(k, x)
    holds(relativeError(regularizedGamma(a, x).upper, sum) < 1e-13)
  }
})

test('the incomplete beta function has the symmetry I_x(a, b) = 1 - I_(1-x)(b, a)', () => {
  const shape = fc.double({ min: 0.01, max: 1e5, noNaN: true })
  fc.assert(
    fc.property(shape, shape, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, x) => {
      const here = regularizedBeta(x, 1 - x, a, b)
      const there = regularizedBeta(1 - x, x, b, a)
      holds(Math.abs(here.lower - there.upper) <= 1e-12)
      holds(here.lower >= 0 && here.upper >= 0 && here.lower + here.upper <= 1 + 1e-12)
    }),
    { numRuns: 500 },
  )
})

test('the incomplete beta function of (a, 1) is a power', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 100, noNaN: true }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (a, x) => {
        holds(relativeError(regularizedBeta(x, 1 - x, a, 1).lower, x ** a) < 1e-12)
      },
    ),
  )
})

test('the inverse of the incomplete beta function undoes it in both tails', () => {
  const shape = fc.double({ min: 0.5, max: 1e5, noNaN: true })
  fc.assert(
    fc.property(shape, shape, fc.double({ min: 1e-12, max: 0.5, noNaN: true }), (a, b, tail) => {
      const low = inverseRegularizedBeta(tail, 1 - tail, a, b)
      holds(relativeError(regularizedBeta(low.x, low.y, a, b).lower, tail) < 1e-9)
      const high = inverseRegularizedBeta(1 - tail, tail, a, b)
      holds(relativeError(regularizedBeta(high.x, high.y, a, b).upper, tail) < 1e-9)
    }),
    { numRuns: 300 },
  )
})

test('NaN gives NaN where it is not refused, and never an endless series', () => {
  const values = [
    stirlingError(NaN),
    deviance(NaN, 1),
    deviance(1, NaN),
    deviance(1, 1, NaN),
    poissonDensity(NaN, 1),
    poissonDensity(1, NaN),
    binomialDensity(NaN, 1, 0.5, 0.5),
    binomialDensity(1, 1, NaN, NaN),
    hypergeometricDensity(NaN, 3, 3, 3),
    hypergeometricDensity(1, NaN, 3, 3),
    betaBinomialProbability(1, 3, NaN, 1),
    gaussianKernel(NaN),
    erf(NaN),
    erfc(NaN),
  ]
  assert.deepEqual(values, new Array<number>(values.length).fill(NaN))
})

test('the two series of the Kolmogorov law meet', () => {
  assert.equal(kolmogorovSurvival(0), 1)
  const below = kolmogorovSurvival(1.18 - 1e-12)
  holds(relativeError(below, kolmogorovSurvival(1.18 + 1e-12)) < 1e-10)
  holds(relativeError(kolmogorovSurvival(1.3580986393225505), 0.05) < 1e-12)
})

test('arguments without a meaning are refused, not answered', () => {
  const calls: (() => unknown)[] = [
    () => regularizedGamma(0, 1),
    () => regularizedGamma(1, -1),
    () => regularizedGamma(NaN, 1),
    () => regularizedBeta(1.5, -0.5, 1, 1),
    () => regularizedBeta(NaN, NaN, 1, 1),
    () => regularizedBeta(0.5, 0.5, 0, 1),
    () => inverseRegularizedBeta(NaN, 0.5, 1, 1),
    () => kolmogorovSurvival(-1),
    () => kolmogorovSurvival(NaN),
  ]
  for (const call of calls) assert.throws(call, RangeError)
})
