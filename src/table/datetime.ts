/** The layouts of ISO 8601 that are read; one column has one of them. */
export type DatetimeLayout = 'date' | 'local' | 'zoned'

/** A reader of dates that keeps the answer of the last call, so that no object is made per cell. */
export interface DatetimeReader {
  /** The layout of a text, or `undefined` when it is not a date. */
  read(text: string): DatetimeLayout | undefined
  /** Milliseconds since 1970-01-01 UTC; a text without a zone is taken as UTC. */
  value: number
}

const ZERO = 48
const HYPHEN = 45
const COLON = 58
const SPACE = 32
const CAPITAL_T = 84
const POINT = 46
const COMMA = 44

const MS_PER_MINUTE = 60_000
const MOST_FRACTION_DIGITS = 9

const ZONE = /^(?:Z|[+-]\d{2}(?::?\d{2})?)$/

/**
 * Makes a strict reader of ISO 8601 dates and times: `2026-11-24`, `2026-11-24T10:05`,
 * `2026-11-24 10:05:00.25Z`, `…+02:00`. Days that are not in the calendar and times that are not on
 * the clock are refused.
 *
 * Complexity: O(length) per call. Source: ISO 8601-1:2019, extended format.
 */
export function datetimeReader(): DatetimeReader {
  const midnights = midnightReader()
  const reader: DatetimeReader = {
    value: 0,
    read: (text) => {
      const { length } = text
      // Cheaper than reading digits of the many cells that are not dates.
      if (length < 10 || text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN) {
        return undefined
      }
      const midnight = midnights(text)
      if (Number.isNaN(midnight)) return undefined
      if (length === 10) {
        reader.value = midnight
        return 'date'
      }
      const mark = text.charCodeAt(10)
      const hour = twoDigits(text, 11)
      const minute = twoDigits(text, 14)
      const hasMark = (mark === CAPITAL_T || mark === SPACE) && text.charCodeAt(13) === COLON
      if (!hasMark || !(hour < 24) || !(minute < 60)) return undefined
      let time = (hour * 60 + minute) * MS_PER_MINUTE
      let at = 16
      if (text.charCodeAt(at) === COLON) {
        const second = twoDigits(text, at + 1)
        // A leap second is the first of the next minute.
        if (!(second <= 60)) return undefined
        time += second * 1000
        at += 3
        const point = text.charCodeAt(at)
        if (point === POINT || point === COMMA) {
          const end = endOfDigits(text, at + 1)
          if (end === at + 1 || end > at + 1 + MOST_FRACTION_DIGITS) return undefined
          time += Number(`0.${text.slice(at + 1, end)}`) * 1000
          at = end
        }
      }
      reader.value = midnight + time
      if (at === length) return 'local'
      const shift = offset(text.slice(at))
      reader.value -= shift
      return Number.isNaN(shift) ? undefined : 'zoned'
    },
  }
  return reader
}

/** Gives the start of the day that a text begins with, or NaN; consecutive rows often share theirs. */
function midnightReader(): (text: string) => number {
  let lastDay = NaN
  let lastMidnight = NaN
  return (text) => {
    const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
    const month = twoDigits(text, 5)
    const day = twoDigits(text, 8)
    const key = (year * 100 + month) * 100 + day
    if (key === lastDay) return lastMidnight
    const start = new Date(0)
    // Date.UTC takes the years 0 to 99 for those of the last century.
    const midnight = start.setUTCFullYear(year, month - 1, day)
    const isInCalendar = start.getUTCMonth() === month - 1 && start.getUTCDate() === day
    lastDay = key
    lastMidnight = isInCalendar ? midnight : NaN
    return lastMidnight
  }
}

/** The number at `at`, or NaN when two digits do not stand there. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO
  const ones = text.charCodeAt(at + 1) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN
}

function endOfDigits(text: string, start: number): number {
  let end = start
  while (text.charCodeAt(end) >= ZERO && text.charCodeAt(end) <= ZERO + 9) end++
  return end
}

/** The milliseconds that a zone is ahead of UTC, or NaN when it is none. */
function offset(zone: string): number {
  if (zone === 'Z') return 0
  if (!ZONE.test(zone)) return NaN
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', ''))
  if (hours > 18 || minutes > 59) return NaN
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * MS_PER_MINUTE
}
