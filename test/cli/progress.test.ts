import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RunContext } from '../../src/app/context.ts'
import { buildResult } from '../report/build-result.ts'
import { cli, DRIFT, driftApp, ManualTimers, RecordingStream, type CliOptions } from './harness.ts'

/** What standard error gets while `work` runs. */
async function watch(
  work: (context: RunContext, timers: ManualTimers, stderr: RecordingStream) => void,
  { flags = [], ...options }: CliOptions & { readonly flags?: readonly string[] } = {},
): Promise<readonly string[]> {
  const timers = new ManualTimers()
  const stderr = options.stderr ?? new RecordingStream()
  const apps = driftApp((context) => {
    work(context, timers, stderr)
    return buildResult()
  })
  const { exitCode } = await cli([...DRIFT, ...flags], { ...options, apps, timers, stderr })
  assert.equal(exitCode, 0)
  assert.equal(timers.running, 0)
  return stderr.chunks
}

const terminal = () => new RecordingStream({ isTTY: true, columns: 40 })
const CLEAR = '\r\u001b[2K'

test('in a log a line is written every 30 seconds, and none by a short run', async () => {
  const chunks = await watch((context, timers) => {
    context.progress({ stage: 'reading reference', done: 1, total: 4 })
    timers.advance(29_999)
    context.progress({ stage: 'reading reference', done: 2000, total: 4000 })
    timers.advance(1)
    timers.advance(29_999)
    context.progress({ stage: 'comparing income' })
    timers.advance(1)
  })
  assert.deepEqual(chunks, ['reading reference 2,000 of 4,000 …\n', 'comparing income …\n'])
  assert.deepEqual(
    await watch((context, timers) => {
      context.progress({ stage: 'reading' })
      timers.advance(20_000)
    }),
    [],
  )
})

test('on a terminal one line is updated, and removed before the report', async () => {
  const chunks = await watch(
    (context, timers) => {
      context.progress({ stage: 'reading' })
      timers.advance(100)
      context.progress({ stage: 'comparing', done: 1, total: 2 })
      timers.advance(1000)
    },
    { stderr: terminal() },
  )
  assert.deepEqual(chunks, [`${CLEAR}reading …`, `${CLEAR}comparing 1 of 2 …`, CLEAR])
})

test('a long line is cut, so that it never wraps', async () => {
  const chunks = await watch(
    (context, timers) => {
      context.progress({ stage: 'x'.repeat(200) })
      timers.advance(100)
    },
    { stderr: terminal() },
  )
  assert.equal((chunks[0] ?? '').replace(CLEAR, '').length, 39)
})

test('a note stands on a line of its own, above the progress', async () => {
  const chunks = await watch(
    (context, timers) => {
      context.progress({ stage: 'reading' })
      timers.advance(100)
      context.note('seed 1')
      timers.advance(100)
    },
    { stderr: terminal() },
  )
  assert.deepEqual(chunks, [`${CLEAR}reading …`, CLEAR, 'seed 1\n', `${CLEAR}reading …`, CLEAR])
})

test('a build server and a dumb terminal get lines, not control sequences', async () => {
  for (const env of [
    { CI: 'true', LANG: 'C.UTF-8' },
    { TERM: 'dumb', LANG: 'C.UTF-8' },
  ]) {
    const chunks = await watch(
      (context, timers) => {
        context.progress({ stage: 'reading' })
        timers.advance(30_000)
      },
      { env, stderr: terminal() },
    )
    assert.deepEqual(chunks, ['reading …\n'])
  }
})

test('--quiet tells no progress and no note', async () => {
  for (const stderr of [terminal(), new RecordingStream()]) {
    const chunks = await watch(
      (context, timers) => {
        context.progress({ stage: 'reading' })
        context.note('a note')
        timers.advance(120_000)
      },
      { stderr, flags: ['--quiet'] },
    )
    assert.deepEqual(chunks, [])
  }
})

test('progress is ASCII where the reader shows no more', async () => {
  const chunks = await watch(
    (context, timers) => {
      context.progress({ stage: 'reading' })
      timers.advance(30_000)
    },
    { env: { LANG: 'C' } },
  )
  assert.deepEqual(chunks, ['reading ...\n'])
})

test('the name of a file cannot act on the terminal', async () => {
  const chunks = await watch(
    (context, timers) => {
      context.progress({ stage: 'reading a\u001b[2J\nb' })
      context.note('c\u001b]0;title\u0007')
      timers.advance(100)
    },
    { stderr: terminal() },
  )
  assert.deepEqual(chunks, ['c\\u{1b}]0;title\\u{7}\n', `${CLEAR}reading a\\u{1b}[2J\\nb …`, CLEAR])
})

test('the line is removed before an error is told', async () => {
  const timers = new ManualTimers()
  const stderr = terminal()
  const apps = driftApp((context) => {
    context.progress({ stage: 'reading' })
    timers.advance(100)
    throw new Error('torn')
  })
  await cli(DRIFT, { apps, timers, stderr })
  assert.deepEqual(stderr.chunks.slice(0, 2), [`${CLEAR}reading …`, CLEAR])
  assert.match(stderr.chunks[2] ?? '', /^mlcheck: internal error: Error: torn/)
})
