/** The largest number of milliseconds that Prometheus can hold: 2^63 nanoseconds. */
const LARGEST = 9_223_372_036_854
const UNITS = [
  ['y', 31_536_000_000],
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const

const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/

/**
 * The seconds of a duration as Prometheus and Alertmanager write it: `90s`, `1h30m`, `7d`, `0`. A
 * year has 365 days. `undefined` for everything else (no unit, fractions, units out of order) and
 * beyond 292 years.
 */
export function durationSeconds(text: string): number | undefined {
  if (text === '0') return 0
  const found = DURATION.exec(text)
  if (text === '' || found === null) return undefined
  const milliseconds = UNITS.reduce(
    (sum, [, unit], index) => sum + Number(found[index + 1] ?? 0) * unit,
    0,
  )
  return milliseconds <= LARGEST ? milliseconds / 1000 : undefined
}
