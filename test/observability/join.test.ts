import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDashboard } from '../../src/observability/grafana/dashboard.ts'
import { joinFindings } from '../../src/observability/join-findings.ts'
import { joinMonitoring } from '../../src/observability/join.ts'
import { exporterOf } from '../../src/observability/prometheus/exporters.ts'
import {
  seriesNamed,
  type EmittedMetric,
  type MetricKind,
} from '../../src/observability/prometheus/metric-names.ts'
import { readRules } from '../../src/observability/prometheus/rules.ts'
import { fixture } from './fixture.ts'

function metric(name: string, kind: MetricKind, labels?: readonly string[]): EmittedMetric {
  const place = { path: 'serve.py', line: 1 }
  return labels === undefined ? { name, kind, place } : { name, kind, labels, place }
}

const METRICS = [
  metric('predictions', 'counter', ['job']),
  metric('prediction_errors_total', 'counter'),
  metric('prediction_latency_seconds', 'histogram', []),
  metric('drift_psi', 'gauge', ['feature']),
  metric('queue_length', 'gauge'),
]

async function joined(
  metrics: readonly EmittedMetric[],
  rules: string,
  dashboard?: string,
): Promise<readonly [states: readonly string[], codes: readonly string[]]> {
  const join = joinMonitoring({
    metrics,
    rules: [await readRules('rules.yml', rules)],
    dashboards: dashboard === undefined ? [] : [readDashboard('d.json', dashboard)],
  })
  return [
    join.selectors.map(({ user, shown, state }) => `${user.name} ${shown ?? '?'} ${state}`),
    joinFindings(join, true).map(({ code, args }) => `${code} ${JSON.stringify(args['metric'])}`),
  ]
}

test('metrics, rules and dashboards of a project are joined', async () => {
  const join = joinMonitoring({
    metrics: METRICS,
    rules: [await readRules('alerts.yml', fixture('prometheus/alerts.yml'))],
    dashboards: [readDashboard('classic.json', fixture('grafana/classic.json'))],
  })
  assert.deepEqual(
    join.metrics.map(({ metric: { name }, state, alerts, panels }) => [
      name,
      state,
      alerts.map((user) => user.name).join(),
      panels.map((user) => user.name).join(),
    ]),
    [
      ['predictions', 'live', 'PredictionErrorRateHigh,PredictionsMissing', 'Predictions'],
      ['prediction_errors_total', 'live', 'PredictionErrorRateHigh', ''],
      ['prediction_latency_seconds', 'live', 'PredictionLatencyHigh', 'Latency'],
      ['drift_psi', 'live', 'ScoreDriftDetected', 'Shared'],
      ['queue_length', 'silent', '', ''],
    ],
  )
  const states = join.selectors.map(({ user, shown, state }) => [user.name, shown, state].join(' '))
  assert.ok(states.includes('PredictionErrorRateHigh job:prediction_errors:ratio_rate5m recorded'))
  assert.ok(states.includes('MemoryHigh process_resident_memory_bytes exporter'))
  assert.ok(states.includes('Releases model_info orphan'))
  assert.ok(states.includes('Latency *_seconds_sum live'))
  assert.deepEqual(
    joinFindings(join, true).map(({ code, location }) => [code, location?.path, location?.line]),
    [
      ['PANEL_METRIC_ORPHAN', 'classic.json', 8],
      ['METRIC_SILENT', 'serve.py', 1],
    ],
  )
})

test('an alert on a metric that nobody emits is an orphan, at its place in the file', async () => {
  const rules =
    'groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: up == 1 and predicton_errors_total > 5\n'
  const join = joinMonitoring({
    metrics: METRICS,
    rules: [await readRules('rules.yml', rules)],
    dashboards: [],
  })
  const [finding] = joinFindings(join, true)
  assert.equal(finding?.code, 'ALERT_METRIC_ORPHAN')
  assert.equal(finding.severity, 'fail')
  assert.deepEqual(finding.location, { path: 'rules.yml', line: 5, column: 27 })
  assert.equal(joinFindings(join, false)[0]?.severity, 'inconclusive')
})

function rulesOf(...rules: readonly string[]): string {
  return `groups:\n  - name: g\n    rules:\n${rules.map((rule) => `      - ${rule}\n`).join('')}`
}

test('recording rules are followed to their end, and circles have none', async () => {
  const [states, codes] = await joined(
    [metric('a_total', 'counter')],
    rulesOf(
      '{record: one, expr: "rate(a_total[5m])"}',
      '{record: two, expr: "one * 2"}',
      '{alert: Good, expr: "two > 1"}',
      '{record: x, expr: "y + 1"}',
      '{record: y, expr: "x + 1"}',
      '{alert: Circle, expr: "x > 1"}',
      '{record: half, expr: "one / nothing_total"}',
      '{alert: Half, expr: "half > 1"}',
      '{record: self, expr: "self + one"}',
      '{alert: Self, expr: "self > 1"}',
    ),
  )
  const state = (name: string) => states.find((text) => text.startsWith(`${name} `))
  assert.equal(state('Good'), 'Good two recorded')
  assert.equal(state('Circle'), 'Circle x orphan')
  assert.equal(state('Half'), 'Half half orphan')
  assert.equal(state('Self'), 'Self self recorded')
  assert.ok(codes.includes('ALERT_METRIC_ORPHAN "nothing_total"'))
})

test('thousands of recording rules on each other are joined soon', async () => {
  const chain = Array.from(
    { length: 1500 },
    (_, index) => `{record: r${String(index + 1)}, expr: "r${String(index)} + r${String(index)}"}`,
  )
  const startedAt = performance.now()
  const [states] = await joined(
    [metric('r0', 'gauge')],
    rulesOf(...chain, '{alert: A, expr: "r1500 > 1"}'),
  )
  assert.equal(states.at(-1), 'A r1500 recorded')
  assert.ok(performance.now() - startedAt < 20_000)
})

test('patterns on names find what they match, and a selector without a name is not decided', async () => {
  const [states] = await joined(
    METRICS,
    rulesOf(
      `{alert: A, expr: '{__name__=~"prediction_.*_bucket"} > 1'}`,
      `{alert: B, expr: '{__name__=~"nothing_.*"} > 1'}`,
      `{alert: C, expr: '{job="x"} > 1'}`,
      `{alert: D, expr: '{__name__=~"container_.*"} > 1'}`,
    ),
  )
  assert.deepEqual(states, [
    'A prediction_.*_bucket live',
    'B nothing_.* orphan',
    'C ? undecided',
    'D container_.* exporter',
  ])
})

test('a matcher on a label that the metric does not have is told', async () => {
  const [, codes] = await joined(
    [metric('a_total', 'counter', ['code'])],
    rulesOf(
      `{alert: A, expr: 'a_total{code="500",status="x",job="y",pod=~"z"} > 1'}`,
      `{alert: B, expr: 'a_total{status!="x",route=""} > 1'}`,
    ),
  )
  assert.deepEqual(codes, ['METRIC_LABEL_UNKNOWN "a_total"'])
})

test('a metric of another kind than the alert takes it for is told with its series', async () => {
  const join = joinMonitoring({
    metrics: METRICS,
    rules: [
      await readRules('r.yml', rulesOf('{alert: A, expr: "prediction_latency_seconds > 1"}')),
    ],
    dashboards: [],
  })
  const [finding] = joinFindings(join, true)
  assert.equal(finding?.code, 'METRIC_SERIES_MISSING')
  assert.deepEqual(finding.args['series'], [
    'prediction_latency_seconds_bucket',
    'prediction_latency_seconds_sum',
    'prediction_latency_seconds_count',
    'prediction_latency_seconds_created',
  ])
})

for (const [emitted, asked, part] of [
  [metric('x', 'counter'), 'x_total', 'total'],
  [metric('x_total', 'counter'), 'x_total', 'total'],
  [metric('x', 'counter'), 'x', 'value'],
  [metric('x', 'counter'), 'x_created', 'created'],
  [metric('x', 'counter'), 'x_bucket', undefined],
  [metric('x_seconds', 'histogram'), 'x_seconds_bucket', 'bucket'],
  [metric('x_seconds', 'histogram'), 'x_seconds', undefined],
  [metric('x', 'summary'), 'x_count', 'count'],
  [metric('x', 'gauge'), 'x_total', undefined],
  [metric('x', 'unknown'), 'x_sum', 'sum'],
  [
    { ...metric('http.server.duration', 'histogram'), unit: 'ms' },
    'http_server_duration_milliseconds_bucket',
    'bucket',
  ],
  [
    { ...metric('http.server.duration', 'histogram'), unit: 's' },
    'http_server_duration_seconds_count',
    'count',
  ],
  [{ ...metric('disk.io', 'counter'), unit: 'By' }, 'disk_io_bytes_total', 'total'],
  [{ ...metric('drift.share', 'gauge'), unit: '1' }, 'drift_share_ratio', 'value'],
  [{ ...metric('rows', 'counter'), unit: '{row}/s' }, 'rows_per_second_total', 'total'],
  [metric('model.predictions', 'counter'), 'model.predictions', 'value'],
  [metric('*_latency_seconds', 'histogram'), 'scoring_latency_seconds_sum', 'sum'],
  [metric('*_latency_seconds', 'histogram'), 'scoring_errors_total', undefined],
] as const) {
  test(`${emitted.kind} ${emitted.name} ${part === undefined ? 'is not' : 'is'} scraped as ${asked}`, () => {
    assert.equal(seriesNamed(emitted, asked)?.part, part)
  })
}

for (const [name, exporter] of [
  ['up', 'Prometheus'],
  ['ALERTS', 'Prometheus'],
  ['process_cpu_seconds_total', 'client libraries'],
  ['container_memory_working_set_bytes', 'cAdvisor'],
  ['kube_pod_container_resource_limits', 'kube-state-metrics'],
  ['DCGM_FI_DEV_GPU_UTIL', 'DCGM exporter'],
  ['nv_gpu_utilization', 'Triton Inference Server'],
  ['bentoml_service_request_total', 'BentoML'],
  ['ray_serve_num_http_requests', 'Ray Serve'],
  ['http_request_duration_seconds_bucket', 'prometheus-fastapi-instrumentator'],
  ['istio_requests_total', 'Istio'],
  ['envoy_cluster_upstream_rq', 'Envoy'],
  ['request_predict_seconds_bucket', 'KServe'],
  ['ts_inference_requests_total', 'TorchServe'],
  ['predictions_total', undefined],
  ['http_errors_total', undefined],
  ['upstream', undefined],
] as const) {
  test(`${name} comes from ${exporter ?? 'the code alone'}`, () => {
    assert.equal(exporterOf(name)?.exporter, exporter)
  })
}
