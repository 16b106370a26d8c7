import assert from 'node:assert/strict'
import { test } from 'node:test'
import { movedErrorCounters } from '../../src/facts/moved-counters.ts'

test('a counter is about errors by a word of its name or a status, not by letters within a word', () => {
  const about = [
    'app_errors_total',
    'requestErrors',
    'prediction_failures_total',
    'http_requests_total{status="422"}',
    "http_requests_total{code='4xx'}",
    'predictions_total{outcome="rejected"}',
  ]
  const others = [
    'bytes_transferred_total',
    'interrupts_total',
    'badge_reads_total',
    'request_size_bucket{le="400"}',
    'http_requests_total{status="200"}',
  ]
  const scrape = (value: number) =>
    [...about, ...others].map((name) => `${name} ${String(value)}\n`).join('')
  assert.deepEqual(movedErrorCounters(scrape(1), scrape(2)), [...about].sort())
})
