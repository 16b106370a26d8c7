import assert from 'node:assert/strict'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { InterruptedError } from '../../src/core/errors.ts'
import { createRunner, type Runner } from '../../src/runner/runner.ts'
import { startWorker, type Worker, type WorkerRequest } from '../../src/runner/worker.ts'

const folder = path.resolve(import.meta.dirname, '../../fixtures/runner')
const temporaryRoot = realpathSync(mkdtempSync(path.join(tmpdir(), 'worker-test-')))
const runnerWith = (isolation: 'auto' | 'none', signal?: AbortSignal): Runner =>
  createRunner({
    folder,
    temporaryRoot,
    environment: { PATH: process.env['PATH'] },
    isolation,
    limits: { graceMs: 200, floodBytes: 1 << 20 },
    ...(signal === undefined ? {} : { signal }),
  })
const runners = { auto: runnerWith('auto'), none: runnerWith('none') } as const
after(async () => {
  await Promise.all(Object.values(runners).map((runner) => runner.dispose()))
  rmSync(temporaryRoot, { recursive: true, force: true })
})

const RULES = {
  numericPredictions: false,
  scoresAreShares: true,
  needsScore: false,
  missing: [],
} as const

type Isolation = keyof typeof runners

const start = (isolation: Isolation, way: string, change: Partial<WorkerRequest> = {}) =>
  startWorker(runners[isolation], {
    line: ['node', 'misbehave-worker.mjs', way],
    timeoutMs: 5000,
    rules: RULES,
    ...change,
  })

const codeOf = async (worker: Worker, rows = [{ x: 1 }]) => {
  const answer = await worker.ask(rows)
  return answer.kind === 'failed' ? answer.problem.code : answer.kind
}

for (const isolation of ['auto', 'none'] as const) {
  test(`a good worker answers one request after another (${isolation})`, async () => {
    const worker = await start(isolation, 'good')
    for (let x = -2; x <= 2; x++) {
      const answer = await worker.ask([{ x }, { x: x + 0.5 }])
      assert.equal(answer.kind, 'predicted')
      assert.deepEqual(answer.predictions.columns, ['prediction', 'score'])
      const score = 1 / (1 + Math.exp(-x))
      assert.deepEqual(answer.predictions.rows.get('0'), [x < 0 ? '0' : '1', String(score)])
      assert.equal(answer.predictions.rows.size, 2)
      assert.ok(answer.durationMs > 0)
    }
    assert.ok((worker.coldStartMs() ?? 0) > 1)
    assert.equal(await worker.close(), undefined)
    assert.equal(await codeOf(worker), 'WORKER_EXITED')
  })

  test(`an ignored SIGTERM and a hang end within the limits (${isolation})`, async () => {
    const startedAt = performance.now()
    const worker = await start(isolation, 'hang-and-ignore-sigterm', { timeoutMs: 800 })
    assert.equal(await codeOf(worker), 'WORKER_TIMED_OUT')
    assert.equal(await codeOf(worker), 'WORKER_TIMED_OUT')
    await worker.close()
    assert.ok(performance.now() - startedAt < 4000)
  })

  test(`a dead worker leaves no child behind that holds its pipes (${isolation})`, async () => {
    const startedAt = performance.now()
    const worker = await start(isolation, 'leave-child')
    assert.equal(await codeOf(worker), 'WORKER_EXITED')
    await worker.close()
    assert.ok(performance.now() - startedAt < 4000)
  })
}

const BREAKS: Readonly<Record<string, string>> = {
  'not-json': 'WORKER_LINE_NOT_JSON',
  'without-id': 'WORKER_LINE_WITHOUT_ID',
  'unknown-id': 'WORKER_ID_UNKNOWN',
  'out-of-order': 'WORKER_ID_UNKNOWN',
  exit: 'WORKER_EXITED',
  'half-a-line': 'WORKER_EXITED',
  'ends-at-once': 'WORKER_EXITED',
  'kill-self': 'WORKER_SIGNALLED',
  'no-utf-8': 'WORKER_LINE_NOT_JSON',
  'flood-in-one-line': 'WORKER_FLOODED',
}
for (const [way, code] of Object.entries(BREAKS)) {
  test(`a worker that goes wrong by ${way} is ${code}, and stays so`, async () => {
    const startedAt = performance.now()
    const worker = await start('none', way)
    assert.equal(await codeOf(worker), code)
    assert.ok(worker.isBroken())
    assert.equal(await codeOf(worker), code)
    assert.equal(await worker.close(), undefined)
    assert.ok(performance.now() - startedAt < 4000)
  })
}

const WRONG_ANSWERS: Readonly<Record<string, string>> = {
  'wrong-count': 'WORKER_ANSWER_COUNT',
  'no-predictions': 'WORKER_ANSWER_SHAPE',
  'error-of-no-kind': 'WORKER_ANSWER_SHAPE',
  both: 'WORKER_ANSWER_SHAPE',
  'nan-word': 'WORKER_ANSWER_UNDEFINED',
  'null-score': 'WORKER_ANSWER_UNDEFINED',
  'no-prediction': 'WORKER_ANSWER_COLUMNS',
  'score-beyond-one': 'WORKER_ANSWER_UNDEFINED',
  'list-prediction': 'WORKER_ANSWER_SHAPE',
  'deep-prediction': 'WORKER_ANSWER_SHAPE',
  'deep-note': 'WORKER_ANSWER_SHAPE',
}
for (const [way, code] of Object.entries(WRONG_ANSWERS)) {
  test(`an answer that is wrong by ${way} is ${code}, and the next is asked all the same`, async () => {
    const worker = await start('none', way)
    assert.equal(await codeOf(worker), code)
    assert.equal(worker.isBroken(), false)
    assert.equal(await codeOf(worker), code)
    assert.equal(await worker.close(), undefined)
  })
}

test('a second answer to one request breaks the worker, whenever it comes', async () => {
  for (const way of ['repeated-id', 'answers-twice-later']) {
    const worker = await start('none', way)
    assert.equal(await codeOf(worker), 'predicted', way)
    await delay(100)
    assert.equal(await codeOf(worker), 'WORKER_ID_REPEATED', way)
    await worker.close()
  }
})

test('a text of megabytes beside a word that is no number does not exhaust the stack', async () => {
  const runner = createRunner({
    folder,
    temporaryRoot,
    environment: { PATH: process.env['PATH'] },
    isolation: 'none',
  })
  const line = ['node', 'misbehave-worker.mjs', 'nan-beside-a-long-text']
  const worker = await startWorker(runner, { line, timeoutMs: 20_000, rules: RULES })
  assert.equal(await codeOf(worker), 'WORKER_ANSWER_UNDEFINED')
  await worker.close()
  await runner.dispose()
})

test('rows that each have columns of their own are refused before they fill the memory', async () => {
  const worker = await start('none', 'other-columns-in-each-row')
  const rows = (count: number) => Array.from({ length: count }, (_, x) => ({ x }))
  assert.equal(await codeOf(worker, rows(10)), 'predicted')
  assert.equal(await codeOf(worker, rows(200)), 'WORKER_ANSWER_SHAPE')
  await worker.close()
})

test('a worker that nobody closed ends with the runner', async () => {
  const runner = runnerWith('none')
  const line = ['node', 'misbehave-worker.mjs', 'stays']
  const worker = await startWorker(runner, { line, timeoutMs: 5000, rules: RULES })
  const answer = await worker.ask([{ x: 1 }])
  assert.equal(answer.kind, 'predicted')
  await runner.dispose()
  assert.ok(worker.isBroken())
})

test('an answer counts although the worker ends after it', async () => {
  const worker = await start('none', 'exit-after-answer')
  assert.equal(await codeOf(worker), 'predicted')
  assert.equal(await codeOf(worker), 'WORKER_EXITED')
  await worker.close()
})

test('an answer may come in pieces and have more than the protocol asks for', async () => {
  const worker = await start('none', 'split-line')
  assert.equal(await codeOf(worker), 'predicted')
  await worker.close()
})

test('a declared error is an answer of its own', async () => {
  const worker = await start('none', 'rejects')
  const answer = await worker.ask([{ x: null }])
  assert.equal(answer.kind, 'declared')
  assert.deepEqual(answer.error, { kind: 'rejected', message: 'x is missing' })
  assert.equal(await codeOf(worker), 'predicted')
  await worker.close()
})

test('infinite numbers arrive as such, and no rows as no rows', async () => {
  const worker = await start('none', 'good')
  const answer = await worker.ask([{ x: Infinity }, { x: -Infinity }])
  assert.equal(answer.kind, 'predicted')
  assert.deepEqual(
    [...answer.predictions.rows.values()],
    [
      ['1', '1'],
      ['0', '0'],
    ],
  )
  assert.equal(await codeOf(worker, []), 'predicted')
  await worker.close()
})

test('a worker that hangs, or reads nothing, is timed out with what it said', async () => {
  for (const way of ['hang', 'closes-its-input']) {
    const worker = await start('none', way, { timeoutMs: 500 })
    assert.equal(await codeOf(worker), 'WORKER_TIMED_OUT', way)
    await worker.close()
  }
})

test('a program that is not there is told', async () => {
  const worker = await start('none', '', { line: ['no-such-program'] })
  assert.equal(await codeOf(worker), 'WORKER_NOT_STARTED')
  assert.equal(await worker.close(), undefined)
})

test('a worker that stays when its input is closed is ended and told', async () => {
  const worker = await start('none', 'stays')
  assert.equal(await codeOf(worker), 'predicted')
  const problem = await worker.close()
  assert.equal(problem?.code, 'WORKER_NOT_CLOSED')
})

test('the peak of memory is seen where the system tells it', async (context) => {
  if (process.platform !== 'linux') {
    context.skip('no /proc')
    return
  }
  for (const isolation of ['auto', 'none'] as const) {
    const worker = await start(isolation, 'eat-memory')
    await worker.ask([{ x: 1 }])
    const peak = worker.peakMemory() ?? 0
    await worker.close()
    assert.ok(peak > 128 << 20 && peak < 512 << 20, String(peak))
  }
})

test('an abort is an interruption, not an answer', async () => {
  const controller = new AbortController()
  const runner = runnerWith('none', controller.signal)
  const line = ['node', 'misbehave-worker.mjs', 'hang'] as const
  const worker = await startWorker(runner, { line, timeoutMs: 5000, rules: RULES })
  setTimeout(() => controller.abort(), 50)
  await assert.rejects(worker.ask([{ x: 1 }]), InterruptedError)
  await runner.dispose()
})
