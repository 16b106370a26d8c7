import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { buildColumn, buildFinding, buildResult } from '../report/build-result.ts'
import { cli, DRIFT, driftApp, RecordingStream, type CliOptions } from './harness.ts'

const apps = driftApp(() =>
  buildResult({
    columns: [buildColumn({ outcome: 'fail', findings: [buildFinding({ severity: 'fail' })] })],
    verdict: { outcome: 'fail', exitCode: 1, reason: 'r' },
  }),
)
const terminal = () => new RecordingStream({ isTTY: true, columns: 80 })

async function report(options: CliOptions, ...flags: readonly string[]): Promise<string> {
  const { exitCode, stdout } = await cli([...DRIFT, ...flags], { apps, ...options })
  assert.equal(exitCode, 1)
  return stdout
}

describe('colour', () => {
  const env = { LANG: 'C.UTF-8' }
  const cases: readonly (readonly [string, CliOptions, readonly string[], boolean])[] = [
    ['is on a terminal', { env, stdout: terminal() }, [], true],
    ['is not in a pipe', { env }, [], false],
    ['--color never beats a terminal', { env, stdout: terminal() }, ['--color', 'never'], false],
    ['--color always beats a pipe', { env }, ['--color', 'always'], true],
    [
      '--color always beats NO_COLOR',
      { env: { ...env, NO_COLOR: '1' } },
      ['--color', 'always'],
      true,
    ],
    [
      '--color never beats FORCE_COLOR',
      { env: { ...env, FORCE_COLOR: '1' } },
      ['--color', 'never'],
      false,
    ],
    [
      'NO_COLOR beats a terminal',
      { env: { ...env, NO_COLOR: '1' }, stdout: terminal() },
      [],
      false,
    ],
    [
      'NO_COLOR beats FORCE_COLOR',
      { env: { ...env, NO_COLOR: '1', FORCE_COLOR: '1' }, stdout: terminal() },
      [],
      false,
    ],
    [
      'an empty NO_COLOR counts as none',
      { env: { ...env, NO_COLOR: '' }, stdout: terminal() },
      [],
      true,
    ],
    ['FORCE_COLOR beats a pipe', { env: { ...env, FORCE_COLOR: '1' } }, [], true],
    ['FORCE_COLOR=0 forces nothing', { env: { ...env, FORCE_COLOR: '0' } }, [], false],
    ['FORCE_COLOR beats TERM=dumb', { env: { ...env, FORCE_COLOR: '1', TERM: 'dumb' } }, [], true],
    ['TERM=dumb has none', { env: { ...env, TERM: 'dumb' }, stdout: terminal() }, [], false],
  ]
  for (const [law, options, flags, isColored] of cases) {
    test(law, async () => {
      const text = await report(options, ...flags)
      assert.equal(text.includes('\u001b['), isColored)
    })
  }
})

describe('text is ASCII where the reader shows no more', () => {
  const cases: readonly (readonly [string, CliOptions, boolean])[] = [
    ['a locale of UTF-8', { env: { LANG: 'en_US.UTF-8' } }, true],
    ['a log without a locale', { env: {} }, true],
    ['a log of the C locale', { env: { LANG: 'C' } }, false],
    ['LC_ALL before LANG', { env: { LC_ALL: 'POSIX', LANG: 'en_US.UTF-8' } }, false],
    ['an empty LC_ALL counts as none', { env: { LC_ALL: '', LANG: 'en_US.utf8' } }, true],
    ['a terminal without a locale', { env: {}, stdout: terminal() }, false],
    ['the Linux console', { env: { LANG: 'C.UTF-8', TERM: 'linux' }, stdout: terminal() }, false],
    ['an old Windows console', { env: {}, platform: 'win32', stdout: terminal() }, false],
    ['Windows Terminal', { env: { WT_SESSION: '1' }, platform: 'win32', stdout: terminal() }, true],
  ]
  for (const [where, options, isUnicode] of cases) {
    test(`${where}: ${isUnicode ? 'more' : 'ASCII'}`, async () => {
      const text = await report(options, '-v')
      assert.equal(!/^[\u0000-\u007f]*$/.test(text), isUnicode)
    })
  }
})

test('a report fits the width of the terminal', async () => {
  const stdout = new RecordingStream({ isTTY: true, columns: 60 })
  const text = await report({ env: { LANG: 'C.UTF-8', NO_COLOR: '1' }, stdout })
  for (const line of text.split('\n')) assert.ok(line.length <= 60, line)
})

test('--quiet shows less and --verbose more', async () => {
  const [quiet, normal, verbose] = await Promise.all([
    report({}, '-q'),
    report({}),
    report({}, '-v'),
  ])
  assert.ok(quiet.length <= normal.length)
  assert.ok(normal.length < verbose.length)
})
