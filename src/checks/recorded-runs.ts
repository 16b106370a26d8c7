import { dayOf } from '../core/days.ts'
import type { Fact } from '../core/fact.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { RunLedger } from '../facts/run-ledger.ts'
import type { Done } from './cadence.ts'

type Run = RunLedger['entries'][number]

/** The runs of the ledger that some condition selects, no later than the day that is judged. */
export function runsOf(
  ledger: Fact<RunLedger>,
  isMeant: (run: Run, ledger: RunLedger) => boolean,
): readonly Run[] {
  if (ledger.state !== 'present') return []
  const { entries, today } = ledger.value
  return entries.filter((run) => dayOf(run.date) <= today && isMeant(run, ledger.value))
}

/** Whether a run came to a result: what was not decided or not checked was not looked at. */
export function isDecided({ verdict }: Run): boolean {
  return verdict.outcome === 'pass' || verdict.outcome === 'fail'
}

/** Whether a run is of the model that is audited; most comparisons name none. */
export function isOfModel({ model }: Run, { modelSha256 }: RunLedger): boolean {
  const sha256 = model?.sha256 ?? null
  return sha256 === null || sha256 === modelSha256
}

/** Whether a run compared one snapshot with another; with itself it says nothing. */
export function isComparison({ command, inputs }: Run): boolean {
  const [reference] = inputs['reference'] ?? []
  const [current] = inputs['current'] ?? []
  return command === 'drift' && reference !== undefined && reference !== current
}

/** Runs as times that the duty was done. */
export function timesOf(runs: readonly Run[]): readonly Done[] {
  return runs.map(({ command, date, signedOff }) => ({
    day: dayOf(date),
    by: signedOff ?? `mlcheck ${command}`,
    level: 'documented',
  }))
}

/** Runs that were made and do not count. */
export function setAside(
  code: GradedFinding['code'],
  runs: readonly Run[],
): readonly GradedFinding[] {
  if (runs.length === 0) return []
  const days = [...new Set(runs.map(({ date }) => dayOf(date)))]
  return [{ severity: 'notice', code, args: { days } }]
}
