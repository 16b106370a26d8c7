import type { Node } from 'yaml'
import { LockSyntaxError, type Located } from './located.ts'

/** A file nested deeper is no lock file; the parser recurses. */
const DEPTH_LIMIT = 64
/** The parser takes about a kilobyte for each; a lock file of 5 MB has some 150 000. */
const VALUE_LIMIT = 400_000

/**
 * Reads YAML 1.2 with the line of every value. Aliases are refused: no tool writes them into these
 * files, and they can repeat a text without bounds.
 *
 * @throws LockSyntaxError for what is not one YAML document with unique keys
 */
export async function parseYaml(text: string): Promise<Located> {
  const { isMap, isScalar, isSeq, Lexer, LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  refuseExcess(new Lexer().lex(text))
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

/** Before the parser, which takes gigabytes for a few megabytes of brackets or short values. */
function refuseExcess(tokens: Iterable<string>): void {
  let [flow, indicators, line, scalars, marks] = [0, 0, 1, 0, 0]
  let isScalarNext = false
  for (const token of tokens) {
    if (isScalarNext) isScalarNext = false
    else if (token === '\x1f') {
      isScalarNext = true
      scalars += 1
    } else if (/^[[\]{},?-]$/.test(token)) {
      // Empty values stand behind them.
      marks += 1
      if (token === '[' || token === '{') flow += 1
      else if (token === ']' || token === '}') flow -= 1
      else if (token !== ',') indicators += 1
    } else if (token.endsWith('\n')) indicators = 0
    if (token.includes('\n')) line += token.split('\n').length - 1
    if (Math.max(scalars, marks) > VALUE_LIMIT) throw new LockSyntaxError(line, 'too many values')
    if (flow + indicators > DEPTH_LIMIT) throw new LockSyntaxError(line, 'nested too deeply')
  }
}
