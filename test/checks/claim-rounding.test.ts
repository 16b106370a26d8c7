import assert from 'node:assert/strict'
import { test } from 'node:test'
import { modelPerformanceDocumented } from '../../src/checks/model-performance-documented.ts'
import { defaultParams } from '../../src/core/params.ts'

const source = { path: 'model.yaml' }

/** What the check finds of a claim beside the value that its rows give. */
function codes(claimed: number, recomputed: number, name = 'accuracy'): readonly string[] {
  const interval = { low: recomputed - 0.1, high: recomputed + 0.1 }
  const claim = {
    origin: 'manifest',
    name,
    split: 'test',
    value: claimed,
    interval: [interval.low, interval.high],
    level: 0.95,
    source,
  } as const
  const result = {
    metric: name,
    value: recomputed,
    interval,
    method: 'wilson',
    rows: 500,
    groups: undefined,
    predictions: source,
  } as const
  const present = { state: 'present', source } as const
  const judgement = modelPerformanceDocumented.judge(
    {
      'metrics.claimed': { ...present, key: 'metrics.claimed', value: [claim] },
      'metrics.recomputed': { ...present, key: 'metrics.recomputed', value: [{ claim, result }] },
    },
    defaultParams(modelPerformanceDocumented.params),
  )
  return (judgement.findings ?? []).map(({ code }) => code)
}

test('a claim that rounds the value is the value', () => {
  for (const [claimed, recomputed] of [
    [0.873, 0.873],
    [0.873, 0.87349],
    [0.873, 0.8725],
    [0.87, 0.8749],
    [0.9, 0.8973],
    [12, 12.4],
    [12.3, 12.34],
    [1500, 1500.4],
    [0, 0.004],
    [-0.25, -0.2549],
    [1e-7, 1.0000004e-7],
  ] as const) {
    assert.deepEqual(codes(claimed, recomputed), [], `${String(claimed)} of ${String(recomputed)}`)
  }
})

test('an edited digit fails, however wide the interval is', () => {
  for (const [claimed, recomputed] of [
    [0.88, 0.873],
    [0.874, 0.873],
    [0.8736, 0.87349],
    [1, 0.96],
    [0, 0.4],
    [13, 12.4],
  ] as const) {
    assert.deepEqual(
      codes(claimed, recomputed),
      ['METRIC_DIFFERS'],
      `${String(claimed)} of ${String(recomputed)}`,
    )
  }
})

test('a value that was cut off instead of rounded is a warning, towards zero only', () => {
  assert.deepEqual(codes(0.87, 0.8786), ['METRIC_CUT_OFF'])
  assert.deepEqual(codes(12, 12.9), ['METRIC_CUT_OFF'])
  assert.deepEqual(codes(-0.25, -0.258), ['METRIC_CUT_OFF'])
  assert.deepEqual(codes(0.88, 0.8714), ['METRIC_DIFFERS'])
})

test('an error or a loss is claimed to two digits of its own size, not to two decimals', () => {
  for (const name of ['mae', 'rmse', 'mse', 'log_loss', 'brier']) {
    assert.deepEqual(codes(0.0123, 0.01234, name), [])
    assert.deepEqual(codes(0.3, 0.304, name), [])
    assert.deepEqual(codes(1500, 1500.4, name), [])
    assert.deepEqual(codes(0.01, 0.0146, name), ['METRIC_DIFFERS'], name)
    assert.deepEqual(codes(0.3, 0.331, name), ['METRIC_DIFFERS'], name)
    assert.deepEqual(codes(12, 12.9, name), ['METRIC_CUT_OFF'], name)
    assert.deepEqual(codes(0, 0.004, name), ['METRIC_DIFFERS'], name)
  }
  assert.deepEqual(codes(5, 5.4, 'mae'), ['METRIC_DIFFERS'])
})
