import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDashboard, type Dashboard } from '../../src/observability/grafana/dashboard.ts'
import { substitute } from '../../src/observability/grafana/substitute.ts'
import { parsePromql } from '../../src/observability/prometheus/promql.ts'
import { fixture } from './fixture.ts'

function read(name: string): Dashboard {
  return readDashboard(name, fixture(`grafana/${name}`))
}

function shown({ panels }: Dashboard) {
  return panels.map(({ title, queries, library }) => [
    title,
    library ?? queries.map(({ expr }) => (expr.problem === undefined ? expr.place.line : 'no')),
  ])
}

test('a classic dashboard is read with nested rows, library panels and variables', () => {
  const dashboard = read('classic.json')
  assert.deepEqual(shown(dashboard), [
    ['Predictions', [28]],
    ['Latency', [43, 44]],
    ['Drift', 'drift-panel'],
    ['Shared', [74]],
    ['Logs', []],
    ['Broken', ['no', 'no']],
    ['Notes', []],
  ])
  assert.deepEqual(
    dashboard.helpers.map(({ name, expr }) => `${name}: ${expr.text}`),
    ['job: predictions_total', 'Releases: changes(model_info{job="$job"}[1m]) > 0'],
  )
  assert.deepEqual(
    dashboard.findings.map(
      ({ code, severity, location }) =>
        `${String(location?.line)}:${String(location?.column)} ${severity} ${code}`,
    ),
    [
      '49:5 notice DASHBOARD_LIBRARY_PANEL',
      '63:65 warn DASHBOARD_QUERY_INVALID',
      '64:33 warn DASHBOARD_VARIABLE_UNKNOWN',
      '64:33 warn DASHBOARD_VARIABLE_UNKNOWN',
      '64:82 inconclusive DASHBOARD_QUERY_UNDECIDED',
    ],
  )
})

test('rows of old dashboards and the answer of the HTTP API are read', () => {
  assert.deepEqual(shown(read('rows.json')), [
    ['Requests', [9]],
    ['Logs', []],
  ])
})

test('resources of all versions are read', () => {
  assert.deepEqual(
    ['resource-v1.json', 'resource-v2alpha1.json', 'resource-v2beta1.json'].map((name) => {
      const dashboard = read(name)
      return [dashboard.schema, ...shown(dashboard), dashboard.helpers.length]
    }),
    [
      ['v1', ['Errors', [8]], 0],
      ['v2', ['Latency', [26]], ['Drift', 'drift-panel'], 0],
      ['v2', ['Predictions', [36]], 2],
    ],
  )
})

for (const text of ['', '{', '[]', '{}', '{"panels": }', '{"title":"x"}', '['.repeat(100_000)]) {
  test(`${JSON.stringify(text.slice(0, 20))} is no dashboard and is told`, () => {
    const { panels, findings } = readDashboard('d.json', text)
    assert.deepEqual(panels, [])
    assert.deepEqual(
      findings.map(({ code, severity }) => `${severity} ${code}`),
      ['inconclusive DASHBOARD_UNREADABLE'],
    )
  })
}

test('variables are given values by where they stand, and every offset leads back', () => {
  const variables = [
    { name: 'job', value: undefined, query: undefined },
    { name: 'window', value: '1m', query: undefined },
    { name: 'k', value: '5', query: undefined },
  ]
  const written =
    'topk($k, rate(x{job="$job",code=~"5..$"}[${window}])) offset $__interval + ${job:raw}_y'
  const { text, writtenAt, unknown } = substitute(written, variables, true)
  assert.equal(text, 'topk(5, rate(x{job="__v0__",code=~"5..$"}[1m])) offset 5m + __v0___y')
  assert.deepEqual(unknown, [])
  for (const mark of ['rate', 'code', '[', 'offset', '_y']) {
    assert.equal(writtenAt(text.lastIndexOf(mark)), written.lastIndexOf(mark), mark)
  }
})

for (const written of [
  'rate(x[$__rate_interval])',
  'rate(x[${__range_s}s])',
  'rate(x[$__range:$step])',
  'x > $__interval_ms',
  'sum by ($label) (x)',
  '{__name__=~"$metric"}',
  '[[metric]]_total',
  'x{a="$a",b=~"${b:regex}"}',
  'label_replace(x, "$a", "$1", "b", "(.*)")',
  'x offset ${shift}',
  'rate(${metric}_total{job=~"[[job]]"}[[[window]]])',
]) {
  test(`${written} parses once its variables have values`, () => {
    const { text } = substitute(written, [], false)
    assert.equal(parsePromql(text).problem, undefined, text)
  })
}

test('a hundred thousand variables are given values soon', () => {
  const startedAt = performance.now()
  substitute('$a '.repeat(100_000), [], true)
  assert.ok(performance.now() - startedAt < 5000)
})
