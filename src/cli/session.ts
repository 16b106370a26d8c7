import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RunContext } from '../app/context.ts'
import { InterruptedError, UsageError } from '../core/errors.ts'
import type { ExitCode, Result } from '../core/result.ts'
import type { ReportOptions } from '../report/reporter.ts'
import type { Apps } from './apps.ts'
import { write, writeFileWhole } from './io.ts'
import { reportEntries, type ReportFlags, type ViewFlags } from './options.ts'
import { refuseOverwriting } from './place.ts'
import { createProgress } from './progress.ts'
import { reportTargets, type ReportTarget } from './report-targets.ts'
import { capabilitiesOf, FILE_CAPABILITIES } from './terminal.ts'
import type { World } from './world.ts'

const SETTINGS = 'mlcheck.yaml'

/** What the commands share while one of them runs. */
export interface Session {
  readonly world: World
  readonly apps: Apps
  /** Said once, by the command that ran. */
  end(exitCode: ExitCode): void
}

/** Standard output is for results; everything else goes to standard error. */
export async function print({ world }: Session, text: string): Promise<void> {
  await write(world.stdout, text)
}

/**
 * Runs `work` with its progress on standard error; `clear` makes room for output in between.
 *
 * @param read takes every file that the run reads.
 */
export async function withContext<T>(
  { world }: Session,
  flags: ViewFlags,
  work: (context: RunContext, clear: () => void) => Promise<T>,
  read = new Set<string>(),
): Promise<T> {
  const progress = createProgress(world, flags.quiet === true)
  try {
    const context: RunContext = {
      version: world.version,
      packageRoot: world.packageRoot,
      cwd: world.cwd,
      now: () => world.now(),
      signal: world.signal,
      get stdin() {
        return world.stdin
      },
      progress: (state) => {
        progress.update(state)
      },
      reads: (file) => {
        read.add(file)
      },
      note: (line) => {
        progress.note(line)
      },
    }
    return await work(context, () => {
      progress.clear()
    })
  } finally {
    progress.stop()
  }
}

/** How a report on standard output looks with these flags. */
export function viewOptions({ world }: Session, flags: ViewFlags): ReportOptions {
  if (flags.quiet === true && flags.verbose === true) {
    throw new UsageError('--quiet and --verbose exclude each other')
  }
  const { groupBy } = flags
  const capabilities = {
    ...capabilitiesOf(world.stdout, world, flags.color),
    ...(groupBy === undefined ? {} : { groupBy }),
  }
  if (flags.quiet === true) return { ...capabilities, verbosity: 'quiet' }
  return { ...capabilities, verbosity: flags.verbose === true ? 'verbose' : 'normal' }
}

/**
 * One run with a verdict: plans the reports, so that a slip in a flag costs no run, does the work,
 * writes the reports.
 *
 * @param inputs files that the run reads; no report may overwrite them.
 */
export async function judge(
  session: Session,
  flags: ViewFlags & ReportFlags & { readonly config?: string },
  inputs: readonly (string | undefined)[],
  work: (context: RunContext) => Promise<Result>,
): Promise<void> {
  viewOptions(session, flags)
  const { world } = session
  const entries = reportEntries(flags) ?? (await defaultEntries(session, flags.config))
  const files = [...inputs, flags.config ?? SETTINGS].filter((file) => file !== undefined)
  const targets = reportTargets(entries, world.cwd, files)
  const read = new Set<string>()
  const result = await withContext(session, flags, work, read)
  // A glob or a folder tells its files only when it is read.
  for (const { format, file } of targets) {
    if (file !== undefined) refuseOverwriting(`the ${format.id} report`, file, [...read], world.cwd)
  }
  await deliver(session, result, targets, flags)
}

async function defaultEntries(
  { apps, world }: Session,
  config: string | undefined,
): Promise<readonly string[]> {
  const { reportDefaults } = await apps.reportDefaults()
  return reportDefaults(config, world.cwd)
}

/**
 * Writes every report of a result, whatever its verdict, and ends with the exit code that the
 * result holds. All are rendered before one is written, and a file that cannot be written does not
 * keep the others from being written.
 */
export async function deliver(
  session: Session,
  result: Result,
  targets: readonly ReportTarget[],
  flags: ViewFlags,
): Promise<void> {
  // A signal that came while something was computed is seen when the event loop turns.
  await nextTurn()
  if (session.world.signal.aborted) throw new InterruptedError()
  const onScreen = viewOptions(session, flags)
  const inFile: ReportOptions = { ...onScreen, ...FILE_CAPABILITIES }
  const rendered = await Promise.all(
    targets.map(async ({ format, file }) => {
      const report = await format.load()
      return { file, text: report(result, file === undefined ? onScreen : inFile) }
    }),
  )
  const written = await Promise.allSettled(
    rendered.map(({ file, text }) =>
      file === undefined ? print(session, text) : writeFileWhole(file, text),
    ),
  )
  const failure = written.find((outcome) => outcome.status === 'rejected')
  if (failure !== undefined) throw failure.reason
  session.end(result.verdict.exitCode)
}
