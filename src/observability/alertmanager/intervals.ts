import { at, itemsAt, textAt, type DocumentNode } from '../../documents/node.ts'

/** How much of a week a named interval covers, whatever the date is. */
export type Coverage = 'always' | 'never' | 'sometimes'

const DAY = 1440
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
]
/** A bound on years that far apart bounds nothing. */
const ENDLESS_YEARS = 50

/** The named time intervals of a configuration, under the present and the former key. */
export function readIntervals(root: DocumentNode): ReadonlyMap<string, Coverage> {
  const nodes = [...itemsAt(root, 'time_intervals'), ...itemsAt(root, 'mute_time_intervals')]
  return new Map(
    nodes.map((node) => [textAt(node, 'name') ?? '', coverageOf(itemsAt(node, 'time_intervals'))]),
  )
}

/**
 * Whether intervals together cover every minute of every week, or none. Times that only hold on some
 * days of the month, in some months or in some years never make up `always`.
 */
export function coverageOf(intervals: readonly DocumentNode[]): Coverage {
  if (intervals.length === 0) return 'never'
  const week = new Uint8Array(7 * DAY)
  for (const interval of intervals) {
    if (isBoundByDate(interval)) continue
    for (const day of weekdaysOf(interval)) {
      for (const [from, to] of timesOf(interval)) week.fill(1, day * DAY + from, day * DAY + to)
    }
  }
  return week.every((minute) => minute === 1) ? 'always' : 'sometimes'
}

function isBoundByDate(interval: DocumentNode): boolean {
  const years = rangesOf(interval, 'years', Number)
  return (
    !isWhole(rangesOf(interval, 'days_of_month', dayOfMonth), 1, 31) ||
    !isWhole(rangesOf(interval, 'months', monthNumber), 1, 12) ||
    !(years.length === 0 || years.some(([from, to]) => to - from >= ENDLESS_YEARS))
  )
}

function isWhole(
  ranges: readonly (readonly [number, number])[],
  first: number,
  last: number,
): boolean {
  if (ranges.length === 0) return true
  for (let value = first; value <= last; value += 1) {
    if (!ranges.some(([from, to]) => from <= value && value <= to)) return false
  }
  return true
}

function rangesOf(
  interval: DocumentNode,
  key: string,
  read: (text: string) => number,
): readonly (readonly [number, number])[] {
  return itemsAt(interval, key).map((item) => {
    const [from = '', to = from] = (textAt(item) ?? '').toLowerCase().split(':')
    return [read(from.trim()), read(to.trim())] as const
  })
}

/** Negative days count from the end; the shortest month decides what that covers for certain. */
function dayOfMonth(text: string): number {
  const day = Number(text)
  return day < 0 ? 32 + day : day
}

function monthNumber(text: string): number {
  const index = MONTHS.indexOf(text)
  return index === -1 ? Number(text) : index + 1
}

function weekdaysOf(interval: DocumentNode): readonly number[] {
  const ranges = rangesOf(interval, 'weekdays', (text) => WEEKDAYS.indexOf(text))
  const days = WEEKDAYS.map((_, day) => day)
  if (ranges.length === 0) return days
  return days.filter((day) => ranges.some(([from, to]) => from <= day && day <= to))
}

function timesOf(interval: DocumentNode): readonly (readonly [number, number])[] {
  const times = at(interval, 'times')
  if (times === undefined || times.kind !== 'list') return [[0, DAY]]
  return times.items.map((time) => [
    minutes(textAt(time, 'start_time') ?? ''),
    minutes(textAt(time, 'end_time') ?? ''),
  ])
}

function minutes(text: string): number {
  const [, hour, minute] = /^(\d{2}):(\d{2})$/.exec(text) ?? []
  return hour === undefined ? 0 : Number(hour) * 60 + Number(minute)
}
