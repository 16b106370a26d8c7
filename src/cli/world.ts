/** A stream that the command line writes to; `process.stdout` is one. */
export interface OutputStream {
  write(chunk: string, done?: (error?: Error | null) => void): boolean
  readonly isTTY?: boolean
  readonly columns?: number | undefined
}

/** Everything the command line touches outside itself, so that tests can run it in process. */
export interface World {
  readonly stdin: NodeJS.ReadableStream
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly cwd: string
  readonly packageRoot: string
  readonly version: string
  /** Aborted when the user stops the run. */
  readonly signal: AbortSignal
  now(): Date
  /** Calls `tick` again and again without keeping the process alive; returns what stops it. */
  every(milliseconds: number, tick: () => void): () => void
}
