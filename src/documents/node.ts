import type { Location } from '../core/evidence.ts'
import type { SourceText } from './source-text.ts'

/** A value of a YAML or JSON file with the offsets where it begins and ends. */
export type DocumentNode = MapNode | ListNode | ScalarNode

interface Placed {
  readonly source: SourceText
  readonly start: number
  readonly end: number
}

export interface MapNode extends Placed {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Entry>
}

export interface Entry {
  readonly keyStart: number
  readonly value: DocumentNode
}

export interface ListNode extends Placed {
  readonly kind: 'list'
  readonly items: readonly DocumentNode[]
}

export interface ScalarNode extends Placed {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  /** The value as text: digits as they are written, nothing for null. */
  readonly text: string
  /** Where the characters of the value begin: behind the header of a block. */
  readonly contentStart: number
}

/** Why a text is not what its name says. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'
  readonly place: Location
  constructor(place: Location, reason: string) {
    super(reason)
    this.place = place
  }
}

/** Where a node begins. */
export function placeOf(node: DocumentNode): Location {
  return node.source.locationOf(node.start)
}

/** What stands under a path of keys; `undefined` when a step is not there or leads into no map. */
export function at(
  node: DocumentNode | undefined,
  ...keys: readonly string[]
): DocumentNode | undefined {
  let found = node
  for (const key of keys) found = found?.kind === 'map' ? found.entries.get(key)?.value : undefined
  return found
}

/** The place of a key, or of the map when it does not have the key. */
export function keyPlace(node: DocumentNode, key: string): Location {
  const entry = node.kind === 'map' ? node.entries.get(key) : undefined
  return node.source.locationOf(entry?.keyStart ?? node.start)
}

/** The keys and values of a map under a path of keys; none when there is no map. */
export function entriesAt(
  node: DocumentNode | undefined,
  ...keys: readonly string[]
): readonly (readonly [string, Entry])[] {
  const found = at(node, ...keys)
  return found?.kind === 'map' ? [...found.entries] : []
}

/** The items of a list under a path of keys; none when there is no list. */
export function itemsAt(
  node: DocumentNode | undefined,
  ...keys: readonly string[]
): readonly DocumentNode[] {
  const found = at(node, ...keys)
  return found?.kind === 'list' ? found.items : []
}

/** A scalar under a path of keys that is not null. */
export function scalarAt(
  node: DocumentNode | undefined,
  ...keys: readonly string[]
): ScalarNode | undefined {
  const found = at(node, ...keys)
  return found?.kind === 'scalar' && found.value !== null ? found : undefined
}

/** The text of a scalar under a path of keys; `undefined` for null, maps and lists. */
export function textAt(
  node: DocumentNode | undefined,
  ...keys: readonly string[]
): string | undefined {
  return scalarAt(node, ...keys)?.text
}

/** Whether a scalar under a path of keys says `true`. */
export function isTrue(node: DocumentNode | undefined, ...keys: readonly string[]): boolean {
  return scalarAt(node, ...keys)?.value === true
}

/**
 * The place in the file of a character of a scalar's value. The value and the way it is written are
 * walked together, so that folded lines, indentation, quotes and escapes are stepped over. O(length).
 */
export function placeInside(node: ScalarNode, offset: number): Location {
  const written = node.source.text
  let at = node.contentStart
  for (let index = 0; index < offset && index < node.text.length; index += 1) {
    at = behind(written, at, node.end, node.text.charCodeAt(index))
  }
  return node.source.locationOf(Math.min(nextVisible(node, at, offset), node.end))
}

/** Where a character that is not blank stands, at or behind an offset. */
function nextVisible(node: ScalarNode, at: number, offset: number): number {
  const wanted = node.text.charCodeAt(offset)
  if (Number.isNaN(wanted) || isBlank(wanted)) return at
  return Math.max(at, behind(node.source.text, at, node.end, wanted) - 1)
}

function behind(written: string, from: number, end: number, code: number): number {
  if (isBlank(code)) return from
  let at = from
  while (at < end && written.charCodeAt(at) !== code) at += isEscapedBlank(written, at) ? 2 : 1
  return at < end ? at + 1 : from
}

function isEscapedBlank(written: string, at: number): boolean {
  return written[at] === '\\' && /[nrt]/.test(written[at + 1] ?? '')
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d)
}
