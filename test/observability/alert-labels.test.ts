import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alertLabels, keptLabels } from '../../src/observability/alert-labels.ts'
import { readAlertmanager } from '../../src/observability/alertmanager/config.ts'
import { destinationsOf } from '../../src/observability/alertmanager/routes.ts'
import { parsePromql } from '../../src/observability/prometheus/promql.ts'
import { readRules, rulesOf } from '../../src/observability/prometheus/rules.ts'
import { fixture } from './fixture.ts'

for (const [text, expected] of [
  ['up{job="a",x!="b",y=~"c"} == 0', { job: 'a' }],
  ['sum(rate(x{job="a"}[5m])) > 1', {}],
  ['sum by (job) (rate(x{job="a",code="5"}[5m])) > 1', { job: 'a' }],
  ['max without (code) (x{job="a",code="5"})', { job: 'a' }],
  ['absent(up{job="a"})', { job: 'a' }],
  ['absent(up{job="a"} == 1)', {}],
  ['x{job="a"} or y{job="a",z="1"}', { job: 'a' }],
  ['x{job="a"} or vector(0)', {}],
  ['x{job="a"} and y{job="b"}', { job: 'a' }],
  ['histogram_quantile(0.9, x_bucket{job="a",le="1"})', { job: 'a' }],
  ['label_replace(x{job="a"}, "job", "b", "", "")', {}],
  ['x{job="a"} / on() y', {}],
] as const) {
  test(`the labels that ${text} keeps are known`, () => {
    const { expression } = parsePromql(text)
    assert.ok(expression)
    assert.deepEqual(Object.fromEntries(keptLabels(expression)), expected)
  })
}

test('the alerts of a project are followed to their receivers', async () => {
  const config = await readAlertmanager('am.yml', fixture('alertmanager/alertmanager.yml'))
  const rules = rulesOf([await readRules('alerts.yml', fixture('prometheus/alerts.yml'))])
  const reached = rules
    .filter(({ kind }) => kind === 'alert')
    .map((rule) => [
      rule.name,
      destinationsOf(config, alertLabels(rule))
        .map(({ receiver, isCertain }) => `${receiver?.name ?? ''}${isCertain ? '' : '?'}`)
        .join(' '),
    ])
  assert.deepEqual(reached, [
    ['PredictionErrorRateHigh', 'on-call on-call'],
    ['PredictionLatencyHigh', 'chat'],
    ['ScoreDriftDetected', 'nights'],
    ['PredictionsMissing', 'on-call on-call?'],
    ['MemoryHigh', 'chat'],
  ])
})
