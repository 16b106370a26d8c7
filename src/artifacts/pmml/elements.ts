import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { InputError } from '../../core/errors.ts'

/** An element with its attributes and the elements in it. */
export interface Element {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
}

const ATTRIBUTES = ':@'

/**
 * The elements of an XML text, in their order; text between them is left out.
 *
 * @param text - without a document type, so that only the entities of XML itself are expanded.
 * @param name - how messages name the file.
 * @throws InputError when the text is not well-formed.
 */
export function parseElements(text: string, name: string): readonly Element[] {
  const problem = XMLValidator.validate(text)
  if (problem !== true) throw new InputError(`${name} is not whole XML: ${problem.err.msg}`)
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    removeNSPrefix: true,
  })
  let nodes: unknown
  try {
    nodes = parser.parse(text)
  } catch (error) {
    throw new InputError(`${name} is not XML that can be read`, { cause: error })
  }
  return elementsOf(nodes)
}

function elementsOf(nodes: unknown): readonly Element[] {
  if (!Array.isArray(nodes)) return []
  return nodes.flatMap((node: Readonly<Record<string, unknown>>): Element[] => {
    const tag = Object.keys(node).find((key) => key !== ATTRIBUTES)
    if (tag === undefined || tag === '#text' || tag.startsWith('?')) return []
    const attributes = (node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>
    return [{ tag, attributes, children: elementsOf(node[tag]) }]
  })
}

/** The elements of a name directly inside another one. */
export function childrenOf(element: Element | undefined, tag: string): readonly Element[] {
  return element?.children.filter((child) => child.tag === tag) ?? []
}

/** The elements of a name anywhere inside another one, in their order. */
export function descendantsOf(element: Element, tag: string): readonly Element[] {
  return element.children.flatMap((child) => [
    ...(child.tag === tag ? [child] : []),
    ...descendantsOf(child, tag),
  ])
}
