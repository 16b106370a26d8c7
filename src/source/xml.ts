import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** An element with its attributes; what is between elements is left out. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
}

/** More elements below each other than a report has, and fewer than exhaust the stack. */
const MOST_NESTING = 64

/**
 * Reads XML as plain elements. Entities of a document are not expanded: a report has none, and a few
 * lines of them fill any memory.
 *
 * @returns the problem in words when the text is not well-formed.
 */
export function readXml(text: string): { readonly root: Element } | { readonly problem: string } {
  if (/<!ENTITY/i.test(text)) return { problem: 'it declares entities, which no report does' }
  const source = text.replace(/^\uFEFF/, '')
  if (source.trim() === '') return { problem: 'it is empty' }
  try {
    const valid = XMLValidator.validate(source)
    if (valid !== true) return { problem: `line ${String(valid.err.line)}: ${valid.err.msg}` }
    const parsed: unknown = new XMLParser({
      preserveOrder: true,
      ignoreAttributes: false,
      attributeNamePrefix: '',
      parseAttributeValue: false,
      parseTagValue: false,
      ignoreDeclaration: true,
      ignorePiTags: true,
    }).parse(source)
    const [root, other] = elementsOf(parsed, 0)
    if (root === undefined) return { problem: 'it has no element' }
    return other === undefined ? { root } : { problem: 'it has more than one root' }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'it is not XML' }
  }
}

function elementsOf(nodes: unknown, depth: number): readonly Element[] {
  if (!Array.isArray(nodes)) return []
  if (depth > MOST_NESTING) throw new RangeError('its elements are nested too deeply')
  return nodes.flatMap((node: unknown): readonly Element[] => {
    if (typeof node !== 'object' || node === null) return []
    const { ':@': attributes = {}, ...rest } = node as Readonly<Record<string, unknown>>
    const [entry] = Object.entries(rest)
    if (entry === undefined || entry[0].startsWith('#')) return []
    const [name, children] = entry
    return [
      {
        name,
        attributes: attributes as Readonly<Record<string, string>>,
        children: elementsOf(children, depth + 1),
      },
    ]
  })
}
