import { run } from '../../src/cli/run.ts'
import type { Apps } from '../../src/cli/apps.ts'
import type { OutputStream, World } from '../../src/cli/world.ts'
import type { RunContext } from '../../src/app/context.ts'
import type { DriftRequest } from '../../src/app/drift.ts'
import type { Result } from '../../src/core/result.ts'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buildResult } from '../report/build-result.ts'

/** The folder of the package under test. */
export const packageRoot: string = path.resolve(import.meta.dirname, '..', '..')

/** A stream that remembers what was written, chunk by chunk. */
export class RecordingStream implements OutputStream {
  readonly chunks: string[] = []
  readonly isTTY: boolean
  readonly columns: number | undefined

  constructor({ isTTY = false, columns }: { isTTY?: boolean; columns?: number } = {}) {
    this.isTTY = isTTY
    this.columns = columns
  }

  write(chunk: string, done?: (error?: Error | null) => void): boolean {
    if (chunk !== '') this.chunks.push(chunk)
    // A real stream calls back later, so a command that does not wait is caught.
    if (done !== undefined) setImmediate(done)
    return true
  }

  get text(): string {
    return this.chunks.join('')
  }
}

/** A stream whose every write ends with an error. */
export class FailingStream extends RecordingStream {
  readonly #code: string

  constructor(code: string) {
    super()
    this.#code = code
  }

  override write(_: string, done?: (error?: Error | null) => void): boolean {
    const error = Object.assign(new Error(this.#code), { code: this.#code })
    setImmediate(() => done?.(error))
    return false
  }
}

/** A clock of intervals that a test moves by hand. */
export class ManualTimers {
  readonly #timers = new Set<{ period: number; next: number; tick: () => void }>()
  #now = 0

  every(milliseconds: number, tick: () => void): () => void {
    const timer = { period: milliseconds, next: this.#now + milliseconds, tick }
    this.#timers.add(timer)
    return () => {
      this.#timers.delete(timer)
    }
  }

  advance(milliseconds: number): void {
    const end = this.#now + milliseconds
    for (;;) {
      const due = [...this.#timers].filter(({ next }) => next <= end)
      const first = due.sort((a, b) => a.next - b.next)[0]
      if (first === undefined) break
      this.#now = first.next
      first.next += first.period
      first.tick()
    }
    this.#now = end
  }

  get running(): number {
    return this.#timers.size
  }
}

export interface CliOptions {
  readonly apps?: Partial<Apps>
  readonly cwd?: string
  readonly env?: World['env']
  readonly platform?: NodeJS.Platform
  readonly stdout?: RecordingStream
  readonly stderr?: RecordingStream
  readonly signal?: AbortSignal
  readonly timers?: ManualTimers
  /** What the clock says; 2026-11-24 if not given. */
  readonly now?: string
}

export interface CliRun {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** A world in which nothing is a terminal and the locale is UTF-8. */
export function fakeWorld(options: CliOptions = {}): World {
  const timers = options.timers ?? new ManualTimers()
  return {
    stdin: Readable.from([]),
    stdout: options.stdout ?? new RecordingStream(),
    stderr: options.stderr ?? new RecordingStream(),
    env: options.env ?? { LANG: 'en_US.UTF-8' },
    platform: options.platform ?? 'linux',
    cwd: options.cwd ?? packageRoot,
    packageRoot,
    version: '9.8.7',
    signal: options.signal ?? new AbortController().signal,
    now: () => new Date(options.now ?? '2026-11-24T00:00:00Z'),
    every: (milliseconds, tick) => timers.every(milliseconds, tick),
  }
}

/** Runs a command line in process. A command whose work is not given must not be reached. */
export async function cli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const stdout = options.stdout ?? new RecordingStream()
  const stderr = options.stderr ?? new RecordingStream()
  const world = fakeWorld({ ...options, stdout, stderr })
  const exitCode = await run(args, world, { ...unreachable, ...options.apps })
  return { exitCode, stdout: stdout.text, stderr: stderr.text }
}

const unreachable: Apps = {
  audit: () => Promise.reject(new Error('the audit was not to be run')),
  drift: () => Promise.reject(new Error('the comparison was not to be run')),
  inspect: () => Promise.reject(new Error('the file was not to be inspected')),
  profile: () => Promise.reject(new Error('the profile was not to be made')),
  record: () => Promise.reject(new Error('no record was to be made')),
  demo: () => Promise.reject(new Error('the demonstration was not to be run')),
  reportDefaults: () => Promise.resolve({ reportDefaults: () => Promise.resolve([]) }),
}

/** The comparison replaced by `work`; settings ask for the reports `defaults`. */
export function driftApp(
  work: (context: RunContext, request: DriftRequest) => Result | Promise<Result> = () =>
    buildResult(),
  defaults: readonly string[] = [],
): Partial<Apps> {
  return {
    drift: () =>
      Promise.resolve({
        runDrift: async (request: DriftRequest, context: RunContext) => work(context, request),
      }),
    reportDefaults: () => Promise.resolve({ reportDefaults: () => Promise.resolve(defaults) }),
  }
}

/** A command line that reaches the comparison. */
export const DRIFT: readonly string[] = ['drift', 'a.csv', 'b.csv']
