import type { GradedFinding } from '../core/finding.ts'
import type { Join, JoinedSelector } from './join.ts'
import { seriesOf } from './prometheus/metric-names.ts'

/**
 * What a join tells: alerts, recording rules and panels on series that nobody emits, metrics that
 * nobody reads, matchers on labels that a metric does not have.
 *
 * @param isComplete whether the metrics of the code are all known; otherwise a series that nobody
 *   emits is not decided
 */
export function joinFindings(join: Join, isComplete: boolean): readonly GradedFinding[] {
  return [
    ...join.selectors.flatMap((selector) => selectorFindings(selector, isComplete)),
    ...join.metrics
      .filter(({ state }) => state === 'silent')
      .map(({ metric }): GradedFinding => ({
        code: 'METRIC_SILENT',
        severity: 'warn',
        args: { metric: metric.name },
        location: metric.place,
      })),
  ]
}

function selectorFindings(
  { state, user, shown, place, missing, namesake, unknownLabels }: JoinedSelector,
  isComplete: boolean,
): readonly GradedFinding[] {
  const { kind: where, name } = user
  const found: GradedFinding[] = []
  if (state === 'orphan') {
    const metric = missing[0] ?? shown ?? null
    const isFailure = where === 'alert' || where === 'record'
    const severity = !isComplete ? 'inconclusive' : isFailure ? 'fail' : 'warn'
    const args = { metric, name }
    if (namesake !== undefined) {
      const { name: emitted, kind } = namesake
      const series = seriesOf(namesake).map((one) => one.name)
      const seriesArgs = { metric, name, kind, emitted, series }
      found.push({ code: 'METRIC_SERIES_MISSING', severity, args: seriesArgs, location: place })
    } else if (where === 'alert') {
      found.push({ code: 'ALERT_METRIC_ORPHAN', severity, args, location: place })
    } else if (where === 'record') {
      found.push({ code: 'RECORD_METRIC_ORPHAN', severity, args, location: place })
    } else found.push({ code: 'PANEL_METRIC_ORPHAN', severity, args, location: place })
  }
  if (state === 'undecided' && where === 'alert') {
    found.push({
      code: 'ALERT_METRIC_UNNAMED',
      severity: 'notice',
      args: { name },
      location: place,
    })
  }
  for (const label of unknownLabels) {
    const args = { metric: shown ?? null, label, name }
    found.push({ code: 'METRIC_LABEL_UNKNOWN', severity: 'warn', args, location: place })
  }
  return found
}
