import type { AST } from 'toml-eslint-parser'
import { LockSyntaxError, type Located } from './located.ts'

type Growing =
  | { kind: 'table'; line: number; entries: Map<string, Growing> }
  | { kind: 'list'; line: number; items: Growing[] }
  | Extract<Located, { kind: 'scalar' }>
type GrowingTable = Extract<Growing, { kind: 'table' }>

/** A file nested deeper is no lock file; the parser recurses. */
const DEPTH_LIMIT = 64
/** The parser takes about two kilobytes for each; a lock file of 5 MB has some 170 000. */
const SIGN_LIMIT = 250_000

/**
 * Reads TOML with the line of every value; a table begins at its header.
 *
 * @throws LockSyntaxError for what is not TOML
 */
export async function parseToml(text: string): Promise<Located> {
  refuseExcess(text)
  const { parseTOML } = await import('toml-eslint-parser')
  const [top] = parsed(() => parseTOML(text)).body
  const root: GrowingTable = { kind: 'table', line: 1, entries: new Map() }
  for (const node of top.body) {
    const { line } = node.loc.start
    if (node.type === 'TOMLKeyValue') assign(root, node)
    else {
      const table = descend(root, node.resolvedKey, line)
      for (const pair of node.body) assign(table, pair)
    }
  }
  return root
}

function parsed<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    // The parser spreads the characters of a text into arguments.
    if (error instanceof RangeError) throw new LockSyntaxError(1, 'a text is too long')
    const { lineNumber, message } = error as { lineNumber?: unknown; message?: unknown }
    const line = typeof lineNumber === 'number' ? lineNumber : 1
    throw new LockSyntaxError(line, typeof message === 'string' ? message : 'not TOML')
  }
}

/** Before the parser, which takes gigabytes for a few megabytes of short values. */
function refuseExcess(text: string): void {
  let depth = 0
  let signs = 0
  let line = 1
  for (const [token] of text.matchAll(/[[\]{}\n=,]|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*/g)) {
    if (token === '\n') line += 1
    else if (token === '=' || token === ',') signs += 1
    else if (token === '[' || token === '{') {
      depth += 1
      signs += 1
    } else if (token === ']' || token === '}') depth = Math.max(0, depth - 1)
    if (depth > DEPTH_LIMIT) throw new LockSyntaxError(line, 'nested too deeply')
    if (signs > SIGN_LIMIT) throw new LockSyntaxError(line, 'too many values')
  }
}

/** The table under a key path, made where it is not there; a number is a position in a list of tables. */
function descend(
  root: GrowingTable,
  path: readonly (string | number)[],
  line: number,
): GrowingTable {
  let node: Growing = root
  for (const [index, key] of path.entries()) {
    const isList = typeof path[index + 1] === 'number'
    const made: Growing = isList
      ? { kind: 'list', line, items: [] }
      : { kind: 'table', line, entries: new Map() }
    node = child(node, key, made)
  }
  if (node.kind !== 'table') throw new LockSyntaxError(line, 'a key is a value and a table')
  return node
}

function child(node: Growing, key: string | number, made: Growing): Growing {
  if (node.kind === 'table') {
    const known = node.entries.get(String(key))
    if (known === undefined) node.entries.set(String(key), made)
    return known ?? made
  }
  if (node.kind !== 'list') throw new LockSyntaxError(made.line, 'a key is a value and a table')
  const known = node.items[Number(key)]
  if (known === undefined) node.items.push(made)
  return known ?? made
}

function assign(table: GrowingTable, { key, value, loc }: AST.TOMLKeyValue): void {
  const names = key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value))
  const owner = descend(table, names.slice(0, -1), loc.start.line)
  owner.entries.set(names.at(-1) ?? '', grown(value))
}

function grown(node: AST.TOMLContentNode): Growing {
  const { line } = node.loc.start
  switch (node.type) {
    case 'TOMLArray':
      return { kind: 'list', line, items: node.elements.map(grown) }
    case 'TOMLInlineTable': {
      const table: GrowingTable = { kind: 'table', line, entries: new Map() }
      for (const pair of node.body) assign(table, pair)
      return table
    }
    case 'TOMLValue': {
      const { value } = node
      return { kind: 'scalar', line, value: value instanceof Date ? value.toISOString() : value }
    }
  }
}
