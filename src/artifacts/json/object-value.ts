import { record } from '../inspection.ts'
import type { ObjectValue } from '../object-facts.ts'

/** Values deeper than this are of no format that is read here. */
const DEPTH = 64

/** A JSON value as a value of an object; objects in it have no class. */
export function jsonValue(value: unknown, depth = 0): ObjectValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value
  if (typeof value === 'string') return value
  if (depth > DEPTH || typeof value !== 'object') return { kind: 'opaque', class: typeof value }
  if (Array.isArray(value)) return value.map((each: unknown) => jsonValue(each, depth + 1))
  const entries = Object.entries(value).map(
    ([name, each]: [string, unknown]) => [name, jsonValue(each, depth + 1)] as const,
  )
  return record('dict', Object.fromEntries(entries))
}
