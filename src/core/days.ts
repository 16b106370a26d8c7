const MS_PER_DAY = 86_400_000

/** How many days lie between two days, written `2026-11-30`; negative when `to` is the earlier one. */
export function daysBetween(from: string, to: string): number {
  return Math.round((dayStart(to) - dayStart(from)) / MS_PER_DAY)
}

/** The day so many days after another, both written `2026-11-30`. */
export function dayAfter(day: string, days: number): string {
  return new Date(dayStart(day) + days * MS_PER_DAY).toISOString().slice(0, 10)
}

/** The UTC day of an instant such as `2026-11-30T10:00:00Z`, or of a day. */
export function dayOf(instant: string): string {
  return instant.slice(0, 10)
}

function dayStart(day: string): number {
  const start = Date.parse(`${day}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(start)) {
    throw new RangeError(`not a day: ${day}`)
  }
  return start
}
