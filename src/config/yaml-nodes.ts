import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import type { Alias, Node, Scalar, YAMLMap } from 'yaml'
import { quoted } from './printable.ts'
import { YamlRefusal } from './yaml-refusal.ts'

export const MAX_DEPTH = 64

export function tooDeep(at: number): YamlRefusal {
  return new YamlRefusal(at, 'nested too deeply', `Use at most ${String(MAX_DEPTH)} levels.`)
}

const PLAIN_TAGS = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/

/** A key with its value; an empty value has no node. */
export interface Entry {
  readonly key: Node
  readonly value: Node | null
}

/** What the nodes of a document say once keys are unique and every alias has its target. */
export interface NodeIndex {
  readonly entries: ReadonlyMap<YAMLMap, ReadonlyMap<string, Entry>>
  readonly targets: ReadonlyMap<Alias, Node>
}

/** Where a node begins in the text. */
export function offsetOf(node: Node | null): number | undefined {
  return node?.range?.[0]
}

/**
 * Visits every node once, in document order.
 *
 * @throws YamlRefusal for what YAML allows and a configuration file must not hold: keys that stand
 * twice, keys that are no text, merge keys, unknown tags, aliases without or inside of their anchor,
 * numbers with a leading zero, nesting beyond 64 levels
 */
export function indexNodes(root: Node | null): NodeIndex {
  const entries = new Map<YAMLMap, ReadonlyMap<string, Entry>>()
  const targets = new Map<Alias, Node>()
  const anchors = new Map<string, Node>()
  const open = new Set<Node>()

  const visitAlias = (alias: Alias, at: number): void => {
    const target = anchors.get(alias.source)
    if (target === undefined) {
      throw new YamlRefusal(
        at,
        `no anchor ${quoted(`&${alias.source}`)} stands before this alias`,
        'Put the value in quotes if it is meant to begin with `*`.',
      )
    }
    if (open.has(target)) {
      throw new YamlRefusal(at, 'the alias stands inside of what it repeats', 'Write it out.')
    }
    targets.set(alias, target)
  }

  const visitMap = (map: YAMLMap, at: number, depth: number): void => {
    const known = new Map<string, Entry>()
    entries.set(map, known)
    for (const { key, value } of map.items as { key: Node | null; value: Node | null }[]) {
      const keyAt = offsetOf(key) ?? at
      const name = isScalar(key) ? key.value : undefined
      if (key === null || typeof name !== 'string') {
        throw new YamlRefusal(keyAt, 'a key must be plain text', 'Write `key: value`.')
      }
      visit(key, depth + 1)
      refuseKey(name, keyAt, known)
      known.set(name, { key, value })
      visit(value, depth + 1)
    }
  }

  const visit = (node: Node | null, depth: number): void => {
    if (node === null) return
    const at = offsetOf(node) ?? 0
    if (depth > MAX_DEPTH) throw tooDeep(at)
    if (isAlias(node)) {
      visitAlias(node, at)
      return
    }
    if (node.tag !== undefined && !PLAIN_TAGS.test(node.tag)) {
      throw new YamlRefusal(
        at,
        `the tag ${quoted(node.tag)} is not known`,
        'Write plain values without tags.',
      )
    }
    if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node)
    open.add(node)
    if (isMap(node)) visitMap(node, at, depth)
    else if (isSeq(node)) for (const item of node.items) visit(item as Node, depth + 1)
    else if (isScalar(node)) refuseScalar(node, at)
    open.delete(node)
  }

  visit(root, 0)
  return { entries, targets }
}

/** `010` is 10 in one YAML and 8 in another, and whoever writes it usually means text. */
function refuseScalar({ value, source, type }: Scalar, at: number): void {
  if (type !== 'PLAIN' || typeof value !== 'number' || source === undefined) return
  if (!/^[-+]?0\d/.test(source)) return
  throw new YamlRefusal(
    at,
    `${source} would be read as the number ${String(value)}`,
    `Write "${source}" in quotes to keep the zero, or the number without it.`,
  )
}

function refuseKey(name: string, at: number, known: ReadonlyMap<string, Entry>): void {
  if (known.has(name)) {
    throw new YamlRefusal(
      at,
      `the key ${quoted(name)} stands twice in one block`,
      'Remove one of them: nobody can tell which was meant.',
    )
  }
  if (name === '<<') {
    throw new YamlRefusal(
      at,
      'merge keys (`<<`) are not part of YAML 1.2',
      'Write the keys out, or use an alias for the whole block.',
    )
  }
  if (name === '__proto__') {
    throw new YamlRefusal(at, 'this key cannot be used', 'Choose another name.')
  }
}
