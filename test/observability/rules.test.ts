import assert from 'node:assert/strict'
import { test } from 'node:test'
import { durationSeconds } from '../../src/observability/prometheus/duration.ts'
import { ruleFindings } from '../../src/observability/prometheus/rule-findings.ts'
import { readRules, rulesOf } from '../../src/observability/prometheus/rules.ts'
import {
  alertCoverage,
  readRuleTests,
  strayTestFindings,
} from '../../src/observability/prometheus/rule-tests.ts'
import { fixture } from './fixture.ts'

async function rulesIn(name: string) {
  return readRules(name, fixture(`prometheus/${name}`))
}

test('a file with everything in its place has no findings', async () => {
  const file = await rulesIn('alerts.yml')
  assert.deepEqual(ruleFindings([file]), [])
  const [errors] = rulesOf([file]).filter(({ name }) => name === 'PredictionErrorRateHigh')
  assert.equal(errors?.kind, 'alert')
  assert.equal(errors.for?.seconds, 600)
  assert.equal(errors.severity?.text, 'critical')
  assert.equal(errors.labels.get('team')?.text, 'ml-platform')
  assert.equal(errors.runbookUrl?.text, 'docs/runbooks/errors.md')
  assert.deepEqual(errors.place, { path: 'alerts.yml', line: 16, column: 9 })
})

test('each fault is found where it stands', async () => {
  const found = ruleFindings([await rulesIn('alerts-broken.yml')])
    .filter(({ severity }) => severity !== 'notice')
    .map(({ code, location }) => `${String(location?.line)}:${String(location?.column)} ${code}`)
  assert.deepEqual(found, [
    '50:5 RULE_GROUP_REPEATED',
    '53:5 RULE_GROUP_WITHOUT_NAME',
    '5:20 RULE_EXPRESSION_INVALID',
    '4:9 ALERT_WITHOUT_SEVERITY',
    '6:9 RULE_KIND_UNCLEAR',
    '10:9 RULE_KIND_UNCLEAR',
    '13:9 RULE_FIELD_OF_ALERTS',
    '14:9 RULE_FIELD_OF_ALERTS',
    '18:14 RULE_DURATION_INVALID',
    '19:34 RULE_LABEL_UNUSUAL',
    '21:24 RULE_TEMPLATE_BROKEN',
    '22:25 RULE_TEMPLATE_BROKEN',
    '23:19 RULE_TEMPLATE_BROKEN',
    '26:9 RULE_FIELD_UNKNOWN',
    '24:9 ALERT_WITHOUT_SEVERITY',
    '28:15 RULE_EXPRESSION_NO_VECTOR',
    '30:9 RULE_WITHOUT_EXPRESSION',
    '42:9 RULE_NAME_INVALID',
    '48:14 RULE_EXPRESSION_INVALID',
    '51:5 RULE_DURATION_INVALID',
    '50:5 RULE_GROUP_EMPTY',
    '37:9 RULE_REPEATED',
  ])
})

test('what Prometheus loads has no failure, and what it refuses has one', async () => {
  const cases = JSON.parse(fixture('oracle/rules.json')) as readonly {
    readonly file: object
    readonly isAccepted: boolean
  }[]
  assert.ok(cases.length > 150)
  for (const { file, isAccepted } of cases) {
    const text = JSON.stringify(file)
    const failures = ruleFindings([await readRules('rules.json', text)]).filter(
      ({ severity }) => severity === 'fail' || severity === 'inconclusive',
    )
    assert.equal(failures.length === 0, isAccepted, `${text} ${JSON.stringify(failures[0]?.code)}`)
  }
})

test('resources of Kubernetes hold rules too, with aliases and merge keys', async () => {
  const file = await rulesIn('prometheus-rule.yaml')
  const rules = rulesOf([file])
  assert.deepEqual(
    rules.map((rule) => [rule.name, rule.for?.seconds, rule.severity?.text]),
    [
      ['ScoringDown', 300, 'critical'],
      ['ScoringSlow', 300, 'critical'],
    ],
  )
})

for (const [what, text] of [
  ['no YAML', 'groups: [\n'],
  ['a list', '- a\n'],
  ['nothing', ''],
  ['another kind of file', 'route: {receiver: x}\n'],
  ['groups that are no list', 'groups: {a: 1}\n'],
  ['a key twice', 'groups: []\ngroups: []\n'],
  ['brackets', '['.repeat(200_000)],
  [
    'aliases without bounds',
    `a: &a [x]\n${Array.from({ length: 40 }, (_, i) => `b${String(i)}: &b${String(i)} [${`*${i === 0 ? 'a' : `b${String(i - 1)}`}, `.repeat(9)}]`).join('\n')}\ngroups: []\n`,
  ],
] as const) {
  test(`${what} in the place of rules is told and never passed over`, async () => {
    const { groups, findings } = await readRules('rules.yml', text)
    assert.deepEqual(groups, [])
    assert.deepEqual(
      findings.map(({ code, severity }) => `${severity} ${code}`),
      ['inconclusive RULE_FILE_UNREADABLE'],
    )
  })
}

test('tests say which alerts are expected to fire and which to be silent', async () => {
  const rules = rulesOf([await rulesIn('alerts.yml')])
  const tests = await readRuleTests('alerts_test.yml', fixture('prometheus/alerts_test.yml'))
  const covered = alertCoverage(rules, [tests]).map(({ alert, firing, silent }) => [
    alert,
    firing.map(({ line }) => line),
    silent.map(({ line }) => line),
  ])
  assert.deepEqual(covered, [
    ['PredictionErrorRateHigh', [16], [13]],
    ['PredictionLatencyHigh', [], []],
    ['ScoreDriftDetected', [], []],
    ['PredictionsMissing', [], [28]],
    ['MemoryHigh', [], []],
  ])
  const found = [...tests.findings, ...strayTestFindings(rules, [tests])]
  assert.deepEqual(
    found.map(({ code, location }) => `${String(location?.line)} ${code}`),
    ['30 RULE_TEST_FIELD_UNKNOWN', '28 RULE_DURATION_INVALID', '23 RULE_TEST_OF_UNKNOWN_ALERT'],
  )
  assert.deepEqual(
    (await readRuleTests('x.yml', 'groups: []')).findings.map(({ severity }) => severity),
    ['inconclusive'],
  )
})

// Recorded from ParseDuration of github.com/prometheus/common v0.72.1.
for (const [text, seconds] of [
  ['0', 0],
  ['0s', 0],
  ['1h30m', 5400],
  ['1y1w1d1h1m1s1ms', 32_230_861.001],
  ['9223372036s', 9_223_372_036],
  ['9223372037s', undefined],
  ['293y', undefined],
  ['30m1h', undefined],
  ['1.5h', undefined],
  ['5', undefined],
  ['', undefined],
  ['-5m', undefined],
  [' 5m', undefined],
] as const) {
  test(`${JSON.stringify(text)} lasts ${String(seconds)} seconds`, () => {
    assert.equal(durationSeconds(text), seconds)
  })
}
