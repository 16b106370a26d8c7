import type { Node } from 'yaml'
import { excessOf, type YamlBounds } from '../documents/yaml-bounds.ts'
import { LockSyntaxError, type Located } from './located.ts'

/** A lock file of 5 MB has some 150 000 values. */
const BOUNDS: YamlBounds = {
  depth: 64,
  values: 400_000,
  valuesIn: ({ scalars, marks }) => Math.max(scalars, marks),
}

/**
 * Reads YAML 1.2 with the line of every value. Aliases are refused: no tool writes them into these
 * files, and they can repeat a text without bounds.
 *
 * @throws LockSyntaxError for what is not one YAML document with unique keys
 */
export async function parseYaml(text: string): Promise<Located> {
  const { isMap, isScalar, isSeq, Lexer, LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const excess = excessOf(new Lexer().lex(text), BOUNDS)
  if (excess !== undefined) {
    const line = text.slice(0, excess.offset).split('\n').length
    const reason = excess.bound === 'depth' ? 'nested too deeply' : 'too many values'
    throw new LockSyntaxError(line, reason)
  }
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    stringKeys: true,
    lineCounter: lines,
    // The library compares every key with every other one.
    uniqueKeys: false,
  })
  const lineOf = (offset: number | undefined) => Math.max(1, lines.linePos(offset ?? 0).line)
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined) throw new LockSyntaxError(lineOf(problem.pos[0]), problem.message)
  const convert = (node: Node | null, around: number): Located => {
    const line = node?.range ? lineOf(node.range[0]) : around
    if (node === null) return { kind: 'scalar', line, value: null }
    if (isSeq(node)) {
      return { kind: 'list', line, items: node.items.map((item) => convert(item as Node, line)) }
    }
    if (isMap(node)) {
      const entries = new Map<string, Located>()
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : ''
        const place = isScalar(key) && key.range ? lineOf(key.range[0]) : line
        if (entries.has(name)) throw new LockSyntaxError(place, `the key ${name} stands twice`)
        entries.set(name, convert(value as Node | null, place))
      }
      return { kind: 'table', line, entries }
    }
    if (isScalar(node)) return { kind: 'scalar', line, value: written(node.value, node.source) }
    throw new LockSyntaxError(line, 'an alias stands here')
  }
  return convert(document.contents, 1)
}

/**
 * Reads JSON with the line of every value.
 *
 * @throws LockSyntaxError for what is not JSON, and for a key that stands twice
 */
export async function parseJson(text: string): Promise<Located> {
  const tree = await parseYaml(text)
  try {
    JSON.parse(text)
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1]
    const line = text.slice(0, Number(position ?? 0)).split('\n').length
    throw new LockSyntaxError(line, 'not JSON')
  }
  return tree
}

/** A version such as 1.10 is a text, though YAML takes it for a number; its digits are kept. */
function written(
  value: unknown,
  source: string | undefined,
): Extract<Located, { kind: 'scalar' }>['value'] {
  if (typeof value === 'number' && source !== undefined) return source
  if (typeof value === 'string' || typeof value === 'boolean') return value
  return null
}
