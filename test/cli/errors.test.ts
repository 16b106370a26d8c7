import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ConfigurationError,
  InputError,
  InterruptedError,
  NothingCheckedError,
  UsageError,
} from '../../src/core/errors.ts'
import { buildResult } from '../report/build-result.ts'
import { cli, DRIFT, driftApp, type CliRun } from './harness.ts'

function failingWith(error: unknown, ...flags: readonly string[]): Promise<CliRun> {
  return cli([...DRIFT, ...flags], {
    apps: driftApp(() => {
      throw error
    }),
  })
}

describe('the exit code of an error', () => {
  const kinds: readonly (readonly [string, Error, number])[] = [
    ['wrong usage', new UsageError('m'), 2],
    ['a wrong configuration', new ConfigurationError('m'), 2],
    ['an input that cannot be read', new InputError('m'), 2],
    ['nothing to check', new NothingCheckedError('m'), 4],
    ['an interruption', new InterruptedError(), 130],
    ['anything else, a defect', new TypeError('m'), 70],
  ]
  for (const [what, error, code] of kinds) {
    test(`is ${String(code)} for ${what}, told on standard error alone`, async () => {
      const { exitCode, stdout, stderr } = await failingWith(error)
      assert.equal(exitCode, code)
      assert.equal(stdout, '')
      assert.match(stderr, /^mlcheck: .+\n/)
    })
  }

  for (const thrown of ['a string', undefined, null, 7]) {
    test(`is 70 for a thrown ${String(thrown)}`, async () => {
      const { exitCode, stderr } = await failingWith(thrown)
      assert.equal(exitCode, 70)
      assert.match(stderr, new RegExp(`internal error: ${String(thrown)}\n`))
    })
  }
})

test('an error with a place names file, line and column and shows the line with a caret', async () => {
  const { stderr } = await failingWith(
    new ConfigurationError('no key "alhpa"', {
      location: { path: 'mlcheck.yaml', line: 2, column: 3 },
      frame: '  2 |   alhpa: 0.01\n    |   ^^^^^\n',
      hint: 'Did you mean alpha?',
    }),
  )
  assert.equal(
    stderr,
    'mlcheck: mlcheck.yaml:2:3: no key "alhpa"\n' +
      '  2 |   alhpa: 0.01\n    |   ^^^^^\n' +
      'hint: Did you mean alpha?\n',
  )
})

test('a message with several problems has a line for each', async () => {
  const { stderr } = await failingWith(
    new ConfigurationError('2 problems\n  m.yaml:2:1 model.name: missing\nforged', {
      location: { path: 'm.yaml', line: 2, column: 1 },
    }),
  )
  assert.equal(
    stderr,
    'mlcheck: m.yaml:2:1: 2 problems\n  m.yaml:2:1 model.name: missing\n  forged\n',
  )
})

test('a place that is in the message already is not repeated', async () => {
  const { stderr } = await failingWith(
    new InputError('a.csv:7: ragged row', { location: { path: 'a.csv', line: 7 } }),
  )
  assert.equal(stderr, 'mlcheck: a.csv:7: ragged row\n')
})

test('a defect is told shortly, and with its stack only with -v', async () => {
  const defect = new TypeError('x is not a function')
  const short = await failingWith(defect)
  assert.match(short.stderr, /^mlcheck: internal error: TypeError: x is not a function\n/)
  assert.match(short.stderr, /defect of mlcheck/)
  assert.match(short.stderr, /with -v/)
  assert.doesNotMatch(short.stderr, /\n\s+at /)
  const long = await failingWith(defect, '-v')
  assert.match(long.stderr, /\n\s+at .*errors\.test\.ts/)
  assert.equal(long.exitCode, 70)
})

test('a known error shows no stack even with -v', async () => {
  const { stderr } = await failingWith(new InputError('torn'), '-v')
  assert.equal(stderr, 'mlcheck: torn\n')
})

test('control characters in an error cannot act on the terminal', async () => {
  const nasty = 'a\u001b[2J\r\nmlcheck: all is well\u202e'
  const known = await failingWith(
    new InputError(nasty, {
      location: { path: nasty },
      // Its line breaks are the layout of the frame; a line of a file has none.
      frame: '1 | a\u001b[2J\r\u202e\n  | ^',
      hint: nasty,
    }),
  )
  const defect = await failingWith(new Error(nasty), '-v')
  for (const { stderr } of [known, defect]) {
    assert.doesNotMatch(stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    assert.doesNotMatch(stderr, /^mlcheck: all is well/m)
    assert.match(stderr, /\\u\{1b\}/)
  }
})

test('control characters of the command line cannot act on the terminal', async () => {
  const nasty = '\u001b[2J\nmlcheck: fine'
  const lines = [[nasty], ['audit', `--${nasty}`], ['audit', '--phase', nasty], ['explain', nasty]]
  for (const args of lines) {
    const { exitCode, stderr } = await cli(args)
    assert.equal(exitCode, 2)
    assert.ok(!stderr.includes('\u001b'), stderr)
    assert.doesNotMatch(stderr, /^mlcheck: fine/m)
  }
})

test('results go to standard output, progress and notes to standard error', async () => {
  const { exitCode, stdout, stderr } = await cli([...DRIFT, '--json'], {
    apps: driftApp((context) => {
      context.note('a note')
      return buildResult()
    }),
  })
  assert.equal(exitCode, 0)
  assert.deepEqual((JSON.parse(stdout) as { verdict: unknown }).verdict, buildResult().verdict)
  assert.equal(stderr, 'a note\n')
})

describe('the exit code of a run', () => {
  for (const code of [0, 1, 3, 4] as const) {
    test(`is ${String(code)} where the verdict says so, in every format`, async () => {
      for (const format of ['text', 'json', 'markdown', 'junit']) {
        const verdict = { outcome: 'inconclusive', exitCode: code, reason: 'r' } as const
        const apps = driftApp(() => buildResult({ verdict }))
        const { exitCode } = await cli([...DRIFT, '--report', format], { apps })
        assert.equal(exitCode, code)
      }
    })
  }
})

test('a run that was interrupted writes no report, whatever it found', async () => {
  const controller = new AbortController()
  const { exitCode, stdout, stderr } = await cli(DRIFT, {
    signal: controller.signal,
    apps: driftApp(() => {
      controller.abort()
      return buildResult()
    }),
  })
  assert.deepEqual(
    { exitCode, stdout, stderr },
    { exitCode: 130, stdout: '', stderr: 'mlcheck: interrupted\n' },
  )
})
