import { readFile } from 'node:fs/promises'
import { member, parseJson } from '../artifacts/json/read-json.ts'
import { readYamlFile } from '../config/yaml-file.ts'
import { InputError } from '../core/errors.ts'
import type { LogicalType } from '../table/types.ts'

/** A column as a schema file names it. */
export interface SchemaFileColumn {
  readonly name: string
  /** `undefined` when the file does not say. */
  readonly type: LogicalType | undefined
}

/**
 * Reads the columns that a schema file declares: a suite of Great Expectations, a JSON Schema or the
 * schemas of an OpenAPI document, a pandera schema in YAML, a TensorFlow Data Validation schema in text.
 *
 * @param path - absolute.
 * @param shownAs - how messages name it.
 * @throws InputError when it is none of these, or names no column.
 */
export async function readSchemaFile(
  path: string,
  shownAs: string,
): Promise<readonly SchemaFileColumn[]> {
  const isText = /\.(pbtxt|textproto)$/.test(path)
  const columns = isText
    ? fromTensorflow(await readFile(path, 'utf8'))
    : fromTree(await treeOf(path, shownAs))
  if (columns.length === 0) throw new InputError(`${shownAs} names no columns in a known way`)
  return columns
}

async function treeOf(path: string, shownAs: string): Promise<unknown> {
  if (path.endsWith('.json')) return parseJson(await readFile(path, 'utf8'), shownAs)
  return (await readYamlFile(path, shownAs)).value
}

function fromTree(tree: unknown): readonly SchemaFileColumn[] {
  const expectations = member(tree, 'expectations')
  if (Array.isArray(expectations)) return fromExpectations(expectations as readonly unknown[])
  const columns = member(tree, 'columns')
  if (columns !== undefined) {
    return membersOf(columns).map(([name, each]) => ({ name, type: typeOf(member(each, 'dtype')) }))
  }
  const components = membersOf(member(member(tree, 'components'), 'schemas'))
  const schemas = components.length > 0 ? components.map(([, schema]) => schema) : [tree]
  return schemas.flatMap(fromJsonSchema)
}

/** The properties of an object, or of the objects of a list. */
function fromJsonSchema(schema: unknown): readonly SchemaFileColumn[] {
  const items = member(schema, 'items')
  return membersOf(member(schema, 'properties') ?? member(items, 'properties')).flatMap(
    ([name, each]) => {
      // A body that wraps rows has them in a property of its own.
      const rows = fromJsonSchema(each)
      return rows.length > 0 ? rows : [{ name, type: jsonType(each) }]
    },
  )
}

function jsonType(schema: unknown): LogicalType | undefined {
  const given = member(schema, 'type')
  const types = Array.isArray(given) ? (given as readonly unknown[]) : [given]
  return typeOf(types.find((type) => type !== 'null'))
}

function fromExpectations(expectations: readonly unknown[]): readonly SchemaFileColumn[] {
  const types = new Map<string, LogicalType | undefined>()
  for (const each of expectations) {
    const settings = member(each, 'kwargs')
    const name = member(settings, 'column')
    if (typeof name !== 'string') continue
    types.set(name, types.get(name) ?? typeOf(member(settings, 'type_')))
  }
  return [...types].map(([name, type]) => ({ name, type }))
}

/** `feature { name: "age" type: INT ... }`; names of domains stand deeper. */
function fromTensorflow(text: string): readonly SchemaFileColumn[] {
  return [...text.matchAll(/^feature\s*\{([^]*?)^\}/gm)].flatMap(([, body = '']) => {
    const name = /^\s*name:\s*"([^"]+)"/m.exec(body)?.[1]
    return name === undefined ? [] : [{ name, type: typeOf(/^\s*type:\s*(\w+)/m.exec(body)?.[1]) }]
  })
}

function typeOf(name: unknown): LogicalType | undefined {
  if (typeof name !== 'string') return undefined
  return TYPES.find(([pattern]) => pattern.test(name))?.[1]
}

/** The words of the formats for the types of columns. */
const TYPES: readonly (readonly [RegExp, LogicalType])[] = [
  [/^u?int(eger)?\d*$/i, 'integer'],
  [/^(float\d*|double|number|decimal)$/i, 'number'],
  [/^bool(ean)?$/i, 'boolean'],
  [/^datetime/i, 'datetime'],
  [/^(str|string|object|category|bytes|text)$/i, 'category'],
]

function membersOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : []
}
