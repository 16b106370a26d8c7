import { childIn, type Syntax } from './syntax.ts'

/** Longer texts are data; nobody looks for a path or an address in them. */
const TEXT_LENGTH = 500

/**
 * An expression as a dotted name: `np.linalg.norm`, `load().predict`, `models[].predict`; `?` stands for
 * what has no name.
 */
export function dottedName(node: Syntax | undefined): string {
  if (node === undefined) return '?'
  switch (node.type) {
    case 'identifier':
      return node.text
    case 'attribute':
      return `${dottedName(childIn(node, 'object'))}.${childIn(node, 'attribute')?.text ?? '?'}`
    case 'call':
      return `${dottedName(childIn(node, 'function'))}()`
    case 'subscript':
      return `${dottedName(childIn(node, 'value'))}[]`
    case 'await':
    case 'parenthesized_expression':
      return dottedName(node.children.at(-1))
    default:
      return '?'
  }
}

/** The last part of a dotted name. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

/** The dotted names that are used in an expression or a block, definitions inside included. */
export function namesIn(node: Syntax, found = new Set<string>()): ReadonlySet<string> {
  if (node.type === 'identifier') found.add(node.text)
  else if (node.type === 'attribute') {
    const name = dottedName(node)
    if (/^[\w.]+$/.test(name)) found.add(name)
    const object = childIn(node, 'object')
    if (object !== undefined) namesIn(object, found)
  } else {
    for (const child of node.children) {
      // The name of a keyword argument belongs to the function that is called.
      if (node.type === 'keyword_argument' && child.field === 'name') continue
      namesIn(child, found)
    }
  }
  return found
}

/** The texts in an expression, without quotes; places that are filled in stand as they are written. */
export function textsIn(node: Syntax): readonly string[] {
  if (node.type !== 'string') return node.children.flatMap(textsIn)
  const { text } = node
  if (text.length > TEXT_LENGTH) return []
  return [text.replace(/^[a-zA-Z]*('''|"""|'|")([\s\S]*)\1$/, '$2')]
}
