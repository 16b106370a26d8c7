import assert from 'node:assert/strict'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import type { ProbePlan, ProbeReport } from '../../src/runner/probe-plan.ts'
import { probeService } from '../../src/runner/probe.ts'
import { createRunner } from '../../src/runner/runner.ts'

const folder = path.resolve(import.meta.dirname, '../../fixtures/runner')
const temporaryRoot = realpathSync(mkdtempSync(path.join(tmpdir(), 'probe-test-')))
after(() => rmSync(temporaryRoot, { recursive: true, force: true }))

async function probed(
  behaviour: string,
  isolation: 'auto' | 'none',
  change: Partial<ProbePlan> = {},
): Promise<ProbeReport> {
  const runner = createRunner({
    folder,
    temporaryRoot,
    environment: { PATH: process.env['PATH'] },
    isolation,
    limits: { graceMs: 200 },
  })
  const post = (name: string, body: ProbePlan['requests'][number]['body']) =>
    ({ name, method: 'POST', path: '/predict', contentType: 'application/json', body }) as const
  try {
    const result = await probeService(runner, {
      line: ['node', 'service.mjs', '{port}', behaviour],
      ready: '/health',
      readyTimeoutMs: 10_000,
      requestTimeoutMs: 2000,
      metrics: '/metrics',
      requests: [
        post('good', '{"instances": [{"age": 1}]}'),
        post('wrong', '{"instances": [{"age": "wrong"}]}'),
        post('huge', { repeat: 'x', times: 8 * 1024 ** 2 }),
      ],
      ...change,
    })
    assert.equal(result.kind, 'probed', JSON.stringify(result))
    return result.report
  } finally {
    await runner.dispose()
  }
}

for (const isolation of ['auto', 'none'] as const) {
  test(`a service is asked over its own loopback interface (isolation: ${isolation})`, async () => {
    const report = await probed('good', isolation)
    assert.deepEqual(
      report.answers.map(({ name, status }) => [name, status]),
      [
        ['good', 200],
        ['wrong', 422],
        ['huge', 422],
      ],
    )
    assert.equal(report.metricsBefore, 'app_errors_total 0\n')
    assert.equal(report.metricsAfter, 'app_errors_total 2\n')
    assert.equal(report.isAlive, true)
  })
}

test('a service behind a shell that stays is ended with it, and nobody waits for its pipes', async () => {
  const startedAt = performance.now()
  const line = ['sh', '-c', 'node service.mjs "$1"; true', 'sh', '{port}']
  const report = await probed('good', 'none', { line })
  assert.equal(report.isAlive, true)
  assert.equal(report.answers[0]?.status, 200)
  assert.ok(performance.now() - startedAt < 10_000)
})

test('a service that localhost leads to over IPv6 alone is asked there', async (context) => {
  if (!(await hasIpv6())) {
    context.skip('no loopback of IPv6')
    return
  }
  const report = await probed('ipv6', 'none')
  assert.equal(report.notReady, null)
  assert.equal(report.answers[0]?.status, 200)
})

function hasIpv6(): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(0, '::1', () => server.close(() => resolve(true)))
  })
}

describe('what a service does wrong is in the report, and the probe ends', () => {
  test('it never answers', async () => {
    const report = await probed('never-ready', 'none', { readyTimeoutMs: 600 })
    assert.deepEqual(report.notReady, { kind: 'not-answering' })
  })
  test('it ends at once', async () => {
    const report = await probed('ends-at-once', 'none')
    assert.deepEqual(report.notReady, { kind: 'ended', exitCode: 7, signal: null })
  })
  test('there is no such program', async () => {
    const report = await probed('good', 'none', { line: ['no-such-program', '{port}'] })
    assert.equal(report.notReady?.kind, 'not-started')
  })
  test('a request kills it', async () => {
    const report = await probed('dies', 'none')
    assert.equal(report.answers[1]?.failure, 'closed')
    assert.equal(report.isAlive, false)
  })
  test('half an answer is none', async () => {
    const report = await probed('half-an-answer', 'none')
    assert.deepEqual([report.answers[0]?.status, report.answers[0]?.failure], [null, 'closed'])
  })
  test('a request hangs', async () => {
    const report = await probed('hangs', 'none', { requestTimeoutMs: 300 })
    assert.equal(report.answers[1]?.failure, 'timed-out')
    assert.equal(report.isAlive, true)
  })
})
