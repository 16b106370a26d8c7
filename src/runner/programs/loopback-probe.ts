/**
 * Starts a service, asks it over the loopback interface and writes down what it answered:
 *   loopback-probe PLAN.json REPORT.json
 * It is a program of its own because the sandbox has a network of its own, which only what runs inside
 * can reach.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import type {
  ProbeAnswer,
  ProbePlan,
  ProbeProblem,
  ProbeReport,
  ProbeRequest,
} from '../probe-plan.ts'

/** A service that listens on `localhost` has one of them, as the system resolves that name. */
const HOSTS = ['127.0.0.1', '::1'] as const
const BODY_BYTES = 64 * 1024
const METRICS_BYTES = 4 * 1024 ** 2
const STDERR_BYTES = 64 * 1024
const READY_INTERVAL_MS = 50

const [planPath = '', reportPath = ''] = process.argv.slice(2)
const plan = JSON.parse(readFileSync(planPath, 'utf8')) as ProbePlan
writeFileSync(reportPath, JSON.stringify(await probe(plan)))

async function probe({ line, ...how }: ProbePlan): Promise<ProbeReport> {
  const port = await freePort()
  const [program = '', ...args] = line.map((each) => each.replaceAll('{port}', String(port)))
  // The group of the probe: who ends the probe ends the service.
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const service = watch(child)
  try {
    const ready = await waitUntilReady(port, how, service)
    if ('kind' in ready) return report({ notReady: ready, isAlive: service.isAlive() }, service)
    const metricsBefore = await metricsOf(ready, how)
    const answers: ProbeAnswer[] = []
    for (const each of how.requests) answers.push(await ask(ready, each, how.requestTimeoutMs))
    const metricsAfter = await metricsOf(ready, how)
    return report({ answers, metricsBefore, metricsAfter, isAlive: service.isAlive() }, service)
  } finally {
    child.kill('SIGKILL')
    // What it started may hold the pipe open and would keep the probe waiting for it.
    child.stderr.destroy()
    child.unref()
  }
}

/** Where the service is asked. */
interface Address {
  readonly host: (typeof HOSTS)[number]
  readonly port: number
}

interface Service {
  isAlive(): boolean
  problem(): ProbeProblem | null
  stderr(): string
}

function watch(child: ChildProcess): Service {
  let problem: ProbeProblem | null = null
  let stderr = ''
  child.on('error', (error) => {
    problem = { kind: 'not-started', reason: error.message }
  })
  child.on('exit', (exitCode, signal) => {
    problem = { kind: 'ended', exitCode, signal }
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < STDERR_BYTES) stderr += text
  })
  return { isAlive: () => problem === null, problem: () => problem, stderr: () => stderr }
}

function report(
  seen: Pick<ProbeReport, 'isAlive'> & Partial<ProbeReport>,
  service: Service,
): ProbeReport {
  return {
    notReady: null,
    answers: [],
    metricsBefore: null,
    metricsAfter: null,
    stderr: service.stderr().slice(0, STDERR_BYTES),
    ...seen,
  }
}

/** A port that nobody listens on now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, HOSTS[0], () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => {
        resolve(port)
      })
    })
  })
}

async function waitUntilReady(
  port: number,
  { ready, readyTimeoutMs }: Omit<ProbePlan, 'line'>,
  service: Service,
): Promise<Address | ProbeProblem> {
  const deadline = performance.now() + readyTimeoutMs
  let last: ProbeProblem = { kind: 'not-answering' }
  while (performance.now() < deadline) {
    const problem = service.problem()
    if (problem !== null) return problem
    for (const host of HOSTS) {
      const left = Math.max(1, deadline - performance.now())
      const { status } = await ask({ host, port }, get(ready), Math.min(1000, left))
      if (status !== null && status >= 200 && status < 300) return { host, port }
      if (status !== null) last = { kind: 'status', status }
    }
    await new Promise((resolve) => setTimeout(resolve, READY_INTERVAL_MS))
  }
  return service.problem() ?? last
}

function get(path: string): ProbeRequest {
  return { name: path, method: 'GET', path, contentType: null, body: null }
}

async function metricsOf(address: Address, how: Omit<ProbePlan, 'line'>): Promise<string | null> {
  if (how.metrics === null) return null
  const { status, body } = await ask(address, get(how.metrics), how.requestTimeoutMs, METRICS_BYTES)
  return status === 200 ? body : null
}

function ask(
  { host, port }: Address,
  { name, method, path, contentType, body }: ProbeRequest,
  timeoutMs: number,
  keptBytes = BODY_BYTES,
): Promise<ProbeAnswer> {
  return new Promise((resolve) => {
    const finish = (answer: Omit<ProbeAnswer, 'name'>) => {
      clearTimeout(timer)
      sent.destroy()
      resolve({ name, ...answer })
    }
    const none = (failure: ProbeAnswer['failure']) => {
      finish({ status: null, failure, body: '' })
    }
    const bytes = bodyBytes(body)
    const headers = {
      ...(contentType === null ? {} : { 'content-type': contentType }),
      ...(bytes === null ? {} : { 'content-length': bytes.length }),
    }
    const sent = request({ host, port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      let kept = 0
      const done = () => {
        const text = Buffer.concat(chunks).subarray(0, keptBytes).toString('utf8')
        finish({ status: response.statusCode ?? null, failure: null, body: text })
      }
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        kept += chunk.length
        if (kept >= keptBytes) done()
      })
      response.on('end', done)
      // Half an answer is none.
      response.on('error', () => {
        none('closed')
      })
    })
    const timer = setTimeout(() => {
      none('timed-out')
    }, timeoutMs)
    sent.on('error', () => {
      none('closed')
    })
    sent.end(bytes ?? undefined)
  })
}

function bodyBytes(body: ProbeRequest['body']): Buffer | null {
  if (body === null) return null
  return typeof body === 'string' ? Buffer.from(body) : Buffer.alloc(body.times, body.repeat)
}
