/** Bounds of one command; the defaults stand in `DEFAULT_LIMITS`. */
export interface CommandLimits {
  readonly timeoutMs: number
  /** Writable private memory of each process, where the system can limit it. */
  readonly memoryBytes: number
  /** The largest file a process may write, where the system can limit it. */
  readonly fileBytes: number
  /** How much of each output stream is kept. */
  readonly captureBytes: number
  /** Output beyond this ends the command: nobody reads it, and it only fills a pipe. */
  readonly floodBytes: number
  /** How long a command may take to obey SIGTERM before SIGKILL. */
  readonly graceMs: number
}

export const DEFAULT_LIMITS: CommandLimits = {
  timeoutMs: 60_000,
  memoryBytes: 8 * 1024 ** 3,
  fileBytes: 1024 ** 3,
  captureBytes: 1024 ** 2,
  floodBytes: 64 * 1024 ** 2,
  graceMs: 1000,
}

/** What protected the machine and the project while a command ran. */
export type Isolation =
  | 'environment-allow-list'
  | 'private-temporary-folder'
  | 'time-limit'
  | 'output-limit'
  | 'memory-limit'
  | 'no-network'
  | 'process-namespace'
  | 'copy-on-write-folder'
  | 'read-only-folder'

/** How a command ended. Nothing that a command does is an exception. */
export type CommandEnd =
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'flooded' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'not-started'; readonly reason: string }

export interface CapturedStream {
  /** The beginning of the stream, at most `captureBytes` long. */
  readonly text: string
  /** All bytes that were written, kept or not. */
  readonly bytes: number
}

export interface CommandResult {
  readonly end: CommandEnd
  readonly stdout: CapturedStream
  readonly stderr: CapturedStream
  readonly durationMs: number
  readonly isolation: readonly Isolation[]
}

/** A program with its arguments; there is no shell between. */
export type CommandLine = readonly string[]
