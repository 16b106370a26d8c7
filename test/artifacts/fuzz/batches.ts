import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** What one process does. */
export interface Batch {
  /** Of the fixtures. */
  readonly names: readonly string[]
  /** Mutants of each content of a fixture. */
  readonly rounds: number
  readonly seed: number
  /** A folder for the mutants that break a law. */
  readonly keep: string | undefined
}

export interface BatchReport {
  readonly inspections: number
  readonly safe: number
  readonly layers: number
  readonly planted: number
  /** The laws that were broken, and by what. */
  readonly broken: readonly string[]
  readonly leftOpen: number
  readonly peakBytes: number
}

const PROGRAM = fileURLToPath(new URL('run-batch.ts', import.meta.url))
const HEAP_MEGABYTES = 256
/** An inspection that blocks its process for so long does not end at all. */
const STUCK_MS = 30_000

/**
 * Runs a batch in a process of its own.
 *
 * @throws when the process ends early or does not come back; the message says at which mutant.
 */
export async function runBatch(batch: Batch): Promise<BatchReport> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-test-'))
  const current = join(folder, 'current')
  const child = spawn(
    process.execPath,
    [
      ...[`--max-old-space-size=${String(HEAP_MEGABYTES)}`, '--import', 'tsx', PROGRAM],
      ...[folder, JSON.stringify(batch)],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const watch = setInterval(() => {
    const since = statSync(current, { throwIfNoEntry: false })?.mtimeMs
    if (since !== undefined && Date.now() - since > STUCK_MS) child.kill('SIGKILL')
  }, 1000)
  try {
    const ended = new Promise<string>((resolve) => {
      child.once('close', (code, signal) => resolve(signal ?? String(code)))
    })
    const [out, err, end] = await Promise.all([text(child.stdout), text(child.stderr), ended])
    if (end === '0') return JSON.parse(out) as BatchReport
    throw new Error(`ended with ${end} at ${readFileSync(current, 'utf8')}\n${err.slice(-2000)}`)
  } finally {
    clearInterval(watch)
    rmSync(folder, { recursive: true, force: true })
  }
}
