import { dayAfter, daysBetween } from '../core/days.ts'
import type { EvidenceLevel, Source } from '../core/evidence.ts'
import type { Fact } from '../core/fact.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { Judgement } from '../core/judgement.ts'
import { reaches } from '../core/threshold.ts'
import type { AttestedStatement } from '../facts/attested.ts'
import type { Deployment } from '../facts/deployment.ts'
import type { RunLedger } from '../facts/run-ledger.ts'
import { conclude } from './conclude.ts'
import { undecided } from './undecided.ts'

/** How often a duty returns, and what may have been missed. */
export interface CadenceParams {
  readonly every_days: number
  readonly window_days: number
  readonly max_missed: number
}

/** A time that the duty was done. */
export interface Done {
  /** A UTC day. */
  readonly day: string
  readonly by: string
  readonly level: EvidenceLevel
}

/** The parameters of a check of a duty. */
export function cadenceParams(everyDays: number, windowDays: number, maxMissed: number) {
  return {
    every_days: {
      type: 'number',
      default: everyDays,
      min: 1,
      description: 'The most days from one time to the next; `every` of the item gives it.',
    },
    window_days: {
      type: 'number',
      default: windowDays,
      min: 1,
      description: 'How many days back a gap counts.',
    },
    max_missed: {
      type: 'number',
      default: maxMissed,
      min: 0,
      description: 'How many times the duty may have been missed within these days.',
    },
  } as const
}

interface Duty {
  /** What is due, in words: `drift run`. */
  readonly duty: string
  readonly deployment: Fact<Deployment>
  readonly ledger: Fact<RunLedger>
  readonly params: CadenceParams
  readonly done: readonly Done[]
  /** What else is to be said. */
  readonly findings: readonly GradedFinding[]
}

/**
 * Whether a duty was done as often as it is due, from the deployment to today. Twice on one day is once.
 * Before the first time is due the item does not apply; without any record it is not decided.
 */
export function judgeCadence({
  duty,
  deployment,
  ledger,
  params,
  done,
  findings,
}: Duty): Judgement {
  if (ledger.state === 'unreadable') return undecided(ledger)
  if (deployment.state !== 'present') return undecided(deployment)
  const { day: since, today, from } = deployment.value
  const { every_days: every } = params
  const counted = done
    .filter(({ day }) => day >= since && day <= today)
    .sort((a, b) => (a.day < b.day ? -1 : 1))
  const days = [...new Set(counted.map(({ day }) => day))]
  const last = days.at(-1)
  const due = dayAfter(last ?? since, every)
  if (last === undefined) {
    if (due >= today) {
      const args = { duty, since, due }
      return { outcome: 'not-applicable', findings: [{ code: 'CADENCE_NOT_DUE', args }] }
    }
    if (ledger.state === 'absent') return undecided(ledger)
  }
  const start = latest(since, dayAfter(today, -params.window_days))
  const gaps = gapsOf([since, ...days, today], every).filter(({ to }) => to > start)
  const source: Source =
    ledger.state === 'present' ? ledger.source : { path: '.mlcheck/attestations.yaml' }
  const level = counted.every((each) => each.level === 'documented') ? 'documented' : 'claimed'
  return conclude(
    level,
    [
      ...overdue({ duty, since, last, due, today, every }),
      ...gapFindings(duty, gaps, start, params),
      ...ledgerFindings(ledger),
      ...findings,
    ],
    [
      {
        level,
        claim: `Since the deployment there was a ${duty} at least every ${String(every)} days.`,
        observed: {
          since,
          sinceFrom: from,
          times: days.length,
          last: last ?? null,
          by: [...new Set(counted.map(({ by }) => by))].sort(),
          gaps: gaps.map(gapText),
        },
        expected: { everyDays: every },
        source,
      },
    ],
  )
}

interface Gap {
  readonly from: string
  readonly to: string
  readonly days: number
}

/** Neighbouring days that lie further apart than the duty allows. */
function gapsOf(days: readonly string[], every: number): readonly Gap[] {
  return days.flatMap((to, index) => {
    const from = days[index - 1]
    if (from === undefined) return []
    const between = daysBetween(from, to)
    return reaches(every, between) ? [] : [{ from, to, days: between }]
  })
}

function overdue({
  duty,
  since,
  last,
  due,
  today,
  every,
}: {
  readonly duty: string
  readonly since: string
  readonly last: string | undefined
  readonly due: string
  readonly today: string
  readonly every: number
}): readonly GradedFinding[] {
  if (due >= today) return []
  if (last === undefined) {
    return [{ severity: 'fail', code: 'CADENCE_NEVER', args: { duty, since, due, today } }]
  }
  return [{ severity: 'fail', code: 'CADENCE_OVERDUE', args: { duty, last, due, today, every } }]
}

function gapFindings(
  duty: string,
  gaps: readonly Gap[],
  start: string,
  { every_days: every, max_missed: allowed }: CadenceParams,
): readonly GradedFinding[] {
  if (gaps.length === 0) return []
  const missed = gaps.reduce((sum, { from, to }) => {
    return sum + daysBetween(latest(dayAfter(from, every), start), to) / every
  }, 0)
  const severity = reaches(allowed, missed) ? 'warn' : 'fail'
  const args = { duty, gaps: gaps.map(gapText), missed, allowed }
  return [{ severity, code: 'CADENCE_GAPS', args }]
}

function gapText({ from, to, days }: Gap): string {
  return `${from} to ${to} (${String(days)} days)`
}

function latest(a: string, b: string): string {
  return a > b ? a : b
}

/** Lines of the ledger that do not count: never silently, and never as a run. */
function ledgerFindings(ledger: Fact<RunLedger>): readonly GradedFinding[] {
  if (ledger.state !== 'present') return []
  const { path, problems } = ledger.value
  return problems.map(({ line, problem }) => ({
    severity: 'warn',
    code: 'LEDGER_LINE_NOT_COUNTED',
    args: { line, problem },
    location: { path, line },
  }))
}

/** The times that people vouch for an item of a check, each on the day it was said, and those that do not count. */
export function attestedTimes(
  statements: readonly AttestedStatement[],
  check: string,
): { readonly done: readonly Done[]; readonly findings: readonly GradedFinding[] } {
  const own = statements.filter((each) => each.check === check)
  return {
    done: own
      .filter(({ problemWhenSaid }) => problemWhenSaid === null)
      .map(({ date, owner, isDocumented }) => ({
        day: date,
        by: owner,
        level: isDocumented ? 'documented' : 'claimed',
      })),
    findings: own.flatMap(({ problemWhenSaid }) =>
      problemWhenSaid === null ? [] : [{ ...problemWhenSaid, severity: 'notice' }],
    ),
  }
}
