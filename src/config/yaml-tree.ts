import { isAlias, isMap, isScalar, isSeq, Lexer, parseDocument } from 'yaml'
import type { ErrorCode, Node, YAMLError } from 'yaml'
import type { JsonValue } from '../core/evidence.ts'
import { excessOf } from '../documents/yaml-bounds.ts'
import type { YamlPath } from './located.ts'
import { printable } from './printable.ts'
import { indexNodes, MAX_DEPTH, offsetOf, tooDeep, type NodeIndex } from './yaml-nodes.ts'
import { YamlRefusal } from './yaml-refusal.ts'

/** What all aliases of a file together may repeat; a file written by hand stays far below. */
const MAX_ALIASED_NODES = 10_000

/** A parsed document; offsets count UTF-16 code units of the text. */
export interface YamlTree {
  readonly value: JsonValue
  /** Where a value begins, or the closest block around it when it is not there. */
  offsetOfValue(path: YamlPath): number
  /** Where a key begins; a list position has none, so its value's place is given. */
  offsetOfKey(path: YamlPath): number
  /** A scalar without quotes as it is written. */
  writtenAs(path: YamlPath): string | undefined
}

/**
 * Parses one YAML 1.2 document with the core schema.
 *
 * @throws YamlRefusal with the first problem
 */
export function parseTree(text: string): YamlTree {
  const excess = excessOf(new Lexer().lex(text), { depth: MAX_DEPTH })
  if (excess !== undefined) throw tooDeep(excess.offset)
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    stringKeys: true,
    // The library compares every key with every other one; `indexNodes` uses a map.
    uniqueKeys: false,
  })
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined) throw explain(problem)
  const root = document.contents
  const index = indexNodes(root)
  const find = (path: YamlPath): Found => findNode(root, index, path)
  return {
    value: toValue(root, index),
    offsetOfValue(path) {
      const { key, value } = find(path)
      return offsetOf(value) ?? offsetOf(key) ?? 0
    },
    offsetOfKey(path) {
      const { key, value } = find(path)
      return offsetOf(key) ?? offsetOf(value) ?? 0
    },
    writtenAs(path) {
      const { value, isComplete } = find(path)
      const node = dereference(value, index)
      return isComplete && isScalar(node) && node.type === 'PLAIN' ? node.source : undefined
    },
  }
}

interface Found {
  readonly key: Node | null
  readonly value: Node | null
  /** Whether the path ends here, not before. */
  readonly isComplete: boolean
}

function findNode(root: Node | null, index: NodeIndex, path: YamlPath): Found {
  let key: Node | null = null
  let value = root
  for (const step of path) {
    const node = dereference(value, index)
    if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
      key = null
      value = node.items[step] as Node
      continue
    }
    const entry = isMap(node) ? index.entries.get(node)?.get(String(step)) : undefined
    // A block begins with its first key, so what it lacks is shown at the key that the block belongs to.
    if (entry === undefined) return { key, value: key === null ? value : null, isComplete: false }
    key = entry.key
    value = entry.value
  }
  return { key, value, isComplete: true }
}

function dereference(node: Node | null, { targets }: NodeIndex): Node | null {
  return isAlias(node) ? (targets.get(node) ?? null) : node
}

function toValue(root: Node | null, index: NodeIndex): JsonValue {
  let aliasedNodes = 0
  const convert = (node: Node | null, aliasAt: number | undefined): JsonValue => {
    if (node === null) return null
    if (isAlias(node)) {
      return convert(dereference(node, index), aliasAt ?? offsetOf(node) ?? 0)
    }
    if (aliasAt !== undefined && (aliasedNodes += 1) > MAX_ALIASED_NODES) {
      throw new YamlRefusal(aliasAt, 'aliases repeat too much', 'Write the repeated values out.')
    }
    if (isSeq(node)) return node.items.map((item) => convert(item as Node, aliasAt))
    if (!isMap(node)) return (isScalar(node) ? node.value : null) as JsonValue
    const object: Record<string, JsonValue> = {}
    for (const [name, { value }] of index.entries.get(node) ?? []) {
      object[name] = convert(value, aliasAt)
    }
    return object
  }
  return convert(root, undefined)
}

/** Our own words for the mistakes that people make most. */
const EXPLAINED: Partial<Record<ErrorCode, readonly [message: string, hint: string]>> = {
  TAB_AS_INDENT: ['a tab cannot indent YAML', 'Indent with spaces.'],
  MULTIPLE_DOCS: [
    'a second document begins here',
    'Keep one document in a file: remove the `---`.',
  ],
  NON_STRING_KEY: ['a key must be plain text', 'Write `key: value`.'],
  TAG_RESOLVE_FAILED: ['the tag is not known', 'Write plain values without tags.'],
  BLOCK_AS_IMPLICIT_KEY: [
    'a second `key:` stands in one line',
    'Put a value that contains `: ` in quotes.',
  ],
  BAD_DQ_ESCAPE: [
    'a backslash in double quotes begins an escape that YAML does not know',
    'Use single quotes to keep backslashes.',
  ],
}

const UNCLOSED =
  /^Flow \w+ (?:in block collection must be sufficiently indented and|must) end with a (\S)$/

function explain({ code, message, pos: [at] }: YAMLError): YamlRefusal {
  const [, bracket] = UNCLOSED.exec(message) ?? []
  if (bracket !== undefined) {
    return new YamlRefusal(
      at,
      `a bracket that was opened before is not closed: \`${bracket}\` is missing`,
      `Put \`${bracket}\` where the list or block ends.`,
    )
  }
  if (/^Unexpected .* at node end$/.test(message)) {
    return new YamlRefusal(
      at,
      'the value before this place is complete, and more follows',
      'Put the whole value in quotes.',
    )
  }
  const [words, hint] = EXPLAINED[code] ?? [
    `not valid YAML: ${message}`,
    'Look for a missing quote, bracket or indentation here or just before.',
  ]
  return new YamlRefusal(at, printable(words), hint)
}
