/** Digits after the second, by unit of time. */
const FRACTION_DIGITS: Readonly<Record<string, number>> = { s: 0, ms: 3, us: 6, ns: 9 }
const SECONDS: Readonly<Record<string, bigint>> = { m: 60n, h: 3600n, D: 86_400n, W: 604_800n }

/** Days beyond which JavaScript has no date. */
const MAX_SECONDS = 8_640_000_000_000n

/**
 * A `datetime64` as numpy prints it: `2024-01-31` for days, `2024-01-31T10:00:00.000000001` for nanoseconds.
 *
 * @param count - Units since 1970-01-01.
 * @returns `undefined` for units that are not plain, and years that need more than four digits.
 */
export function datetimeText(count: bigint, unit = ''): string | undefined {
  if (unit === 'Y' || unit === 'M') {
    const months = unit === 'Y' ? count * 12n : count
    const year = 1970n + floorDivide(months, 12n)
    if (year < 0n || year > 9999n) return undefined
    const yearText = String(year).padStart(4, '0')
    const month = String(months - floorDivide(months, 12n) * 12n + 1n).padStart(2, '0')
    return unit === 'Y' ? yearText : `${yearText}-${month}`
  }
  const whole = SECONDS[unit]
  const digits = FRACTION_DIGITS[unit]
  if (whole !== undefined) return calendarText(count * whole, unit)
  if (digits === undefined) return undefined
  const perSecond = 10n ** BigInt(digits)
  const seconds = floorDivide(count, perSecond)
  const clock = calendarText(seconds, unit)
  const fraction = String(count - seconds * perSecond).padStart(digits, '0')
  return clock !== undefined && digits > 0 ? `${clock}.${fraction}` : clock
}

function calendarText(seconds: bigint, unit: string): string | undefined {
  if (seconds > MAX_SECONDS || seconds < -MAX_SECONDS) return undefined
  const iso = new Date(Number(seconds) * 1000).toISOString()
  if (!/^\d{4}-/.test(iso)) return undefined
  if (unit === 'D' || unit === 'W') return iso.slice(0, 10)
  if (unit === 'h') return iso.slice(0, 13)
  return unit === 'm' ? iso.slice(0, 16) : iso.slice(0, 19)
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient
}
