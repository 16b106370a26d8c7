import type { Location } from '../../core/evidence.ts'

/** A metric in a file that states some, before it is known which split and which metric is meant. */
export interface StatedMetric {
  readonly name: string
  /** `undefined` when the file does not say which split. */
  readonly split: string | undefined
  /** As written: a number, a text such as `81 %`, or JSON of anything else. */
  readonly value: number | string
  readonly interval?: readonly [low: number, high: number]
  readonly level?: number
  readonly source: Location
}

/** The property of an object; `undefined` of anything else. */
export function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

/** The list under a name; empty where there is none. */
export function list(value: unknown, name: string): readonly unknown[] {
  const found = property(value, name)
  return Array.isArray(found) ? found : []
}

/** A number, or a text that is one; files of some formats write all numbers as text. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** Two ends in order, or nothing: an interval that is none bounds nothing. */
export function intervalOf(low: unknown, high: unknown): readonly [number, number] | undefined {
  const [from, to] = [numberOf(low), numberOf(high)]
  return from !== undefined && to !== undefined && from <= to ? [from, to] : undefined
}
