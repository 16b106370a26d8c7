/** The layouts of ISO 8601 that are read; one column has one of them. */
export type DatetimeLayout = 'date' | 'local' | 'zoned'

/** A reader of dates that keeps the answer of the last call, so that no object is made per cell. */
export interface DatetimeReader {
  /** The layout of a text, or `undefined` when it is not a date. */
  read(text: string): DatetimeLayout | undefined
  /** Milliseconds since 1970-01-01 UTC; a text without a zone is taken as UTC. */
  value: number
}

const LAYOUT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/

/**
 * Makes a strict reader of ISO 8601 dates and times: `2026-11-24`, `2026-11-24T10:05`,
 * `2026-11-24 10:05:00.25Z`, `…+02:00`. Days that are not in the calendar and times that are not on
 * the clock are refused.
 *
 * Source: ISO 8601-1:2019, extended format.
 */
export function datetimeReader(): DatetimeReader {
  const reader: DatetimeReader = {
    value: 0,
    read: (text) => {
      // Cheaper than the pattern for the many cells that are not dates.
      if (text.length < 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45)
        return undefined
      const match = LAYOUT.exec(text)
      if (match === null) return undefined
      const [, year, month, day, hour, minute, second, fraction, zone] = match
      const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day))
      if (new Date(midnight).getUTCDate() !== Number(day) || Number(month) > 12) return undefined
      const time = clock(hour, minute, second, fraction)
      const shift = offset(zone)
      if (time === undefined || shift === undefined) return undefined
      reader.value = midnight + time - shift
      if (hour === undefined) return 'date'
      return zone === undefined ? 'local' : 'zoned'
    },
  }
  return reader
}

function clock(hour = '0', minute = '0', second = '0', fraction = ''): number | undefined {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)]
  if (h > 23 || m > 59 || s > 60) return undefined
  return ((h * 60 + m) * 60 + s) * 1000 + (fraction === '' ? 0 : Number(`0.${fraction}`) * 1000)
}

function offset(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', ''))
  if (hours > 18 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
