import type { JsonValue, Location } from '../core/evidence.ts'

export type ScalarValue = string | number | boolean | null

/** A mapping with the place where it begins. */
export interface MapValue {
  readonly kind: 'map'
  readonly location: Location
  readonly entries: ReadonlyMap<string, Value>
}

/** A value of a YAML or JSON text with the place where it begins; an empty one stands at its key. */
export type Value =
  | MapValue
  | { readonly kind: 'list'; readonly location: Location; readonly items: readonly Value[] }
  | {
      readonly kind: 'scalar'
      readonly location: Location
      readonly value: ScalarValue
      /** As it is written: `1.10` for the number 1.1. */
      readonly source: string
    }

/** A text with the name that messages and locations give it. */
export interface SourceText {
  readonly path: string
  readonly text: string
}

/** What stands under a path of keys; `undefined` when a step is not there or leads into no mapping. */
export function at(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  let found = value
  for (const key of keys) found = found?.kind === 'map' ? found.entries.get(key) : undefined
  return found
}

/** Whether a mapping has a key, be its value empty or not. */
export function has(value: Value | undefined, key: string): boolean {
  return value?.kind === 'map' && value.entries.has(key)
}

/** The items of a list; none when there is no list. */
export function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.items : []
}

/** The keys and values of a mapping; none when there is no mapping. */
export function entriesOf(value: Value | undefined): readonly (readonly [string, Value])[] {
  return value?.kind === 'map' ? [...value.entries] : []
}

/** A scalar as text, numbers as they are written; `undefined` for an empty value and for any other kind. */
export function textOf(value: Value | undefined): string | undefined {
  if (value?.kind !== 'scalar' || value.value === null) return undefined
  return typeof value.value === 'string' ? value.value : value.source
}

/** A finite number, also one in quotes; `undefined` for anything else. */
export function numberOf(value: Value | undefined): number | undefined {
  const text = textOf(value)
  if (text === undefined || !/^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(text.trim())) {
    return undefined
  }
  const number = Number(text)
  return Number.isFinite(number) ? number : undefined
}

/** `true` or `false`, also in quotes; `undefined` for anything else. */
export function booleanOf(value: Value | undefined): boolean | undefined {
  const text = textOf(value)
  return text === 'true' ? true : text === 'false' ? false : undefined
}

/** A value without its places. */
export function plainOf(value: Value): JsonValue {
  if (value.kind === 'scalar') return value.value
  if (value.kind === 'list') return value.items.map(plainOf)
  return Object.fromEntries([...value.entries].map(([key, each]) => [key, plainOf(each)]))
}
