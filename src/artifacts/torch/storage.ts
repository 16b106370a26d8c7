import type { PyNode } from '../pickle/node.ts'

/** A block of numbers beside the pickle, which tensors look into. */
export interface Storage {
  readonly key: string
  /** `undefined` for a storage of bytes: the tensor names the type. */
  readonly type: ElementType | undefined
  readonly elements: number
}

export interface ElementType {
  /** As numpy spells it, without the byte order; names of torch for types that numpy lacks. */
  readonly name: string
  readonly bytes: number
}

const TYPES: Readonly<Record<string, ElementType>> = {
  Double: { name: 'f8', bytes: 8 },
  Float: { name: 'f4', bytes: 4 },
  Half: { name: 'f2', bytes: 2 },
  BFloat16: { name: 'bfloat16', bytes: 2 },
  Long: { name: 'i8', bytes: 8 },
  Int: { name: 'i4', bytes: 4 },
  Short: { name: 'i2', bytes: 2 },
  Char: { name: 'i1', bytes: 1 },
  Byte: { name: 'u1', bytes: 1 },
  Bool: { name: 'b1', bytes: 1 },
  ComplexFloat: { name: 'c8', bytes: 8 },
  ComplexDouble: { name: 'c16', bytes: 16 },
}

/** Types that a tensor over a storage of bytes names: `torch.float8_e4m3fn`. */
const NAMED_TYPES: Readonly<Record<string, ElementType>> = {
  float8_e4m3fn: { name: 'float8_e4m3fn', bytes: 1 },
  float8_e5m2: { name: 'float8_e5m2', bytes: 1 },
  float8_e4m3fnuz: { name: 'float8_e4m3fnuz', bytes: 1 },
  float8_e5m2fnuz: { name: 'float8_e5m2fnuz', bytes: 1 },
  uint16: { name: 'u2', bytes: 2 },
  uint32: { name: 'u4', bytes: 4 },
  uint64: { name: 'u8', bytes: 8 },
}

/**
 * The storage that a persistent id names: `('storage', torch.FloatStorage, key, device, elements)`.
 *
 * @returns `undefined` for any other id, which nothing here can resolve.
 * Source: torch/serialization.py, `persistent_id`
 */
export function storageOf(id: PyNode): Storage | undefined {
  if (id.kind !== 'tuple') return undefined
  const [mark, type, key, , elements] = id.items
  if (mark?.kind !== 'text' || mark.value !== 'storage' || key?.kind !== 'text') return undefined
  if (type?.kind !== 'global' || !/^torch(\.cuda|\.storage)?$/.test(type.module)) return undefined
  if (elements?.kind !== 'int' || typeof elements.value !== 'number') return undefined
  const name = type.name.replace(/Storage$/, '')
  const known = TYPES[name]
  if (known === undefined && name !== 'Untyped') return undefined
  return { key: key.value, type: known, elements: elements.value }
}

/** The type that a tensor itself names; `undefined` for those that follow from its storage. */
export function namedType(node: PyNode | undefined): ElementType | undefined {
  if (node?.kind !== 'global' || node.module !== 'torch') return undefined
  return NAMED_TYPES[node.name]
}

export function spelled(type: ElementType, isBig: boolean): string {
  if (!/^[a-z]\d+$/.test(type.name)) return type.name
  if (type.bytes === 1) return `|${type.name}`
  return `${isBig ? '>' : '<'}${type.name}`
}
