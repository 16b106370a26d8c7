import type { Parser, Tree, TreeCursor } from 'web-tree-sitter'
import { readWasm } from './wasm-files.ts'

/** A named node of a syntax tree as plain data; comments and continued line ends are left out. */
export interface Syntax {
  readonly type: string
  /** The role that the grammar gives it in its parent: `name`, `body`, `function`. */
  readonly field: string | null
  readonly text: string
  /** From 1. */
  readonly line: number
  readonly column: number
  readonly children: readonly Syntax[]
}

export interface ParsedSyntax {
  readonly root: Syntax
  /** The line of the first thing that the grammar does not know; `undefined` for a whole file. */
  readonly errorLine: number | undefined
}

/** Deeper nesting is no program of a person, and would exhaust the stack of whoever walks the tree. */
const MOST_NESTING = 400

let loading: Promise<Parser> | undefined

/**
 * The syntax tree of Python text. The grammar recovers from errors, so that what stands around one is
 * still there; a tree that is nested too deeply is cut there and counts as damaged.
 *
 * Complexity: linear in the text.
 */
export async function parsePythonSyntax(text: string): Promise<ParsedSyntax> {
  const parser = await (loading ??= loadParser())
  const tree = parser.parse(text)
  if (tree === null) throw new Error('the parser has no language')
  try {
    const { root, errorLine } = plainTree(tree, text)
    // An error can lie in what is left out, or be the root itself.
    return { root, errorLine: errorLine ?? (tree.rootNode.hasError ? 1 : undefined) }
  } finally {
    tree.delete()
  }
}

/** Most runs read no code, and the parser is the largest part of the program. */
async function loadParser(): Promise<Parser> {
  const { Language, Parser } = await import('web-tree-sitter')
  await Parser.init({ wasmBinary: readWasm('parser') })
  const parser = new Parser()
  parser.setLanguage(await Language.load(readWasm('python')))
  return parser
}

interface Growing extends Syntax {
  readonly children: Syntax[]
}

function plainTree(tree: Tree, text: string): ParsedSyntax {
  const starts = lineStarts(text)
  const cursor = tree.walk()
  let errorLine: number | undefined
  const noteError = (line: number) => (errorLine = Math.min(errorLine ?? line, line))
  const path: Growing[] = [nodeAt(cursor, text, starts)]
  const [root] = path as [Growing]
  if (!cursor.gotoFirstChild()) return { root, errorLine }
  for (;;) {
    const parent = path.at(-1) ?? root
    const isError = cursor.nodeType === 'ERROR' || cursor.nodeIsMissing
    if (isError) noteError(lineOf(cursor.startIndex, starts) + 1)
    if (isKept(cursor)) {
      const node = nodeAt(cursor, text, starts)
      parent.children.push(node)
      if (path.length >= MOST_NESTING) noteError(node.line)
      else if (cursor.gotoFirstChild()) {
        path.push(node)
        continue
      }
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) throw new Error('a tree ends at its root')
      path.pop()
      if (path.length === 0) {
        cursor.delete()
        return { root, errorLine }
      }
    }
  }
}

function isKept(cursor: TreeCursor): boolean {
  return cursor.nodeIsNamed && !/^(comment|line_continuation)$/.test(cursor.nodeType)
}

function nodeAt(cursor: TreeCursor, text: string, starts: readonly number[]): Growing {
  const { startIndex, endIndex } = cursor
  const line = lineOf(startIndex, starts)
  return {
    type: cursor.nodeType,
    field: cursor.currentFieldName,
    get text() {
      return text.slice(startIndex, endIndex)
    },
    line: line + 1,
    column: startIndex - (starts[line] ?? 0) + 1,
    children: [],
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function lineOf(index: number, starts: readonly number[]): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= index) low = middle
    else high = middle - 1
  }
  return low
}

/** The child in a role of the grammar. */
export function childIn(node: Syntax, field: string): Syntax | undefined {
  return node.children.find((child) => child.field === field)
}
