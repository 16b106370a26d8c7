import type { ProgressUpdate } from '../app/context.ts'
import { clip } from '../report/layout.ts'
import { countText } from '../report/number-text.ts'
import { safeText } from '../report/safe-text.ts'
import { capabilitiesOf } from './terminal.ts'
import type { OutputStream, World } from './world.ts'

/** How far a run is, told on standard error. */
export interface Progress {
  update(state: ProgressUpdate): void
  note(line: string): void
  /** Removes the line until the next update. */
  clear(): void
  /** Removes the line; nothing is written afterwards. */
  stop(): void
}

/** A log that is silent for minutes gets its job ended; one with a line per file fills the disk. */
const PLAIN_INTERVAL = 30_000
const LIVE_INTERVAL = 100
const CLEAR_LINE = '\r\u001b[2K'

/** The line that fits: one that updates on a terminal, one every 30 seconds elsewhere, none with -q. */
export function createProgress(
  world: Pick<World, 'stderr' | 'env' | 'platform' | 'every'>,
  isQuiet: boolean,
): Progress {
  if (isQuiet) return { update: noop, note: noop, clear: noop, stop: noop }
  const { stderr, env } = world
  const ellipsis = capabilitiesOf(stderr, world, 'never').unicode ? '…' : '...'
  const isLive = stderr.isTTY === true && (env['CI'] ?? '') === '' && env['TERM'] !== 'dumb'
  return isLive ? liveProgress(world, ellipsis) : plainProgress(world, ellipsis)
}

function liveProgress(
  { stderr, every }: Pick<World, 'stderr' | 'every'>,
  ellipsis: string,
): Progress {
  let state: ProgressUpdate | undefined
  let shown = ''
  const draw = () => {
    if (state === undefined) return
    const line = clip(lineOf(state, ellipsis), (stderr.columns ?? 80) - 1, ellipsis)
    if (line === shown) return
    stderr.write(CLEAR_LINE + line)
    shown = line
  }
  const erase = () => {
    if (shown !== '') stderr.write(CLEAR_LINE)
    shown = ''
  }
  const clear = () => {
    erase()
    state = undefined
  }
  const stopTimer = every(LIVE_INTERVAL, draw)
  return {
    update: (next) => {
      state = next
    },
    note: (line) => {
      erase()
      writeLine(stderr, line)
    },
    clear,
    stop: () => {
      stopTimer()
      clear()
    },
  }
}

function plainProgress(
  { stderr, every }: Pick<World, 'stderr' | 'every'>,
  ellipsis: string,
): Progress {
  let state: ProgressUpdate | undefined
  const stopTimer = every(PLAIN_INTERVAL, () => {
    if (state !== undefined) writeLine(stderr, lineOf(state, ellipsis))
  })
  return {
    update: (next) => {
      state = next
    },
    note: (line) => writeLine(stderr, line),
    clear: noop,
    stop: stopTimer,
  }
}

function writeLine(stderr: OutputStream, line: string): void {
  stderr.write(`${safeText(line)}\n`)
}

function lineOf({ stage, done, total }: ProgressUpdate, ellipsis: string): string {
  const share =
    done === undefined
      ? ''
      : ` ${countText(done)}${total === undefined || total < done ? '' : ` of ${countText(total)}`}`
  return safeText(`${stage}${share} ${ellipsis}`)
}

function noop(): void {
  // Nothing is told.
}
