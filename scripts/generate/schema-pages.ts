import type { JsonSchema } from '../schemas/json-schemas.ts'

/** The part of draft-07 that our schemas use. */
interface SchemaNode {
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly required?: readonly string[]
  readonly additionalProperties?: SchemaNode | boolean
  readonly items?: SchemaNode | readonly SchemaNode[]
  readonly anyOf?: readonly SchemaNode[]
  readonly oneOf?: readonly SchemaNode[]
}

/** The documentation page of a file that people write: every key with its type and meaning. */
export function schemaPage(schema: JsonSchema): string {
  const root: SchemaNode = schema
  return [
    `# ${root.title ?? ''}`,
    '',
    ...(root.description === undefined ? [] : [root.description, '']),
    '| key | type | meaning |',
    '| --- | --- | --- |',
    ...rowsOf(root, ''),
    '',
  ].join('\n')
}

function rowsOf(node: SchemaNode, prefix: string): string[] {
  const rows = Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const key = `${prefix}${name}`
    const isRequired = node.required?.includes(name) === true
    const meaning = `${isRequired ? '**Required.** ' : ''}${child.description ?? ''}`
    return [row(key, child, meaning), ...rowsOf(child, `${key}.`)]
  })
  const entries = mapEntry(node)
  const nested = [
    ...(entries === undefined ? [] : rowsOf(entries, `${prefix}<name>.`)),
    ...itemNodes(node).flatMap((item) => rowsOf(item, `${prefix.replace(/\.$/, '')}[].`)),
    ...alternatives(node).flatMap((alternative) => rowsOf(alternative, prefix)),
  ]
  return [...new Set([...rows, ...nested])]
}

function row(key: string, node: SchemaNode, meaning: string): string {
  const cells = [`\`${key}\``, typeText(node), meaning]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function typeText(node: SchemaNode): string {
  if (node.enum !== undefined) return node.enum.map((value) => `\`${String(value)}\``).join(', ')
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``
  const options = alternatives(node)
  if (options.length > 0) return [...new Set(options.map(typeText))].join(' or ')
  if (node.type === 'array') return `list of ${listText(itemNodes(node))}`
  const entries = mapEntry(node)
  if (entries !== undefined && node.properties === undefined) return `map of ${typeText(entries)}`
  if (node.format === 'date') return 'day'
  const types = typeof node.type === 'string' ? [node.type] : (node.type ?? ['any'])
  return types.map((type) => (type === 'string' ? 'text' : type)).join(' or ')
}

function listText(items: readonly SchemaNode[]): string {
  return items.length === 0 ? 'any' : [...new Set(items.map(typeText))].join(' or ')
}

function itemNodes({ items }: SchemaNode): readonly SchemaNode[] {
  if (items === undefined) return []
  return 'length' in items ? items : [items]
}

function mapEntry({ additionalProperties }: SchemaNode): SchemaNode | undefined {
  return typeof additionalProperties === 'object' ? additionalProperties : undefined
}

function alternatives({ anyOf, oneOf }: SchemaNode): readonly SchemaNode[] {
  return anyOf ?? oneOf ?? []
}
