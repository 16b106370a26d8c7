import type { Evidence, Source } from '../core/evidence.ts'
import type { FindingCode, GradedFinding } from '../core/finding.ts'
import type { ServeAnswer, ServeProbe } from '../facts/serve-probe.ts'

export interface ProbeView {
  readonly findings: readonly GradedFinding[]
  readonly evidence: readonly Evidence[]
}

/** What the answers of the running service say of its error handling. */
export function probeView(probe: ServeProbe, source: Source): ProbeView {
  if (probe.notReady !== null) {
    const args = { problem: problemText(probe.notReady), stderr: probe.stderr }
    const finding = { severity: 'inconclusive', code: 'SERVICE_NOT_READY', args } as const
    return { findings: [{ ...finding, location: source }], evidence: [] }
  }
  const { cases, isAlive, movedCounters, metricsPath, changedInputs } = probe
  const [first] = cases
  const findings: GradedFinding[] = []
  if (first === undefined || !isAnswered(first)) {
    const args = { status: first?.status ?? null }
    findings.push({ severity: 'inconclusive', code: 'SERVICE_REFUSES_VALID', args })
  } else {
    findings.push(...faults(cases))
  }
  if (changedInputs.length > 0) {
    const args = { files: changedInputs }
    findings.push({ severity: 'inconclusive', code: 'INPUT_CHANGED_DURING_RUN', args })
  }
  if (!isAlive) findings.push({ severity: 'fail', code: 'SERVICE_DIED', args: {} })
  if (movedCounters === null) {
    const args = { metricsPath }
    findings.push({ severity: 'warn', code: 'SERVICE_METRICS_UNREAD', args })
  } else if (movedCounters.length === 0) {
    const args = { metricsPath }
    findings.push({ severity: 'warn', code: 'SERVICE_ERRORS_UNCOUNTED', args })
  }
  const evidence: Evidence = {
    level: 'executed',
    claim: 'The service refuses what it cannot predict and goes on.',
    observed: {
      answers: Object.fromEntries(
        cases.map(({ name, status, failure, isFallback }) => [
          name,
          isFallback ? 'fallback' : (status ?? failure),
        ]),
      ),
      isAlive,
      movedCounters,
    },
    source,
  }
  return { findings: findings.map((each) => ({ ...each, location: source })), evidence: [evidence] }
}

function problemText(problem: NonNullable<ServeProbe['notReady']>): string {
  switch (problem.kind) {
    case 'not-started':
      return problem.reason
    case 'ended':
      return `it ended with ${problem.signal ?? `exit code ${String(problem.exitCode)}`}`
    case 'not-answering':
      return 'it did not answer in time'
    case 'status':
      return `it answered with status ${String(problem.status)}`
  }
}

type Fault =
  | 'SERVICE_FAILS'
  | 'SERVICE_HANGS'
  | 'SERVICE_CLOSES'
  | 'SERVICE_ACCEPTS_BAD'
  | 'SERVICE_BROKEN_AFTER'

/** One finding for each way in which requests went wrong, with the requests that did. */
function faults(cases: readonly ServeAnswer[]): readonly GradedFinding[] {
  const byCode = new Map<Fault, ServeAnswer[]>()
  cases.forEach((answer, index) => {
    const code = faultOf(answer, index === 0)
    if (code !== undefined) byCode.set(code, [...(byCode.get(code) ?? []), answer])
  })
  return [...byCode].map(([code, answers]): GradedFinding => {
    const args = { cases: answers.map(({ name }) => name), status: answers[0]?.status ?? null }
    return { severity: 'fail', code: code satisfies FindingCode, args }
  })
}

function faultOf(answer: ServeAnswer, isFirst: boolean): Fault | undefined {
  const { kind, status, failure, mustRefuse, isFallback, name } = answer
  if (kind === 'valid') return isFirst || isAnswered(answer) ? undefined : 'SERVICE_BROKEN_AFTER'
  if (failure === 'timed-out') return 'SERVICE_HANGS'
  if (status === null) {
    // A service may hang up on a body that it will not read.
    return name === 'huge-body' ? undefined : 'SERVICE_CLOSES'
  }
  if (status >= 500) return isFallback ? undefined : 'SERVICE_FAILS'
  const isRefused = status >= 400
  return mustRefuse && !isRefused && !isFallback ? 'SERVICE_ACCEPTS_BAD' : undefined
}

/** A fallback, an empty body or an error in it is an answer and no prediction. */
function isAnswered({ status, isFallback, saysNothing }: ServeAnswer): boolean {
  return status !== null && status >= 200 && status < 300 && !isFallback && !saysNothing
}
