import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFacts } from '../../src/facts/fact-store.ts'
import type { FactMap } from '../../src/facts/fact-map.ts'
import { contextOf } from '../checks/projects.ts'

const fixtures = new URL('../../fixtures/checks/', import.meta.url).pathname

async function valueOf<K extends keyof FactMap>(project: string, key: K): Promise<FactMap[K]> {
  const fact = await createFacts(await contextOf(fixtures + project)).get(key)
  assert.equal(fact.state, 'present')
  return fact.value
}

function near(found: number | null | undefined, expected: number, tolerance: number): void {
  assert.ok(typeof found === 'number' && Math.abs(found - expected) <= tolerance, String(found))
}

// scipy 1.17.1 and statsmodels 0.15.0: binomtest(95, 130), bootstrap(..., method='BCa', n_resamples=20000).
test('gain, its interval and the exact McNemar test agree with scipy and statsmodels', async () => {
  const [found] = await valueOf('model.baseline-comparison/pass', 'predictions.comparisons')
  const baseline = found?.comparisons.find(({ against }) => against === 'baseline')?.result
  assert.ok(baseline !== undefined && 'gain' in baseline)
  near(baseline.gain, 0.15, 1e-12)
  near(baseline.interval?.low, 0.095, 0.008)
  near(baseline.interval?.high, 0.2025, 0.008)
  const { onlyFirst, onlySecond, pValue } = baseline.mcNemar ?? {}
  assert.deepEqual([onlyFirst, onlySecond], [95, 35])
  near((pValue ?? 0) / 1.3846358822833735e-7, 1, 1e-9)
})

// classification_report of scikit-learn 1.9.1; proportion_confint(method='wilson') of statsmodels 0.15.0.
test('scores of each class agree with scikit-learn, and their intervals with statsmodels', async () => {
  const [found] = await valueOf('model.per-class-metrics/pass', 'predictions.performance')
  assert.ok(found !== undefined && 'kind' in found.result && found.result.kind === 'classes')
  const expected = {
    low: [200, 0.8, 0.9, 0.8470588235294118, 0.8505941875672826, 0.9343295513309041],
    middle: [
      120, 0.8181818181818182, 0.75, 0.782608695652174, 0.665588633358744, 0.8189017834319043,
    ],
    high: [60, 1, 0.75, 0.8571428571428571, 0.6276792992295218, 0.8422347746994333],
  } as const
  const { classes } = found.result
  for (const [name, [support, precision, recall, f1, low, high]] of Object.entries(expected)) {
    const row = classes.find((each) => each.name === name)
    assert.equal(row?.support, support)
    near(row.precision?.value, precision, 1e-12)
    near(row.recall?.value, recall, 1e-12)
    near(row.f1?.value, f1, 1e-12)
    near(row.recall?.low, low, 1e-12)
    near(row.recall?.high, high, 1e-12)
  }
})

// numpy.quantile(train.income, [0.001, 0.999]) with a margin of 0.2, numpy 2.4.6.
test('quantile limits are those that numpy takes of the training data', async () => {
  const { features, training } = await valueOf(
    'data.outlier-thresholds/pass',
    'data.outlier-limits',
  )
  const income = features.find(({ name }) => name === 'income')
  near(income?.low, -5.380240000000002, 1e-9)
  near(income?.high, 105.78004000000001, 1e-9)
  assert.equal(training?.path, 'train.csv')
})

test('baselines are compared on the rows of the model alone: a column of one file has no others', async () => {
  const [found] = await valueOf('model.baseline-comparison/pass', 'predictions.comparisons')
  assert.equal(found?.rows, 400)
  assert.deepEqual(
    found.comparisons.map(({ against }) => against),
    ['baseline', 'previous', 'constant'],
  )
})
