import type { GradedFinding } from '../../core/finding.ts'
import type { AlertsExport, FiredAlert } from './alerts.ts'
import { momentText, type TimeWindow } from './times.ts'

/** Alerts that fire always, so that silence shows: their presence proves that alerts were recorded. */
export const HEARTBEATS: readonly string[] = ['Watchdog', 'DeadMansSwitch']

export interface AlertMatch {
  /** An alert whose label has another value belongs to another service; one without it counts. */
  readonly labels?: Readonly<Record<string, string>>
  readonly heartbeats?: readonly string[]
}

/**
 * Judges whether an alert fired during a window. Nothing that fired is a pass only if the export shows
 * that it would have been seen: it states that it covers the window, or a heartbeat fired all along.
 *
 * @param path where the alerts come from
 */
export function judgeAlerts(
  { alerts, stated }: AlertsExport,
  window: TimeWindow,
  path: string,
  { labels = {}, heartbeats = HEARTBEATS }: AlertMatch = {},
): readonly GradedFinding[] {
  const location = { path }
  const beats = alerts.filter((alert) => heartbeats.includes(alert.name))
  const fired = alerts.filter(
    (alert) =>
      !heartbeats.includes(alert.name) && concerns(alert, labels) && overlaps(alert, window),
  )
  const findings: GradedFinding[] = fired.map(({ name, fromMs, toMs }) => ({
    severity: 'fail',
    code: 'ALERT_FIRED',
    args: {
      alert: name,
      from: momentText(fromMs),
      to: toMs === undefined ? null : momentText(toMs),
    },
    location,
  }))
  const isStated =
    stated !== undefined && stated.fromMs <= window.fromMs && stated.toMs >= window.toMs
  const isBeating = beats.some(({ fromMs, toMs }) => {
    const end = toMs ?? Infinity
    return fromMs <= window.fromMs && end >= window.toMs
  })
  if (!isStated && !isBeating) {
    const args = { path, from: momentText(window.fromMs), to: momentText(window.toMs) }
    findings.push({ severity: 'inconclusive', code: 'ALERTS_COVER_UNKNOWN', args, location })
  }
  return findings
}

function concerns({ labels }: FiredAlert, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => {
    const own = labels.get(name)
    return own === undefined || own === value
  })
}

function overlaps({ fromMs, toMs }: FiredAlert, window: TimeWindow): boolean {
  return fromMs <= window.toMs && (toMs ?? Infinity) >= window.fromMs
}
