import { readFile } from 'node:fs/promises'
import { member, parseJson, textList } from '../artifacts/json/read-json.ts'
import { readYamlFile } from '../config/yaml-file.ts'
import { InputError } from '../core/errors.ts'
import type { LogicalType } from '../table/types.ts'
import {
  limitsOfExpectation,
  limitsOfJson,
  limitsOfPandera,
  limitsOfTensorflow,
  type SchemaLimits,
} from './schema-limits.ts'

/** A column as a schema file names it. */
export interface SchemaFileColumn extends SchemaLimits {
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
    return membersOf(columns).map(([name, each]) => ({
      name,
      type: typeOf(member(each, 'dtype')),
      ...limitsOfPandera(each),
    }))
  }
  const components = membersOf(member(member(tree, 'components'), 'schemas'))
  const schemas = components.length > 0 ? components.map(([, schema]) => schema) : [tree]
  return schemas.flatMap(fromJsonSchema)
}

/** The properties of an object, or of the objects of a list. */
function fromJsonSchema(schema: unknown): readonly SchemaFileColumn[] {
  const items = member(schema, 'items')
  const holder = member(schema, 'properties') === undefined ? items : schema
  const required = textList(member(holder, 'required')) ?? []
  return membersOf(member(holder, 'properties')).flatMap(([name, each]) => {
    // A body that wraps rows has them in a property of its own.
    const rows = fromJsonSchema(each)
    if (rows.length > 0) return rows
    return [{ name, type: jsonType(each), ...limitsOfJson(each, required.includes(name)) }]
  })
}

function jsonType(schema: unknown): LogicalType | undefined {
  const given = member(schema, 'type')
  const types = Array.isArray(given) ? (given as readonly unknown[]) : [given]
  return typeOf(types.find((type) => type !== 'null'))
}

function fromExpectations(expectations: readonly unknown[]): readonly SchemaFileColumn[] {
  const columns = new Map<string, SchemaFileColumn>()
  for (const each of expectations) {
    const settings = member(each, 'kwargs')
    const name = member(settings, 'column')
    if (typeof name !== 'string') continue
    const before = columns.get(name) ?? { name, type: undefined }
    const type = before.type ?? typeOf(member(settings, 'type_'))
    columns.set(name, { ...before, ...limitsOfExpectation(each), type })
  }
  return [...columns.values()]
}

/** `feature { name: "age" type: INT ... }`; names of domains stand deeper. */
function fromTensorflow(text: string): readonly SchemaFileColumn[] {
  return featureBlocks(text).flatMap((body) => {
    const own = withoutBlocks(body)
    const name = /\bname:\s*["']([^"']+)["']/.exec(own)?.[1]
    if (name === undefined) return []
    const type = typeOf(/\btype:\s*(\w+)/.exec(own)?.[1])
    return [{ name, type, ...limitsOfTensorflow(body) }]
  })
}

/** The bodies of the features at the top of the text, in one line or in many. */
function featureBlocks(text: string): readonly string[] {
  const bodies: string[] = []
  let depth = 0
  let start: number | undefined
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|#.*|\bfeature\s*\{|[{}]/g)) {
    if (token.endsWith('{')) {
      if (depth === 0 && token !== '{') start = index + token.length
      depth += 1
    } else if (token === '}') {
      depth -= 1
      if (depth === 0 && start !== undefined) {
        bodies.push(text.slice(start, index))
        start = undefined
      }
    }
  }
  return bodies
}

/** What stands in a body outside of the blocks in it. */
function withoutBlocks(body: string): string {
  let depth = 0
  return body
    .split(/([{}])/)
    .filter((part) => {
      if (part === '{') depth += 1
      if (part === '}') depth -= 1
      return depth === 0
    })
    .join(' ')
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
