/** What the probe does with a service; it is given as a file of JSON. */
export interface ProbePlan {
  /** The command of the service; `{port}` in an argument is replaced by a free port. */
  readonly line: readonly string[]
  /** Answers with 2xx when the service can be asked. */
  readonly ready: string
  readonly readyTimeoutMs: number
  readonly requestTimeoutMs: number
  /** Read before the first and after the last request, when there is one. */
  readonly metrics: string | null
  readonly requests: readonly ProbeRequest[]
}

export interface ProbeRequest {
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly contentType: string | null
  /** The body, or one that is made of so many copies of a character. */
  readonly body: string | { readonly repeat: string; readonly times: number } | null
}

/** What the service did. Durations are left out: they are not the probe's subject. */
export interface ProbeReport {
  /** `null` when it answered in time. */
  readonly notReady: ProbeProblem | null
  readonly answers: readonly ProbeAnswer[]
  readonly metricsBefore: string | null
  readonly metricsAfter: string | null
  /** Whether the process of the service still ran after the last request. */
  readonly isAlive: boolean
  /** The beginning of what it wrote to standard error. */
  readonly stderr: string
}

export type ProbeProblem =
  | { readonly kind: 'not-started'; readonly reason: string }
  | { readonly kind: 'ended'; readonly exitCode: number | null; readonly signal: string | null }
  | { readonly kind: 'not-answering' }
  | { readonly kind: 'status'; readonly status: number }

export interface ProbeAnswer {
  readonly name: string
  /** `null` when there was no answer: the connection was closed, or nothing came in time. */
  readonly status: number | null
  readonly failure: 'closed' | 'timed-out' | null
  /** The beginning of the body. */
  readonly body: string
}
