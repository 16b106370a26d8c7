import { InvalidArgumentError } from 'commander'
import { hintOfName } from './unknown-name.ts'

/** Parsers of option values. What is not exactly a number is refused, never read as its first part. */

interface Bounds {
  readonly min?: number
  readonly max?: number
  /** Whether the bounds themselves are refused. */
  readonly isOpen?: boolean
}

/** One of `choices`. A list of them is collected from a repeated or variadic option. */
export function parseChoice<T extends string>(choices: readonly T[]): (text: string) => T {
  return (text) => {
    const chosen = choices.find((choice) => choice === text)
    if (chosen === undefined) throw new InvalidArgumentError(hintOfName(text, choices))
    return chosen
  }
}

export function parseChoices<T extends string>(
  choices: readonly T[],
): (text: string, earlier: readonly T[] | undefined) => readonly T[] {
  const parse = parseChoice(choices)
  return (text, earlier) => [...(earlier ?? []), parse(text)]
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

export function parseNumber(bounds: Bounds): (text: string) => number {
  return (text) => {
    if (!DECIMAL.test(text)) {
      const hint = /^[+-]?\d+,\d+$/.test(text) ? ' Use a point for decimals.' : ''
      throw new InvalidArgumentError(`It is not a number.${hint}`)
    }
    return within(Number(text), bounds)
  }
}

export function parseInteger(bounds: Bounds): (text: string) => number {
  return (text) => {
    if (!/^[+-]?\d+$/.test(text)) throw new InvalidArgumentError('It is not a whole number.')
    const value = Number(text)
    if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('It is too large.')
    return within(value, bounds)
  }
}

function within(
  value: number,
  { min = -Infinity, max = Infinity, isOpen = false }: Bounds,
): number {
  const isInside = isOpen ? value > min && value < max : value >= min && value <= max
  if (isInside && Number.isFinite(value)) return value
  throw new InvalidArgumentError(
    isOpen
      ? `It must lie between ${String(min)} and ${String(max)}, both excluded.`
      : `It must be ${rangeText(min, max)}.`,
  )
}

function rangeText(min: number, max: number): string {
  if (max === Infinity) return `at least ${String(min)}`
  return `from ${String(min)} to ${String(max)}`
}

/** An ISO day that exists: `2026-02-30` is refused, not read as March 2. */
export function parseDay(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const time = isDay ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError('It is not a day such as 2026-11-24.')
  }
  return text
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/

/** An ISO day, or an instant of UTC such as `2026-11-24T10:00:00Z`. */
export function parseInstant(text: string): string {
  const day = INSTANT.exec(text)?.[1]
  if (day === undefined) return parseDay(text)
  parseDay(day)
  const time = Date.parse(text)
  // The hour 24 is read as the next day.
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(day)) {
    throw new InvalidArgumentError('It is not an instant such as 2026-11-24T10:00:00Z.')
  }
  return text
}

/** Words of a person: an empty text says nothing, and a line break would hide the rest of it. */
export function parseText(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') throw new InvalidArgumentError('It is empty.')
  if (/[\r\n]/.test(trimmed)) throw new InvalidArgumentError('It has more than one line.')
  return trimmed
}

/** `a,b` as a list; an empty part is a slip of the keyboard, not a column without a name. */
export function parseNames(text: string): readonly string[] {
  const names = text.split(',')
  if (names.some((name) => name === '')) {
    throw new InvalidArgumentError('It has an empty name between commas.')
  }
  return names
}

/** Collects a repeatable option. */
export function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value]
}
