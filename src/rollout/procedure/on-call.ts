import type { Location } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'
import { readDocuments } from '../documents.ts'
import { at, entriesOf, itemsOf, textOf, type SourceText, type Value } from '../located.ts'
import { dayNumberOf } from './runbook.ts'

/** Somebody who can be called. */
export interface OnCallPerson {
  readonly name: string
  readonly contact: string | undefined
  /** ISO days between which the person is on call, both included; `undefined` for always. */
  readonly from: string | undefined
  readonly to: string | undefined
  readonly location: Location
}

export interface Roster {
  readonly people: readonly OnCallPerson[]
  readonly findings: readonly GradedFinding[]
}

const LISTS = ['on_call', 'oncall', 'people', 'members', 'rotation', 'roster']
const NAMES = ['name', 'person', 'user', 'id']
const CONTACTS = ['contact', 'email', 'phone', 'pager', 'slack', 'channel']

/**
 * Reads who is on call: a list of people, by itself or under `on_call`, each with a `name`, a `contact`
 * and, where they take turns, `from` and `to` as ISO days.
 *
 * ```yaml
 * on_call:
 *   - {name: Ana, contact: ana@example.org, from: 2026-11-01, to: 2026-11-30}
 *   - {name: Bo, contact: "+44 20 7946 0000"}
 * ```
 *
 * @param today ISO day, UTC
 */
export async function readRoster(source: SourceText, today: string): Promise<Roster> {
  const { path } = source
  const read = await readDocuments(source)
  if ('problem' in read) return unreadable(path, read.problem, read.location)
  const [root] = read.documents
  const list = LISTS.map((name) => at(root, name)).find((found) => found !== undefined) ?? root
  if (list?.kind !== 'list') {
    return unreadable(path, 'it holds no list of people', root?.location ?? { path })
  }
  const people = itemsOf(list).map(personOf)
  return { people, findings: findingsOf(people, list.location, today) }
}

function personOf(item: Value): OnCallPerson {
  const first = (names: readonly string[]): string | undefined =>
    entriesOf(item)
      .filter(([key]) => names.includes(key))
      .map(([, value]) => textOf(value)?.trim())
      .find((text) => text !== undefined && text !== '')
  const written = textOf(item)?.trim()
  return {
    name: written ?? first(NAMES) ?? '',
    // An address alone is a name and a contact.
    contact:
      written === undefined ? first(CONTACTS) : /@|^\+\d/.test(written) ? written : undefined,
    from: first(['from', 'start']),
    to: first(['to', 'end', 'until']),
    location: item.location,
  }
}

function findingsOf(
  people: readonly OnCallPerson[],
  location: Location,
  today: string,
): readonly GradedFinding[] {
  if (people.length === 0) {
    return [{ severity: 'fail', code: 'ROSTER_EMPTY', args: {}, location }]
  }
  const findings: GradedFinding[] = []
  for (const { name, contact, location: at, from, to } of people) {
    if (name === '' || contact === undefined) {
      const args = { name: name === '' ? null : name }
      findings.push({ severity: 'fail', code: 'ROSTER_WITHOUT_CONTACT', args, location: at })
    }
    const days = [from, to].filter((day) => day !== undefined)
    if (days.some((day) => dayNumberOf(day) === undefined)) {
      const args = { name, days }
      findings.push({ severity: 'inconclusive', code: 'ROSTER_DAY_INVALID', args, location: at })
    }
  }
  if (!people.some((person) => isOnCall(person, today))) {
    findings.push({ severity: 'fail', code: 'ROSTER_NOBODY_TODAY', args: { today }, location })
  }
  if (people.length === 1) {
    findings.push({ severity: 'warn', code: 'ROSTER_OF_ONE', args: {}, location })
  }
  return findings
}

function isOnCall({ from, to, contact }: OnCallPerson, today: string): boolean {
  const day = dayNumberOf(today)
  const [first, last] = [from, to].map((each) =>
    each === undefined ? undefined : dayNumberOf(each),
  )
  if (day === undefined || contact === undefined) return false
  if ((from !== undefined && first === undefined) || (to !== undefined && last === undefined)) {
    return false
  }
  return (first ?? day) <= day && day <= (last ?? day)
}

function unreadable(path: string, problem: string, location: Location): Roster {
  const args = { path, problem }
  return {
    people: [],
    findings: [{ severity: 'inconclusive', code: 'ROSTER_UNREADABLE', args, location }],
  }
}
