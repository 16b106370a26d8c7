import type { PyGlobal, PyNode } from './node.ts'
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
