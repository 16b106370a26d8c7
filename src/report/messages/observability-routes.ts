import type { Messages } from './message.ts'

/** The routes, receivers and inhibitions of Alertmanager. */
export const observabilityRouteMessages: Messages = {
  ALERTMANAGER_UNREADABLE: {
    text: '{file} is not a configuration of Alertmanager that can be read: {reason}.',
    remedy: 'Repair the file, or name the right one under monitoring.alertmanager.',
  },
  ALERT_MATCHER_INVALID: {
    text: 'The matcher {matcher:quoted} cannot be read: {reason}.',
    remedy: 'Write label="value", or =~ with a regular expression.',
  },
  ALERT_ROUTE_DURATION_INVALID: {
    text: '{field} of a route is {written:quoted}, which is no duration.',
    remedy: 'Write whole numbers with units from the largest to the smallest, such as 1h30m.',
  },
  ALERT_ROOT_ROUTE_INVALID: {
    text: 'The first route must take every alert: {reason}.',
    remedy: 'Give it a receiver alone, and move conditions into routes below it.',
  },
  ALERT_RECEIVER_UNKNOWN: {
    text: 'A route sends to {receiver}, which no receiver is named.',
    remedy: 'Define the receiver, or correct the name.',
  },
  ALERT_RECEIVER_REPEATED: {
    text: 'Two receivers are named {receiver}.',
    remedy: 'Rename one of them: Alertmanager refuses the file.',
  },
  ALERT_RECEIVER_EMPTY: {
    text: 'The receiver {receiver} has no channel; alerts that reach it are thrown away.',
    remedy: 'Add a channel if somebody is to hear of these alerts.',
  },
  ALERT_RECEIVER_WITHOUT_ADDRESS: {
    text: 'The {channel} channel of the receiver {receiver} has no address.',
    remedy: 'Add where it sends, in the channel or under global.',
  },
  ALERT_RECEIVER_PLACEHOLDER: {
    text: 'The {channel} channel of the receiver {receiver} still has a placeholder for its address.',
    remedy: 'Write the address, or name a file that holds it; Alertmanager reads no variables.',
  },
  ALERT_INTERVAL_UNKNOWN: {
    text: 'A route names the time interval {interval}, which nobody defines.',
    remedy: 'Define it under time_intervals, or correct the name.',
  },
  ALERT_ROUTE_SILENCED: {
    text: 'The route to {receiver} is silent at all times by its {by}.',
    remedy: 'Let the intervals leave the times at which somebody is to be called.',
  },
  ALERT_ROUTE_UNREACHABLE: {
    text: 'No alert reaches the route to {receiver}: the route at line {line:id} takes all.',
    remedy: 'Move it before that route, or let that route continue.',
  },
  INHIBIT_RULE_MUTES_ALL: {
    text: 'An inhibition has no target and mutes every alert while its source fires.',
    remedy: 'Add target_matchers.',
  },
  INHIBIT_RULE_WITHOUT_EFFECT: {
    text: 'An inhibition has the same source and target, and an alert never mutes its like.',
    remedy: 'Let the source be the graver alerts alone.',
  },
}
