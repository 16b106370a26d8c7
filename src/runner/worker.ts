import { isUtf8 } from 'node:buffer'
import { InterruptedError } from '../core/errors.ts'
import type { JsonValue } from '../core/evidence.ts'
import type { CommandEnd, CommandLine } from './command.ts'
import { watchMemory } from './peak-memory.ts'
import type { AnswerRules, PredictProblem, Predictions } from './predict.ts'
import type { Runner } from './runner.ts'
import { lastLines } from './said.ts'
import type { SpawnedCommand, SpawnResult } from './spawn-command.ts'
import {
  acceptPredictions,
  parseLine,
  type AnswerContent,
  type DeclaredError,
} from './worker-answer.ts'

export interface WorkerRequest {
  readonly line: CommandLine
  /** For each answer; the first also covers the start. */
  readonly timeoutMs: number
  readonly environment?: Readonly<Record<string, string>>
  readonly rules: AnswerRules
}

/** The columns of one row by name; an infinite number is written as `1e999`, which JSON reads as one. */
export type WorkerRow = Readonly<Record<string, JsonValue>>

export type WorkerAnswer = { readonly durationMs: number } & (
  | { readonly kind: 'predicted'; readonly predictions: Predictions }
  | { readonly kind: 'declared'; readonly error: DeclaredError }
  | { readonly kind: 'failed'; readonly problem: PredictProblem }
)

/** A process that answers one request after another. */
export interface Worker {
  /**
   * The answer to some rows, with the time from writing them to reading it. Every way to go wrong is a
   * `failed` answer; after one that leaves it open what the worker is doing, every further ask fails alike.
   *
   * @throws InterruptedError when the run was aborted from outside.
   */
  ask(rows: readonly WorkerRow[]): Promise<WorkerAnswer>
  /** From the start of the process to its first answer; `undefined` before there is one. */
  coldStartMs(): number | undefined
  /** Bytes; `undefined` where the system does not tell. */
  peakMemory(): number | undefined
  /** Whether no further answer can come. */
  isBroken(): boolean
  /** Closes its input and waits for its end. @returns what it does instead of ending. */
  close(): Promise<PredictProblem | undefined>
}

/** How long a worker may take to end after its input was closed. */
const CLOSING_MS = 5000

/** Starts a worker of a project in the isolation and limits of the runner. Never rejects. */
export async function startWorker(runner: Runner, request: WorkerRequest): Promise<Worker> {
  const startedAt = performance.now()
  const command = await runner.start({
    line: request.line,
    // The session lasts as long as there are requests, and each of them has its own time limit.
    limits: { timeoutMs: Infinity },
    ...(request.environment === undefined ? {} : { environment: request.environment }),
  })
  return new WorkerSession(command, request, runner.folder, startedAt)
}

interface Waiting {
  readonly id: number
  readonly askedAt: number
  settle(answer: Answer): void
}

type Answer = { readonly durationMs: number } & (
  AnswerContent | { readonly kind: 'failed'; readonly problem: PredictProblem }
)

class WorkerSession implements Worker {
  readonly #command: SpawnedCommand
  readonly #request: WorkerRequest
  readonly #folder: string
  readonly #startedAt: number
  readonly #memory: ReturnType<typeof watchMemory>
  readonly #answered = new Set<number>()
  #rest: Buffer[] = []
  #waiting: Waiting | undefined
  #broken: PredictProblem | undefined
  #end: SpawnResult | undefined
  #coldStartMs: number | undefined
  #isTimedOut = false
  #lastId = 0

  constructor(command: SpawnedCommand, request: WorkerRequest, folder: string, startedAt: number) {
    this.#command = command
    this.#request = request
    this.#folder = folder
    this.#startedAt = startedAt
    this.#memory = watchMemory(command.pid)
    command.output?.on('data', (chunk: Buffer) => {
      this.#read(chunk)
    })
    void command.ended.then((result) => {
      this.#end = result
      this.#break(this.#endProblem(result))
    })
  }

  async ask(rows: readonly WorkerRow[]): Promise<WorkerAnswer> {
    if (this.#broken === undefined) await this.#settled()
    const answer = this.#broken === undefined ? await this.#exchange(rows) : this.#failed()
    if (this.#end?.end.kind === 'aborted') throw new InterruptedError()
    const { durationMs } = answer
    switch (answer.kind) {
      case 'failed':
        return answer
      case 'error':
        return { kind: 'declared', durationMs, error: answer.error }
      case 'shape': {
        const args = { problem: answer.problem }
        return { kind: 'failed', durationMs, problem: { code: 'WORKER_ANSWER_SHAPE', args } }
      }
      case 'predictions': {
        const { rules } = this.#request
        const accepted = acceptPredictions(answer.predictions, rows.length, rules)
        return 'code' in accepted
          ? { kind: 'failed', durationMs, problem: accepted }
          : { kind: 'predicted', durationMs, predictions: accepted }
      }
    }
  }

  coldStartMs(): number | undefined {
    return this.#coldStartMs
  }

  peakMemory(): number | undefined {
    return this.#memory.peak()
  }

  isBroken(): boolean {
    return this.#broken !== undefined
  }

  async close(): Promise<PredictProblem | undefined> {
    this.#memory.peak()
    this.#memory.stop()
    this.#command.input?.end()
    const ignored: CommandEnd = { kind: 'timed-out' }
    const timer = setTimeout(() => {
      this.#command.stop(ignored)
    }, CLOSING_MS)
    const { end } = await this.#command.ended
    clearTimeout(timer)
    if (end.kind === 'aborted') throw new InterruptedError()
    if (end !== ignored) return undefined
    return { code: 'WORKER_NOT_CLOSED', args: { seconds: CLOSING_MS / 1000 } }
  }

  /** A process that could not be started says so at once; nothing is written to it. */
  #settled(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(resolve)
    })
  }

  #exchange(rows: readonly WorkerRow[]): Promise<Answer> {
    const id = ++this.#lastId
    const line = `{"id":${String(id)},"rows":[${rows.map(rowText).join(',')}]}\n`
    const { timeoutMs } = this.#request
    return new Promise((resolve) => {
      // The answer is settled by the end of the process, when all that it said is known.
      const timer = setTimeout(() => {
        this.#isTimedOut = true
        this.#command.stop({ kind: 'timed-out' })
      }, timeoutMs)
      const askedAt = performance.now()
      this.#waiting = {
        id,
        askedAt,
        settle: (answer) => {
          clearTimeout(timer)
          this.#waiting = undefined
          resolve(answer)
        },
      }
      this.#command.input?.write(line)
    })
  }

  #read(chunk: Buffer): void {
    let start = 0
    for (let end = chunk.indexOf(LINE_END); end !== -1; end = chunk.indexOf(LINE_END, start)) {
      const line = Buffer.concat([...this.#rest, chunk.subarray(start, end)])
      this.#rest = []
      start = end + 1
      const text = line.toString('utf8')
      if (text.trim() === '') continue
      if (isUtf8(line)) this.#take(text)
      else this.#break({ code: 'WORKER_LINE_NOT_JSON', args: { line: text.slice(0, 200) } })
    }
    if (start < chunk.length) this.#rest.push(chunk.subarray(start))
  }

  #take(line: string): void {
    if (this.#broken !== undefined || this.#isTimedOut) return
    const parsed = parseLine(line)
    if (parsed.kind === 'broken') {
      this.#break(parsed.problem)
      return
    }
    const { id, content } = parsed
    if (this.#waiting?.id === id) {
      const now = performance.now()
      this.#answered.add(id)
      this.#coldStartMs ??= now - this.#startedAt
      this.#waiting.settle({ ...content, durationMs: now - this.#waiting.askedAt })
    } else if (this.#answered.has(id)) {
      this.#break({ code: 'WORKER_ID_REPEATED', args: { id } })
    } else {
      this.#break({ code: 'WORKER_ID_UNKNOWN', args: { id, asked: this.#lastId } })
    }
  }

  /** The first reason counts. Whatever the process still does is no answer to anything. */
  #break(problem: PredictProblem): void {
    this.#broken ??= problem
    this.#rest = []
    this.#command.stop({ kind: 'timed-out' })
    this.#waiting?.settle(this.#failed())
  }

  #failed(): Extract<Answer, { readonly kind: 'failed' }> {
    const problem = this.#broken ?? { code: 'WORKER_ENDED', args: {} }
    const durationMs = this.#waiting === undefined ? 0 : performance.now() - this.#waiting.askedAt
    return { kind: 'failed', problem, durationMs }
  }

  #endProblem({ end, stdout, stderr }: SpawnResult): PredictProblem {
    const said = lastLines(stderr.text).replaceAll(this.#folder, '{project}')
    if (this.#isTimedOut && end.kind === 'timed-out') {
      const seconds = this.#request.timeoutMs / 1000
      return { code: 'WORKER_TIMED_OUT', args: { seconds, stderr: said } }
    }
    switch (end.kind) {
      case 'exited':
        return { code: 'WORKER_EXITED', args: { exitCode: end.exitCode, stderr: said } }
      case 'signalled':
        return { code: 'WORKER_SIGNALLED', args: { signal: end.signal, stderr: said } }
      case 'flooded':
        return { code: 'WORKER_FLOODED', args: { bytes: stdout.bytes + stderr.bytes } }
      case 'not-started':
        return { code: 'WORKER_NOT_STARTED', args: { reason: end.reason } }
      case 'timed-out':
      case 'aborted':
        return { code: 'WORKER_ENDED', args: {} }
    }
  }
}

const LINE_END = 0x0a

function rowText(row: WorkerRow): string {
  const cells = Object.entries(row).map(([name, value]) => `${JSON.stringify(name)}:${text(value)}`)
  return `{${cells.join(',')}}`
}

function text(value: JsonValue): string {
  if (typeof value !== 'number' || Number.isFinite(value)) return JSON.stringify(value)
  return value > 0 ? '1e999' : '-1e999'
}
