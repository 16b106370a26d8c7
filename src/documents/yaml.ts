import type { Alias, Node } from 'yaml'
import { DocumentError, type DocumentNode, type Entry, type MapNode } from './node.ts'
import { SourceText } from './source-text.ts'
import { excessOf, type YamlBounds } from './yaml-bounds.ts'

/** A file nested deeper, or of more values, is no configuration. */
const BOUNDS: YamlBounds = { depth: 64, values: 200_000 }
const EXCESS = { depth: 'nested too deeply', values: 'too many values' } as const
/** What all aliases together may repeat. */
const REPEATED_LIMIT = 20_000

export interface YamlOptions {
  readonly bounds?: YamlBounds
  /** Whether aliases and merge keys are resolved; else an alias is refused, and `<<` is a key. */
  readonly sharing?: boolean
}

/**
 * Reads the documents of a YAML 1.2 file with the place of every value. Aliases and merge keys are
 * resolved, as the programs that read such files do; documents without content are left out.
 *
 * @param path how places name the file
 * @throws DocumentError for what is not YAML, for keys that stand twice and for what is beyond its bounds
 */
export async function parseYamlDocuments(
  path: string,
  text: string,
  { bounds = BOUNDS, sharing = true }: YamlOptions = {},
): Promise<readonly DocumentNode[]> {
  const { isAlias, isMap, isScalar, isSeq, Lexer, parseAllDocuments } = await import('yaml')
  const source = new SourceText(path, text)
  const refuse = (offset: number, reason: string): never => {
    throw new DocumentError(source.locationOf(offset), reason)
  }
  const excess = excessOf(new Lexer().lex(text), bounds)
  if (excess !== undefined) refuse(excess.offset, EXCESS[excess.bound])
  const parsed = parseAllDocuments(text, {
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    stringKeys: true,
    // The library compares every key with every other one.
    uniqueKeys: false,
  })
  const documents = Array.isArray(parsed) ? parsed : []
  return documents.flatMap((document) => {
    const [problem] = document.errors
    if (problem !== undefined) refuse(problem.pos[0], `not YAML: ${problem.message}`)
    const anchors = new Map<string, DocumentNode>()
    let repeated = 0

    const resolve = (alias: Alias): DocumentNode => {
      const start = alias.range?.[0] ?? 0
      if (!sharing) refuse(start, 'an alias stands here')
      const target =
        anchors.get(alias.source) ?? refuse(start, `no anchor &${alias.source} stands before`)
      repeated += sizeOf(target)
      if (repeated > REPEATED_LIMIT) refuse(start, 'aliases repeat too much')
      return target
    }

    const convert = (node: Node | null, around: number): DocumentNode => {
      if (node !== null && isAlias(node)) return resolve(node)
      const [start, end] = node?.range ?? [around, around]
      const made = make(node, start, end)
      if (node !== null && 'anchor' in node && typeof node.anchor === 'string') {
        anchors.set(node.anchor, made)
      }
      return made
    }

    const make = (node: Node | null, start: number, end: number): DocumentNode => {
      if (isSeq(node)) {
        const items = node.items.map((item) => convert(item as Node | null, start))
        return { kind: 'list', source, start, end, items }
      }
      if (isMap(node)) {
        const entries = new Map<string, Entry>()
        for (const { key, value } of node.items) {
          const keyStart = isScalar(key) ? (key.range?.[0] ?? start) : start
          const name = isScalar(key) ? String(key.value) : ''
          if (entries.has(name)) refuse(keyStart, `the key ${name} stands twice`)
          entries.set(name, { keyStart, value: convert(value as Node | null, keyStart) })
        }
        const map: MapNode = { kind: 'map', source, start, end, entries }
        return sharing ? merged(map) : map
      }
      if (!isScalar(node)) return emptyScalar(source, start)
      const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED'
      const isQuoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE'
      const value = plainValue(node.value)
      return {
        kind: 'scalar',
        source,
        start,
        end,
        value,
        text: value === null ? '' : isBlock || isQuoted ? String(value) : (node.source ?? ''),
        contentStart: isBlock ? text.indexOf('\n', start) + 1 : isQuoted ? start + 1 : start,
      }
    }

    return document.contents === null ? [] : [convert(document.contents, 0)]
  })
}

function emptyScalar(source: SourceText, start: number): DocumentNode {
  return { kind: 'scalar', source, start, end: start, value: null, text: '', contentStart: start }
}

function plainValue(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value
  }
  return null
}

/** The map with what its merge key brings; its own keys win, then the earlier of several maps. */
function merged(map: MapNode): MapNode {
  const merge = map.entries.get('<<')
  if (merge === undefined) return map
  const entries = new Map(map.entries)
  entries.delete('<<')
  const sources = merge.value.kind === 'list' ? merge.value.items : [merge.value]
  for (const from of sources) {
    if (from.kind !== 'map') continue
    for (const [key, entry] of from.entries) if (!entries.has(key)) entries.set(key, entry)
  }
  return { ...map, entries }
}

function sizeOf(node: DocumentNode): number {
  if (node.kind === 'scalar') return 1
  const inside = node.kind === 'list' ? node.items : [...node.entries.values()].map((e) => e.value)
  return inside.reduce((sum, child) => sum + sizeOf(child), 1)
}
