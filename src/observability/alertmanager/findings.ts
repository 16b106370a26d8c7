import type { FindingArgs, FindingCode, GradedFinding } from '../../core/finding.ts'
import type { Location } from '../../core/evidence.ts'
import { keyPlace, textAt } from '../../documents/node.ts'
import type { AlertmanagerConfig, InhibitRule, Route } from './config.ts'
import type { AlertMatcher } from './matchers.ts'

/**
 * What is wrong with a configuration of Alertmanager in itself: what it refuses to load, receivers
 * that reach nobody, routes that are muted for good, and inhibitions that say nothing.
 */
export function alertmanagerFindings(config: AlertmanagerConfig): readonly GradedFinding[] {
  return [
    ...config.findings,
    ...receiverFindings(config),
    ...(config.root === undefined ? [] : rootFindings(config.root)),
    ...(config.root === undefined ? [] : routeFindings(config.root, config)),
    ...config.inhibitRules.flatMap(inhibitFindings),
  ]
}

/** Why nothing is ever sent on a route; `undefined` when something can be. */
export function silencedBy(
  route: Route,
  config: AlertmanagerConfig,
): 'mute' | 'active' | undefined {
  const { muteIntervals, activeIntervals } = route
  if (muteIntervals.some(({ text }) => config.intervals.get(text) === 'always')) return 'mute'
  const isNeverActive =
    activeIntervals.length > 0 &&
    activeIntervals.every(({ text }) => config.intervals.get(text) === 'never')
  return isNeverActive ? 'active' : undefined
}

function finding(
  code: FindingCode,
  severity: GradedFinding['severity'],
  args: FindingArgs,
  location: Location,
): GradedFinding {
  return { code, severity, args, location }
}

function receiverFindings({ receivers }: AlertmanagerConfig): readonly GradedFinding[] {
  const names = new Set<string>()
  return receivers.flatMap(({ name, place, channels }) => {
    const found: GradedFinding[] = []
    if (names.has(name)) {
      found.push(finding('ALERT_RECEIVER_REPEATED', 'fail', { receiver: name }, place))
    }
    names.add(name)
    if (channels.length === 0) {
      found.push(finding('ALERT_RECEIVER_EMPTY', 'notice', { receiver: name }, place))
    }
    for (const { kind, address, place: at } of channels) {
      const args = { receiver: name, channel: kind }
      if (address === 'missing') {
        found.push(finding('ALERT_RECEIVER_WITHOUT_ADDRESS', 'fail', args, at))
      } else if (address === 'placeholder') {
        found.push(finding('ALERT_RECEIVER_PLACEHOLDER', 'fail', args, at))
      }
    }
    return found
  })
}

function rootFindings(root: Route): readonly GradedFinding[] {
  const reasons = [
    root.receiver === '' ? 'it names no receiver' : undefined,
    root.matchers.length > 0 || root.isBroken ? 'it has matchers' : undefined,
    root.continues ? 'it continues' : undefined,
    root.muteIntervals.length > 0 ? 'it has mute_time_intervals' : undefined,
    root.activeIntervals.length > 0 ? 'it has active_time_intervals' : undefined,
  ]
  return reasons
    .filter((reason) => reason !== undefined)
    .map((reason) => finding('ALERT_ROOT_ROUTE_INVALID', 'fail', { reason }, root.place))
}

function routeFindings(route: Route, config: AlertmanagerConfig): readonly GradedFinding[] {
  const { receiver, node } = route
  const found: GradedFinding[] = []
  const isOwn = textAt(node, 'receiver') !== undefined
  if (isOwn && !config.receivers.some(({ name }) => name === receiver)) {
    found.push(finding('ALERT_RECEIVER_UNKNOWN', 'fail', { receiver }, keyPlace(node, 'receiver')))
  }
  for (const { text, place: at } of [...route.muteIntervals, ...route.activeIntervals]) {
    if (config.intervals.has(text)) continue
    found.push(finding('ALERT_INTERVAL_UNKNOWN', 'fail', { interval: text }, at))
  }
  const by = silencedBy(route, config)
  if (by !== undefined) {
    const key = `${by}_time_intervals`
    found.push(finding('ALERT_ROUTE_SILENCED', 'fail', { receiver, by: key }, keyPlace(node, key)))
  }
  const last = route.routes.findIndex(
    (child) => child.matchers.length === 0 && !child.isBroken && !child.continues,
  )
  for (const child of last === -1 ? [] : route.routes.slice(last + 1)) {
    const args = { receiver: child.receiver, line: route.routes[last]?.place.line ?? null }
    found.push(finding('ALERT_ROUTE_UNREACHABLE', 'warn', args, child.place))
  }
  return [...found, ...route.routes.flatMap((child) => routeFindings(child, config))]
}

function inhibitFindings({ source, target, place }: InhibitRule): readonly GradedFinding[] {
  if (target.length === 0) return [finding('INHIBIT_RULE_MUTES_ALL', 'warn', {}, place)]
  if (keyOf(source) === keyOf(target)) {
    return [finding('INHIBIT_RULE_WITHOUT_EFFECT', 'warn', {}, place)]
  }
  return []
}

function keyOf(matchers: readonly AlertMatcher[]): string {
  return JSON.stringify(
    matchers.map(({ label, operator, value }) => JSON.stringify([label, operator, value])).sort(),
  )
}
