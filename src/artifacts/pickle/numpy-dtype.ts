import { simpleDtype, type Dtype } from '../numpy/dtype.ts'
import type { PyNode, PyObject } from './node.ts'

/** Structures inside structures: no library nests them deeper. */
const DEEPEST = 8

/**
 * The type that a pickled `numpy.dtype` describes.
 *
 * @returns `undefined` for types that are not known, such as those of other libraries.
 * Source: `arraydescr_reduce` in numpy's descriptor.c.
 */
export function dtypeOfNode(node: PyNode | undefined, depth = 0): Dtype | undefined {
  if (node?.kind !== 'object' || node.callable.kind !== 'global' || depth > DEEPEST)
    return undefined
  const { module, name } = node.callable
  const [spelled] = node.args
  if (module !== 'numpy' || name !== 'dtype' || spelled?.kind !== 'text') return undefined
  if (node.state === undefined) return simpleDtype(spelled.value)
  const state = stateOf(node)
  const dtype = state === undefined ? undefined : stated(spelled.value, state, depth)
  return dtype !== undefined && agrees(dtype, state ?? []) ? dtype : undefined
}

function stated(spelled: string, state: readonly PyNode[], depth: number): Dtype | undefined {
  const [, order, subarray, names, fields, size] = state
  if (order?.kind !== 'text') return undefined
  if (names?.kind === 'tuple') {
    return subarray?.kind === 'tuple' ? undefined : structure(names.items, fields, size, depth)
  }
  if (subarray?.kind === 'tuple') return subarrayOf(subarray.items, depth)
  return simpleDtype(`${spelled}${unitOf(state)}`, order.value)
}

function stateOf({ state }: PyObject): readonly PyNode[] | undefined {
  return state?.kind === 'tuple' && state.items.length >= 8 ? state.items : undefined
}

const HAS_OBJECTS = 1

/** numpy believes the size and the flags of the state, whatever the name says. */
function agrees({ itemSize, hasObjects }: Dtype, state: readonly PyNode[]): boolean {
  const [size, , flags] = state.slice(5)
  if (size?.kind !== 'int' || flags?.kind !== 'int') return false
  const isSize = size.value === -1 || size.value === itemSize
  return isSize && (Number(flags.value) & HAS_OBJECTS) === (hasObjects ? HAS_OBJECTS : 0)
}

/** Times carry their unit in the metadata: `(..., (b'ns', 1, 1, 1))`. */
function unitOf(state: readonly PyNode[]): string {
  const metadata = state[8]
  const parts = metadata?.kind === 'tuple' ? metadata.items[1] : undefined
  if (parts?.kind !== 'tuple') return ''
  const [unit, count] = parts.items
  const name =
    unit?.kind === 'bytes' ? Buffer.from(unit.value).toString('latin1') : encodedText(unit)
  if (name === undefined || name === 'generic') return ''
  return count?.kind === 'int' && count.value !== 1
    ? `[${String(count.value)}${name}]`
    : `[${name}]`
}

function encodedText(node: PyNode | undefined): string | undefined {
  if (node?.kind === 'text') return node.value
  const [text] = node?.kind === 'object' ? node.args : []
  return text?.kind === 'text' ? text.value : undefined
}

function structure(
  names: readonly PyNode[],
  fields: PyNode | undefined,
  size: PyNode | undefined,
  depth: number,
): Dtype | undefined {
  if (fields?.kind !== 'dict' || size?.kind !== 'int') return undefined
  const itemSize = Number(size.value)
  const types = new Map<string, readonly [Dtype, number]>()
  for (const [key, value] of fields.entries) {
    const [type, offset] = value.kind === 'tuple' ? value.items : []
    const dtype = dtypeOfNode(type, depth + 1)
    if (key.kind !== 'text' || dtype === undefined || offset?.kind !== 'int') return undefined
    types.set(key.value, [dtype, Number(offset.value)])
  }
  const described: string[] = []
  let at = 0
  let hasObjects = false
  for (const name of names) {
    const field = name.kind === 'text' ? types.get(name.value) : undefined
    if (name.kind !== 'text' || field === undefined) return undefined
    const [dtype, offset] = field
    if (offset > at) described.push(`('', '|V${String(offset - at)}')`)
    described.push(`('${name.value}', ${quoted(dtype.name)})`)
    hasObjects ||= dtype.hasObjects
    at = offset + dtype.itemSize
  }
  if (!(itemSize >= at) || itemSize > 2 ** 31) return undefined
  if (itemSize > at) described.push(`('', '|V${String(itemSize - at)}')`)
  return { name: `[${described.join(', ')}]`, itemSize, hasObjects }
}

function quoted(name: string): string {
  return /^[[(]/.test(name) ? name : `'${name}'`
}

function subarrayOf([type, shape]: readonly PyNode[], depth: number): Dtype | undefined {
  const dtype = dtypeOfNode(type, depth + 1)
  const sizes = shapeOfNode(shape)
  if (dtype === undefined || sizes === undefined) return undefined
  const count = sizes.reduce((product, size) => product * size, 1)
  const text = `(${quoted(dtype.name)}, (${sizes.map(String).join(', ')}${sizes.length === 1 ? ',' : ''}))`
  return { name: text, itemSize: count * dtype.itemSize, hasObjects: dtype.hasObjects }
}

/** Sizes as a tuple of whole numbers, or one number alone. */
export function shapeOfNode(node: PyNode | undefined): readonly number[] | undefined {
  if (node?.kind === 'int') return shapeOfNode({ kind: 'tuple', items: [node] })
  if (node?.kind !== 'tuple' && node?.kind !== 'list') return undefined
  if (node.items.length > 64) return undefined
  const sizes: number[] = []
  for (const item of node.items) {
    const isSize = item.kind === 'int' && typeof item.value === 'number' && item.value >= 0
    if (!isSize) return undefined
    sizes.push(item.value)
  }
  return Number.isSafeInteger(sizes.reduce((product, size) => product * size, 1))
    ? sizes
    : undefined
}
