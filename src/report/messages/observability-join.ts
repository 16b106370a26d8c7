import type { Messages } from './message.ts'

/** Dashboards, and what joins them with rules and code. */
export const observabilityJoinMessages: Messages = {
  DASHBOARD_UNREADABLE: {
    text: '{file} is not a dashboard that can be read: {reason}.',
    remedy: 'Export the dashboard again, or name the right file under monitoring.dashboards.',
  },
  DASHBOARD_QUERY_INVALID: {
    text: 'A query of the panel {panel} is not PromQL: {reason}.',
    remedy: 'Correct the query: the panel shows an error.',
  },
  DASHBOARD_QUERY_UNDECIDED: {
    text: 'A query of the panel {panel} cannot be read with its variables: {reason}.',
    remedy: 'Write the parts that are not values without variables.',
  },
  DASHBOARD_VARIABLE_UNKNOWN: {
    text: 'A query of the panel {panel} uses the variable {variable}, which the dashboard does not have.',
    remedy: 'Add the variable, or correct its name.',
  },
  DASHBOARD_LIBRARY_PANEL: {
    text: 'The panel {panel} is the library panel {library}, whose queries are not in this file.',
    remedy: 'Export the dashboard with its library panels to have them verified.',
  },
  ALERT_METRIC_ORPHAN: {
    text: 'The alert {name} asks for {metric}, which nothing emits.',
    remedy: 'Emit the metric, or correct its name: the alert watches nothing as it stands.',
  },
  ALERT_METRIC_UNNAMED: {
    text: 'The alert {name} selects series without the name of a metric.',
    remedy: 'Name the metric, so that it can be found in the code.',
  },
  RECORD_METRIC_ORPHAN: {
    text: 'The recording rule {name} asks for {metric}, which nothing emits.',
    remedy: 'Emit the metric, or correct its name: the rule records nothing as it stands.',
  },
  PANEL_METRIC_ORPHAN: {
    text: '{name} on a dashboard asks for {metric}, which nothing emits.',
    remedy: 'Emit the metric, or correct its name: the panel stays empty.',
  },
  METRIC_SERIES_MISSING: {
    text: '{name} asks for {metric}; the {kind} {emitted} is scraped as {series:list}.',
    remedy: 'Ask for one of these, or change the kind of the metric.',
  },
  METRIC_SILENT: {
    text: 'The metric {metric} is emitted, and no alert and no panel reads it.',
    remedy: 'Alert on it or show it, or remove it.',
  },
  METRIC_LABEL_UNKNOWN: {
    text: '{name} asks for {metric} by the label {label}, which the metric does not have.',
    remedy: 'Add the label to the metric, or correct the matcher: it selects nothing.',
  },
}
