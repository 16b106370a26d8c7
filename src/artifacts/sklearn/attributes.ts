import type { PyGlobal, PyNode, PyObject } from '../pickle/node.ts'

export type Attributes = ReadonlyMap<string, PyNode>

/**
 * The class that an object is an instance of, where the pickle says so: protocols 0 and 1 name it as the
 * argument of a helper, later ones directly. `undefined` for what a function makes.
 */
export function classOf(node: PyObject): PyGlobal | undefined {
  const { callable, args } = node
  if (callable.kind !== 'global') return undefined
  if (isCopyHelper(callable)) return args[0]?.kind === 'global' ? args[0] : undefined
  return callable
}

export function classPath(global: PyGlobal): string {
  return `${global.module}.${global.name}`
}

/** `copyreg._reconstructor(class, base, state)`, `copyreg.__newobj__(class, ...)` and their old module. */
function isCopyHelper({ module, name }: PyGlobal): boolean {
  if (module !== 'copyreg' && module !== 'copy_reg') return false
  return name === '_reconstructor' || name === '__newobj__' || name === '__newobj_ex__'
}

/**
 * The attributes that BUILD sets: of a dictionary, or of the pair of dictionaries that a class with slots
 * gives. `undefined` when the object has no such state.
 */
export function attributesOf(node: PyNode): Attributes | undefined {
  if (node.kind !== 'object') return undefined
  const { state } = node
  if (state?.kind === 'dict') return new Map(namedEntries(state.entries))
  if (state?.kind !== 'tuple' || state.items.length !== 2) return undefined
  const parts = state.items.flatMap((part) => (part.kind === 'dict' ? [part] : []))
  if (parts.length === 0) return undefined
  return new Map(parts.flatMap(({ entries }) => namedEntries(entries)))
}

/** The entries whose keys are text. */
export function namedEntries(
  entries: readonly (readonly [PyNode, PyNode])[],
): (readonly [string, PyNode])[] {
  return entries.flatMap(([key, value]) =>
    key.kind === 'text' ? [[key.value, value] as const] : [],
  )
}

/** The members of a list or tuple, of a list's subclass, or of an array of objects; else `undefined`. */
export function membersOf(node: PyNode | undefined): readonly PyNode[] | undefined {
  if (node?.kind === 'list' || node?.kind === 'tuple') return node.items
  return node?.kind === 'array' ? node.objects : undefined
}

/** An attribute with a trailing underscore holds what `fit` learned; private ones do not count. */
export function isFittedName(name: string): boolean {
  return name.endsWith('_') && !name.startsWith('_')
}
