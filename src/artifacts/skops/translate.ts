import { isDeepStrictEqual } from 'node:util'
import type { GradedFinding } from '../../core/finding.ts'
import type { PyGlobal, PyNode, PyObject } from '../pickle/node.ts'
import { jsonLeaf } from './json-leaf.ts'
import { globalOf, isSameObject, isSchemaNode, textOf, type SchemaNode } from './schema.ts'

export interface Translation {
  readonly root: PyNode
  readonly problems: readonly GradedFinding[]
}

/** What stands for a file that a node refers to; `undefined` when it could not be read. */
export type FileNode = (file: string) => PyNode | undefined

/** Nodes inside nodes; the writer makes three for each object. */
const DEPTH = 500

const NONE: PyNode = { kind: 'none' }

/**
 * The object that a schema describes, in the form in which a pickle would describe it, so that both are
 * understood by the same rules.
 *
 * @returns `none` for each node whose loader is not known, with a problem that says which.
 * Source: https://skops.readthedocs.io/en/stable/persistence.html
 */
export function translateSchema(schema: unknown, fileNode: FileNode): Translation {
  const translator = new Translator(fileNode)
  const root = translator.node(schema, 0)
  return { root, problems: translator.problems }
}

class Translator {
  readonly #fileNode: FileNode
  readonly #seen = new Map<unknown, { readonly schema: SchemaNode; node: PyNode | undefined }>()
  /** Large files are compared once, however often nodes refer to them. */
  readonly #sameFiles = new Map<string, boolean>()
  readonly #problems = new Map<string, GradedFinding>()

  constructor(fileNode: FileNode) {
    this.#fileNode = fileNode
  }

  get problems(): readonly GradedFinding[] {
    return [...this.#problems.values()]
  }

  node(schema: unknown, depth: number): PyNode {
    if (!isSchemaNode(schema)) return this.#malformed('a node is no object')
    if (depth > DEPTH) return this.#malformed('nodes are nested too deeply')
    const id = schema['__id__']
    const known = id === undefined ? undefined : this.#seen.get(id)
    if (known !== undefined) {
      // A loader takes the object that it saw first, whatever this one says.
      if (schema['__loader__'] !== 'CachedNode' && !this.#isSame(known.schema, schema)) {
        return this.#malformed('two objects have the same identity')
      }
      return known.node ?? this.#malformed('an object contains itself')
    }
    const entry: { readonly schema: SchemaNode; node: PyNode | undefined } = {
      schema,
      node: undefined,
    }
    if (id !== undefined) this.#seen.set(id, entry)
    entry.node = this.#loaded(schema, depth + 1)
    return entry.node
  }

  #loaded(schema: SchemaNode, depth: number): PyNode {
    const global = globalOf(schema)
    if (global === undefined) return this.#malformed('a node has no class')
    const content = schema['content']
    switch (textOf(schema, '__loader__') ?? '') {
      case 'JsonNode':
        return (
          (typeof content === 'string' ? jsonLeaf(content) : undefined) ??
          this.#malformed('a value is not plain')
        )
      case 'DictNode':
        return this.#dictionary(schema, global, depth)
      case 'DefaultDictNode':
      case '_DictWithDeprecatedKeysNode':
        return this.#wrapped(content, global, depth)
      case 'ListNode':
        return this.#sequence(content, global, 'list', depth)
      case 'TupleNode':
        return this.#sequence(content, global, 'tuple', depth)
      case 'SetNode':
        return { kind: 'set', items: [...this.#nodes(content, depth)], frozen: false }
      case 'NdArrayNode':
        return this.#array(schema, depth)
      case 'SparseMatrixNode':
        return this.#file(schema)
      case 'FunctionNode':
      case 'TypeNode':
        return global
      case 'ObjectNode':
        return object(global, [], content === undefined ? undefined : this.node(content, depth))
      case 'TreeNode':
      case 'LossNode':
      case 'QuantileForestNode':
        return object(global, [], this.node(content, depth))
      case 'SliceNode':
        return this.#slice(content, global)
      case 'PartialNode':
        return object(global, this.#members(content, ['func', 'args', 'kwds'], depth))
      case 'MethodNode':
        return object(global, this.#members(content, ['obj'], depth))
      case 'OperatorFuncNode':
        return object({ ...global, module: 'operator' }, [this.node(schema['attrs'], depth)])
      case 'MaskedArrayNode':
        return object(global, this.#members(content, ['data', 'mask'], depth))
      case 'BytesNode':
      case 'BytearrayNode':
      case 'DTypeNode':
      case 'RandomStateNode':
      case 'RandomGeneratorNode':
        return object(global, [])
      default:
        return this.#unknownLoader(schema)
    }
  }

  /** What has no identity of its own is written anew each time: its files have other names. */
  #isSame(first: SchemaNode, second: SchemaNode): boolean {
    return isSameObject(first, second, (one, other) => {
      if (typeof one !== 'string' || typeof other !== 'string') return false
      const pair = JSON.stringify([one, other])
      const known = this.#sameFiles.get(pair)
      if (known !== undefined) return known
      const node = this.#fileNode(one)
      const isSame = node !== undefined && isDeepStrictEqual(node, this.#fileNode(other))
      this.#sameFiles.set(pair, isSame)
      return isSame
    })
  }

  /** Keys are text in JSON; their types stand beside them, in the same order. */
  #dictionary(schema: SchemaNode, global: PyGlobal, depth: number): PyNode {
    const { content } = schema
    const types = isSchemaNode(schema['key_types']) ? schema['key_types']['content'] : undefined
    if (!isSchemaNode(content) || !Array.isArray(types)) {
      return this.#malformed('a dictionary has no keys')
    }
    const entries = Object.entries(content).map(([key, value], index) => {
      const type: unknown = types[index]
      const typed = keyNode(key, (isSchemaNode(type) ? textOf(type, '__class__') : undefined) ?? '')
      return [
        typed ?? this.#malformed('a key is of no plain type'),
        this.node(value, depth),
      ] as const
    })
    // JSON objects with whole numbers as keys lose their order here, and the types are in the old one.
    const isSorted = Object.keys(content).some((key) => /^\d+$/.test(key))
    const kinds = new Set(types.map((type) => (isSchemaNode(type) ? type['__class__'] : undefined)))
    if (types.length !== entries.length || (isSorted && kinds.size > 1)) {
      return this.#malformed('the types of keys do not fit')
    }
    if (global.module === 'builtins' && global.name === 'dict') return { kind: 'dict', entries }
    return { ...object(global, []), entries }
  }

  #wrapped(content: unknown, global: PyGlobal, depth: number): PyNode {
    const main = this.node(isSchemaNode(content) ? content['main'] : undefined, depth)
    return main.kind === 'dict' ? { ...object(global, []), entries: main.entries } : main
  }

  #sequence(content: unknown, global: PyGlobal, kind: 'list' | 'tuple', depth: number): PyNode {
    const items = [...this.#nodes(content, depth)]
    return global.module === 'builtins' && global.name === kind
      ? { kind, items }
      : { ...object(global, kind === 'tuple' ? items : []), items: kind === 'list' ? items : [] }
  }

  #array(schema: SchemaNode, depth: number): PyNode {
    if (schema['type'] !== 'json') return this.#file(schema)
    const shapeNode = this.node(schema['shape'], depth)
    const sizes = shapeNode.kind === 'tuple' ? shapeNode.items : []
    const shape = sizes.map((size) => (size.kind === 'int' ? Number(size.value) : -1))
    let objects = this.#nodes(schema['content'], depth)
    for (let axis = 1; axis < shape.length; axis += 1) {
      objects = objects.flatMap((row) => (row.kind === 'list' ? row.items : [row]))
    }
    if (shape.reduce((count, size) => count * size, 1) !== objects.length) {
      return this.#malformed('an array has another shape than elements')
    }
    const empty = { bytes: undefined, sha256: undefined }
    return { kind: 'array', dtype: '|O', shape, objects, ...empty }
  }

  #file(schema: SchemaNode): PyNode {
    const file = textOf(schema, 'file')
    const found = file === undefined ? undefined : this.#fileNode(file)
    return found ?? this.#malformed('a node refers to no file that can be read')
  }

  #slice(content: unknown, global: PyGlobal): PyNode {
    if (!isSchemaNode(content)) return this.#malformed('a slice has no ends')
    const ends = [content['start'], content['stop'], content['step']].map((end) =>
      jsonLeaf(JSON.stringify(end ?? null)),
    )
    return object(
      global,
      ends.map((end) => end ?? this.#malformed('a slice has no plain ends')),
    )
  }

  #members(content: unknown, names: readonly string[], depth: number): readonly PyNode[] {
    const members = isSchemaNode(content) ? content : {}
    return names.map((name) => this.node(members[name], depth))
  }

  #nodes(content: unknown, depth: number): readonly PyNode[] {
    if (Array.isArray(content)) return content.map((each: unknown) => this.node(each, depth))
    this.#malformed('a container has no members')
    return []
  }

  #unknownLoader(schema: SchemaNode): PyNode {
    const loader = textOf(schema, '__loader__') ?? ''
    return this.#problem('SKOPS_LOADER_UNKNOWN', { loader })
  }

  #malformed(reason: string): PyNode {
    return this.#problem('SKOPS_MALFORMED', { reason })
  }

  #problem(code: Uppercase<string>, args: GradedFinding['args']): PyNode {
    this.#problems.set(`${code} ${JSON.stringify(args)}`, { severity: 'inconclusive', code, args })
    return NONE
  }
}

function keyNode(key: string, type: string): PyNode | undefined {
  switch (type) {
    case 'str':
    case 'str_':
      return { kind: 'text', value: key }
    case 'int':
    case 'int32':
    case 'int64':
    case 'float':
    case 'float64':
    case 'bool':
    case 'bool_':
    case 'NoneType':
      return jsonLeaf(key)
    default:
      return undefined
  }
}

function object(callable: PyGlobal, args: readonly PyNode[], state?: PyNode): PyObject {
  return {
    kind: 'object',
    made: 'newobj',
    callable,
    args,
    kwargs: undefined,
    state,
    items: [],
    entries: [],
  }
}
