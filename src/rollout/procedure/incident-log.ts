import type { JsonValue } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'
import { isObject, member, parseJson } from '../exports/json.ts'
import { momentOf } from '../exports/times.ts'
import type { SourceText } from '../located.ts'

/** One rollback or other change of the serving model. */
export interface Incident {
  readonly timeMs: number
  readonly action: string
  readonly reason: string
  readonly from: string
  readonly to: string
  readonly line: number
}

export interface IncidentLog {
  readonly incidents: readonly Incident[]
  readonly findings: readonly GradedFinding[]
}

/**
 * Reads an incident log: one JSON object a line with `timestamp` (with its offset), `action`, `reason`,
 * `from` and `to`, two different versions. An empty log shows nothing about its form.
 */
export function readIncidentLog({ path, text }: SourceText): IncidentLog {
  const incidents: Incident[] = []
  const findings: GradedFinding[] = []
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    if (written.trim() === '') continue
    const line = index + 1
    const parsed = parseJson(written)
    const read = 'problem' in parsed ? parsed.problem : incidentOf(parsed.value, line)
    if (typeof read !== 'string') {
      incidents.push(read)
      continue
    }
    const location = { path, line, column: 1 }
    const args = { line, problem: read }
    findings.push({ severity: 'fail', code: 'INCIDENT_INVALID', args, location })
  }
  if (incidents.length === 0 && findings.length === 0) {
    const location = { path }
    findings.push({
      severity: 'inconclusive',
      code: 'INCIDENT_LOG_EMPTY',
      args: { path },
      location,
    })
  }
  return { incidents, findings }
}

function incidentOf(value: JsonValue, line: number): Incident | string {
  if (!isObject(value)) return 'it is no object'
  const timestamp = member(value, 'timestamp')
  const timeMs = typeof timestamp === 'string' ? momentOf(timestamp) : undefined
  if (timeMs === undefined) return 'timestamp is no moment with its offset from UTC'
  const [action, reason, from, to] = ['action', 'reason', 'from', 'to'].map((name) => {
    const said = member(value, name)
    return typeof said === 'string' || typeof said === 'number' ? String(said).trim() : ''
  })
  if (!action) return 'action is missing'
  if (!reason) return 'reason is missing'
  if (!from || !to) return 'from or to is missing'
  if (from === to) return `from and to are both ${from}`
  return { timeMs, action, reason, from, to, line }
}
