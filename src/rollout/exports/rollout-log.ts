import type { JsonValue, Location } from '../../core/evidence.ts'
import type { GradedFinding } from '../../core/finding.ts'
import type { SourceText } from '../located.ts'
import { isList, member, parseJson, stringOf } from './json.ts'
import { statusPoint } from './rollout-status.ts'
import { momentOf } from './times.ts'

/** The share that the new model had from a moment on. */
export interface WeightPoint {
  readonly timeMs: number
  /** Percent, 0 to 100. */
  readonly weight: number
  readonly location: Location
}

/** What a rollout did. */
export interface RolloutLog {
  /** In time order. */
  readonly points: readonly WeightPoint[]
  /** Whether the tool took the traffic back. */
  readonly isAborted: boolean
  readonly findings: readonly GradedFinding[]
}

export type RolloutLogRead = { readonly log: RolloutLog } | { readonly finding: GradedFinding }

const EVENT_WEIGHT = [
  /\(setWeight: (\d+(?:\.\d+)?)\)/,
  /\bcanary weight (\d+(?:\.\d+)?)\b/,
] as const

/**
 * Reads what a rollout did: JSON lines or a list of `{"time", "weight"}`, one or more states of a
 * Rollout of Argo or a Canary of Flagger (`kubectl get -o json`), or their events, which tell every
 * weight with its time.
 *
 * @returns the weights in time order; a line that is none of these is a finding of the log
 */
export function readRolloutLog({ path, text }: SourceText): RolloutLogRead {
  const whole = parseJson(text)
  const records = 'value' in whole ? flattened(whole.value, { path }) : linesOf(text, path)
  const points: WeightPoint[] = []
  const findings: GradedFinding[] = []
  let isAborted = false
  for (const { value, location } of records) {
    const read = value === undefined ? undefined : pointOf(value)
    if (read === undefined) {
      findings.push({
        severity: 'inconclusive',
        code: 'ROLLOUT_RECORD_UNREAD',
        args: { line: location.line ?? null },
        location,
      })
    } else if (read === 'aborted') isAborted = true
    else if (read !== 'other') points.push({ ...read, location })
  }
  if (points.length === 0 && !isAborted) {
    const problem = 'it holds no share of the traffic with its time'
    const args = { path, problem }
    return {
      finding: {
        severity: 'inconclusive',
        code: 'ROLLOUT_LOG_UNREADABLE',
        args,
        location: { path },
      },
    }
  }
  points.sort((a, b) => a.timeMs - b.timeMs)
  return { log: { points, isAborted, findings } }
}

interface LogRecord {
  readonly value: JsonValue | undefined
  readonly location: Location
}

function flattened(value: JsonValue, location: Location): readonly LogRecord[] {
  if (isList(value)) return value.map((each) => ({ value: each, location }))
  const items = member(value, 'items')
  return isList(items) ? items.map((each) => ({ value: each, location })) : [{ value, location }]
}

function linesOf(text: string, path: string): readonly LogRecord[] {
  return text.split(/\r?\n/).flatMap((line, index): readonly LogRecord[] => {
    if (line.trim() === '') return []
    const parsed = parseJson(line)
    const location = { path, line: index + 1, column: 1 }
    return [{ value: 'value' in parsed ? parsed.value : undefined, location }]
  })
}

type Point = Omit<WeightPoint, 'location'> | 'aborted' | 'other' | undefined

function pointOf(value: JsonValue): Point {
  if (member(value, 'status') !== undefined) return statusPoint(value)
  if (member(value, 'reason') !== undefined) return eventPoint(value)
  const timeMs = momentOf(stringOf(member(value, 'time')))
  const weight = weightOf(member(value, 'weight'))
  return timeMs === undefined || weight === undefined ? undefined : { timeMs, weight }
}

function weightOf(value: JsonValue | undefined): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value).replace(/\s*%$/, '')
  if (!/^\d+(\.\d+)?$/.test(text)) return undefined
  const weight = Number(text)
  return weight <= 100 ? weight : undefined
}

/** Events tell weights in their words; the end of a rollout is one too. */
function eventPoint(event: JsonValue): Point {
  const message = stringOf(member(event, 'message')) ?? ''
  const reason = stringOf(member(event, 'reason')) ?? ''
  const written = ['lastTimestamp', 'eventTime', 'firstTimestamp'].flatMap(
    (name) => stringOf(member(event, name)) ?? [],
  )
  const timeMs = momentOf(written[0])
  if (/^RolloutAborted$/.test(reason) || /^Rolling back /.test(message)) return 'aborted'
  const match = EVENT_WEIGHT.map((pattern) => pattern.exec(message)?.[1]).find(
    (found) => found !== undefined,
  )
  const isEnd = reason === 'RolloutCompleted' || /^Promotion completed/.test(message)
  const weight = isEnd ? 100 : weightOf(match)
  if (weight === undefined) return 'other'
  return timeMs === undefined ? undefined : { timeMs, weight }
}
