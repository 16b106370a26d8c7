import type { PyGlobal, PyNode, PyObject } from './node.ts'
import { broken, textOf } from './operands.ts'

/** Text of this shape is no pickle. */
export const WORD = /^[\w .-]*$/

export function twoLines(operand: Uint8Array, offset: number): readonly [string, string] {
  const [module = '', name = ''] = textOf(operand, offset).split('\n')
  return [module, name]
}

export function pairs(items: readonly PyNode[], offset: number): (readonly [PyNode, PyNode])[] {
  if (items.length % 2 !== 0) throw broken('a key without a value', offset)
  const entries: (readonly [PyNode, PyNode])[] = []
  for (let index = 0; index < items.length; index += 2) {
    entries.push([items[index] as PyNode, items[index + 1] as PyNode])
  }
  return entries
}

export function isGetattr({ module, name }: PyGlobal): boolean {
  return name === 'getattr' && (module === 'builtins' || module === '__builtin__')
}

/** `getattr(str, 'split')` refers to `str.split`, which is then judged by its own name. */
export function attributeOf(callable: PyNode, args: readonly PyNode[]): PyGlobal | undefined {
  if (callable.kind !== 'global' || !isGetattr(callable) || args.length !== 2) return undefined
  const [owner, name] = args
  if (owner?.kind !== 'global' || name?.kind !== 'text') return undefined
  return { kind: 'global', module: owner.module, name: `${owner.name}.${name.value}` }
}

/** scikit-learn writes its version as the last attribute of every estimator. */
export function versionIn(entries: readonly (readonly [PyNode, PyNode])[]): string | undefined {
  const [key, value] = entries.at(-1) ?? []
  if (key?.kind !== 'text' || key.value !== '_sklearn_version') return undefined
  return value?.kind === 'text' ? value.value : undefined
}

/** joblib's own loader reads an array behind each of these, wherever it comes from. */
export function isArrayWrapper({ module, name }: PyGlobal): boolean {
  return name === 'NumpyArrayWrapper' && module.startsWith('joblib.')
}

/** The class that a call makes an object of: the helpers of the pickle format are given it. */
export function classMade(callable: PyNode, args: readonly PyNode[]): PyNode | undefined {
  const isHelper = callable.kind === 'global' && /^copy_?reg$/.test(callable.module)
  return isHelper ? args[0] : callable
}

/** Whether a call makes the description of an array in a way that the reader sees. */
export function wrapperMade(callable: PyNode, args: readonly PyNode[]): boolean {
  const type = classMade(callable, args)
  return type?.kind === 'global' && isArrayWrapper(type)
}

/**
 * Whether items can be appended without calling a method that the pickle chose: writers append to a list
 * before they set anything else of it.
 */
export function mayGrow(target: PyNode): target is PyObject {
  if (target.kind !== 'object' || target.state !== undefined || target.entries.length > 0)
    return false
  const { callable, args } = target
  if (args.length === 0 || callable.kind !== 'global') return true
  return callable.module === 'collections' || /^copy_?reg$/.test(callable.module)
}

/** The name of a state that changes how Python treats the object: `__class__`, `__setstate__`. */
export function specialKeyIn(state: PyNode): string | undefined {
  // A pair holds the attributes and the slots.
  const parts = state.kind === 'tuple' && state.items.length === 2 ? state.items : [state]
  for (const part of parts) {
    if (part.kind !== 'dict') continue
    for (const [key] of part.entries) {
      if (key.kind === 'text' && /^__\w+__$/.test(key.value)) return key.value
    }
  }
  return undefined
}
