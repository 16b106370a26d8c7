import { dayAfter, daysBetween } from '../core/days.ts'
import type { Evidence, Source } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { Judgement } from '../core/judgement.ts'
import { reaches } from '../core/threshold.ts'
import type { AttestedStatement } from '../facts/attested.ts'
import type { ImprovementActions } from '../facts/improvement-actions.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { undecided } from './undecided.ts'

const ID = 'after.continuous-improvement'

export const afterContinuousImprovement = defineCheck({
  id: ID,
  title: 'Improvements planned, owned and done',
  section: 'release',
  motivation:
    'What incidents and reviews teach is lost unless somebody is to do something about it until a day.',
  decides:
    'Somebody vouches for the list of improvements with `mlcheck attest after.continuous-improvement --evidence FILE`; FILE is a YAML list of {action, owner, due, done}. ' +
    'Pass: the attestation is at most every_days old and holds, at least one action is open, and none is overdue. ' +
    'Warn: an open action is overdue, or none is open. ' +
    'Fail: an action is overdue by more than max_overdue_days, or the last attestation is older than every_days. ' +
    'Inconclusive: nobody has attested, the attestation does not count or names no list, or the list cannot be read. ' +
    'Not applicable until every_days after the deployment, where nobody has attested.',
  remediation: 'Go through the list, give each action an owner and a day, and attest it.',
  references: ['NIST AI RMF 1.0, MANAGE 4.2'],
  attested: true,
  params: {
    every_days: {
      type: 'number',
      default: 92,
      min: 1,
      description: 'How old the attestation may be; `every` of the item gives it.',
    },
    max_overdue_days: {
      type: 'number',
      default: 90,
      min: 0,
      description: 'By how many days an action may be overdue before the item fails.',
    },
  },
  needs: ['people.attested', 'people.improvement-actions', 'release.deployment'],
  judge(facts, params) {
    const people = facts['people.attested']
    if (people.state !== 'present') return undecided(people)
    const { today, statements } = people.value
    const own = statements.filter(({ check }) => check === ID)
    const [latest] = own
      .filter(({ problemWhenSaid }) => problemWhenSaid === null)
      .sort((a, b) => (a.date > b.date ? -1 : 1))
    if (latest === undefined) {
      const deployment = facts['release.deployment']
      const since = deployment.state === 'present' ? deployment.value.day : undefined
      return nobody(own, since, today, params.every_days, people.source)
    }
    const { date, expires, owner, location } = latest
    const age = daysBetween(date, today)
    if (expires < today || !reaches(params.every_days, age)) {
      const args = { date, owner, age, every: params.every_days }
      const finding = { severity: 'fail', code: 'IMPROVEMENT_LAPSED', args, location } as const
      return conclude('claimed', [finding], [])
    }
    const list = facts['people.improvement-actions']
    if (list.state === 'absent') {
      const finding = { severity: 'inconclusive', code: 'IMPROVEMENT_WITHOUT_LIST' } as const
      return conclude('claimed', [{ ...finding, args: { owner }, location }], [])
    }
    if (list.state === 'unreadable') return undecided(list)
    const { actions } = list.value
    const open = actions.filter(({ done }) => done === undefined || done > today)
    const evidence: Evidence = {
      level: 'documented',
      claim: 'There is a list of improvements, each with an owner and a day.',
      observed: { actions: actions.length, open: open.length, owner, date },
      expected: { everyDays: params.every_days },
      source: list.source,
    }
    return conclude(
      'documented',
      actionFindings(open, today, params.max_overdue_days, list.source),
      [evidence],
    )
  },
})

function nobody(
  own: readonly AttestedStatement[],
  since: string | undefined,
  today: string,
  every: number,
  source: Source,
): Judgement {
  if (own.length === 0 && since !== undefined && dayAfter(since, every) >= today) {
    const args = { duty: 'review of improvements', since, due: dayAfter(since, every) }
    return { outcome: 'not-applicable', findings: [{ code: 'CADENCE_NOT_DUE', args }] }
  }
  const refused = own.flatMap(({ problemWhenSaid }) => problemWhenSaid ?? [])
  const missing = { severity: 'inconclusive', code: 'IMPROVEMENT_NOT_ATTESTED', args: {} } as const
  return conclude('claimed', refused.length > 0 ? refused : [{ ...missing, location: source }], [])
}

function actionFindings(
  open: ImprovementActions['actions'],
  today: string,
  most: number,
  source: Source,
): readonly GradedFinding[] {
  if (open.length === 0) {
    return [{ severity: 'warn', code: 'IMPROVEMENTS_NONE_OPEN', args: {}, location: source }]
  }
  return open
    .filter(({ due }) => due < today)
    .map(({ action, owner, due, location }) => {
      const days = daysBetween(due, today)
      const severity = reaches(most, days) ? 'warn' : 'fail'
      return { severity, code: 'IMPROVEMENT_OVERDUE', args: { action, owner, due, days }, location }
    })
}
