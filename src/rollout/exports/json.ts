import type { JsonValue } from '../../core/evidence.ts'

type JsonObject = Readonly<Record<string, JsonValue>>

/** Parses JSON, with or without a byte-order mark, or says why a text is none. */
export function parseJson(
  text: string,
): { readonly value: JsonValue } | { readonly problem: string } {
  if (text.trim() === '') return { problem: 'it is empty' }
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) as JsonValue }
  } catch {
    return { problem: 'it is not JSON' }
  }
}

/** A member of an object; `undefined` for other values and for inherited names. */
export function member(
  value: JsonValue | undefined,
  ...names: readonly string[]
): JsonValue | undefined {
  let found = value
  for (const name of names) {
    found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined
  }
  return found
}

/** The entries of a list; none when there is no list. */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isList(value) ? value : []
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text that is not empty. */
export function stringOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The members of an object that are texts. */
export function labelsOf(value: JsonValue | undefined): ReadonlyMap<string, string> {
  const pairs = isObject(value) ? Object.entries(value) : []
  return new Map(
    pairs.flatMap(([name, label]) => (typeof label === 'string' ? [[name, label]] : [])),
  )
}
