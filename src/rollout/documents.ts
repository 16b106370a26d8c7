import type { Node } from 'yaml'
import type { Location } from '../core/evidence.ts'
import type { SourceText, Value } from './located.ts'

/** A plan or flag file has some kilobytes, a large export of flags a few hundred. */
const MAX_CHARACTERS = 2 * 1024 * 1024
/** The parser takes about a kilobyte for each. */
const VALUE_LIMIT = 100_000
const DEPTH_LIMIT = 64

/** Why a text was not read, and where that shows. */
export interface Unread {
  readonly problem: string
  readonly location: Location
}

export type DocumentsRead = { readonly documents: readonly Value[] } | Unread

/** What stops the conversion of a document. */
class Refusal extends Error {
  readonly offset: number
  constructor(offset: number, problem: string) {
    super(problem)
    this.offset = offset
  }
}

/**
 * Reads the YAML 1.2 documents of a text, JSON included, with the place of every value. Tags are
 * left out (`!Ref Name` is the text `Name`), empty documents too.
 *
 * @returns what stands there, or the first problem: broken syntax, a key that stands twice or is no
 * text, an alias, nesting beyond 64 levels, more than 2 MB
 */
export async function readDocuments({ path, text }: SourceText): Promise<DocumentsRead> {
  const { isMap, isScalar, isSeq, Lexer, LineCounter, parseAllDocuments } = await import('yaml')
  const lines = new LineCounter()
  const placeOf = (offset: number): Location => {
    const { line, col } = lines.linePos(offset)
    return { path, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const convert = (node: Node | null, around: number): Value => {
    const offset = node?.range?.[0] ?? around
    const location = placeOf(offset)
    if (node === null) return { kind: 'scalar', location, value: null, source: '' }
    if (isSeq(node)) {
      const items = node.items.map((item) => convert(item as Node | null, offset))
      return { kind: 'list', location, items }
    }
    if (isMap(node)) {
      const entries = new Map<string, Value>()
      for (const { key, value } of node.items) {
        const place = isScalar(key) ? (key.range?.[0] ?? offset) : offset
        if (!isScalar(key) || typeof key.value !== 'string') {
          throw new Refusal(place, 'a key is no text')
        }
        if (entries.has(key.value)) throw new Refusal(place, `the key ${key.value} stands twice`)
        entries.set(key.value, convert(value as Node | null, place))
      }
      return { kind: 'map', location, entries }
    }
    if (!isScalar(node)) throw new Refusal(offset, 'an alias stands here')
    const { value, source = '' } = node
    const isKept =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    return { kind: 'scalar', location, value: isKept ? value : null, source }
  }
  if (text.length > MAX_CHARACTERS) {
    return { problem: 'it is larger than 2 MB', location: { path } }
  }
  const excess = excessIn(new Lexer().lex(text))
  if (excess !== undefined) {
    return { problem: excess.problem, location: { path, line: excess.line } }
  }
  try {
    const parsed = parseAllDocuments(text, {
      version: '1.2',
      schema: 'core',
      prettyErrors: false,
      stringKeys: true,
      lineCounter: lines,
      // The library compares every key with every other one.
      uniqueKeys: false,
    })
    const documents = Array.isArray(parsed) ? parsed : []
    for (const { errors } of documents) {
      const [error] = errors
      if (error !== undefined) throw new Refusal(error.pos[0], error.message)
    }
    const contents = documents.flatMap(({ contents: root }) => (root === null ? [] : [root]))
    return { documents: contents.map((root) => convert(root, 0)).filter(isSaid) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { problem: error.message, location: placeOf(error.offset) }
  }
}

function isSaid(value: Value): boolean {
  return value.kind !== 'scalar' || value.value !== null
}

interface Excess {
  readonly problem: string
  readonly line: number
}

/** Before the parser, which takes gigabytes for a few megabytes of brackets or short values. */
function excessIn(tokens: Iterable<string>): Excess | undefined {
  let [flow, indicators, line, values] = [0, 0, 1, 0]
  let isScalarNext = false
  for (const token of tokens) {
    if (isScalarNext) isScalarNext = false
    else if (token === '\x1f') isScalarNext = true
    else if (/^[[\]{},?:-]$/.test(token)) {
      // An empty value stands behind each of them.
      values += 1
      if (token === '[' || token === '{') flow += 1
      else if (token === ']' || token === '}') flow -= 1
      else if (token === '-' || token === '?') indicators += 1
    } else if (token.endsWith('\n')) indicators = 0
    if (token.includes('\n')) line += token.split('\n').length - 1
    if (flow + indicators > DEPTH_LIMIT) return { problem: 'it is nested too deeply', line }
    if (values > VALUE_LIMIT) return { problem: 'it has too many values', line }
  }
  return undefined
}
