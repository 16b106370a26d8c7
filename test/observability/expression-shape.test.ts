import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparisonsOf } from '../../src/observability/prometheus/comparisons.ts'
import type { Expression } from '../../src/observability/prometheus/expression.ts'
import {
  noDataOf,
  quantilesOf,
  ratioOf,
  shapeOf,
} from '../../src/observability/prometheus/expression-shape.ts'
import { parsePromql } from '../../src/observability/prometheus/promql.ts'

function parsed(text: string): Expression {
  const { expression, problem } = parsePromql(text)
  assert.ok(expression, problem?.reason)
  return expression
}

test('a comparison reads the same on whichever side the threshold stands', () => {
  const conditions = (text: string) =>
    comparisonsOf(parsed(text)).map(({ operator, threshold, side }) => [operator, threshold, side])
  assert.deepEqual(conditions('x > 0.05'), [['>', 0.05, 'right']])
  assert.deepEqual(conditions('0.05 < x'), [['>', 0.05, 'left']])
  assert.deepEqual(conditions('(100 * 60) >= (x)'), [['<=', 6000, 'left']])
  assert.deepEqual(conditions('x > -1e-3'), [['>', -0.001, 'right']])
  assert.deepEqual(conditions('time() - x > 5m'), [['>', 300, 'right']])
  assert.deepEqual(conditions('x > bool vector(2)'), [['>', 2, 'right']])
  assert.deepEqual(conditions('x > y'), [['>', undefined, 'right']])
  assert.deepEqual(conditions('x > 1 and (y < 2 or z == 3) unless w > 4'), [
    ['>', 1, 'right'],
    ['<', 2, 'right'],
    ['==', 3, 'right'],
  ])
  assert.deepEqual(conditions('count(up == 0)'), [])
})

test('a share of counters is found through factors, complements and recorded names', () => {
  const ratio = (text: string, recorded: Readonly<Record<string, string>> = {}) => {
    const found = ratioOf(parsed(text), (name) => {
      const of = recorded[name]
      return of === undefined ? undefined : parsed(of)
    })
    return (
      found && [
        found.numerator.map(({ name }) => name).join(),
        found.denominator.map(({ name }) => name).join(),
        found.isComplement,
        found.scale,
      ]
    )
  }
  assert.deepEqual(ratio('sum(rate(errors_total[5m])) / sum(rate(requests_total[5m])) > 0.01'), [
    'errors_total',
    'requests_total',
    false,
    1,
  ])
  assert.deepEqual(ratio('100 * (1 - increase(good_total[1h]) / increase(all_total[1h]))'), [
    'good_total',
    'all_total',
    true,
    100,
  ])
  assert.deepEqual(
    ratio('job:errors:ratio > 0.1', {
      'job:errors:ratio': 'e:rate / r:rate',
      'e:rate': 'rate(e_total[5m])',
      'r:rate': 'rate(r_total[5m])',
    }),
    ['e_total', 'r_total', false, 1],
  )
  assert.equal(ratio('a', { a: 'b', b: 'a' }), undefined)
  assert.equal(ratio('rate(errors_total[5m]) > 5'), undefined)
  assert.equal(ratio('rate(errors_total[5m]) / 60'), undefined)
  assert.equal(ratio('rate(x_seconds_sum[5m]) / rate(x_seconds_count[5m])'), undefined)
  assert.equal(ratio('used_bytes / limit_bytes'), undefined)
})

test('a quantile without le has no result, whoever takes le away', () => {
  const keeps = (text: string) => quantilesOf(parsed(text)).map(({ keepsLe }) => keepsLe)
  assert.deepEqual(keeps('histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))'), [true])
  assert.deepEqual(keeps('histogram_quantile(0.9, rate(x_bucket[5m]))'), [true])
  assert.deepEqual(keeps('histogram_quantile(0.9, sum without (job) (rate(x_bucket[5m])))'), [true])
  assert.deepEqual(keeps('histogram_quantile(0.9, sum by (job) (rate(x_bucket[5m])))'), [false])
  assert.deepEqual(keeps('histogram_quantile(0.9, sum(rate(x_bucket[5m])))'), [false])
  assert.deepEqual(keeps('histogram_quantile(0.9, max(sum by (le) (rate(x_bucket[5m]))))'), [false])
  assert.deepEqual(keeps('histogram_quantile(0.9, sum(rate(x[5m])))'), [true])
  const [first] = quantilesOf(parsed('histogram_quantile(1 - 0.05, rate(x_bucket[5m])) > 1'))
  assert.ok(Math.abs((first?.quantile ?? 0) - 0.95) < 1e-12)
})

test('the kind of number that is measured is told', () => {
  for (const [text, shape] of [
    ['histogram_quantile(0.9, rate(x_bucket[5m])) > 1', 'quantile'],
    ['rate(a_total[5m]) / rate(b_total[5m]) > 1', 'ratio'],
    ['rate(x_sum[5m]) / rate(x_count[5m]) > 1', 'average'],
    ['sum(increase(a_total[1h])) > 10', 'count'],
    ['a_total > 10', 'count'],
    ['absent(up{job="x"})', 'absence'],
    ['drift_psi > 0.2', 'value'],
    ['process_resident_memory_bytes / 1024 > 5', 'value'],
  ] as const) {
    assert.equal(shapeOf(parsed(text)), shape, text)
  }
})

test('what happens without data is told', () => {
  assert.deepEqual(noDataOf(parsed('x > 1 or vector(0)')), { firesWhenAbsent: false, fallback: 0 })
  assert.deepEqual(noDataOf(parsed('(sum(x) or on() vector(1)) > 1')).fallback, 1)
  assert.deepEqual(noDataOf(parsed('absent_over_time(x[5m]) or x == 0')), {
    firesWhenAbsent: true,
    fallback: undefined,
  })
})
