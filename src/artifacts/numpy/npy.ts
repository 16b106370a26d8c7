import { createHash } from 'node:crypto'
import { elementCount } from '../element-count.ts'
import type { PyArray } from '../pickle/node.ts'
import { Unreadable } from '../unreadable.ts'
import { simpleDtype } from './dtype.ts'
import { fortranToC, ordersDiffer } from './element-order.ts'
import { isLiteralDictionary, isLiteralList, parseLiteral, type Literal } from './literal.ts'

/** An array as its file holds it. */
export type NpyContent =
  | { readonly kind: 'plain'; readonly array: PyArray }
  /** Elements that are Python objects: a pickle follows the header. */
  | { readonly kind: 'pickled'; readonly shape: readonly number[]; readonly pickle: Uint8Array }

/** How much of an array is kept; what has more is digested. */
export interface NpyLimits {
  readonly keptBytes: number
  readonly pickleBytes: number
}

const MAGIC = Buffer.from('\x93NUMPY', 'latin1')

/** A header names a type and a shape; numpy itself refuses longer ones. */
const HEADER_BYTES = 1_000_000

interface Header {
  readonly dtype: string
  readonly itemSize: number | undefined
  readonly shape: readonly number[]
  readonly isFortran: boolean
}

/**
 * Reads an array in the format of `numpy.save` from its bytes in parts.
 *
 * @param name - How findings name it.
 * @throws Unreadable when the bytes are no such array, too few, or more than the header declares.
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export async function readNpy(
  parts: AsyncIterable<Uint8Array>,
  name: string,
  limits: NpyLimits,
): Promise<NpyContent> {
  const source = parts[Symbol.asyncIterator]()
  try {
    return await readFrom(source, name, limits)
  } finally {
    await source.return?.()
  }
}

async function readFrom(
  source: AsyncIterator<Uint8Array>,
  name: string,
  limits: NpyLimits,
): Promise<NpyContent> {
  const { head, rest } = await takeHeader(source, name)
  const header = parseHeader(head, name)
  const { shape, itemSize } = header
  if (header.dtype === '|O') {
    const pickle = await keep(rest, source, limits.pickleBytes, name)
    return { kind: 'pickled', shape, pickle }
  }
  if (itemSize === undefined) throw broken(name, `the type ${header.dtype} is not known`)
  const expected = elementCount([...shape, itemSize], name)
  const array = await takeArray(rest, source, header, expected, limits.keptBytes, name)
  return { kind: 'plain', array }
}

async function takeHeader(
  source: AsyncIterator<Uint8Array>,
  name: string,
): Promise<{ head: Uint8Array; rest: Uint8Array }> {
  let bytes: Uint8Array = new Uint8Array()
  const atLeast = async (length: number): Promise<void> => {
    while (bytes.length < length) {
      const next = await source.next()
      if (next.done === true) throw broken(name, 'it is cut off')
      bytes = Buffer.concat([bytes, next.value])
    }
  }
  await atLeast(12)
  if (!MAGIC.equals(bytes.subarray(0, 6))) throw broken(name, 'it does not begin as one')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const isFirstVersion = bytes[6] === 1
  const start = isFirstVersion ? 10 : 12
  const length = isFirstVersion ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > HEADER_BYTES) throw broken(name, 'its header is too long')
  await atLeast(start + length)
  return { head: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) }
}

function parseHeader(head: Uint8Array, name: string): Header {
  const literal = parseLiteral(Buffer.from(head).toString('utf8'))
  if (!isLiteralDictionary(literal)) throw broken(name, 'its header is no dictionary')
  const shape = literal.get('shape')
  const isFortran = literal.get('fortran_order')
  if (!isLiteralList(shape) || !shape.every((size) => typeof size === 'number')) {
    throw broken(name, 'its header has no shape')
  }
  if (typeof isFortran !== 'boolean') throw broken(name, 'its header has no order')
  const { dtype, itemSize } = typeOf(literal.get('descr'), name)
  return { dtype, itemSize, shape, isFortran }
}

/** Structures are told by their size; one with objects in it is pickled as a whole. */
function typeOf(
  description: Literal | undefined,
  name: string,
): { dtype: string; itemSize: number | undefined } {
  if (typeof description === 'string') {
    const type = simpleDtype(description)
    return { dtype: type?.name ?? description, itemSize: type?.itemSize }
  }
  if (!isLiteralList(description)) throw broken(name, 'its header has no type')
  const size = structureSize(description)
  if (size === 'objects') return { dtype: '|O', itemSize: undefined }
  return { dtype: `|V${String(size ?? 0)}`, itemSize: size }
}

function structureSize(fields: readonly Literal[]): number | 'objects' | undefined {
  let total = 0
  for (const field of fields) {
    const [, type, shape = []] = isLiteralList(field) ? field : []
    const size = isLiteralList(type) ? structureSize(type) : fieldSize(type)
    if (size === undefined || size === 'objects') return size
    if (!isLiteralList(shape)) return undefined
    total += shape.reduce((product: number, each) => product * Number(each), size)
  }
  return Number.isSafeInteger(total) ? total : undefined
}

function fieldSize(type: Literal | undefined): number | 'objects' | undefined {
  const known = typeof type === 'string' ? simpleDtype(type) : undefined
  return known?.hasObjects === true ? 'objects' : known?.itemSize
}

async function takeArray(
  rest: Uint8Array,
  source: AsyncIterator<Uint8Array>,
  { dtype, itemSize = 0, shape, isFortran }: Header,
  expected: number,
  keptBytes: number,
  name: string,
): Promise<PyArray> {
  const keeps = expected <= keptBytes
  const inOrder = !isFortran || !ordersDiffer(shape)
  const digest = createHash('sha256')
  const kept: Uint8Array[] = []
  let length = 0
  for await (const part of following(rest, source)) {
    length += part.length
    if (length > expected) throw broken(name, 'more bytes follow than its header declares')
    if (keeps) kept.push(part)
    else if (inOrder) digest.update(part)
  }
  if (length < expected) throw broken(name, 'it is cut off')
  const base = { kind: 'array', dtype, shape, objects: undefined } as const
  if (!keeps)
    return { ...base, bytes: undefined, sha256: inOrder ? digest.digest('hex') : undefined }
  const stored = Buffer.concat(kept)
  const bytes = inOrder ? stored : fortranToC(stored, shape, itemSize)
  return { ...base, bytes, sha256: digest.update(bytes).digest('hex') }
}

async function keep(
  rest: Uint8Array,
  source: AsyncIterator<Uint8Array>,
  limit: number,
  name: string,
): Promise<Uint8Array> {
  const kept: Uint8Array[] = []
  let length = 0
  for await (const part of following(rest, source)) {
    length += part.length
    if (length > limit) throw broken(name, 'the pickle in it is too large')
    kept.push(part)
  }
  return Buffer.concat(kept)
}

async function* following(
  rest: Uint8Array,
  source: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (rest.length > 0) yield rest
  for (;;) {
    const next = await source.next()
    if (next.done === true) return
    yield next.value
  }
}

function broken(name: string, reason: string): Unreadable {
  return new Unreadable('NPY_UNREADABLE', { name, reason })
}
