import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { InterruptedError } from '../core/errors.ts'
import type { FindingArgs, FindingCode } from '../core/finding.ts'
import type { ManifestCommand } from '../config/manifest.ts'
import type { CommandResult } from '../runner/command.ts'
import { removeFolder } from '../runner/remove-folder.ts'
import { pathsHidden } from '../runner/said.ts'
import type { JunitCase, JunitRead } from '../source/junit.ts'
import { countTests, type TestCounts } from '../source/test-output.ts'
import type { Collector, FactContext } from './context.ts'
import { changedInputs } from './input-digests.ts'
import { absentBlock } from './project-files.ts'

/** A suite of tests that was run now. */
export interface TestRun {
  readonly suite: string
  readonly command: readonly string[]
  /** How it ended where that is not exit code 0. */
  readonly problem: TestProblem | undefined
  /** `undefined` when neither a report nor the closing lines say how many tests ran. */
  readonly counts: TestCounts | undefined
  /** From the report that the command wrote to `{junit}`. */
  readonly cases: readonly JunitCase[] | undefined
  /** Why the report that was asked for could not be read. */
  readonly reportProblem: string | undefined
  /** Files that the audit reads and that are not what they were before the first command. */
  readonly changedInputs: readonly string[]
}

export interface TestProblem {
  readonly code: FindingCode
  readonly args: FindingArgs
}

const DEFAULT_TIMEOUT_MS = 10 * 60_000
/** All output is kept up to here, since the counts stand at its end; more is a flood. */
const OUTPUT_BYTES = 32 * 1024 ** 2
const REPORT_BYTES = 64 * 1024 ** 2

/** pytest ends with this code when it collected no test, unittest from Python 3.12 on too. */
const NO_TESTS = 5

/** Runs the suite of that name in `commands.tests`. */
export function testRun(suite: string): Collector<TestRun> {
  return {
    title: `What the ${suite} tests say when they run`,
    async collect(key, context, facts) {
      const command = context.manifest.commands?.tests?.[suite]
      if (command === undefined) return absentBlock(key, context, `commands.tests.${suite}`)
      const source = context.manifest.locate(['commands', 'tests', suite])
      if (!context.permission.run) {
        return {
          key,
          state: 'unreadable',
          reason: 'commands of the manifest were not allowed to run',
          source,
          remedy:
            'Pass --allow-run, or set `run: {allow: true}` in the mlcheck.yaml of the repository.',
        }
      }
      const before = await facts.get('inputs.digests')
      const ran = await run(suite, command, context)
      const own = writtenByTests(context)
      const changed = (await changedInputs(before, context)).filter((path) => !own.has(path))
      const value = { ...ran, changedInputs: changed }
      return { key, state: 'present', value, source }
    },
  }
}

/** Reports are what a run of tests is for, and test tools keep their caches beside the tests. */
function writtenByTests({ manifest }: FactContext): ReadonlySet<string> {
  const { junit = [], coverage } = manifest.testReports ?? {}
  return new Set([
    ...junit,
    ...(coverage === undefined ? [] : [coverage]),
    ...(manifest.code?.tests ?? []),
  ])
}

async function run(
  suite: string,
  command: ManifestCommand,
  { runner }: FactContext,
): Promise<Omit<TestRun, 'changedInputs'>> {
  const folder = await runner.temporaryFolder()
  const path = join(folder, 'junit.xml')
  const timeoutMs = command.timeout ?? DEFAULT_TIMEOUT_MS
  const result = await runner.run({
    line: command.run,
    placeholders: { '{junit}': path },
    limits: { timeoutMs, captureBytes: OUTPUT_BYTES, floodBytes: OUTPUT_BYTES },
  })
  const asksForReport = command.run.some((argument) => argument.includes('{junit}'))
  const report = asksForReport ? await readReport(path) : undefined
  const cases = report !== undefined && 'report' in report ? report.report.cases : undefined
  await removeFolder(folder)
  const clean = pathsHidden(folder, runner)
  return {
    suite,
    command: command.run,
    problem: problemOf(result, { suite, said: clean(closingLines(result)) }, timeoutMs),
    counts:
      cases === undefined ? countTests(result.stdout.text, result.stderr.text) : countsOf(cases),
    cases,
    reportProblem: report !== undefined && 'problem' in report ? report.problem : undefined,
  }
}

async function readReport(path: string): Promise<JunitRead> {
  const { readJunit } = await import('../source/junit.ts')
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true) return { problem: 'the command wrote none' }
  if (found.size > REPORT_BYTES) return { problem: 'it is larger than any report' }
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return { problem: 'it may not be read' }
  const read = readJunit(text)
  if ('problem' in read) return read
  const [suite] = read.report.contradictions
  return suite === undefined
    ? read
    : { problem: `the suite ${suite} counts other tests than it lists` }
}

/** The counts of the cases of a report. */
export function countsOf(cases: readonly JunitCase[]): TestCounts {
  const count = (outcome: JunitCase['outcome']) =>
    cases.filter((each) => each.outcome === outcome).length
  return {
    tool: 'junit',
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
  }
}

function problemOf(
  { end, stdout, stderr }: CommandResult,
  { suite, said }: { readonly suite: string; readonly said: string },
  timeoutMs: number,
): TestProblem | undefined {
  switch (end.kind) {
    case 'exited':
      if (end.exitCode === 0) return undefined
      if (end.exitCode === NO_TESTS) return { code: 'TESTS_NONE_RAN', args: { suite } }
      return { code: 'TESTS_EXITED', args: { suite, exitCode: end.exitCode, said } }
    case 'signalled':
      return { code: 'TESTS_SIGNALLED', args: { suite, signal: end.signal, said } }
    case 'timed-out':
      return { code: 'TESTS_TIMED_OUT', args: { suite, seconds: timeoutMs / 1000, said } }
    case 'flooded':
      return { code: 'TESTS_FLOODED', args: { suite, bytes: stdout.bytes + stderr.bytes } }
    case 'not-started':
      return { code: 'TESTS_NOT_STARTED', args: { suite, reason: end.reason } }
    case 'aborted':
      throw new InterruptedError()
  }
}

const LAST_LINES = 5
const LINE_LENGTH = 200

/** The end of both streams: what failed stands there. */
function closingLines({ stdout, stderr }: CommandResult): string {
  return [stdout.text, stderr.text]
    .flatMap((text) => text.trimEnd().split(/\r?\n/).slice(-LAST_LINES))
    .map((line) => line.slice(0, LINE_LENGTH))
    .filter((line) => line.trim() !== '')
    .join('\n')
}
