import type { JsonValue } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'
import type { SourceText } from '../located.ts'
import { isList, isObject, labelsOf, member, parseJson, stringOf } from './json.ts'
import { readRange, type Sample, type Series } from './range.ts'
import { momentOf, type TimeWindow } from './times.ts'

/** An alert that fired; one without an end was firing when the export was made. */
export interface FiredAlert {
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
  readonly fromMs: number
  readonly toMs: number | undefined
}

export interface AlertsExport {
  readonly alerts: readonly FiredAlert[]
  /** The time of which the export says that it lists everything. */
  readonly stated: TimeWindow | undefined
}

export type AlertsRead = { readonly alerts: AlertsExport } | { readonly finding: GradedFinding }

/** Ends that lie before the start: Alertmanager writes the year 1 for "no end". */
const NO_END_BEFORE_MS = 0

/**
 * Reads which alerts fired: the list of Alertmanager (`/api/v2/alerts`), the alerts of Prometheus
 * (`/api/v1/alerts`), a range query of `ALERTS`, or `{"from", "to", "alerts": [...]}`, which is one
 * of these lists together with the time it is complete for.
 *
 * @returns the alerts, or why they are not known
 */
export function readAlerts(source: SourceText): AlertsRead {
  const parsed = parseJson(source.text)
  if ('problem' in parsed) return unreadable(source.path, parsed.problem)
  const { value } = parsed
  const result = member(value, 'data', 'result') ?? member(value, 'result')
  if (isList(result)) {
    const range = readRange(source)
    if ('finding' in range) return unreadable(source.path, 'it is no range query of ALERTS')
    return { alerts: { alerts: range.series.flatMap(ofSeries), stated: undefined } }
  }
  const list = listIn(value)
  if (list === undefined) return unreadable(source.path, 'it holds no list of alerts')
  const alerts = list.map(alertOf)
  if (alerts.includes(undefined)) {
    return unreadable(source.path, 'an alert has no name or no time when it began')
  }
  const stated = statedWindow(value)
  if (stated === 'invalid') return unreadable(source.path, 'its from and to are no span of time')
  const known = alerts.filter((alert) => alert !== undefined && alert !== 'pending')
  return { alerts: { alerts: known, stated } }
}

function listIn(value: JsonValue): readonly JsonValue[] | undefined {
  const data = member(value, 'data')
  for (const found of [value, member(value, 'alerts'), data, member(data, 'alerts')]) {
    if (isList(found)) return found
  }
  return undefined
}

function statedWindow(value: JsonValue): TimeWindow | undefined | 'invalid' {
  const [from, to] = [member(value, 'from'), member(value, 'to')]
  if (!isObject(value) || (from === undefined && to === undefined)) return undefined
  const [fromMs, toMs] = [momentOf(stringOf(from)), momentOf(stringOf(to))]
  if (fromMs === undefined || toMs === undefined || toMs <= fromMs) return 'invalid'
  return { fromMs, toMs }
}

function alertOf(item: JsonValue): FiredAlert | 'pending' | undefined {
  const labels = labelsOf(member(item, 'labels'))
  const name = labels.get('alertname')
  const began = stringOf(member(item, 'startsAt')) ?? stringOf(member(item, 'activeAt'))
  const fromMs = momentOf(began)
  if (name === undefined || fromMs === undefined) return undefined
  const state = member(item, 'state')
  if (state === 'pending' || state === 'inactive') return 'pending'
  const end = momentOf(stringOf(member(item, 'endsAt')))
  return {
    name,
    labels,
    fromMs,
    toMs: end !== undefined && end > NO_END_BEFORE_MS ? end : undefined,
  }
}

/** Every run of samples with the value 1 of a firing series; a run ends at the last of them. */
function ofSeries({ labels, samples }: Series): readonly FiredAlert[] {
  const name = labels.get('alertname')
  if (name === undefined || labels.get('alertstate') === 'pending') return []
  const runs: Sample[][] = []
  const step = smallestStep(samples)
  for (const sample of samples.filter(({ value }) => value > 0)) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run !== undefined && last !== undefined && sample.timeMs - last.timeMs <= step * 3) {
      run.push(sample)
    } else runs.push([sample])
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)]
    if (first === undefined || last === undefined) return []
    return [{ name, labels, fromMs: first.timeMs, toMs: last.timeMs }]
  })
}

function smallestStep(samples: readonly Sample[]): number {
  const steps = samples.slice(1).map(({ timeMs }, index) => timeMs - (samples[index]?.timeMs ?? 0))
  return Math.min(...steps.filter((step) => step > 0), 15 * 60_000)
}

function unreadable(path: string, problem: string): AlertsRead {
  const args = { path, problem }
  return {
    finding: { severity: 'inconclusive', code: 'ALERTS_UNREADABLE', args, location: { path } },
  }
}
