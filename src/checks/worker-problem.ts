import type { Finding, FindingCode, GradedFinding, Severity } from '../core/finding.ts'

/** A worker that never gave an answer shows nothing of the model. */
const COULD_NOT_RUN: readonly FindingCode[] = [
  'WORKER_NOT_STARTED',
  'WORKER_EXITED',
  'WORKER_SIGNALLED',
  'WORKER_TIMED_OUT',
  'WORKER_FLOODED',
  'WORKER_ENDED',
  'EDGE_REAL_ROW_REFUSED',
]

/** The finding for a request to the worker that gave no usable answer. */
export function workerFinding({ code, args }: Finding, isFirst: boolean): GradedFinding {
  const isUndecided = isFirst && COULD_NOT_RUN.includes(code)
  const severity: Severity = isUndecided || code === 'WORKER_TIMED_OUT' ? 'inconclusive' : 'fail'
  return { severity, code, args }
}
