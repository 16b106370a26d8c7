import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { judgeFlag, type JudgedFlag } from '../../src/rollout/flags/judge.ts'
import { readFlags } from '../../src/rollout/flags/read-flags.ts'
import { modelOf } from '../../src/rollout/flags/versions.ts'
import type { SourceText } from '../../src/rollout/located.ts'
import { edited, fixture, lineOf, lines, type Edit } from './texts.ts'

const NAMES = { candidate: ['2026.11.1'], previous: ['2026.08.2'] }

async function judged(source: SourceText, environment?: string): Promise<JudgedFlag> {
  const read = await readFlags(source, environment)
  assert.ok('flags' in read, JSON.stringify(read))
  const [flag] = read.flags
  assert.ok(flag !== undefined)
  return judgeFlag(flag, NAMES)
}

describe('a good flag has no findings and its share is computed', () => {
  for (const [name, share, sticky] of [
    ['flagd.json', 0.05, 'customer_id'],
    ['unleash.json', 0.05, 'userId'],
    ['launchdarkly.json', 0.05, 'key'],
  ] as const) {
    it(name, async () => {
      const { flag, candidateShare, findings } = await judged(fixture(`flags/${name}`))
      assert.deepEqual(lines(findings), [])
      assert.ok(Math.abs((candidateShare ?? 0) - share) < 1e-12)
      assert.deepEqual(flag.stickiness, { kind: 'key', name: sticky })
      assert.equal(flag.key, 'credit-model')
    })
  }
})

type Broken = readonly [
  name: string,
  edits: readonly Edit[],
  expected: readonly (readonly [string, string])[],
]

const FLAGD: readonly Broken[] = [
  [
    'the default is the new model',
    [['"defaultVariant": "previous"', '"defaultVariant": "candidate"']],
    [['fail FLAG_DEFAULT_IS_NEW', '"candidate": "credit']],
  ],
  [
    'the default is no variant',
    [['"defaultVariant": "previous"', '"defaultVariant": "old"']],
    [['fail FLAG_VARIANT_MISSING', '"credit-model": {']],
  ],
  [
    'there is no default',
    [['"defaultVariant": "previous",', '']],
    [['fail FLAG_WITHOUT_DEFAULT', '"credit-model": {']],
  ],
  ['it is switched off', [['ENABLED', 'DISABLED']], [['fail FLAG_DISABLED', '"credit-model": {']]],
  [
    'its state is misspelt',
    [['ENABLED', 'enabled']],
    [['fail FLAG_DISABLED', '"credit-model": {']],
  ],
  [
    'a variant is of a version that nobody has',
    [['credit-2026.11.1', 'credit-2026.12.1']],
    [
      ['fail FLAG_VARIANT_OF_NO_MODEL', 'credit-2026.12.1'],
      ['fail FLAG_WITHOUT_NEW', '"credit-model": {'],
    ],
  ],
  [
    'a version is only the beginning of another',
    [['credit-2026.11.1', 'credit-2026.11.12']],
    [
      ['fail FLAG_VARIANT_OF_NO_MODEL', 'credit-2026.11.12'],
      ['fail FLAG_WITHOUT_NEW', '"credit-model": {'],
    ],
  ],
  [
    'it decides by the time',
    [['{ "var": "customer_id" }', '{ "var": "$flagd.timestamp" }']],
    [['warn FLAG_NOT_STICKY', '"credit-model": {']],
  ],
  [
    'it decides by nothing',
    [['{ "var": "customer_id" }', '{ "var": "$flagd.flagKey" }']],
    [['warn FLAG_NOT_STICKY', '"credit-model": {']],
  ],
  [
    'a part names no variant',
    [['["candidate", 3]', '["kandidate", 3]']],
    [['fail FLAG_VARIANT_MISSING', '"credit-model": {']],
  ],
  [
    'a rule names no variant',
    [['"candidate",\n', '"kandidate",\n']],
    [['fail FLAG_VARIANT_MISSING', '"kandidate",']],
  ],
  [
    'a weight is no number',
    [['["candidate", 3]', '["candidate", "few"]']],
    [['inconclusive FLAG_WEIGHTS_INVALID', '"few"']],
  ],
  [
    'all weights are 0',
    [['["previous", 57], ["candidate", 3]', '["previous", 0], ["candidate", 0]']],
    [['inconclusive FLAG_WEIGHTS_INVALID', '"fractional"']],
  ],
  [
    'all of the traffic goes to the new model',
    [['["previous", 57], ["candidate", 3]', '["candidate", 3]']],
    [['warn FLAG_ALL_TO_NEW', '"credit-model": {']],
  ],
  [
    'it has no split',
    [
      [', { "var": "email" }', ''],
      ['"targeting"', '"targetting"'],
    ],
    [['warn FLAG_WITHOUT_SHARE', '"credit-model": {']],
  ],
]

const UNLEASH: readonly Broken[] = [
  [
    'it is switched off',
    [['"enabled": true', '"enabled": false']],
    [['fail FLAG_DISABLED', '"type": "release"']],
  ],
  [
    'it is not sticky',
    [['"stickiness": "userId", "groupId"', '"stickiness": "random", "groupId"']],
    [['warn FLAG_NOT_STICKY', '"type": "release"']],
  ],
  [
    'a percentage is too large',
    [['"rollout": "10"', '"rollout": "110"']],
    [['inconclusive FLAG_WEIGHTS_INVALID', '"rollout": "110"']],
  ],
  [
    'weights do not add up to 1000',
    [['"weight": 500', '"weight": 400']],
    [['warn FLAG_WEIGHTS_NOT_WHOLE', '{\n          "name": "candidate"']],
  ],
  [
    'a payload is of no version',
    [['credit-2026.11.1', 'credit-9']],
    [
      ['fail FLAG_VARIANT_OF_NO_MODEL', '{\n          "name": "candidate"'],
      ['fail FLAG_WITHOUT_NEW', '"type": "release"'],
    ],
  ],
]

const LAUNCHDARKLY: readonly Broken[] = [
  ['it is switched off', [['"on": true', '"on": false']], [['fail FLAG_DISABLED', '{\n  "key"']]],
  [
    'off means the new model',
    [['"offVariation": 0', '"offVariation": 1']],
    [['fail FLAG_DEFAULT_IS_NEW', '"name": "candidate"']],
  ],
  [
    'off means no variation',
    [['"offVariation": 0', '"offVariation": 2']],
    [['fail FLAG_VARIANT_MISSING', '{\n  "key"']],
  ],
  [
    'weights do not add up',
    [['"weight": 95000', '"weight": 90000']],
    [['warn FLAG_WEIGHTS_NOT_WHOLE', '"rollout": {']],
  ],
  [
    'a weight is missing',
    [['"variation": 1, "weight": 5000', '"variation": 1']],
    [['inconclusive FLAG_WEIGHTS_INVALID', '"rollout": {']],
  ],
]

for (const [file, table] of [
  ['flagd.json', FLAGD],
  ['unleash.json', UNLEASH],
  ['launchdarkly.json', LAUNCHDARKLY],
] as const) {
  describe(`in ${file} it is found that`, () => {
    for (const [name, edits, expected] of table) {
      it(name, async () => {
        const source = edited(`flags/${file}`, edits)
        const { findings } = await judged(source)
        const places = expected.map(
          ([finding, part]) => `${finding} ${String(lineOf(source, part))}`,
        )
        assert.deepEqual(lines(findings), places)
      })
    }
  })
}

describe('the share of the new model', () => {
  it('is its weight over the sum of all, in flagd', async () => {
    const weights = fc.array(fc.nat(1000), { minLength: 2, maxLength: 2 })
    await fc.assert(
      fc.asyncProperty(weights, async ([previous = 0, candidate = 0]) => {
        fc.pre(previous + candidate > 0)
        const parts = `["previous", ${String(previous)}], ["candidate", ${String(candidate)}]`
        const source = edited('flags/flagd.json', [['["previous", 57], ["candidate", 3]', parts]])
        const { candidateShare } = await judged(source)
        assert.ok(Math.abs((candidateShare ?? -1) - candidate / (previous + candidate)) < 1e-12)
      }),
      { numRuns: 50 },
    )
  })

  it('is unknown when a variant stands for no model', async () => {
    const { candidateShare } = await judged(
      edited('flags/flagd.json', [['credit-2026.08.2', 'x7']]),
    )
    assert.equal(candidateShare, undefined)
  })

  it('counts a weight that is left out as 1', async () => {
    const { candidateShare } = await judged(
      edited('flags/flagd.json', [
        ['["previous", 57], ["candidate", 3]', '["previous"], ["candidate"]'],
      ]),
    )
    assert.equal(candidateShare, 0.5)
  })
})

describe('other shapes of flags', () => {
  it('what clients of Unleash fetch, on or off without variants', async () => {
    const text = JSON.stringify({
      version: 2,
      features: [
        {
          name: 'new-model',
          enabled: true,
          strategies: [
            {
              name: 'flexibleRollout',
              parameters: { rollout: 5, stickiness: 'default', groupId: 'g' },
            },
          ],
        },
      ],
    })
    const { candidateShare, findings } = await judged({ path: 'unleash.json', text })
    assert.deepEqual(lines(findings), [])
    assert.equal(candidateShare, 0.05)
  })

  it('only strategies with constraints give no share to the others', async () => {
    const { candidateShare } = await judged(
      edited('flags/unleash.json', [
        ['"constraints": []', '"constraints": [{"contextName": "userId"}]'],
      ]),
    )
    assert.equal(candidateShare, 0)
  })

  it('what clients of LaunchDarkly fetch', async () => {
    const text = JSON.stringify({
      flags: {
        'credit-model': {
          key: 'credit-model',
          on: true,
          variations: [false, true],
          offVariation: 0,
          fallthrough: {
            rollout: {
              variations: [
                { variation: 0, weight: 90000 },
                { variation: 1, weight: 10000 },
              ],
            },
          },
        },
      },
    })
    const { candidateShare, findings, flag } = await judged({ path: 'flags.json', text })
    assert.equal(flag.format, 'launchdarkly')
    assert.deepEqual(lines(findings), [])
    assert.equal(candidateShare, 0.1)
  })

  it('a FeatureFlag resource of Kubernetes', async () => {
    const text =
      'apiVersion: core.openfeature.dev/v1beta1\nkind: FeatureFlag\nspec:\n  flagSpec:\n    flags:\n      m:\n        state: ENABLED\n        variants: {"on": true, "off": false}\n        defaultVariant: "off"\n        targeting:\n          fractional: [["on", 10], ["off", 90]]\n'
    const { candidateShare, findings, flag } = await judged({ path: 'flag.yaml', text })
    assert.deepEqual(lines(findings), [])
    assert.equal(candidateShare, 0.1)
    assert.deepEqual(flag.stickiness, { kind: 'key', name: 'targetingKey' })
  })

  it('anything else is undecided', async () => {
    for (const text of [
      '',
      '{}',
      '{"flags": {}}',
      '{"flags": {"a": 1}}',
      '{"features": []}',
      '{"flags"',
    ]) {
      const read = await readFlags({ path: 'flags.json', text })
      assert.ok('finding' in read, text)
      assert.equal(read.finding.severity, 'inconclusive')
    }
  })
})

describe('a variant stands for the model', () => {
  const location = { path: 'flags.json' }
  for (const [name, value, model] of [
    ['a', 'credit-2026.11.1', 'candidate'],
    ['a', { model: 'v2026.08.2' }, 'previous'],
    ['v2026.11.1', true, 'candidate'],
    ['on', true, 'candidate'],
    ['off', false, 'previous'],
    ['control', 'control', 'previous'],
    ['canary', 'fast', 'candidate'],
    ['new', 'credit-9', 'unknown'],
    ['blue', 'blue', 'unknown'],
    ['both', ['2026.11.1', '2026.08.2'], 'unknown'],
  ] as const) {
    it(`${model} when it is ${name}: ${JSON.stringify(value)}`, () => {
      assert.equal(modelOf({ name, value, location }, NAMES), model)
    })
  }
})
