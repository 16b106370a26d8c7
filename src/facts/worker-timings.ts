import { availableParallelism, cpus, totalmem } from 'node:os'
import type { PredictProblem } from '../runner/predict.ts'
import { startWorker, type Worker, type WorkerRow } from '../runner/worker.ts'
import type { Collector, FactContext } from './context.ts'
import { changedInputs } from './input-digests.ts'
import { workerSample } from './worker-sample.ts'

/** How long a warm worker takes for single rows and batches, and how much memory it needed for them. */
export interface WorkerTimings {
  readonly data: string
  /** Rows there were to ask about. */
  readonly rows: number
  /** What ended the measurement early. */
  readonly problem: PredictProblem | undefined
  /** Whether not even the first request was answered. */
  readonly isFirstProblem: boolean
  /** Milliseconds of each single-row call after the warm-up, in their order. */
  readonly calls: readonly number[]
  /** Of them, those in which the worker declared an error instead of predicting. */
  readonly declared: number
  /** From the start of the process to its first answer. */
  readonly coldStartMs: number | undefined
  readonly batches: readonly BatchTiming[]
  /** Bytes over the whole session; `undefined` where the system does not tell. */
  readonly peakMemory: number | undefined
  readonly hardware: Hardware
  /** `model.limits.latency_p95` in milliseconds. */
  readonly latencyLimit: number | undefined
  readonly changedInputs: readonly string[]
}

export interface BatchTiming {
  readonly rows: number
  /** The median of a few calls. */
  readonly ms: number
}

export interface Hardware {
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
}

const WARM_UP_CALLS = 20
const CALLS = 300
const BATCH_SIZES = [10, 100]
const BATCH_CALLS = 5

/** A slow model is measured with fewer calls, which may then be too few. */
const MEASURING_MS = 120_000

export const workerTimings: Collector<WorkerTimings> = {
  title: 'The latency and the memory of the worker',
  async collect(key, context, facts) {
    const asked = await workerSample(key, context)
    if ('state' in asked) return asked
    const before = await facts.get('inputs.digests')
    const worker = await startWorker(context.runner, asked.request)
    const measured = await measure(worker, asked.rows).finally(() => worker.close())
    const value: WorkerTimings = {
      ...measured,
      data: asked.sample.data,
      rows: asked.rows.length,
      coldStartMs: worker.coldStartMs(),
      peakMemory: worker.peakMemory(),
      hardware: hardware(),
      latencyLimit: latencyLimit(context),
      changedInputs: await changedInputs(before, context),
    }
    return { key, state: 'present', value, source: asked.source }
  },
}

function latencyLimit({ manifest }: FactContext): number | undefined {
  return manifest.model.limits?.latencyP95
}

function hardware(): Hardware {
  const cpu = cpus()[0]?.model.trim() ?? 'unknown'
  return { cpu, cores: availableParallelism(), memoryBytes: totalmem() }
}

type Measured = Pick<WorkerTimings, 'problem' | 'isFirstProblem' | 'calls' | 'declared' | 'batches'>

async function measure(worker: Worker, rows: readonly WorkerRow[]): Promise<Measured> {
  const calls: number[] = []
  const batches: BatchTiming[] = []
  let declared = 0
  const result = (problem: PredictProblem | undefined, isFirstProblem = false): Measured => ({
    problem,
    isFirstProblem,
    calls,
    declared,
    batches,
  })
  if (rows.length === 0) return result(undefined)
  const endAt = performance.now() + MEASURING_MS
  for (let call = 0; call < WARM_UP_CALLS + CALLS; call++) {
    if (performance.now() > endAt) return result(undefined)
    const answer = await worker.ask(take(rows, call, 1))
    if (answer.kind === 'failed') return result(answer.problem, call === 0)
    if (call < WARM_UP_CALLS) continue
    calls.push(answer.durationMs)
    if (answer.kind === 'declared') declared += 1
  }
  for (const size of BATCH_SIZES) {
    const times: number[] = []
    for (let call = 0; call < BATCH_CALLS && performance.now() <= endAt; call++) {
      const answer = await worker.ask(take(rows, call * size, size))
      if (answer.kind === 'failed') return result(answer.problem)
      // A refused batch is answered sooner than a predicted one, and is no throughput.
      if (answer.kind === 'predicted') times.push(answer.durationMs)
    }
    const middle = times.sort((a, b) => a - b)[times.length >> 1]
    if (middle !== undefined) batches.push({ rows: size, ms: middle })
  }
  return result(undefined)
}

/** Rows in their order, from the first again after the last. */
function take(rows: readonly WorkerRow[], start: number, count: number): readonly WorkerRow[] {
  return Array.from({ length: count }, (_, at) => rows[(start + at) % rows.length] ?? {})
}
