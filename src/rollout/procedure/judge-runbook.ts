import type { GradedFinding, Severity } from '../../core/finding.ts'
import { RUNBOOK_STEPS, dayNumberOf, type Runbook, type RunbookStep } from './runbook.ts'

export interface RunbookContext {
  /** ISO day, UTC. */
  readonly today: string
  /** After so many days a drill says little. */
  readonly drillDays?: number
  /** Whether the repository has a file, by its path from the root; `undefined` when nobody looked. */
  readonly exists: (path: string) => boolean | undefined
}

const DRILL_DAYS = 90

const STEP_NAMES: Readonly<Record<RunbookStep, string>> = {
  select: 'select the version to go back to',
  swap: 'swap the model',
  cache: 'clear the caches',
  notify: 'notify people',
  record: 'record the incident',
}

/** Without these two nothing goes back; the others make it known and complete. */
const VITAL: readonly RunbookStep[] = ['select', 'swap']

/** Judges a rollback procedure: steps, open places, files that must exist, people, time, last drill. */
export function judgeRunbook(runbook: Runbook, context: RunbookContext): readonly GradedFinding[] {
  const { path } = runbook
  const location = { path }
  const missing = RUNBOOK_STEPS.filter((step) => !runbook.steps.has(step))
  const findings = missing.map((step): GradedFinding => {
    const severity: Severity = VITAL.includes(step) ? 'fail' : 'warn'
    return {
      severity,
      code: 'RUNBOOK_STEP_MISSING',
      args: { step: STEP_NAMES[step], path },
      location,
    }
  })
  for (const { text, location: at } of runbook.placeholders) {
    const args = { text }
    findings.push({ severity: 'fail', code: 'RUNBOOK_PLACEHOLDER', args, location: at })
  }
  for (const { path: file, location: at } of runbook.references) {
    const isThere = context.exists(file)
    const args = { file }
    if (isThere === false) {
      findings.push({ severity: 'fail', code: 'RUNBOOK_FILE_MISSING', args, location: at })
    } else if (isThere === undefined) {
      findings.push({ severity: 'inconclusive', code: 'RUNBOOK_FILE_UNKNOWN', args, location: at })
    }
  }
  const parts = [
    ...(runbook.owner === undefined ? ['an owner'] : []),
    ...(runbook.contact === undefined ? ['a contact'] : []),
    ...(runbook.maximumTime === undefined ? ['a maximum time'] : []),
  ]
  if (parts.length > 0) {
    findings.push({ severity: 'warn', code: 'RUNBOOK_LACKS', args: { parts, path }, location })
  }
  return [...findings, ...drillFindings(runbook, context)]
}

function drillFindings(
  { path, lastDrill }: Runbook,
  { today, drillDays = DRILL_DAYS }: RunbookContext,
): readonly GradedFinding[] {
  if (lastDrill === undefined) {
    return [{ severity: 'warn', code: 'RUNBOOK_NEVER_DRILLED', args: { path }, location: { path } }]
  }
  const { value: day, location } = lastDrill
  const days = (dayNumberOf(today) ?? Number.NaN) - (dayNumberOf(day) ?? Number.NaN)
  if (!(days >= 0)) {
    return [
      { severity: 'inconclusive', code: 'RUNBOOK_DRILL_LATER', args: { day, today }, location },
    ]
  }
  if (days <= drillDays) return []
  const args = { day, days, limit: drillDays }
  return [{ severity: 'warn', code: 'RUNBOOK_DRILL_OLD', args, location }]
}
