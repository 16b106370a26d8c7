import { narrow } from '../narrow.ts'
import type { ObjectValue } from '../object-facts.ts'
import { datetimeText } from './datetime.ts'

type Reader = (view: DataView, offset: number) => ObjectValue

/** `<f8`, `|O`, `<U5`, `<M8[ns]`: byte order, kind, bytes (characters for `U`), unit of time. */
const DTYPE = /^([<>|=]?)([a-zA-Z])(\d*)(?:\[(\w+)\])?$/

/**
 * The elements of an array of plain type, in the order of its bytes.
 *
 * @param dtype - As numpy spells it; without a byte order the little end comes first.
 * @returns `undefined` for types whose elements are no plain values (structures, objects, long doubles)
 *   and when the bytes are no whole number of elements. NaT is `null`.
 * Source: https://numpy.org/doc/stable/reference/arrays.interface.html
 */
export function arrayElements(dtype: string, bytes: Uint8Array): ObjectValue[] | undefined {
  const match = DTYPE.exec(dtype)
  if (match === null) return undefined
  const [, order, kind = '', digits = '', unit] = match
  const size = Number(digits) * (kind === 'U' ? 4 : 1)
  const read = readerOf(kind, Number(digits), order !== '>', unit)
  if (read === undefined) return undefined
  if (size === 0 || bytes.length % size !== 0) return bytes.length === 0 ? [] : undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const elements: ObjectValue[] = []
  for (let offset = 0; offset < bytes.length; offset += size) elements.push(read(view, offset))
  return elements
}

function readerOf(
  kind: string,
  size: number,
  little: boolean,
  unit: string | undefined,
): Reader | undefined {
  switch (kind) {
    case 'b':
    case '?':
      return (view, at) => view.getUint8(at) !== 0
    case 'i':
    case 'u':
      return integerReader(kind === 'i', size, little)
    case 'f':
      return floatReader(size, little)
    case 'c': {
      const part = floatReader(size / 2, little)
      return part && ((view, at) => [part(view, at), part(view, at + size / 2)])
    }
    case 'U':
      return (view, at) => text(view, at, size, little)
    case 'S':
    case 'a':
      return (view, at) => byteText(view, at, size)
    case 'M':
    case 'm':
      return timeReader(kind, little, unit)
    default:
      return undefined
  }
}

function integerReader(signed: boolean, size: number, little: boolean): Reader | undefined {
  switch (size) {
    case 1:
      return (view, at) => (signed ? view.getInt8(at) : view.getUint8(at))
    case 2:
      return (view, at) => (signed ? view.getInt16(at, little) : view.getUint16(at, little))
    case 4:
      return (view, at) => (signed ? view.getInt32(at, little) : view.getUint32(at, little))
    case 8:
      return (view, at) =>
        narrow(signed ? view.getBigInt64(at, little) : view.getBigUint64(at, little))
    default:
      return undefined
  }
}

function floatReader(size: number, little: boolean): Reader | undefined {
  switch (size) {
    case 2:
      return (view, at) => halfFloat(view.getUint16(at, little))
    case 4:
      return (view, at) => view.getFloat32(at, little)
    case 8:
      return (view, at) => view.getFloat64(at, little)
    default:
      return undefined
  }
}

/** Half precision: one sign bit, five of the exponent, ten of the fraction. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** The least 64-bit integer stands for "not a time". */
function timeReader(kind: 'M' | 'm', little: boolean, unit: string | undefined): Reader {
  const NOT_A_TIME = -(2n ** 63n)
  return (view, at) => {
    const count = view.getBigInt64(at, little)
    if (count === NOT_A_TIME) return null
    return kind === 'M' ? (datetimeText(count, unit) ?? narrow(count)) : narrow(count)
  }
}

/** UTF-32 of a fixed length, filled up with zeros. */
function text(view: DataView, start: number, characters: number, little: boolean): string {
  let result = ''
  let zeros = 0
  for (let index = 0; index < characters; index += 1) {
    const point = view.getUint32(start + 4 * index, little)
    if (point === 0) {
      zeros += 1
      continue
    }
    result += '\0'.repeat(zeros) + (point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point))
    zeros = 0
  }
  return result
}

function byteText(view: DataView, start: number, length: number): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + start, length)
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1
  return Buffer.from(bytes.subarray(0, end)).toString('latin1')
}
