import { cellBytes, cellText } from './cell-text.ts'

/** The layouts of ISO 8601 that are read; one column has one of them. */
export type DatetimeLayout = 'date' | 'local' | 'zoned'

/** A reader of dates that keeps the answer of the last call, so that no object is made per cell. */
export interface DatetimeReader {
  /** The layout of a text, or `undefined` when it is not a date. */
  read(text: string): DatetimeLayout | undefined
  /** The same for the UTF-8 text from `start` to `end`. */
  readBytes(bytes: Uint8Array, start: number, end: number): DatetimeLayout | undefined
  /** Milliseconds since 1970-01-01 UTC; a text without a zone is taken as UTC. */
  value: number
}

const ZERO = 48
const HYPHEN = 45
const COLON = 58
const SPACE = 32
const CAPITAL_T = 84
const CAPITAL_Z = 90
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
      const bytes = cellBytes(text)
      return reader.readBytes(bytes, 0, bytes.length)
    },
    readBytes: (bytes, start, end) => {
      // Cheaper than reading digits of the many cells that are not dates.
      if (end - start < 10 || bytes[start + 4] !== HYPHEN || bytes[start + 7] !== HYPHEN) {
        return undefined
      }
      const midnight = midnights(bytes, start)
      if (Number.isNaN(midnight)) return undefined
      if (end - start === 10) {
        reader.value = midnight
        return 'date'
      }
      if (end - start < 16) return undefined
      const mark = bytes[start + 10]
      const hour = twoDigits(bytes, start + 11)
      const minute = twoDigits(bytes, start + 14)
      const hasMark = (mark === CAPITAL_T || mark === SPACE) && bytes[start + 13] === COLON
      if (!hasMark || !(hour < 24) || !(minute < 60)) return undefined
      let time = (hour * 60 + minute) * MS_PER_MINUTE
      let at = start + 16
      if (at < end && bytes[at] === COLON) {
        const second = at + 3 <= end ? twoDigits(bytes, at + 1) : NaN
        // A leap second is the first of the next minute.
        if (!(second <= 60)) return undefined
        time += second * 1000
        at += 3
        const point = at < end ? bytes[at] : 0
        if (point === POINT || point === COMMA) {
          const first = ++at
          let fraction = 0
          for (let digit = 0; at < end && isDigit((digit = bytes[at] as number)); at++)
            fraction = fraction * 10 + (digit - ZERO)
          if (at === first || at > first + MOST_FRACTION_DIGITS) return undefined
          time += (fraction * 1000) / 10 ** (at - first)
        }
      }
      reader.value = midnight + time
      if (at === end) return 'local'
      if (at === end - 1 && bytes[at] === CAPITAL_Z) return 'zoned'
      const shift = offset(cellText(bytes, at, end))
      reader.value -= shift
      return Number.isNaN(shift) ? undefined : 'zoned'
    },
  }
  return reader
}

/** Gives the start of the day that a text begins with, or NaN; consecutive rows often share theirs. */
function midnightReader(): (bytes: Uint8Array, start: number) => number {
  let lastDay = NaN
  let lastMidnight = NaN
  return (bytes, at) => {
    const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2)
    const month = twoDigits(bytes, at + 5)
    const day = twoDigits(bytes, at + 8)
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
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - ZERO
  const ones = (bytes[at + 1] as number) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9
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
