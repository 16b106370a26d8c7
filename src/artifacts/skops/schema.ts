import type { PyGlobal } from '../pickle/node.ts'

/** A node of `schema.json`: how one object is rebuilt. */
export type SchemaNode = Readonly<Record<string, unknown>>

/** Nested deeper than any object that skops wrote. */
const DEPTH = 600

export function isSchemaNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function textOf(node: SchemaNode, name: string): string | undefined {
  const value = node[name]
  return typeof value === 'string' ? value : undefined
}

/** The class, type or function that a node names: `sklearn.svm._classes.SVC`. */
export function globalOf(node: SchemaNode): PyGlobal | undefined {
  const module = textOf(node, '__module__')
  const name = textOf(node, '__class__')
  return module === undefined || name === undefined ? undefined : { kind: 'global', module, name }
}

export interface SchemaSurvey {
  /** Everything that any node names, understood or not; each once. */
  readonly globals: readonly PyGlobal[]
  /** Members of the archive that nodes refer to. */
  readonly files: ReadonlySet<string>
  /** Whether all of it was seen. */
  readonly isWhole: boolean
}

/** Everything that a schema refers to, wherever in it: also where no loader would look. */
export function surveySchema(schema: unknown): SchemaSurvey {
  const globals = new Map<string, PyGlobal>()
  const files = new Set<string>()
  let isWhole = true
  const add = (global: PyGlobal): void => {
    globals.set(`${global.module}\n${global.name}`, global)
  }
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null) return
    if (depth > DEPTH) {
      isWhole = false
      return
    }
    if (isSchemaNode(value)) {
      const global = globalOf(value)
      if (global !== undefined) add(global)
      // Loaded from the module of operators, whatever module it names.
      if (global !== undefined && textOf(value, '__loader__') === 'OperatorFuncNode') {
        add({ ...global, module: 'operator' })
      }
      // The function nodes of the first protocol kept their names apart.
      const path = textOf(value, 'module_path')
      const name = textOf(value, 'function')
      if (path !== undefined && name !== undefined) add({ kind: 'global', module: path, name })
      const file = textOf(value, 'file')
      if (file !== undefined) files.add(file)
    }
    for (const member of Object.values(value)) visit(member, depth + 1)
  }
  visit(schema, 0)
  return { globals: [...globals.values()], files, isWhole }
}

/**
 * Whether two nodes rebuild the same object; identities differ between any two.
 *
 * @param sameFile - Whether two members of the archive hold the same.
 */
export function isSameObject(
  first: unknown,
  second: unknown,
  sameFile: (first: unknown, second: unknown) => boolean,
): boolean {
  if (typeof first !== 'object' || first === null) return Object.is(first, second)
  if (typeof second !== 'object' || second === null) return false
  if (Array.isArray(first) !== Array.isArray(second)) return false
  const names = Object.keys(first).filter((name) => name !== '__id__')
  const others = Object.keys(second).filter((name) => name !== '__id__')
  if (names.length !== others.length) return false
  return names.every((name) => {
    const one = (first as SchemaNode)[name]
    const other = (second as SchemaNode)[name]
    return (name === 'file' && sameFile(one, other)) || isSameObject(one, other, sameFile)
  })
}
