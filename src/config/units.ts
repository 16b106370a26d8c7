const SIZE_UNITS: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
}

const DURATION_UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

const MS_PER_DAY = 86_400_000

const QUANTITY = /^(\d+(?:\.\d+)?(?:[eE]\d+)?)\s*([A-Za-z]*)$/

/** A parsed number with a unit, or the sentence that says what is wrong with it. */
export type Parsed = { readonly value: number } | { readonly problem: string }

/** `50MiB`, `1 GB`, `512 B` in bytes: powers of 1000 without an `i`, powers of 1024 with one. */
export function parseSize(text: string): Parsed {
  return parseQuantity(text, SIZE_UNITS, 'a size such as 50MiB or 1GB')
}

/** `50ms`, `30s`, `10m`, `12h`, `7d`, `2w` in milliseconds; `m` is minutes. */
export function parseDuration(text: string): Parsed {
  return parseQuantity(text, DURATION_UNITS, 'a duration such as 50ms, 30s, 10m, 12h or 90d')
}

/** `7d` or `4w` in days. */
export function parseDays(text: string): Parsed {
  const parsed = parseDuration(text)
  if ('problem' in parsed) return parsed
  const value = parsed.value / MS_PER_DAY
  if (Number.isInteger(value) && value > 0) return { value }
  return { problem: 'expected whole days, such as 1d, 7d or 4w' }
}

function parseQuantity(
  text: string,
  units: Readonly<Record<string, number>>,
  expected: string,
): Parsed {
  const [, amount, unit] = QUANTITY.exec(text.trim()) ?? []
  if (amount === undefined || unit === undefined) return { problem: `expected ${expected}` }
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined
  if (factor === undefined) {
    const what = unit === '' ? 'a unit is missing' : `the unit ${unit} is not known`
    return { problem: `expected ${expected}: ${what}; units are ${Object.keys(units).join(', ')}` }
  }
  const value = Number(amount) * factor
  if (!Number.isFinite(value)) return { problem: `expected ${expected}: the number is too large` }
  return { value }
}

/** Whether text is a day of the calendar, written `2026-11-30`. */
export function isIsoDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
