import type { Finding, FindingCode, GradedFinding, Severity } from '../core/finding.ts'

/** A worker or predict command that never gave an answer shows nothing of the model. */
const COULD_NOT_RUN: readonly FindingCode[] = [
  'WORKER_NOT_STARTED',
  'WORKER_EXITED',
  'WORKER_SIGNALLED',
  'WORKER_TIMED_OUT',
  'WORKER_FLOODED',
  'WORKER_ENDED',
  'EDGE_REAL_ROW_REFUSED',
  'PREDICT_COMMAND_INCOMPLETE',
  'PREDICT_NOT_STARTED',
  'PREDICT_EXITED',
  'PREDICT_SIGNALLED',
  'PREDICT_TIMED_OUT',
  'PREDICT_FLOODED',
]

const TIMED_OUT: readonly FindingCode[] = ['WORKER_TIMED_OUT', 'PREDICT_TIMED_OUT']

/** The finding for a request to the model that gave no usable answer. */
export function workerFinding({ code, args }: Finding, isFirst: boolean): GradedFinding {
  const isUndecided = isFirst && COULD_NOT_RUN.includes(code)
  const severity: Severity = isUndecided || TIMED_OUT.includes(code) ? 'inconclusive' : 'fail'
  return { severity, code, args }
}
