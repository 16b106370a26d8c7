import type { Location } from '../core/evidence.ts'
import { DocumentError, placeOf, type DocumentNode } from '../documents/node.ts'
import { parseYamlDocuments } from '../documents/yaml.ts'
import type { YamlBounds } from '../documents/yaml-bounds.ts'
import type { SourceText, Value } from './located.ts'

/** A plan or flag file has some kilobytes, a large export of flags a few hundred. */
const MAX_CHARACTERS = 2 * 1024 * 1024
const BOUNDS: YamlBounds = {
  depth: 64,
  values: 100_000,
  // An empty value stands behind each of them.
  valuesIn: ({ marks, colons }) => marks + colons,
}

/** Why a text was not read, and where that shows. */
export interface Unread {
  readonly problem: string
  readonly location: Location
}

export type DocumentsRead = { readonly documents: readonly Value[] } | Unread

/**
 * Reads the YAML 1.2 documents of a text, JSON included, with the place of every value. Tags are
 * left out (`!Ref Name` is the text `Name`), empty documents too.
 *
 * @returns what stands there, or the first problem: broken syntax, a key that stands twice or is no
 * text, an alias, nesting beyond 64 levels, more than 2 MB
 */
export async function readDocuments({ path, text }: SourceText): Promise<DocumentsRead> {
  if (text.length > MAX_CHARACTERS) {
    return { problem: 'it is larger than 2 MB', location: { path } }
  }
  try {
    const roots = await parseYamlDocuments(path, text, { bounds: BOUNDS, sharing: false })
    return { documents: roots.map(valueOf).filter(isSaid) }
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    return { problem: error.message, location: error.place }
  }
}

function valueOf(node: DocumentNode): Value {
  const location = placeOf(node)
  if (node.kind === 'list') return { kind: 'list', location, items: node.items.map(valueOf) }
  if (node.kind === 'scalar') {
    return { kind: 'scalar', location, value: node.value, source: node.text }
  }
  const entries = [...node.entries].map(([key, { value }]) => [key, valueOf(value)] as const)
  return { kind: 'map', location, entries: new Map(entries) }
}

function isSaid(value: Value): boolean {
  return value.kind !== 'scalar' || value.value !== null
}
