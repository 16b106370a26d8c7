import type { Messages } from './message.ts'

/** What was recorded in production, and what people do when something goes wrong. */
export const operationMessages: Messages = {
  METRICS_UNREADABLE: {
    text: 'The exported metrics {path} cannot be read: {problem}.',
    remedy: 'Save the JSON answer of a range query.',
  },
  METRICS_WITHOUT_LIMITS: {
    text: 'No limit is known that the metrics in {path} had to keep to.',
    remedy: 'State the limits in monitoring.slo.',
  },
  METRIC_NOT_EXPORTED: {
    text: 'The metric {metric} is not in {path}.',
    remedy: 'Export it for the whole time.',
  },
  METRIC_GAP: {
    text: 'The metric {metric} has no numbers from {from} to {to} ({count:count} gaps in all).',
    remedy: 'Export the whole time; where data is really missing, nobody watched.',
  },
  METRIC_STEP_WIDE: {
    text: 'The samples of {metric} are {seconds:second} apart; at most {limit:second} watch a rollout.',
    remedy: 'Export with a smaller step.',
  },
  METRIC_LIMIT_BROKEN: {
    text: '{count:count} of {samples:count} samples of {metric} are beyond their limit (min {min:or_none}, max {max:or_none}); the first is {value} at {at}.',
    remedy: 'Look at what happened then, and roll back if it lasts.',
  },
  METRIC_NOT_A_NUMBER: {
    text: '{count:count} of {samples:count} samples of {metric} are not a number.',
    remedy: 'Mend the query: a ratio without requests is not a number.',
  },
  ALERTS_UNREADABLE: {
    text: 'The exported alerts {path} cannot be read: {problem}.',
    remedy: 'Save the alerts of Alertmanager or Prometheus, or a range query of ALERTS, as JSON.',
  },
  ALERT_FIRED: {
    text: 'The alert {alert} fired from {from} to {to}.',
    remedy: 'Look at what happened then, and roll back if it lasts.',
  },
  ALERTS_COVER_UNKNOWN: {
    text: 'That no alert fired from {from} to {to} is not shown by {path}.',
    remedy: 'Export together with from and to, or with an alert that always fires (Watchdog).',
    explain:
      'An empty list of alerts also results from a wrong query, a stopped Prometheus or an export of another time.',
  },
  RUNBOOK_STEP_MISSING: {
    text: 'The procedure {path} does not say how to {step}.',
    remedy: 'Add the step, as a command where there is one.',
  },
  RUNBOOK_PLACEHOLDER: {
    text: 'The procedure leaves something open here: {text}.',
    remedy: 'Fill it in, or set the variable in the code before it is used.',
  },
  RUNBOOK_FILE_MISSING: {
    text: 'The procedure uses {file}, which does not exist.',
    remedy: 'Correct the path, or add the file.',
  },
  RUNBOOK_FILE_UNKNOWN: {
    text: 'Whether {file}, which the procedure uses, exists was not looked at.',
    remedy: 'Name files of the repository.',
  },
  RUNBOOK_LACKS: {
    text: 'The procedure {path} names no {parts:all}.',
    remedy: 'Write lines such as: Owner: a name; Contact: an address; Maximum time: 15 minutes.',
  },
  RUNBOOK_NEVER_DRILLED: {
    text: 'The procedure {path} does not say when it was last tried.',
    remedy: 'Hold a drill and write: Last drill: and the day.',
  },
  RUNBOOK_DRILL_OLD: {
    text: 'The procedure was last tried on {day}, {days:day} ago; at most {limit:day} are asked.',
    remedy: 'Hold a drill and write down the day.',
  },
  RUNBOOK_DRILL_LATER: {
    text: 'The last drill is dated {day}, after today ({today}).',
    remedy: 'Correct the day.',
  },
  INCIDENT_INVALID: {
    text: 'Line {line:id} of the incident log is no complete entry: {problem}.',
    remedy:
      'Log timestamp, action, reason, from and to; the versions before and after are two different ones.',
  },
  INCIDENT_LOG_EMPTY: {
    text: 'The incident log {path} has no entries, so its form cannot be seen.',
    remedy: 'Log the next drill.',
  },
  ROSTER_UNREADABLE: {
    text: 'The list of people on call {path} cannot be read: {problem}.',
    remedy: 'Write a list of people with name and contact under on_call.',
  },
  ROSTER_EMPTY: {
    text: 'Nobody is on call.',
    remedy: 'Name the people with their contacts.',
  },
  ROSTER_WITHOUT_CONTACT: {
    text: 'For {name} on call there is no name or no contact.',
    remedy: 'Add name and contact.',
  },
  ROSTER_DAY_INVALID: {
    text: 'The days {days:list} of {name} on call are not days of the calendar.',
    remedy: 'Write days as 2026-11-30.',
  },
  ROSTER_NOBODY_TODAY: {
    text: 'Nobody with a contact is on call on {today}.',
    remedy: 'Bring the list up to date.',
  },
  ROSTER_OF_ONE: {
    text: 'Only one person is on call.',
    remedy: 'Name somebody for when that person cannot be reached.',
  },
}
