import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { judgeAssignments, ratioMismatch } from '../../src/rollout/ab/assignments.ts'
import {
  judgeExperiment,
  judgeToolExperiment,
  type JudgedExperiment,
} from '../../src/rollout/ab/judge.ts'
import { powerOf, requiredControl, type TestDesign } from '../../src/rollout/ab/power.ts'
import { readExperiment } from '../../src/rollout/ab/read-experiment.ts'
import { sequentialPValue } from '../../src/rollout/ab/sequential.ts'
import type { SourceText } from '../../src/rollout/located.ts'
import { edited, fixture, lineOf, lines, type Edit } from './texts.ts'

const rate = (baseline: number, other: number, alpha = 0.05, ratio = 1): TestDesign => ({
  effect: { kind: 'rate', baseline, minimum: other - baseline },
  alpha,
  ratio,
})

// Numbers of this file without another source: SciPy 1.17.1, norm.isf, norm.ppf, norm.sf and chisquare.

describe('the needed size', () => {
  for (const [from, to, needed] of [
    [0.1, 0.11, 14_751],
    [0.1, 0.105, 57_763],
    [0.85, 0.8, 906],
    [0.85, 0.84, 20_559],
  ] as const) {
    it(`for ${String(from)} against ${String(to)} is ${String(needed)} for each part`, () => {
      assert.equal(requiredControl(rate(from, to), 0.8), needed)
    })
  }

  it('depends on the ratio, the level and the power', () => {
    assert.equal(requiredControl(rate(0.1, 0.11, 0.05, 1 / 9), 0.8), 72_738)
    assert.equal(requiredControl(rate(0.3, 0.33, 0.01, 2), 0.9), 5365)
  })

  it('of two means uses their standard deviation', () => {
    const mean = (sd: number, minimum: number, ratio: number): TestDesign => ({
      effect: { kind: 'mean', sd, minimum },
      alpha: 0.05,
      ratio,
    })
    assert.equal(requiredControl(mean(4, 0.5, 1), 0.8), 1005)
    assert.equal(requiredControl(mean(3, -0.2, 0.25), 0.9), 11_821)
  })
})

describe('the power', () => {
  for (const [from, to, control, alpha, ratio, power] of [
    [0.1, 0.11, 14_751, 0.05, 1, 0.8000055710998797],
    [0.1, 0.11, 24_000, 0.05, 1, 0.9467009106372619],
    [0.1, 0.11, 5000, 0.05, 1, 0.3710889343229114],
    [0.85, 0.84, 1000, 0.05, 1, 0.089760542912804],
    [0.3, 0.33, 900, 0.01, 2, 0.1563428701748339],
  ] as const) {
    it(`of ${String(control)} for ${String(from)} against ${String(to)}`, () => {
      assert.ok(Math.abs(powerOf(rate(from, to, alpha, ratio), control) - power) < 1e-12)
    })
  }

  const designs = fc
    .record({
      baseline: fc.double({ min: 0.02, max: 0.9, noNaN: true }),
      minimum: fc.double({ min: 0.001, max: 0.05, noNaN: true }),
      alpha: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
      ratio: fc.double({ min: 0.1, max: 10, noNaN: true }),
    })
    .map(({ baseline, minimum, alpha, ratio }) => rate(baseline, baseline + minimum, alpha, ratio))

  it('grows with the size', () => {
    fc.assert(
      fc.property(
        designs,
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 1, max: 1e6 }),
        (design, a, b) => {
          assert.ok(powerOf(design, Math.min(a, b)) <= powerOf(design, Math.max(a, b)))
        },
      ),
    )
  })

  it('is reached by the needed size and not by one less', () => {
    fc.assert(
      fc.property(designs, fc.double({ min: 0.3, max: 0.99, noNaN: true }), (design, power) => {
        const needed = requiredControl(design, power)
        assert.ok(powerOf(design, needed) >= power - 1e-9)
        if (needed > 1) assert.ok(powerOf(design, needed - 1) < power + 1e-9)
      }),
    )
  })

  it('refuses what has no meaning', () => {
    for (const design of [
      rate(0.1, 0.1),
      rate(0.1, 1.1),
      rate(Number.NaN, 0.2),
      rate(0.1, 0.2, 0),
      rate(0.1, 0.2, 0.05, 0),
    ]) {
      assert.throws(() => powerOf(design, 100), RangeError)
      assert.throws(() => requiredControl(design, 0.8), RangeError)
    }
    assert.throws(() => requiredControl(rate(0.1, 0.2), 1), RangeError)
    assert.throws(() => powerOf(rate(0.1, 0.2), Number.NaN), RangeError)
  })
})

describe('sample-ratio mismatch', () => {
  for (const [observed, weights, statistic, pValue] of [
    [[5000, 5000], [1, 1], 0, 1],
    [[5000, 5200], [1, 1], 3.9215686274509802, 0.0476703806561615],
    [[821_588, 815_482], [50, 50], 22.77436884189436, 1.8217928726191858e-6],
    [[9100, 900], [90, 10], 11.11111111111111, 0.0008581206663936758],
    [[300, 310, 390], [1, 1, 1], 14.6, 0.0006755387751938441],
    [[90, 110], [1, 1], 2, 0.15729920705028105],
  ] as const) {
    it(`of ${observed.join(', ')} is that of SciPy`, () => {
      const mismatch = ratioMismatch(observed, weights)
      assert.ok(Math.abs(mismatch.statistic - statistic) < 1e-9)
      assert.ok(Math.abs(mismatch.pValue - pValue) <= 1e-9 * pValue)
    })
  }

  it('does not depend on the scale of the weights', () => {
    const weight = fc.integer({ min: 1, max: 100 })
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), weight, weight, (a, b, u, v) => {
        fc.pre(a + b > 0)
        const one = ratioMismatch([a, b], [u, v])
        const other = ratioMismatch([a, b], [u / 7, v / 7])
        assert.ok(Math.abs(one.pValue - other.pValue) < 1e-9)
      }),
    )
  })

  const arms = [
    { name: 'previous', weight: 50 },
    { name: 'candidate', weight: 50 },
  ]
  for (const [name, counts, expected] of [
    ['a fair split passes', { previous: 5021, candidate: 4979 }, []],
    ['a lost tenth fails', { previous: 5000, candidate: 4500 }, ['fail AB_RATIO_MISMATCH -']],
    ['a missing part fails', { previous: 5000 }, ['fail AB_RATIO_MISMATCH -']],
    [
      'eight units decide nothing',
      { previous: 4, candidate: 4 },
      ['inconclusive AB_ASSIGNMENTS_FEW -'],
    ],
    ['no units decide nothing', {}, ['inconclusive AB_ASSIGNMENTS_FEW -']],
    [
      'an unplanned part fails',
      { previous: 500, candidate: 500, other: 3 },
      ['fail AB_PART_UNPLANNED -'],
    ],
  ] as const) {
    it(name, () => {
      const { findings } = judgeAssignments(new Map(Object.entries(counts)), arms, 'ab.csv')
      assert.deepEqual(lines(findings), expected)
    })
  }

  it('refuses what are no counts', () => {
    for (const [counts, weights] of [
      [
        [1.5, 2],
        [1, 1],
      ],
      [[1], [1]],
      [
        [0, 0],
        [1, 1],
      ],
      [
        [1, 2],
        [1, 0],
      ],
      [
        [Number.NaN, 1],
        [1, 1],
      ],
    ] as const) {
      assert.throws(() => ratioMismatch(counts, weights), RangeError)
    }
  })
})

async function judged(source: SourceText): Promise<JudgedExperiment> {
  const read = await readExperiment(source)
  assert.ok('plan' in read, JSON.stringify(read))
  return judgeExperiment(read.plan)
}

describe('the plan of an experiment', () => {
  it('with enough traffic has no findings, and its numbers are computed', async () => {
    const { numbers, findings } = await judged(fixture('experiments/rate.yaml'))
    assert.deepEqual(lines(findings), [])
    assert.ok(numbers !== undefined)
    const { neededControl, neededTreatment, neededDays, plannedControl } = numbers
    assert.deepEqual([neededControl, neededTreatment], [14_751, 14_751])
    assert.deepEqual([neededDays, plannedControl], [14, 15_400])
  })

  type Broken = readonly [name: string, edits: readonly Edit[], expected: readonly string[]]
  const BROKEN: readonly Broken[] = [
    [
      '24 hours',
      [['duration: 14d', 'duration: 24h']],
      ['fail AB_UNDERPOWERED', 'warn AB_SHORTER_THAN_WEEK'],
    ],
    ['half the effect', [['minimum_effect: 0.01', 'minimum_effect: 5%']], ['fail AB_UNDERPOWERED']],
    [
      'a tenth of the traffic for the candidate',
      [['{previous: 50, candidate: 50}', '{previous: 90, candidate: 10}']],
      ['fail AB_UNDERPOWERED'],
    ],
    ['no effect at all', [['minimum_effect: 0.01', 'minimum_effect: 0']], ['fail AB_PLAN_LACKS']],
    ['a rate above 1', [['rate: 0.10', 'rate: 10']], ['fail AB_PLAN_LACKS']],
    ['no direction', [['direction: increase\n', '']], ['fail AB_PLAN_LACKS']],
    [
      'a direction that is none',
      [['increase', 'up']],
      ['inconclusive AB_VALUE_INVALID', 'fail AB_PLAN_LACKS'],
    ],
    ['no traffic', [['traffic_per_day: 2200\n', '']], ['fail AB_PLAN_LACKS']],
    [
      'a duration without a unit',
      [['14d', '14']],
      ['inconclusive AB_VALUE_INVALID', 'fail AB_PLAN_LACKS'],
    ],
    [
      'one part',
      [[', candidate: 50', '']],
      ['inconclusive AB_VALUE_INVALID', 'fail AB_PLAN_LACKS'],
    ],
    [
      'a control that is no part',
      [['control: previous', 'control: old']],
      ['inconclusive AB_VALUE_INVALID', 'fail AB_PLAN_LACKS'],
    ],
    ['a level of 5', [['alpha: 0.05', 'alpha: 5']], ['inconclusive AB_VALUE_INVALID']],
    [
      'a key that is misspelt',
      [['traffic_per_day', 'traffic_perday']],
      ['inconclusive ROLLOUT_KEY_UNKNOWN', 'fail AB_PLAN_LACKS'],
    ],
    [
      'no guardrail',
      [['guardrails:\n  - {metric: error_rate, max: 0.01}\n', '']],
      ['warn AB_WITHOUT_GUARDRAIL'],
    ],
    ['a guardrail without a limit', [[', max: 0.01', '']], ['warn AB_GUARDRAIL_WITHOUT_LIMIT']],
    ['24 looks', [['duration: 14d', 'duration: 14d\nlooks: 24']], ['warn AB_PEEKS']],
    [
      '24 looks with a sequential test',
      [['duration: 14d', 'duration: 14d\nlooks: 24\nsequential: true']],
      [],
    ],
    ['no looks', [['duration: 14d', 'duration: 14d\nlooks: 0']], ['inconclusive AB_VALUE_INVALID']],
  ]
  for (const [name, edits, expected] of BROKEN) {
    it(`with ${name} is told so`, async () => {
      const { findings } = await judged(edited('experiments/rate.yaml', edits))
      assert.deepEqual(
        lines(findings).map((line) => line.split(' ').slice(0, 2).join(' ')),
        expected,
      )
    })
  }

  it('tells the place of a wrong value', async () => {
    const source = edited('experiments/rate.yaml', [['alpha: 0.05', 'alpha: 5']])
    const [finding] = (await judged(source)).findings
    const line = lineOf(source, 'alpha: 5')
    assert.deepEqual(finding?.location, { path: 'rate.yaml', line, column: 8 })
  })

  it('of two means is computed too', async () => {
    const { numbers } = await judged(
      edited('experiments/rate.yaml', [
        ['{rate: 0.10}', '{mean: 12, sd: 4}'],
        ['minimum_effect: 0.01', 'minimum_effect: 0.5'],
      ]),
    )
    assert.equal(numbers?.neededControl, 1005)
  })
})

describe('an experiment of a tool', () => {
  for (const [file, format, milliseconds, arms] of [
    [
      'argo-experiment.yaml',
      'argo-experiment',
      48 * 3_600_000,
      [
        ['baseline', 10],
        ['candidate', 10],
      ],
    ],
    [
      'flagger-ab.yaml',
      'flagger',
      48 * 3_600_000,
      [
        ['primary', undefined],
        ['canary', undefined],
      ],
    ],
  ] as const) {
    it(`${file} is recognised, and plans no numbers`, async () => {
      const read = await readExperiment(fixture(`experiments/${file}`))
      assert.ok('tool' in read)
      assert.equal(read.tool.format, format)
      assert.equal(read.tool.durationMs, milliseconds)
      assert.deepEqual(
        read.tool.arms.map(({ name, percent }) => [name, percent]),
        arms,
      )
      assert.deepEqual(
        lines(judgeToolExperiment(read.tool)).map((line) => line.split(' ')[1]),
        ['AB_WITHOUT_NUMBERS'],
      )
    })
  }

  it('a canary without match is none', async () => {
    for (const source of [fixture('plans/flagger.yaml'), { path: 'a.yaml', text: '' }]) {
      assert.ok('finding' in (await readExperiment(source)))
    }
  })
})

describe('the sequential p-value', () => {
  it('is one over the mixture ratio', () => {
    // L = sqrt(V/(V+t²)) exp(t²d²/(2V(V+t²))) with V = 1e-6, t = 0.01, d = 0.004
    const ratio =
      Math.sqrt(1e-6 / (1e-6 + 1e-4)) * Math.exp((1e-4 * 1.6e-5) / (2e-6 * (1e-6 + 1e-4)))
    assert.ok(Math.abs(sequentialPValue(0.004, 1e-6, 0.01) - Math.min(1, 1 / ratio)) < 1e-12)
  })

  it('is 1 without a difference and falls with it', () => {
    assert.equal(sequentialPValue(0, 1e-6, 0.01), 1)
    const value = fc.double({ min: 0, max: 0.05, noNaN: true })
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [small, large] = [Math.min(a, b), Math.max(a, b)]
        assert.ok(sequentialPValue(large, 1e-6, 0.01) <= sequentialPValue(small, 1e-6, 0.01))
      }),
    )
  })
})
