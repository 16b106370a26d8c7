import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { ClassificationRows, Metric, RegressionRows } from '../../src/stats/metrics/metric.ts'
import { findMetric, METRICS } from '../../src/stats/metrics/registry.ts'

interface Case {
  readonly name: string
  readonly kind: 'classification' | 'regression'
  readonly labels: number[]
  readonly predictions: number[]
  readonly scores?: number[]
  readonly expected: Readonly<Record<string, number>>
}

const root = path.dirname(path.dirname(import.meta.dirname))
const file = path.join(root, 'fixtures', 'stats', 'metrics', 'expected.json')
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case[] }

function compute(metric: Metric, rows: ClassificationRows | RegressionRows): unknown {
  if (metric.kind === 'classification') {
    assert.equal(rows.kind, 'classification')
    return metric.compute(rows)
  }
  return metric.compute(rows as RegressionRows)
}

function metricOf(id: string): Metric {
  const metric = findMetric(id)
  assert.ok(metric, `no metric ${id}`)
  return metric
}

describe('metrics', () => {
  for (const one of cases) {
    it(`equal scikit-learn's: ${one.name}`, () => {
      for (const [id, expected] of Object.entries(one.expected)) {
        const got = compute(metricOf(id), one)
        assert.equal(typeof got, 'number', id)
        assert.ok(
          Math.abs((got as number) - expected) <= 1e-9 * (1 + Math.abs(expected)),
          `${id}: ${String(got)}, expected ${String(expected)}`,
        )
      }
    })
  }

  it('are all covered by an expected value', () => {
    const covered = new Set(cases.flatMap(({ expected }) => Object.keys(expected)))
    assert.deepEqual(
      METRICS.map(({ id }) => id).filter((id) => !covered.has(id)),
      [],
    )
  })

  it('do not depend on the order of rows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ label: fc.nat(1), score: fc.nat(8) }), {
          minLength: 2,
          maxLength: 30,
        }),
        (rows) => {
          const table = (list: typeof rows): ClassificationRows => ({
            kind: 'classification',
            labels: list.map(({ label }) => label),
            predictions: list.map(({ score }) => (score > 4 ? 1 : 0)),
            scores: list.map(({ score }) => score / 8),
          })
          for (const metric of METRICS) {
            if (metric.kind !== 'classification') continue
            const forward = metric.compute(table(rows))
            const backward = metric.compute(table(rows.toReversed()))
            if (typeof forward === 'number' && typeof backward === 'number') {
              assert.ok(Math.abs(forward - backward) < 1e-12, metric.id)
            } else assert.deepEqual(forward, backward)
          }
        },
      ),
    )
  })

  it('that are shares of counted rows are the quotient of both counts', () => {
    const code = fc.nat(1)
    fc.assert(
      fc.property(fc.array(fc.record({ label: code, prediction: code })), (list) => {
        const rows: ClassificationRows = {
          kind: 'classification',
          labels: list.map(({ label }) => label),
          predictions: list.map(({ prediction }) => prediction),
        }
        const shares = METRICS.filter((each) => each.kind === 'classification' && each.proportion)
        assert.deepEqual(
          shares.map(({ id }) => id),
          ['accuracy', 'precision', 'precision_micro', 'recall', 'recall_micro', 'f1_micro'],
        )
        for (const metric of shares) {
          assert.ok(metric.kind === 'classification' && metric.proportion)
          const { count, total } = metric.proportion(rows)
          const value = metric.compute(rows)
          if (total === 0) assert.equal(typeof value, 'object', metric.id)
          else assert.equal(value, count / total, metric.id)
        }
      }),
    )
  })

  it('say why they are not defined instead of giving a number', () => {
    const rows: ClassificationRows = {
      kind: 'classification',
      labels: [0, 0],
      predictions: [0, 0],
      scores: [0.1, 0.2],
    }
    for (const id of ['precision', 'recall', 'f1', 'roc_auc', 'pr_auc']) {
      assert.ok(typeof compute(metricOf(id), rows) === 'object', id)
    }
    const constant: RegressionRows = { kind: 'regression', labels: [3, 3], predictions: [3, 3] }
    assert.deepEqual(compute(metricOf('r2'), constant), { undefined: 'the labels do not vary' })
    // Their mean rounds to another number, so squared deviations from it are not 0.
    const tenths: RegressionRows = {
      kind: 'regression',
      labels: [0.1, 0.1, 0.1],
      predictions: [0.1, 0.2, 0.3],
    }
    assert.deepEqual(compute(metricOf('r2'), tenths), { undefined: 'the labels do not vary' })
    const empty: RegressionRows = { kind: 'regression', labels: [], predictions: [] }
    const none: ClassificationRows = {
      kind: 'classification',
      labels: [],
      predictions: [],
      scores: [],
    }
    for (const metric of METRICS) {
      const value = compute(metric, metric.kind === 'regression' ? empty : none)
      assert.ok(typeof value === 'object', metric.id)
    }
  })

  it('are not defined where their sums overflow, which must not look like a perfect fit', () => {
    const far: RegressionRows = {
      kind: 'regression',
      labels: [-1e200, 1e200],
      predictions: [1e200, -1e200],
    }
    const wide: RegressionRows = {
      kind: 'regression',
      labels: [-1e200, 1e200],
      predictions: [-1e200, 1e200],
    }
    for (const id of ['rmse', 'mse', 'r2']) {
      assert.ok(typeof compute(metricOf(id), far) === 'object', id)
    }
    assert.ok(typeof compute(metricOf('r2'), wide) === 'object')
    assert.equal(compute(metricOf('mae'), wide), 0)
  })

  it('refuse NaN and probabilities outside 0 to 1', () => {
    const rows: ClassificationRows = { kind: 'classification', labels: [0, 1], scores: [0.1, NaN] }
    const unlabelled: ClassificationRows = { ...rows, labels: [0, NaN], scores: [0.1, 0.2] }
    const short: ClassificationRows = { ...rows, scores: [0.1] }
    for (const id of ['roc_auc', 'pr_auc', 'log_loss', 'brier']) {
      for (const wrong of [rows, unlabelled, short]) {
        assert.throws(() => compute(metricOf(id), wrong), RangeError, id)
      }
    }
    assert.throws(() => compute(metricOf('accuracy'), rows), RangeError)
    const ragged: ClassificationRows = { ...rows, predictions: [0] }
    assert.throws(() => compute(metricOf('recall'), ragged), RangeError)
    const uncoded: ClassificationRows = { ...rows, predictions: [0, 0.5] }
    assert.throws(() => compute(metricOf('f1'), uncoded), RangeError)
    const infinite: RegressionRows = { kind: 'regression', labels: [0], predictions: [Infinity] }
    assert.throws(() => compute(metricOf('rmse'), infinite), RangeError)
    assert.throws(() => compute(metricOf('mae'), { ...infinite, labels: [] }), RangeError)
    const wide: ClassificationRows = { kind: 'classification', labels: [0, 1], scores: [0.1, 1.5] }
    assert.throws(() => compute(metricOf('brier'), wide), RangeError)
  })
})
