/** Times whole processes in alternation, because the speed of a shared machine drifts. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Command {
  readonly name: string
  readonly file: string
  readonly args: readonly string[]
}

export interface Run {
  readonly seconds: number
  /** `null` where the system does not tell (only Linux does). */
  readonly peakMiB: number | null
  readonly exitCode: number | null
}

export interface Spread {
  readonly minimum: number
  readonly median: number
  readonly maximum: number
}

export interface Measurement {
  readonly name: string
  readonly seconds: Spread
  readonly peakMiB: number | null
  readonly exitCodes: readonly (number | null)[]
}

export interface PairMeasurement {
  readonly a: Measurement
  readonly b: Measurement
  /** Seconds of A over seconds of B, pair by pair. */
  readonly ratio: Spread
}

function peakOf(pid: number | undefined): number | null {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]
    return kib === undefined ? null : Number(kib) / 1024
  } catch {
    return null
  }
}

async function runOnce(command: Command): Promise<Run> {
  const started = process.hrtime.bigint()
  const child = spawn(command.file, command.args, { stdio: 'ignore' })
  let peakMiB: number | null = null
  // The high-water mark only grows, so the last reading before the end is the one that counts.
  const poll = setInterval(() => {
    peakMiB = peakOf(child.pid) ?? peakMiB
  }, 10)
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', resolve)
    })
    return { seconds: Number(process.hrtime.bigint() - started) / 1e9, peakMiB, exitCode }
  } finally {
    clearInterval(poll)
  }
}

/** @throws RangeError for an empty list. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((x, y) => x - y)
  const at = (index: number): number => {
    const value = sorted[index]
    if (value === undefined) throw new RangeError('no value to summarise')
    return value
  }
  const middle = sorted.length / 2
  const median =
    sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2
  return { minimum: at(0), median, maximum: at(sorted.length - 1) }
}

function summarise(name: string, runs: readonly Run[]): Measurement {
  const peaks = runs.map((run) => run.peakMiB).filter((peak) => peak !== null)
  return {
    name,
    seconds: spread(runs.map((run) => run.seconds)),
    peakMiB: peaks.length === 0 ? null : Math.max(...peaks),
    exitCodes: [...new Set(runs.map((run) => run.exitCode))],
  }
}

/** Runs A B A B … after one uncounted run of each. */
export async function measurePair(a: Command, b: Command, pairs: number): Promise<PairMeasurement> {
  await runOnce(a)
  await runOnce(b)
  const runsOfA: Run[] = []
  const runsOfB: Run[] = []
  const ratios: number[] = []
  for (let i = 0; i < pairs; i++) {
    const runOfA = await runOnce(a)
    const runOfB = await runOnce(b)
    runsOfA.push(runOfA)
    runsOfB.push(runOfB)
    ratios.push(runOfA.seconds / runOfB.seconds)
  }
  return { a: summarise(a.name, runsOfA), b: summarise(b.name, runsOfB), ratio: spread(ratios) }
}
