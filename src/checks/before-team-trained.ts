import { daysBetween } from '../core/days.ts'
import type { Evidence } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import { samePerson } from '../core/person.ts'
import { reaches } from '../core/threshold.ts'
import type { AttestedStatement } from '../facts/attested.ts'
import type { TeamRoster } from '../facts/team-roster.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { undecided } from './undecided.ts'

const ID = 'before.team-trained'

type Person = TeamRoster['people'][number]

interface Limits {
  readonly today: string
  readonly longest: number
  readonly soon: number
}

export const beforeTeamTrained = defineCheck({
  id: ID,
  title: 'Team trained on incident response',
  section: 'release',
  motivation:
    'At night the person who is called decides how long an incident lasts. Whether that person has practised, only people can say.',
  decides:
    'Everyone of the list in team.on_call vouches for their own training with `mlcheck attest before.team-trained --owner NAME`, NAME being the name or the contact of the list. ' +
    'Pass: each person has an attestation that holds: of this model, not expired, for at most every_days. ' +
    "Warn: somebody's attestation ends within warn_days. Fail: somebody's attestation has expired, or is for longer than every_days. " +
    'Inconclusive: somebody has not attested, or in a way that does not count, or there is no list or it cannot be read. ' +
    'The level is claimed, and documented where each attestation names a document that is there.',
  remediation:
    'Hold an incident drill, and let everyone on call record it with mlcheck attest before.team-trained.',
  references: ['Google, "Site Reliability Engineering", chapter 28, Accelerating SREs to On-Call'],
  attested: true,
  params: {
    every_days: {
      type: 'number',
      default: 365,
      min: 1,
      description: 'The most days that one training counts; `every` of the item gives it.',
    },
    warn_days: {
      type: 'number',
      default: 30,
      min: 0,
      description: 'How many days before its end an attestation is a warning.',
    },
  },
  needs: ['team.roster', 'people.attested'],
  judge(facts, params) {
    const roster = facts['team.roster']
    const people = facts['people.attested']
    if (roster.state !== 'present') return undecided(roster)
    if (people.state !== 'present') return undecided(people)
    const { today } = people.value
    const limits = { today, longest: params.every_days, soon: params.warn_days }
    const own = people.value.statements.filter(({ check }) => check === ID)
    const judged = roster.value.people.map((person) => {
      const theirs = own.filter(({ owner }) => isSame(person, owner))
      return { person, ...judgePerson(person, theirs, limits) }
    })
    const held = judged.flatMap(({ holds }) => (holds === undefined ? [] : [holds]))
    const level = held.every(({ isDocumented }) => isDocumented) ? 'documented' : 'claimed'
    const evidence: Evidence = {
      level: held.length === 0 ? 'claimed' : level,
      claim: 'Everyone on call vouches for their training.',
      observed: held.map(({ owner, date, expires }) => ({ owner, date, expires })),
      expected: { people: roster.value.people.length },
      source: roster.source,
    }
    return conclude(
      evidence.level,
      [...judged.flatMap(({ findings }) => findings), ...strangers(own, roster.value.people)],
      [evidence],
    )
  },
})

function judgePerson(
  person: Person,
  theirs: readonly AttestedStatement[],
  { today, longest, soon }: Limits,
): { readonly holds?: AttestedStatement; readonly findings: readonly GradedFinding[] } {
  const isShort = ({ date, expires }: AttestedStatement) =>
    reaches(longest, daysBetween(date, expires))
  const [holds] = theirs
    .filter((each) => each.problem === null && isShort(each))
    .sort((a, b) => (a.expires > b.expires ? -1 : 1))
  const { name } = person
  if (holds !== undefined) {
    const days = daysBetween(today, holds.expires)
    if (!reaches(soon, days)) return { holds, findings: [] }
    const args = { name, expires: holds.expires, days }
    const { location } = holds
    return { holds, findings: [{ severity: 'warn', code: 'TRAINING_ENDS_SOON', args, location }] }
  }
  if (theirs.length === 0) {
    const { location } = person
    const finding = { severity: 'inconclusive', code: 'TRAINING_NOT_ATTESTED' } as const
    return { findings: [{ ...finding, args: { name }, location }] }
  }
  return { findings: theirs.map((each) => refusalOf(name, each, today, longest)) }
}

function refusalOf(
  name: string,
  { problem, date, expires, location }: AttestedStatement,
  today: string,
  longest: number,
): GradedFinding {
  if (expires < today) {
    return { severity: 'fail', code: 'TRAINING_EXPIRED', args: { name, expires, today }, location }
  }
  if (problem !== null) return problem
  const args = { name, days: daysBetween(date, expires), longest }
  return { severity: 'fail', code: 'TRAINING_FOR_TOO_LONG', args, location }
}

/** Somebody may have left the list, or the name is misspelt. */
function strangers(
  own: readonly AttestedStatement[],
  people: readonly Person[],
): readonly GradedFinding[] {
  return own
    .filter(({ owner }) => !people.some((person) => isSame(person, owner)))
    .map(({ owner, location }) => ({
      severity: 'notice',
      code: 'TRAINING_OF_NOBODY_ON_CALL',
      args: { name: owner },
      location,
    }))
}

function isSame({ name, contact }: Person, owner: string): boolean {
  // As one: whoever gives the name of one and the address of another is neither.
  return samePerson(`${name} <${contact}>`, owner)
}
