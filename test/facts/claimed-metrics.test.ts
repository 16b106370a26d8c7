import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metricsOfCard } from '../../src/facts/claims/json-card.ts'
import { namedMetric } from '../../src/facts/claims/metric-names.ts'
import { metricsOf } from '../../src/facts/claims/metrics-file.ts'

const SPLITS = ['test', 'holdout_2024']

for (const [keys, name, split] of [
  [['accuracy'], 'accuracy', undefined],
  [['test', 'accuracy'], 'accuracy', 'test'],
  [['metrics', 'accuracy', 'test'], 'accuracy', 'test'],
  [['test_accuracy'], 'accuracy', 'test'],
  [['accuracy-test'], 'accuracy', 'test'],
  [['val/f1_score'], 'f1', 'validation'],
  [['training_roc_auc'], 'roc_auc', 'train'],
  [['holdout_2024', 'mean_absolute_error'], 'mae', 'holdout_2024'],
  [['holdout_2024.auc'], 'roc_auc', 'holdout_2024'],
  [['f1_macro'], 'f1_macro', undefined],
  [['test_perplexity'], 'perplexity', 'test'],
] as const) {
  test(`${keys.join(' / ')} is ${name} of ${split ?? 'no split'}`, () => {
    assert.deepEqual(namedMetric(keys, SPLITS), { name, split })
  })
}

test('numbers of a metrics file are claims, texts, lists and what is nested beyond reason are none', () => {
  const source = { path: 'metrics.json' }
  const found = metricsOf(
    {
      accuracy: { value: 0.9, ci: [0.8, 0.95], level: 0.9 },
      f1: { value: 0.5, confidence_interval: { lower_bound: 0.4, upper_bound: 0.6 } },
      recall: { value: 0.5, ci: [0.6, 0.4] },
      matrix: [[1, 2]],
      note: 'text',
      nothing: null,
    },
    source,
    SPLITS,
  )
  assert.deepEqual(found, [
    { name: 'accuracy', split: undefined, value: 0.9, source, interval: [0.8, 0.95], level: 0.9 },
    { name: 'f1', split: undefined, value: 0.5, source, interval: [0.4, 0.6] },
    { name: 'recall', split: undefined, value: 0.5, source },
  ])
  let deep: unknown = 1
  for (let level = 0; level < 50; level++) deep = { deeper: deep }
  assert.deepEqual(metricsOf(deep, source, SPLITS), [])
})

test('a JSON card of any shape gives claims or nothing, and is never an error', () => {
  const source = { path: 'card.json' }
  for (const content of [
    null,
    3,
    [],
    {},
    { components: [null, {}] },
    { quantitative_analysis: 1 },
  ]) {
    assert.deepEqual(metricsOfCard(content, source, SPLITS), [])
  }
  const metric = { type: 'AUC', value: '0.9', slice: 'sex: male' }
  const card = { quantitativeAnalysis: { performanceMetrics: [metric, {}] } }
  assert.deepEqual(metricsOfCard(card, source, SPLITS), [
    { name: 'roc_auc of sex: male', split: undefined, value: '0.9', source },
    { name: 'null', split: undefined, value: 'null', source },
  ])
})
