import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import type { Readable, Writable } from 'node:stream'
import type { CapturedStream, CommandEnd, CommandLimits, CommandLine } from './command.ts'

/** How long the pipes may stay open after the process itself has ended. */
const DRAIN_MS = 300

/** A longer timer of Node ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export interface SpawnRequest {
  readonly line: CommandLine
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  readonly limits: CommandLimits
  readonly signal: AbortSignal | undefined
}

export interface SpawnResult {
  readonly end: CommandEnd
  readonly stdout: CapturedStream
  readonly stderr: CapturedStream
}

/** A process that is talked to while it runs; `ended` always resolves. */
export interface SpawnedCommand {
  readonly ended: Promise<SpawnResult>
  /** `undefined` when nothing was started. */
  readonly pid: number | undefined
  /** `undefined` unless a conversation was asked for. */
  readonly input: Writable | undefined
  /** The output as it comes, beside what is captured of it. */
  readonly output: Readable | undefined
  /** Ends the whole group as a time-out does; the end is the one given, unless there was one before. */
  stop(end: CommandEnd): void
}

const NOTHING: CapturedStream = { text: '', bytes: 0 }

/**
 * Starts a process as the leader of its own group and waits for its end, whatever it does: at the time
 * limit, on a flood of output or on abort the whole group gets SIGTERM and, after the grace time,
 * SIGKILL; what the leader leaves behind is killed with it. Always resolves.
 */
export function spawnCommand(request: SpawnRequest): Promise<SpawnResult> {
  return startCommand(request, 'ignore').ended
}

/**
 * The same for a process whose input is written and whose output is read while it runs. Nothing that it
 * does is an exception; a write after its end is lost.
 */
export function startCommand(request: SpawnRequest, stdin: 'ignore' | 'pipe'): SpawnedCommand {
  if (request.signal?.aborted === true) return notRunning({ kind: 'aborted' })
  try {
    const [program = '', ...args] = request.line
    const child = spawn(program, args, {
      cwd: request.folder,
      env: request.environment,
      detached: process.platform !== 'win32',
      stdio: [stdin, 'pipe', 'pipe'],
      windowsHide: true,
    })
    return supervise(child, request)
  } catch (error) {
    return notRunning({ kind: 'not-started', reason: reasonOf(error) })
  }
}

/** A process that never was. */
export function notRunning(end: CommandEnd): SpawnedCommand {
  const ended = Promise.resolve({ end, stdout: NOTHING, stderr: NOTHING })
  return { ended, pid: undefined, input: undefined, output: undefined, stop: () => undefined }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function supervise(child: ChildProcess, { limits, signal }: SpawnRequest): SpawnedCommand {
  let stopGroup: SpawnedCommand['stop'] = () => undefined
  const ended = new Promise<SpawnResult>((resolve) => {
    let forced: CommandEnd | undefined
    let natural: CommandEnd | undefined
    const timers: NodeJS.Timeout[] = []
    const later = (action: () => void, delayMs: number) => timers.push(setTimeout(action, delayMs))

    const stop = (end: CommandEnd) => {
      if (forced !== undefined || natural !== undefined) return
      forced = end
      killGroup(child, 'SIGTERM')
      later(() => {
        killGroup(child, 'SIGKILL')
        later(settle, DRAIN_MS)
      }, limits.graceMs)
    }
    stopGroup = stop
    const onFlood = () => stop({ kind: 'flooded' })
    const stdout = capture(child.stdout, limits, onFlood)
    const stderr = capture(child.stderr, limits, onFlood)
    const onAbort = () => stop({ kind: 'aborted' })

    const settle = () => {
      for (const timer of timers) clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      child.stdin?.destroy()
      child.stdout?.destroy()
      child.stderr?.destroy()
      // A process that not even SIGKILL ends must not keep ours alive.
      child.unref()
      const end = forced ?? natural ?? { kind: 'not-started', reason: 'the process vanished' }
      resolve({ end, stdout: stdout(), stderr: stderr() })
    }

    later(() => stop({ kind: 'timed-out' }), Math.min(limits.timeoutMs, LONGEST_TIMER_MS))
    signal?.addEventListener('abort', onAbort)
    child.on('error', (error) => {
      natural ??= { kind: 'not-started', reason: error.message }
      settle()
    })
    child.once('exit', (exitCode, exitSignal) => {
      natural = endOf(exitCode, exitSignal)
      // Children that stayed in the group must not outlive the command or hold its pipes open.
      killGroup(child, 'SIGKILL')
      later(settle, DRAIN_MS)
    })
    child.once('close', settle)
  })
  child.stdin?.on('error', () => {
    // A process that closes its input or ends is seen by its end, not by our write.
  })
  return {
    ended,
    pid: child.pid,
    input: child.stdin ?? undefined,
    output: child.stdout ?? undefined,
    stop: stopGroup,
  }
}

/**
 * How a process ended. A shell between, as the sandbox has one and a wrapper script is one, reports the
 * signal that ended its child as exit code 128 + n, so that code is a signal under every isolation.
 */
function endOf(exitCode: number | null, exitSignal: NodeJS.Signals | null): CommandEnd {
  if (exitCode === null) return { kind: 'signalled', signal: exitSignal ?? 'unknown' }
  const signal = Object.entries(constants.signals).find(([, number]) => number === exitCode - 128)
  return signal === undefined
    ? { kind: 'exited', exitCode }
    : { kind: 'signalled', signal: signal[0] }
}

function killGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // The group has ended by itself.
  }
}

function capture(
  stream: Readable | null,
  limits: CommandLimits,
  onFlood: () => void,
): () => CapturedStream {
  const kept: Buffer[] = []
  let keptBytes = 0
  let bytes = 0
  stream?.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (keptBytes < limits.captureBytes) {
      const head = chunk.subarray(0, limits.captureBytes - keptBytes)
      kept.push(head)
      keptBytes += head.length
    }
    if (bytes > limits.floodBytes) onFlood()
  })
  stream?.on('error', () => {
    // A pipe that breaks ends with the process, which is what is waited for.
  })
  return () => ({ text: Buffer.concat(kept).toString('utf8'), bytes })
}
