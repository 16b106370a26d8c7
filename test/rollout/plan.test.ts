import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judgePlan } from '../../src/rollout/plan/judge.ts'
import type { CanaryPlan } from '../../src/rollout/plan/plan.ts'
import { readCanaryPlan } from '../../src/rollout/plan/read-plan.ts'
import { timelineLines, timelineOf } from '../../src/rollout/plan/timeline.ts'
import { edited, fixture, lineOf, lines, type Edit } from './texts.ts'
import type { SourceText } from '../../src/rollout/located.ts'

async function planOf(source: SourceText, others: readonly SourceText[] = []): Promise<CanaryPlan> {
  const read = await readCanaryPlan(source, others)
  assert.ok('plan' in read, JSON.stringify(read))
  return read.plan
}

const judged = async (source: SourceText) => lines(judgePlan(await planOf(source)))

describe('a good plan has no findings', () => {
  for (const name of ['argo.yaml', 'flagger.yaml', 'own.yaml']) {
    it(name, async () => assert.deepEqual(await judged(fixture(`plans/${name}`)), []))
  }
})

/** One wrong commit each: what it changes, and `severity CODE` with the text of the line it is told at. */
type Broken = readonly [
  name: string,
  edits: readonly Edit[],
  expected: readonly (readonly [string, string])[],
]

const ARGO: readonly Broken[] = [
  [
    'the first weight is 50 %',
    [['setWeight: 5\n', 'setWeight: 50\n']],
    [
      ['fail CANARY_FIRST_WEIGHT_LARGE', 'setWeight: 50'],
      ['fail CANARY_WEIGHT_DECREASES', 'setWeight: 25'],
    ],
  ],
  [
    'it jumps to 100 % from the first weight',
    [
      ['        - setWeight: 25\n        - pause: {duration: 6h}\n', ''],
      ['        - setWeight: 60\n        - pause: {duration: 6h}\n', ''],
      ['duration: 12h', 'duration: 24h'],
    ],
    [
      ['warn CANARY_STEP_LARGE', 'canaryService'],
      ['fail CANARY_JUMPS', 'canaryService'],
    ],
  ],
  [
    'a weight goes down',
    [['setWeight: 60', 'setWeight: 20']],
    [
      ['fail CANARY_WEIGHT_DECREASES', 'setWeight: 20'],
      ['warn CANARY_STEP_LARGE', 'canaryService'],
    ],
  ],
  [
    'a weight is no number',
    [['setWeight: 60', 'setWeight: half']],
    [
      ['fail CANARY_WEIGHT_INVALID', 'setWeight: half'],
      ['warn CANARY_STEP_LARGE', 'canaryService'],
    ],
  ],
  [
    'it watches for a day less an hour',
    [['duration: 12h', 'duration: 10h']],
    [['fail CANARY_OBSERVED_SHORT', '- setWeight: 5\n']],
  ],
  [
    'a pause waits for a person',
    [['pause: {duration: 12h}', 'pause: {}']],
    [
      ['inconclusive CANARY_OBSERVATION_UNKNOWN', '- setWeight: 5\n'],
      ['warn CANARY_PAUSE_MANUAL', 'setWeight: 5\n'],
    ],
  ],
  [
    'a pause has an unknown unit',
    [['duration: 12h', 'duration: 12 hours']],
    [
      ['inconclusive CANARY_DURATION_INVALID', '12 hours'],
      ['fail CANARY_OBSERVED_SHORT', '- setWeight: 5\n'],
    ],
  ],
  [
    'a step is misspelt',
    [['- setWeight: 60', '- setWieght: 60']],
    [
      ['inconclusive CANARY_STEP_UNKNOWN', 'setWieght'],
      ['warn CANARY_STEP_LARGE', 'canaryService'],
    ],
  ],
  [
    'the inline analysis has count 0',
    [['value: "7"', 'value: "0"']],
    [['fail CANARY_ANALYSIS_CANNOT_FAIL', 'name: p95']],
  ],
  [
    'the inline analysis has no count',
    [['      count: "{{ args.count }}"\n', '']],
    [['fail CANARY_ANALYSIS_CANNOT_FAIL', 'name: p95']],
  ],
  [
    'an argument of the count has no value',
    [['"{{ args.count }}"', '"{{ args.runs }}"']],
    [['inconclusive CANARY_ANALYSIS_UNKNOWN', 'name: p95']],
  ],
  [
    'it bears as many failures as measurements',
    [['failureLimit: 1', 'failureLimit: 7']],
    [['warn CANARY_ANALYSIS_CANNOT_FAIL', 'name: p95']],
  ],
  [
    'failures are ignored',
    [['failureLimit: 2', 'failureLimit: -1']],
    [['warn CANARY_ANALYSIS_CANNOT_FAIL', 'name: errors']],
  ],
  [
    'a condition does not look at the result',
    [['result[0] <= 0.01', 'true']],
    [['warn CANARY_ANALYSIS_CANNOT_FAIL', 'name: errors']],
  ],
  [
    'a measurement has no condition',
    [['      successCondition: result[0] <= 0.01\n', '']],
    [['warn CANARY_ANALYSIS_CANNOT_FAIL', 'name: errors']],
  ],
  [
    'a metric runs dry',
    [
      [
        'spec:\n  args:\n    - name: service\n',
        'spec:\n  dryRun:\n    - metricName: err.*\n  args:\n    - name: service\n',
      ],
    ],
    [['warn CANARY_ANALYSIS_CANNOT_FAIL', 'name: errors']],
  ],
  [
    'the background analysis begins after the end',
    [['startingStep: 1', 'startingStep: 9']],
    [['warn CANARY_ANALYSIS_CANNOT_FAIL', 'name: errors']],
  ],
  [
    'a template is not there',
    [['templateName: latency', 'templateName: latencies']],
    [['inconclusive CANARY_ANALYSIS_UNKNOWN', 'templateName: latencies']],
  ],
  [
    'a template measures nothing',
    [['  metrics:\n    - name: errors\n', '  measurements:\n    - name: errors\n']],
    [
      [
        'warn CANARY_ANALYSIS_CANNOT_FAIL',
        'apiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate',
      ],
    ],
  ],
  [
    'a measurement has no query',
    [['          query: histogram_quantile', '          querry: histogram_quantile']],
    [['warn CANARY_ANALYSIS_CANNOT_FAIL', 'name: p95']],
  ],
  [
    'NaN passes',
    [['successCondition: result[0] <= 0.01', 'failureCondition: result[0] > 0.01']],
    [['warn CANARY_NO_DATA_PASSES', 'name: errors']],
  ],
  [
    'an empty answer is allowed',
    [['result[0] <= 0.01', 'len(result) == 0 || result[0] <= 0.01']],
    [['warn CANARY_NO_DATA_PASSES', 'name: errors']],
  ],
  [
    'no data is not spoken of',
    [['      consecutiveErrorLimit: 2\n', '']],
    [['warn CANARY_NO_DATA_UNSTATED', 'name: errors']],
  ],
  [
    'nothing is measured',
    [
      [
        fixture('plans/argo.yaml').text.slice(
          fixture('plans/argo.yaml').text.indexOf('      analysis:\n'),
          fixture('plans/argo.yaml').text.indexOf('      steps:\n'),
        ),
        '',
      ],
      [
        '        - analysis:\n            templates:\n              - templateName: latency\n            args:\n              - name: count\n                value: "7"\n',
        '',
      ],
    ],
    [
      ['fail CANARY_WITHOUT_ANALYSIS', '- setWeight: 5\n'],
      ['fail CANARY_WITHOUT_ABORT', '- setWeight: 5\n'],
    ],
  ],
  [
    'six pods stand for 5 %',
    [['      trafficRouting:\n        nginx:\n          stableIngress: credit\n', '']],
    [['warn CANARY_WEIGHT_OF_REPLICAS', 'setWeight: 5\n']],
  ],
]

const FLAGGER: readonly Broken[] = [
  [
    'the first weight is 20 %',
    [['stepWeight: 6', 'stepWeight: 20']],
    [
      ['fail CANARY_FIRST_WEIGHT_LARGE', 'stepWeight: 20'],
      ['fail CANARY_OBSERVED_SHORT', 'interval: 3h'],
    ],
  ],
  [
    'it checks every minute',
    [['interval: 3h', 'interval: 1m']],
    [['fail CANARY_OBSERVED_SHORT', 'interval: 1m']],
  ],
  [
    'a range is empty',
    [['          max: 80\n', '          maximum: 80\n']],
    [['warn CANARY_ANALYSIS_CANNOT_FAIL', 'name: request-duration']],
  ],
  [
    'the analysis is skipped',
    [['spec:\n', 'spec:\n  skipAnalysis: true\n']],
    [
      ['fail CANARY_FIRST_WEIGHT_LARGE', 'interval: 3h'],
      ['fail CANARY_JUMPS', 'interval: 3h'],
      ['fail CANARY_OBSERVED_SHORT', 'interval: 3h'],
      ['fail CANARY_WITHOUT_ANALYSIS', 'interval: 3h'],
      ['fail CANARY_WITHOUT_ABORT', 'interval: 3h'],
    ],
  ],
  [
    'it is blue-green',
    [['maxWeight: 60\n    stepWeight: 6', 'iterations: 10']],
    [
      ['fail CANARY_FIRST_WEIGHT_LARGE', 'interval: 3h'],
      ['fail CANARY_JUMPS', 'interval: 3h'],
      ['fail CANARY_OBSERVED_SHORT', 'interval: 3h'],
    ],
  ],
  [
    'weights are listed and fall',
    [['maxWeight: 60\n    stepWeight: 6', 'stepWeights: [5, 30, 20, 60, 70, 80, 90, 95]']],
    [['fail CANARY_WEIGHT_DECREASES', 'stepWeights']],
  ],
  [
    'a person confirms the promotion',
    [['- name: load', '- name: gate\n        type: confirm-promotion']],
    [['warn CANARY_PAUSE_MANUAL', 'stepWeight: 6']],
  ],
]

const OWN: readonly Broken[] = [
  [
    'it begins with a quarter',
    [['weight: 5%', 'weight: 25%']],
    [['fail CANARY_FIRST_WEIGHT_LARGE', 'weight: 25%']],
  ],
  [
    'it ends at 60 %',
    [['  - {weight: 100%}\n', '']],
    [['fail CANARY_NEVER_COMPLETES', 'weight: 60%']],
  ],
  [
    'a weight is above 100 %',
    [['weight: 60%', 'weight: 160%']],
    [
      ['fail CANARY_WEIGHT_INVALID', 'weight: 160%'],
      ['warn CANARY_STEP_LARGE', 'weight: 100%'],
    ],
  ],
  [
    'a duration has no unit',
    [['observe: 24h', 'observe: 24']],
    [
      ['inconclusive CANARY_DURATION_INVALID', 'observe: 24,'],
      ['fail CANARY_OBSERVED_SHORT', 'weight: 5%'],
    ],
  ],
  [
    'a key is misspelt',
    [['on_no_data: abort', 'on_nodata: abort']],
    [
      ['inconclusive ROLLOUT_KEY_UNKNOWN', 'on_nodata'],
      ['warn CANARY_NO_DATA_UNSTATED', 'weight: 5%'],
      ['warn CANARY_NO_DATA_UNSTATED', 'weight: 5%'],
    ],
  ],
  [
    'a check is not defined',
    [['checks: [errors, p95]', 'checks: [errors, p99]']],
    [['inconclusive CANARY_ANALYSIS_UNKNOWN', 'p99']],
  ],
  [
    'a check has no limit',
    [['latency_p95_seconds, max: 0.05', 'latency_p95_seconds']],
    [['warn CANARY_ANALYSIS_CANNOT_FAIL', 'weight: 5%']],
  ],
  [
    'nothing aborts',
    [['abort: kubectl rollout undo deployment/credit-default', 'abort: none']],
    [['fail CANARY_WITHOUT_ABORT', '- {weight: 5%']],
  ],
  [
    'no data means something else',
    [['on_no_data: abort', 'on_no_data: continue']],
    [
      ['fail CANARY_NO_DATA_INVALID', 'continue'],
      ['warn CANARY_NO_DATA_UNSTATED', 'weight: 5%'],
      ['warn CANARY_NO_DATA_UNSTATED', 'weight: 5%'],
    ],
  ],
  [
    'checks begin at 100 %',
    [
      ['observe: 24h, checks: [errors, p95]', 'observe: 24h'],
      ['observe: 6h, checks: [errors, p95]', 'observe: 6h'],
      ['observe: 6h, checks: [errors]', 'observe: 6h'],
      ['{weight: 100%}', '{weight: 100%, checks: [errors]}'],
    ],
    [['fail CANARY_WATCHED_TOO_LATE', '- {weight: 5%']],
  ],
  [
    'an approval is wanted',
    [['observe: 24h,', 'observe: 24h, approval: bo@example.org,']],
    [['warn CANARY_PAUSE_MANUAL', 'weight: 5%']],
  ],
]

const SAGEMAKER: readonly Broken[] = [
  [
    'an hour a step is all the tool allows',
    [],
    [
      ['fail CANARY_OBSERVED_SHORT', '"DeploymentConfig"'],
      ['warn CANARY_NO_DATA_UNSTATED', 'credit-5xx'],
      ['warn CANARY_NO_DATA_UNSTATED', 'credit-latency-p95'],
    ],
  ],
  [
    'all at once',
    [['"Type": "LINEAR"', '"Type": "ALL_AT_ONCE"']],
    [
      ['fail CANARY_FIRST_WEIGHT_LARGE', '"TrafficRoutingConfiguration"'],
      ['fail CANARY_JUMPS', '"TrafficRoutingConfiguration"'],
      ['fail CANARY_OBSERVED_SHORT', '"DeploymentConfig"'],
      ['warn CANARY_NO_DATA_UNSTATED', 'credit-5xx'],
      ['warn CANARY_NO_DATA_UNSTATED', 'credit-latency-p95'],
    ],
  ],
  [
    'steps count instances',
    [['"Type": "CAPACITY_PERCENT", "Value": 10', '"Type": "INSTANCE_COUNT", "Value": 1']],
    [
      ['inconclusive CANARY_WEIGHT_UNKNOWN', 'INSTANCE_COUNT'],
      ['fail CANARY_OBSERVED_SHORT', '"DeploymentConfig"'],
      ['warn CANARY_NO_DATA_UNSTATED', 'credit-5xx'],
      ['warn CANARY_NO_DATA_UNSTATED', 'credit-latency-p95'],
    ],
  ],
  [
    'no alarms',
    [['[{ "AlarmName": "credit-5xx" }, { "AlarmName": "credit-latency-p95" }]', '[]']],
    [
      ['fail CANARY_OBSERVED_SHORT', '"DeploymentConfig"'],
      ['fail CANARY_WITHOUT_ANALYSIS', '"DeploymentConfig"'],
      ['fail CANARY_WITHOUT_ABORT', '"DeploymentConfig"'],
    ],
  ],
]

const KAYENTA: readonly Broken[] = [
  ['it is a judgement alone', [], [['inconclusive CANARY_WITHOUT_STEPS', '{\n  "name"']]],
  [
    'the weights do not total 100',
    [['"Latency": 40', '"Latency": 30']],
    [
      ['fail CANARY_GROUP_WEIGHTS_NOT_WHOLE', '"groupWeights"'],
      ['inconclusive CANARY_WITHOUT_STEPS', '{\n  "name"'],
    ],
  ],
  [
    'marginal is above pass',
    [['"marginal": 75', '"marginal": 95']],
    [
      ['fail CANARY_SCORE_THRESHOLDS_INVALID', '"scoreThresholds"'],
      ['inconclusive CANARY_WITHOUT_STEPS', '{\n  "name"'],
    ],
  ],
  [
    'a metric is in no group that counts',
    [['"groups": ["Latency"]', '"groups": ["Lateness"]']],
    [
      ['inconclusive CANARY_WITHOUT_STEPS', '{\n  "name"'],
      ['warn CANARY_ANALYSIS_CANNOT_FAIL', '{\n      "name": "p95"'],
    ],
  ],
  [
    'a metric may lack data',
    [
      [
        '"direction": "increase",\n          "mustHaveData": true',
        '"direction": "increase",\n          "mustHaveData": false',
      ],
    ],
    [
      ['inconclusive CANARY_WITHOUT_STEPS', '{\n  "name"'],
      ['warn CANARY_NO_DATA_PASSES', '{\n      "name": "p95"'],
    ],
  ],
]

const KSERVE: readonly Broken[] = [
  ['a percentage is all there is', [], [['warn CANARY_PERCENTAGE_ONLY', 'canaryTrafficPercent']]],
  [
    'the percentage is 40',
    [['Percent: 10', 'Percent: 40']],
    [
      ['fail CANARY_FIRST_WEIGHT_LARGE', 'canaryTrafficPercent'],
      ['warn CANARY_PERCENTAGE_ONLY', 'canaryTrafficPercent'],
    ],
  ],
  [
    'the percentage is none',
    [['Percent: 10', 'Percent: many']],
    [
      ['fail CANARY_WEIGHT_INVALID', 'canaryTrafficPercent'],
      ['inconclusive CANARY_WITHOUT_STEPS', 'canaryTrafficPercent'],
    ],
  ],
  [
    'there is no percentage',
    [['    canaryTrafficPercent: 10\n', '']],
    [
      ['fail CANARY_FIRST_WEIGHT_LARGE', '    model:'],
      ['fail CANARY_JUMPS', '    model:'],
      ['fail CANARY_OBSERVED_SHORT', '    model:'],
      ['fail CANARY_WITHOUT_ANALYSIS', '    model:'],
      ['fail CANARY_WITHOUT_ABORT', '    model:'],
    ],
  ],
]

const FORMATS: readonly (readonly [file: string, broken: readonly Broken[]])[] = [
  ['argo.yaml', ARGO],
  ['flagger.yaml', FLAGGER],
  ['own.yaml', OWN],
  ['sagemaker.json', SAGEMAKER],
  ['kayenta.json', KAYENTA],
  ['kserve.yaml', KSERVE],
]

for (const [file, table] of FORMATS) {
  describe(`in ${file} it is found that`, () => {
    for (const [name, edits, expected] of table) {
      it(name, async () => {
        const source = edited(`plans/${file}`, edits)
        const places = expected.map(
          ([finding, part]) => `${finding} ${String(lineOf(source, part))}`,
        )
        assert.deepEqual(await judged(source), places)
      })
    }
  })
}

describe('a plan', () => {
  it('of SageMaker is found in a CloudFormation template, whose tags are no obstacle', async () => {
    const plan = await planOf(fixture('plans/sagemaker-template.yaml'))
    assert.equal(plan.format, 'sagemaker')
    assert.deepEqual(
      plan.steps.map(({ weight, observedMs }) => [weight, observedMs]),
      [
        [10, 1_800_000],
        [100, 0],
      ],
    )
    assert.deepEqual(
      plan.analyses.map(({ name }) => name),
      ['ErrorAlarm'],
    )
    assert.ok(lines(judgePlan(plan)).some((line) => line.startsWith('fail CANARY_JUMPS')))
  })

  it('of Argo finds its templates in other files too', async () => {
    const { path, text } = fixture('plans/argo.yaml')
    const cut = text.indexOf('---\n')
    const rollout = { path, text: text.slice(0, cut) }
    const templates = { path: 'templates.yaml', text: text.slice(cut) }
    const alone = lines(judgePlan(await planOf(rollout)))
    assert.deepEqual(
      alone.map((line) => line.split(' ')[1]),
      ['CANARY_ANALYSIS_UNKNOWN', 'CANARY_ANALYSIS_UNKNOWN'],
    )
    const plan = await planOf(rollout, [templates])
    assert.deepEqual(lines(judgePlan(plan)), [])
    assert.equal(plan.analyses[0]?.location.path, 'templates.yaml')
  })

  it('is shown as a timeline', async () => {
    const timeline = timelineOf(await planOf(fixture('plans/argo.yaml')))
    assert.deepEqual(timelineLines(timeline), [
      'hour  0      5 %  |#                   |',
      'hour 13     25 %  |#####               |',
      'hour 19     60 %  |############        |',
      'hour 25    100 %  |####################|  by itself',
    ])
    assert.equal(timeline.observedHours, 25)
  })

  it('that cannot be read is undecided, and says where', async () => {
    const texts: readonly (readonly [string, number | undefined])[] = [
      ['', undefined],
      ['replicas: 3\n', undefined],
      ['a: [1\n', 2],
      ['kind: Rollout\nkind: Rollout\n', 2],
      ['a: &x 1\nb: *x\n', 2],
      ['['.repeat(100), 1],
    ]
    for (const [text, line] of texts) {
      const read = await readCanaryPlan({ path: 'plan.yaml', text })
      assert.ok('finding' in read, text)
      assert.equal(read.finding.severity, 'inconclusive')
      assert.equal(read.finding.location?.path, 'plan.yaml')
      assert.equal(read.finding.location.line, line, text)
    }
  })

  it('does not watch while nothing is measured', async () => {
    const late = edited('plans/own.yaml', [['observe: 24h, checks: [errors, p95]', 'observe: 24h']])
    assert.deepEqual(await judged(late), ['warn CANARY_PARTLY_UNWATCHED 4'])
    const argo = edited('plans/argo.yaml', [
      ['startingStep: 1', 'startingStep: 3'],
      ['        - analysis:\n            templates:\n              - templateName: latency\n', ''],
      ['            args:\n              - name: count\n                value: "7"\n', ''],
      ['duration: 12h', 'duration: 24h'],
    ])
    assert.deepEqual(await judged(argo), ['warn CANARY_PARTLY_UNWATCHED 22'])
  })

  it('does not watch while the new model has no traffic', async () => {
    const source = edited('plans/own.yaml', [
      [
        '  - {weight: 5%, observe: 24h,',
        '  - {weight: 0%, observe: 24h}\n  - {weight: 5%, observe: 1h,',
      ],
    ])
    assert.deepEqual(await judged(source), ['fail CANARY_OBSERVED_SHORT 4'])
  })

  it('keeps columns', async () => {
    const [finding] = judgePlan(
      await planOf(edited('plans/own.yaml', [['weight: 5%', 'weight: 30%']])),
    )
    assert.deepEqual(finding?.location, { path: 'own.yaml', line: 4, column: 14 })
  })
})
