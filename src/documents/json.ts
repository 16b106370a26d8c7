import { DocumentError, type DocumentNode, type Entry } from './node.ts'
import { SourceText } from './source-text.ts'

/** A dashboard has some ten levels. */
const DEPTH_LIMIT = 200

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y
const BLANKS = /[ \t\r\n]*/y
const WORDS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
])

/**
 * Reads JSON with the place of every value. Of a key that stands twice the last value counts, as it
 * does for every program that reads such files.
 *
 * @param path how places name the file
 * @throws DocumentError for what is not JSON, and for nesting beyond 200 levels
 */
export function parseJsonDocument(path: string, text: string): DocumentNode {
  const source = new SourceText(path, text)
  let at = text.startsWith('\uFEFF') ? 1 : 0
  const fail = (reason: string): never => {
    throw new DocumentError(source.locationOf(at), reason)
  }
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    at += found?.length ?? 0
    return found
  }
  const skip = (): string => {
    match(BLANKS)
    return text[at] ?? ''
  }
  const expect = (mark: string): void => {
    if (skip() !== mark) fail(`not JSON: \`${mark}\` is missing`)
    at += 1
  }
  const string = (): string => {
    skip()
    const written = match(STRING) ?? fail('not JSON: a text in double quotes is missing')
    return written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1)
  }
  /** The members between two brackets; `read` takes one. */
  const members = (close: string, read: () => void): void => {
    at += 1
    if (skip() !== close) {
      do read()
      while (skip() === ',' && (at += 1))
    }
    expect(close)
  }
  const value = (depth: number): DocumentNode => {
    if (depth > DEPTH_LIMIT) fail('nested too deeply')
    const first = skip()
    const start = at
    if (first === '{') {
      const entries = new Map<string, Entry>()
      members('}', () => {
        skip()
        const keyStart = at
        const key = string()
        expect(':')
        entries.set(key, { keyStart, value: value(depth + 1) })
      })
      return { kind: 'map', source, start, end: at, entries }
    }
    if (first === '[') {
      const items: DocumentNode[] = []
      members(']', () => items.push(value(depth + 1)))
      return { kind: 'list', source, start, end: at, items }
    }
    if (first === '"') {
      const read = string()
      return scalar(start, read, read, start + 1)
    }
    const number = match(NUMBER)
    if (number !== undefined) return scalar(start, Number(number), number, start)
    for (const [word, meant] of WORDS) {
      if (!text.startsWith(word, at)) continue
      at += word.length
      return scalar(start, meant, meant === null ? '' : word, start)
    }
    return fail('not JSON: a value is missing')
  }
  const scalar = (
    start: number,
    read: string | number | boolean | null,
    written: string,
    contentStart: number,
  ): DocumentNode => ({
    kind: 'scalar',
    source,
    start,
    end: at,
    value: read,
    text: written,
    contentStart,
  })
  const root = value(0)
  if (skip() !== '') fail('not JSON: more follows behind the value')
  return root
}
