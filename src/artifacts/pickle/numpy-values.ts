import { createHash } from 'node:crypto'
import type { GradedFinding } from '../../core/finding.ts'
import type { Dtype } from '../numpy/dtype.ts'
import { fortranToC, ordersDiffer } from '../numpy/element-order.ts'
import { arrayElements } from '../numpy/elements.ts'
import { dtypeOfNode, shapeOfNode } from './numpy-dtype.ts'
import type { PyArray, PyNode, PyObject } from './node.ts'

/** numpy 2 moved its internals. */
const MULTIARRAY: ReadonlySet<string> = new Set(['numpy.core.multiarray', 'numpy._core.multiarray'])
const NUMERIC: ReadonlySet<string> = new Set(['numpy.core.numeric', 'numpy._core.numeric'])

const TYPE_UNKNOWN: GradedFinding = {
  severity: 'inconclusive',
  code: 'ARRAY_TYPE_UNKNOWN',
  args: {},
}
const BROKEN: GradedFinding = { severity: 'inconclusive', code: 'ARRAY_BROKEN', args: {} }

interface Settled {
  readonly root: PyNode
  readonly problems: readonly GradedFinding[]
}

/**
 * Puts arrays and numbers in the place of the calls that would make them: `_reconstruct` with its state,
 * `_frombuffer` and `scalar`.
 *
 * @param root - Changed in place where it is a container.
 * @returns A problem for an array whose type is unknown or whose bytes do not fit its shape; it stays a call.
 * Complexity: O(nodes); nesting costs no stack.
 */
export function settleArrays(root: PyNode): Settled {
  const problems: GradedFinding[] = []
  const settled = new Map<PyNode, PyNode>()
  const open: PyNode[] = []
  const settle = (node: PyNode): PyNode => {
    const known = settled.get(node)
    if (known !== undefined) return known
    if (!isContainer(node)) return node
    const found = node.kind === 'object' ? valueOf(node, problems) : node
    settled.set(node, found)
    if (isContainer(found)) open.push(found)
    return found
  }
  const result = settle(root)
  for (let node = open.pop(); node !== undefined; node = open.pop()) settleInside(node, settle)
  return { root: result, problems }
}

function isContainer({ kind }: PyNode): boolean {
  return (
    kind !== 'none' &&
    kind !== 'bool' &&
    kind !== 'int' &&
    kind !== 'float' &&
    kind !== 'text' &&
    kind !== 'bytes' &&
    kind !== 'global'
  )
}

function settleInside(node: PyNode, settle: (node: PyNode) => PyNode): void {
  if ('items' in node) settleItems(node.items, settle)
  if ('entries' in node) settleEntries(node.entries, settle)
  if (node.kind === 'array') settleItems(node.objects ?? [], settle)
  if (node.kind !== 'object') return
  settleItems(node.args, settle)
  if (node.state !== undefined) node.state = settle(node.state)
  if (node.kwargs !== undefined) settle(node.kwargs)
}

/** The machine made these arrays, and nobody else has seen them yet. */
function settleItems(items: readonly PyNode[], settle: (node: PyNode) => PyNode): void {
  const own = items as PyNode[]
  for (const [index, item] of items.entries()) {
    const value = settle(item)
    if (value !== item) own[index] = value
  }
}

function settleEntries(
  entries: (readonly [PyNode, PyNode])[],
  settle: (node: PyNode) => PyNode,
): void {
  for (const [index, [key, value]] of entries.entries()) {
    const newKey = settle(key)
    const newValue = settle(value)
    if (newKey !== key || newValue !== value) entries[index] = [newKey, newValue]
  }
}

function valueOf(node: PyObject, problems: GradedFinding[]): PyNode {
  const { callable, args } = node
  if (callable.kind !== 'global') return node
  const { module, name } = callable
  if (MULTIARRAY.has(module) && name === '_reconstruct') return reconstructed(node, problems)
  if (MULTIARRAY.has(module) && name === 'scalar') return scalar(node, problems)
  if (!NUMERIC.has(module) || name !== '_frombuffer') return node
  const [data, type, shape, order] = args
  const isFortran = order?.kind === 'text' && order.value === 'F'
  return arrayOf(node, { type, shape, data, isFortran }, problems)
}

interface ArrayParts {
  readonly type: PyNode | undefined
  readonly shape: PyNode | undefined
  readonly data: PyNode | undefined
  readonly isFortran: boolean
}

function reconstructed(node: PyObject, problems: GradedFinding[]): PyNode {
  // The version of the layout comes first, except in files of the last century.
  const parts = node.state?.kind === 'tuple' ? node.state.items.slice(-4) : []
  const [shape, type, fortran, data] = parts
  const isFortran =
    (fortran?.kind === 'bool' && fortran.value) || (fortran?.kind === 'int' && fortran.value === 1)
  return arrayOf(node, { type, shape, data, isFortran }, problems)
}

function arrayOf(node: PyObject, parts: ArrayParts, problems: GradedFinding[]): PyNode {
  const dtype = dtypeOfNode(parts.type)
  const shape = shapeOfNode(parts.shape)
  if (dtype === undefined || shape === undefined) {
    return unknown(node, TYPE_UNKNOWN, problems)
  }
  const count = shape.reduce((product, size) => product * size, 1)
  if (dtype.hasObjects) {
    if (parts.data?.kind === 'list' && parts.data.items.length === count) {
      return array(dtype, shape, { objects: parts.data.items })
    }
    return unknown(node, BROKEN, problems)
  }
  const size = count * dtype.itemSize
  if (parts.data?.kind === 'array' && parts.data.bytes === undefined) {
    if (parts.data.shape[0] !== size) return unknown(node, BROKEN, problems)
    const isInOrder = !parts.isFortran || !ordersDiffer(shape)
    return array(dtype, shape, isInOrder ? { sha256: parts.data.sha256 } : {})
  }
  const bytes = bytesOf(parts.data)
  if (bytes?.length !== size) return unknown(node, BROKEN, problems)
  return arrayOfBytes(dtype, shape, bytes, parts.isFortran)
}

/** One finding of a kind says it for all arrays of the file. */
function unknown(node: PyObject, problem: GradedFinding, problems: GradedFinding[]): PyNode {
  if (!problems.includes(problem)) problems.push(problem)
  return node
}

function array(
  dtype: Dtype,
  shape: readonly number[],
  found: { objects?: readonly PyNode[]; bytes?: Uint8Array; sha256?: string | undefined },
): PyArray {
  const { objects, bytes, sha256 } = found
  return { kind: 'array', dtype: dtype.name, shape, objects, bytes, sha256 }
}

/**
 * An array of bytes that are at hand, in C order.
 *
 * @param digest - of the bytes as they are stored, where it is known.
 */
export function arrayOfBytes(
  dtype: Dtype,
  shape: readonly number[],
  stored: Uint8Array,
  isFortran: boolean,
  digest?: string,
): PyArray {
  const turned = isFortran && ordersDiffer(shape) && dtype.itemSize > 0
  const bytes = turned ? fortranToC(stored, shape, dtype.itemSize) : stored
  const known = turned ? undefined : digest
  const sha256 = known ?? createHash('sha256').update(bytes).digest('hex')
  return array(dtype, shape, { bytes, sha256 })
}

function scalar(node: PyObject, problems: GradedFinding[]): PyNode {
  const [type, data] = node.args
  const dtype = dtypeOfNode(type)
  if (dtype === undefined) return unknown(node, TYPE_UNKNOWN, problems)
  // The scalar of an object type is the object.
  if (dtype.hasObjects && dtype.name !== '|O') return unknown(node, TYPE_UNKNOWN, problems)
  if (dtype.hasObjects) return data?.kind === 'object' || data === undefined ? node : data
  const bytes = bytesOf(data)
  if (bytes?.length !== dtype.itemSize) return unknown(node, BROKEN, problems)
  const [value] = arrayElements(dtype.name, bytes) ?? []
  if (typeof value === 'boolean') return { kind: 'bool', value }
  if (typeof value === 'bigint') return { kind: 'int', value }
  if (typeof value === 'number') {
    return { kind: /^.[iu]/.test(dtype.name) ? 'int' : 'float', value }
  }
  return arrayOfBytes(dtype, [], bytes, false)
}

/** Bytes as the protocols write them: plainly, as text that is to be encoded, or not at all when empty. */
function bytesOf(node: PyNode | undefined): Uint8Array | undefined {
  if (node?.kind === 'bytes') return node.value
  if (node?.kind === 'text') return latin1Bytes(node.value)
  if (node?.kind !== 'object' || node.callable.kind !== 'global') return undefined
  const { module, name } = node.callable
  const [first, encoding] = node.args
  if (module === '_codecs' && name === 'encode') {
    const isLatin = encoding?.kind === 'text' && /^latin-?1$/i.test(encoding.value)
    return isLatin && first?.kind === 'text' ? latin1Bytes(first.value) : undefined
  }
  if (module !== 'builtins' && module !== '__builtin__') return undefined
  if (name !== 'bytes' && name !== 'bytearray') return undefined
  if (first === undefined) return new Uint8Array()
  return name === 'bytearray' ? bytesOf(first) : undefined
}

function latin1Bytes(text: string): Uint8Array | undefined {
  return /^[\x00-\xff]*$/.test(text) ? Buffer.from(text, 'latin1') : undefined
}
