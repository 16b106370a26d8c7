import type { AlertmanagerConfig, InhibitRule, Route } from './config.ts'
import { holdsWithout, matcherHolds, type AlertMatcher } from './matchers.ts'
import type { Receiver } from './receivers.ts'

/** Labels of an alert, as far as they are known. */
export interface AlertLabels {
  readonly known: ReadonlyMap<string, string>
  /** Whether the alert may have other labels, from its series: a rule does not tell them. */
  readonly mayHaveOthers: boolean
}

/** A route that an alert ends in. */
export interface Destination {
  readonly route: Route
  /** `undefined` when nobody defines the receiver. */
  readonly receiver: Receiver | undefined
  /** Whether the known labels decide it. */
  readonly isCertain: boolean
}

type Verdict = 'yes' | 'no' | 'maybe'

/**
 * The routes that an alert ends in: the deepest that match, the first of each level unless it
 * continues. Where a matcher asks for a label that is not known, both ways are followed and what is
 * reached is not certain. O(routes × matchers).
 */
export function destinationsOf(
  config: AlertmanagerConfig,
  labels: AlertLabels,
): readonly Destination[] {
  const receivers = new Map(config.receivers.map((receiver) => [receiver.name, receiver]))
  const visit = (route: Route, isCertain: boolean): readonly Destination[] => {
    const found: Destination[] = []
    let [isTaken, mayBeTaken] = [false, false]
    for (const child of route.routes) {
      const verdict = routeTakes(child, labels)
      if (verdict === 'no') continue
      found.push(...visit(child, isCertain && verdict === 'yes' && !mayBeTaken))
      if (verdict === 'yes') isTaken = true
      if (child.continues) continue
      if (verdict === 'yes') break
      mayBeTaken = true
    }
    if (isTaken) return found
    return [
      ...found,
      {
        route,
        receiver: receivers.get(route.receiver),
        isCertain: isCertain && found.length === 0,
      },
    ]
  }
  return config.root === undefined ? [] : visit(config.root, !config.root.isBroken)
}

/** The inhibitions that can mute an alert; those whose source it is itself too never do. */
export function inhibitorsOf(
  config: AlertmanagerConfig,
  labels: AlertLabels,
): readonly InhibitRule[] {
  return config.inhibitRules.filter(
    ({ source, target }) => allHold(target, labels) !== 'no' && allHold(source, labels) !== 'yes',
  )
}

function routeTakes(route: Route, labels: AlertLabels): Verdict {
  const verdict = allHold(route.matchers, labels)
  return route.isBroken && verdict === 'yes' ? 'maybe' : verdict
}

function allHold(matchers: readonly AlertMatcher[], labels: AlertLabels): Verdict {
  const verdicts = matchers.map((matcher) => holds(matcher, labels))
  if (verdicts.includes('no')) return 'no'
  return verdicts.includes('maybe') ? 'maybe' : 'yes'
}

function holds(matcher: AlertMatcher, { known, mayHaveOthers }: AlertLabels): Verdict {
  const value = known.get(matcher.label)
  if (value === undefined) {
    if (mayHaveOthers) return 'maybe'
    return holdsWithout(matcher) ? 'yes' : 'no'
  }
  if (value.includes('{{')) return 'maybe'
  return matcherHolds(matcher, value) ? 'yes' : 'no'
}
