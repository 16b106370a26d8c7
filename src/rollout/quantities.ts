import { numberOf, textOf, type Value } from './located.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
}

const PARTS = /^(?:\d+(?:\.\d+)?(?:ms|min|s|m|h|d|w))+$/
const PART = /(\d+(?:\.\d+)?)(ms|min|s|m|h|d|w)/g

/**
 * `30s`, `10m`, `1h30m`, `7d` in milliseconds; a number without a unit counts seconds, as in
 * Kubernetes.
 *
 * @returns `undefined` for what is no duration
 */
export function durationOf(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? ''
  if (/^\d+$/.test(trimmed)) return Number(trimmed) * 1000
  if (!PARTS.test(trimmed)) return undefined
  return [...trimmed.matchAll(PART)].reduce(
    (sum, [, amount = '', unit = '']) => sum + Number(amount) * (UNITS[unit] ?? Number.NaN),
    0,
  )
}

/** A duration with its unit, as our own files write it: a bare number could be anything. */
export function statedDurationOf(value: Value | undefined): number | undefined {
  const text = textOf(value)
  return text !== undefined && /^\d+$/.test(text.trim()) ? undefined : durationOf(text)
}

/** `5`, `5%` or `"5"` as a percentage from 0 to 100; `undefined` for anything else. */
export function percentOf(value: Value | undefined): number | undefined {
  const [, digits] = /^\s*(\d+(?:\.\d+)?)\s*%?\s*$/.exec(textOf(value) ?? '') ?? []
  const percent = digits === undefined ? undefined : Number(digits)
  return percent !== undefined && percent <= 100 ? percent : undefined
}

/** A whole number of at least 0; `undefined` for anything else. */
export function countOf(value: Value | undefined): number | undefined {
  const number = numberOf(value)
  return number !== undefined && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}
