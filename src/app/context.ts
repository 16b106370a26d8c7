import type { RunRecord } from '../core/result.ts'

/** What one stage of a long run has to say about how far it is. */
export interface ProgressUpdate {
  readonly stage: string
  readonly done?: number
  readonly total?: number
}

/** Everything a command needs from the world outside. The command line makes it; tests make their own. */
export interface RunContext {
  readonly version: string
  /** The folder of the installed package: the default checklist, the schemas and the example live there. */
  readonly packageRoot: string
  readonly cwd: string
  now(): Date
  readonly signal: AbortSignal
  readonly stdin: NodeJS.ReadableStream
  progress(update: ProgressUpdate): void
  /** Told of each file that is read, by its absolute path, so that nothing is written over it. */
  reads(file: string): void
  /** One line for a person, on standard error. */
  note(line: string): void
}

/** Remembers when a run began, so that everything that may differ between two runs is in one block. */
export function startRun(context: RunContext): {
  finish(
    isolation?: readonly string[],
    measurements?: NonNullable<RunRecord['measurements']>,
  ): RunRecord
} {
  const started = context.now()
  return {
    finish: (isolation = [], measurements = {}) => ({
      startedAt: started.toISOString(),
      durationMs: Math.max(0, context.now().getTime() - started.getTime()),
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      isolation,
      ...(Object.keys(measurements).length === 0 ? {} : { measurements }),
    }),
  }
}
