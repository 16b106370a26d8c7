import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  betaBinomialProbability,
  betaBinomialUpperTail,
} from '../../src/stats/distributions/beta-binomial.ts'
import { betaCdf, betaQuantile } from '../../src/stats/distributions/beta.ts'
import { binomialProbability, binomialSurvival } from '../../src/stats/distributions/binomial.ts'
import {
  chiSquareSurvival,
  noncentralChiSquareSurvival,
} from '../../src/stats/distributions/chi-square.ts'
import { hypergeometricDensity } from '../../src/stats/distributions/hypergeometric.ts'
import {
  andersonDarlingSurvival,
  cramerVonMisesSurvival,
} from '../../src/stats/distributions/limit-laws.ts'
import { normalQuantile, normalSurvival } from '../../src/stats/distributions/normal.ts'
import { studentTQuantile, studentTSurvival } from '../../src/stats/distributions/student-t.ts'
import { holds, relativeError } from './samples.ts'

test('the normal quantile undoes the survival function in both tails', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-15, max: 0.5, noNaN: true }), (p) => {
      holds(relativeError(normalSurvival(-normalQuantile(p)), p) < 1e-13)
      assert.equal(normalQuantile(1 - p) >= 0, true)
    }),
  )
  assert.deepEqual([0, 0.5, 1].map(normalQuantile), [-Infinity, 0, Infinity])
  holds(relativeError(normalQuantile(1e-300), -37.04709629936119) < 1e-13)
  holds(relativeError(normalQuantile(0.5 + 2 ** -40), 2.2797651350911115e-12) < 1e-13)
})

test('tails far below 1e-16 are not rounded to 0', () => {
  holds(relativeError(normalSurvival(37), 5.725571222524577e-300) < 1e-12)
  holds(relativeError(chiSquareSurvival(1373.8726, 1), 1.0000156226655739e-300) < 1e-11)
  holds(relativeError(studentTSurvival(36, 1e6), 6.366995560199513e-284) < 1e-12)
  holds(relativeError(binomialSurvival(999, 1000, 0.5), 2 ** -1000) < 1e-12)
})

test('chi-square with 2 degrees of freedom is exponential', () => {
  for (const x of [0, 1e-9, 1, 10, 600, 1400]) {
    holds(relativeError(chiSquareSurvival(x, 2), Math.exp(-x / 2)) < 1e-12)
  }
  assert.equal(chiSquareSurvival(-1, 3), 1)
  assert.equal(chiSquareSurvival(Infinity, 3), 0)
})

test('the noncentral chi-square law with 1 degree of freedom is a shifted squared normal', () => {
  for (const [x, nc] of [
    [0.5, 3],
    [50, 4],
    [900, 400],
    [20, 1e4],
  ] as const) {
    const shift = Math.sqrt(nc)
    const expected = normalSurvival(Math.sqrt(x) - shift) + normalSurvival(Math.sqrt(x) + shift)
    holds(relativeError(noncentralChiSquareSurvival(x, 1, nc), expected) < 1e-11)
  }
  assert.equal(noncentralChiSquareSurvival(7, 3, 0), chiSquareSurvival(7, 3))
})

test('the noncentral chi-square tail grows with the noncentrality and falls with x', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 500, noNaN: true }),
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0, max: 300, noNaN: true }),
      (x, df, nc) => {
        const here = noncentralChiSquareSurvival(x, df, nc)
        holds(here >= 0 && here <= 1)
        holds(noncentralChiSquareSurvival(x, df, nc + 1) >= here * (1 - 1e-12))
        holds(noncentralChiSquareSurvival(x + 1, df, nc) <= here * (1 + 1e-12))
      },
    ),
  )
})

test('Student’s law with 1 and 2 degrees of freedom has closed forms', () => {
  for (const t of [1e-8, 0.3, 1, 4, 1e3, 1e9]) {
    const cauchy = Math.atan2(1, t) / Math.PI
    holds(relativeError(studentTSurvival(t, 1), cauchy) < 1e-13)
    const root = Math.sqrt(2 + t * t)
    holds(relativeError(studentTSurvival(t, 2), 1 / (root * (root + t))) < 1e-13)
  }
  assert.equal(studentTSurvival(0, 5), 0.5)
  assert.equal(studentTSurvival(-Infinity, 5), 1)
  assert.equal(studentTSurvival(2, Infinity), normalSurvival(2))
})

test('the quantile of Student’s law undoes the survival function', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-10, max: 0.49, noNaN: true }),
      fc.double({ min: 1, max: 1e5, noNaN: true }),
      (p, df) => {
        const t = studentTQuantile(p, df)
        holds(relativeError(studentTSurvival(-t, df), p) < 1e-10)
        holds(Math.abs(studentTQuantile(1 - p, df) + t) <= 1e-4 * Math.abs(t))
      },
    ),
  )
  holds(relativeError(studentTQuantile(0.975, 10), 2.2281388519862744) < 1e-12)
})

test('the beta quantile undoes the distribution function', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-9, max: 0.99, noNaN: true }),
      fc.double({ min: 0.5, max: 1e4, noNaN: true }),
      fc.double({ min: 0.5, max: 1e4, noNaN: true }),
      (p, a, b) => {
        holds(Math.abs(betaCdf(betaQuantile(p, a, b), a, b) - p) < 1e-9)
      },
    ),
  )
  assert.deepEqual([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)], [0, 1])
})

test('binomial probabilities add to the survival function', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: -1, max: 61 }),
      (n, p, k) => {
        let sum = 0
        for (let j = n; j > k && j >= 0; j--) sum += binomialProbability(j, n, p)
        holds(Math.abs(binomialSurvival(k, n, p) - sum) < 1e-13)
      },
    ),
  )
})

test('hypergeometric probabilities are ratios of binomial coefficients', () => {
  const choose = (n: number, k: number): number => {
    let value = 1
    for (let j = 1; j <= k; j++) value = (value * (n - k + j)) / j
    return value
  }
  for (let k = 0; k <= 7; k++) {
    const expected = (choose(9, k) * choose(12, 7 - k)) / choose(21, 7)
    holds(relativeError(hypergeometricDensity(k, 9, 12, 7), expected) < 1e-13)
  }
  assert.equal(hypergeometricDensity(8, 9, 12, 7), 0)
  assert.equal(hypergeometricDensity(3, 3, 4, 7), 1)
})

test('beta-binomial probabilities add to 1 and to the upper tail', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 80 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 200 }),
      (m, a, b) => {
        let tail = 0
        for (let k = m; k >= 0; k--) {
          tail += betaBinomialProbability(k, m, a, b)
          holds(relativeError(betaBinomialUpperTail(k, m, a, b), tail) < 1e-11)
        }
        holds(Math.abs(tail - 1) < 1e-12)
      },
    ),
  )
})

test('the limit laws agree with 60-digit values, in the deep tail too', () => {
  for (const [x, expected] of [
    [0.46136, 0.05000038313265],
    [20, 1.0972093165653813e-44],
  ] as const) {
    holds(relativeError(cramerVonMisesSurvival(x), expected) < 1e-12)
  }
  for (const [x, expected] of [
    [2.5, 0.04954113437612451],
    [600, 1.057014019338617e-262],
  ] as const) {
    holds(relativeError(andersonDarlingSurvival(x), expected) < 1e-12)
  }
})

test('the limit laws fall from 1 to 0', () => {
  for (const survival of [cramerVonMisesSurvival, andersonDarlingSurvival]) {
    assert.equal(survival(-1), 1)
    assert.equal(survival(0), 1)
    assert.equal(survival(Infinity), 0)
    let previous = 1
    for (let x = 0.001; x < 400; x *= 1.05) {
      const here = survival(x)
      holds(here <= previous + 1e-14)
      previous = here
    }
  }
})

test('at and beyond the ends of their support the laws are certain', () => {
  for (const [got, expected] of [
    [normalSurvival(-Infinity), 1],
    [normalSurvival(Infinity), 0],
    [normalQuantile(0), -Infinity],
    [normalQuantile(1), Infinity],
    [chiSquareSurvival(-1, 3), 1],
    [chiSquareSurvival(Infinity, 3), 0],
    [noncentralChiSquareSurvival(-1, 3, 2), 1],
    [noncentralChiSquareSurvival(Infinity, 3, 2), 0],
    [studentTSurvival(-Infinity, 5), 1],
    [studentTSurvival(Infinity, 5), 0],
    [studentTSurvival(0, 5), 0.5],
    [studentTQuantile(0, 5), -Infinity],
    [studentTQuantile(1, 5), Infinity],
    [studentTQuantile(0.5, 5), 0],
    [betaCdf(-1, 2, 3), 0],
    [betaCdf(2, 2, 3), 1],
    [betaQuantile(0, 2, 3), 0],
    [betaQuantile(1, 2, 3), 1],
    [binomialProbability(-1, 4, 0.5), 0],
    [binomialProbability(5, 4, 0.5), 0],
    [binomialProbability(0, 0, 0.5), 1],
    [binomialSurvival(-1, 4, 0.5), 1],
    [binomialSurvival(4, 4, 0.5), 0],
    [binomialSurvival(2, 4, 1), 1],
    [betaBinomialProbability(-1, 4, 2, 3), 0],
    [betaBinomialProbability(5, 4, 2, 3), 0],
    [betaBinomialUpperTail(0, 4, 2, 3), 1],
    [betaBinomialUpperTail(5, 4, 2, 3), 0],
    [hypergeometricDensity(3, 2, 5, 3), 0],
    [cramerVonMisesSurvival(Infinity), 0],
    [andersonDarlingSurvival(-1), 1],
  ] as const) {
    assert.equal(got, expected)
  }
})

test('Student’s law with infinitely many degrees of freedom is the normal one', () => {
  for (const z of [-2, 0.3, 6]) {
    assert.equal(studentTSurvival(z, Infinity), normalSurvival(z))
    holds(relativeError(studentTSurvival(z, 1e9), normalSurvival(z)) < 1e-5)
  }
  assert.equal(studentTQuantile(0.975, Infinity), normalQuantile(0.975))
})

test('arguments without a meaning are refused, not answered', () => {
  const calls: (() => unknown)[] = [
    () => normalSurvival(NaN),
    () => normalQuantile(1.1),
    () => normalQuantile(NaN),
    () => chiSquareSurvival(NaN, 1),
    () => chiSquareSurvival(1, 0),
    () => noncentralChiSquareSurvival(1, 1, -1),
    () => noncentralChiSquareSurvival(NaN, 1, 1),
    () => studentTSurvival(NaN, 1),
    () => studentTSurvival(1, 0),
    () => studentTQuantile(2, 1),
    () => studentTQuantile(0.5, 0),
    () => betaCdf(NaN, 1, 1),
    () => betaQuantile(-0.1, 1, 1),
    () => binomialSurvival(1.5, 3, 0.5),
    () => binomialSurvival(1, -3, 0.5),
    () => binomialProbability(1, 3, NaN),
    () => betaBinomialUpperTail(1, 3, 0.5, 1),
    () => betaBinomialUpperTail(1.5, 3, 1, 1),
    () => betaBinomialUpperTail(1, -3, 1, 1),
    () => betaBinomialUpperTail(1, 3, 1, NaN),
    () => cramerVonMisesSurvival(NaN),
    () => andersonDarlingSurvival(NaN),
  ]
  for (const call of calls) assert.throws(call, RangeError)
})
