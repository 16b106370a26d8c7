import type { Location } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'
import {
  at,
  DocumentError,
  entriesAt,
  isTrue,
  itemsAt,
  keyPlace,
  placeOf,
  scalarAt,
  textAt,
  type DocumentNode,
} from '../../documents/node.ts'
import { parseYamlDocuments } from '../../documents/yaml.ts'
import { durationSeconds } from '../prometheus/duration.ts'
import type { PlacedText } from '../prometheus/placed.ts'
import { readIntervals, type Coverage } from './intervals.ts'
import { matcherProblem, parseMatchers, type AlertMatcher } from './matchers.ts'
import { readReceivers, type Receiver } from './receivers.ts'

/** A node of the route tree. */
export interface Route {
  /** Its own, or the one of the route around it. */
  readonly receiver: string
  readonly place: Location
  readonly matchers: readonly AlertMatcher[]
  /** Whether a matcher could not be read, so that nobody knows what the route takes. */
  readonly isBroken: boolean
  readonly continues: boolean
  readonly muteIntervals: readonly PlacedText[]
  readonly activeIntervals: readonly PlacedText[]
  readonly routes: readonly Route[]
  readonly node: DocumentNode
}

export interface InhibitRule {
  readonly source: readonly AlertMatcher[]
  readonly target: readonly AlertMatcher[]
  readonly equal: readonly string[]
  readonly place: Location
}

export interface AlertmanagerConfig {
  readonly path: string
  /** `undefined` when there is none, or the file could not be read. */
  readonly root: Route | undefined
  readonly receivers: readonly Receiver[]
  readonly intervals: ReadonlyMap<string, Coverage>
  readonly inhibitRules: readonly InhibitRule[]
  /** What kept parts of the file from being read; soundness is told by `alertmanagerFindings`. */
  readonly findings: readonly GradedFinding[]
}

/**
 * Reads the configuration of Alertmanager.
 *
 * @param path how places name the file
 * @returns routes, receivers and inhibitions; a file that is none has a finding, never an error
 */
export async function readAlertmanager(path: string, text: string): Promise<AlertmanagerConfig> {
  try {
    const [root] = await parseYamlDocuments(path, text)
    const route = at(root, 'route')
    if (root === undefined || route?.kind !== 'map') {
      return unreadable(path, { path, line: 1, column: 1 }, 'there is no route')
    }
    const findings: GradedFinding[] = []
    return {
      path,
      root: readRoute(route, '', findings),
      receivers: readReceivers(root),
      intervals: readIntervals(root),
      inhibitRules: itemsAt(root, 'inhibit_rules').map((rule) => readInhibit(rule, findings)),
      findings,
    }
  } catch (error) {
    if (error instanceof DocumentError) return unreadable(path, error.place, error.message)
    throw error
  }
}

function unreadable(path: string, location: Location, reason: string): AlertmanagerConfig {
  const finding: GradedFinding = {
    code: 'ALERTMANAGER_UNREADABLE',
    severity: 'inconclusive',
    args: { file: path, reason },
    location,
  }
  return {
    path,
    root: undefined,
    receivers: [],
    intervals: new Map(),
    inhibitRules: [],
    findings: [finding],
  }
}

function readRoute(node: DocumentNode, inherited: string, findings: GradedFinding[]): Route {
  const receiver = textAt(node, 'receiver') ?? inherited
  const before = findings.length
  const matchers = readMatchers(node, '', findings)
  const isBroken = findings.length > before
  for (const field of ['group_wait', 'group_interval', 'repeat_interval']) {
    const written = textAt(node, field)
    if (written === undefined || durationSeconds(written) !== undefined) continue
    findings.push({
      code: 'ALERT_ROUTE_DURATION_INVALID',
      severity: 'fail',
      args: { field, written },
      location: keyPlace(node, field),
    })
  }
  return {
    receiver,
    place: placeOf(node),
    matchers,
    isBroken,
    continues: isTrue(node, 'continue'),
    muteIntervals: placedItems(node, 'mute_time_intervals'),
    activeIntervals: placedItems(node, 'active_time_intervals'),
    routes: itemsAt(node, 'routes').map((child) => readRoute(child, receiver, findings)),
    node,
  }
}

function readInhibit(node: DocumentNode, findings: GradedFinding[]): InhibitRule {
  return {
    source: readMatchers(node, 'source_', findings),
    target: readMatchers(node, 'target_', findings),
    equal: placedItems(node, 'equal').map(({ text }) => text),
    place: placeOf(node),
  }
}

/** The matchers under `matchers`, `match` and `match_re`, each with a prefix. */
function readMatchers(
  node: DocumentNode,
  prefix: string,
  findings: GradedFinding[],
): readonly AlertMatcher[] {
  const found: AlertMatcher[] = []
  const refuse = (written: string, reason: string, location: Location): void => {
    findings.push({
      code: 'ALERT_MATCHER_INVALID',
      severity: 'fail',
      args: { matcher: written, reason },
      location,
    })
  }
  for (const [key, operator] of [
    ['match', '='],
    ['match_re', '=~'],
  ] as const) {
    for (const [label, { keyStart, value }] of entriesAt(node, `${prefix}${key}`)) {
      const matcher: AlertMatcher = { label, operator, value: textAt(value) ?? '' }
      const problem = matcherProblem(matcher)
      if (problem === undefined) found.push(matcher)
      else refuse(`${label}: ${matcher.value}`, problem, node.source.locationOf(keyStart))
    }
  }
  const written = at(node, `${prefix}matchers`)
  const texts = written?.kind === 'list' ? written.items : written === undefined ? [] : [written]
  for (const item of texts) {
    const text = scalarAt(item)?.text
    const parsed = text === undefined ? { problem: 'this is no text' } : parseMatchers(text)
    if (parsed.matchers !== undefined) found.push(...parsed.matchers)
    else refuse(text ?? '', parsed.problem, placeOf(item))
  }
  return found
}

function placedItems(node: DocumentNode, key: string): readonly PlacedText[] {
  return itemsAt(node, key).flatMap((item) =>
    item.kind === 'scalar' ? [{ text: item.text, place: placeOf(item) }] : [],
  )
}
