import { childIn, type Syntax } from './syntax.ts'

/** Where statements of a file begin, to hold the line numbers of a coverage report against. */
export interface CodeLines {
  /** Lines on which some statement, clause or decorator begins. */
  readonly starts: readonly number[]
  /** Those that every coverage tool counts: calls, assignments, returns, raises, imports, definitions. */
  readonly counted: readonly number[]
  /** Whether a comment may take lines out of the count. */
  readonly hasExclusions: boolean
}

const COUNTED = new Set([
  'return_statement',
  'raise_statement',
  'import_statement',
  'import_from_statement',
  'class_definition',
])

/** The lines of the statements of a file; `text` is what the tree was made of. */
export function codeLinesOf(root: Syntax, text: string): CodeLines {
  const starts = new Set<number>()
  const counted = new Set<number>()
  const visit = (node: Syntax): void => {
    if (isStatement(node)) starts.add(node.line)
    if (isCounted(node)) counted.add(node.line)
    for (const child of node.children) visit(child)
  }
  visit(root)
  return {
    starts: [...starts].sort((a, b) => a - b),
    counted: [...counted].sort((a, b) => a - b),
    hasExclusions: /#.*\bno ?cover/i.test(text) || /\bTYPE_CHECKING\b/.test(text),
  }
}

function isStatement({ type }: Syntax): boolean {
  return /_(statement|definition|clause)$|^(decorator|assignment|case_clause)$/.test(type)
}

function isCounted(node: Syntax): boolean {
  if (COUNTED.has(node.type)) return true
  if (node.type !== 'expression_statement') return false
  const [expression] = node.children
  if (expression?.type === 'assignment') return childIn(expression, 'right') !== undefined
  return expression?.type === 'call' || expression?.type === 'augmented_assignment'
}
