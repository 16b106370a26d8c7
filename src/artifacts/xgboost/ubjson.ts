import { InputError } from '../../core/errors.ts'

/** Objects inside objects; trees are lists beside each other. */
const DEPTH = 100
const SIZES: Readonly<Record<string, number>> = { i: 1, U: 1, I: 2, l: 4, L: 8, d: 4, D: 8 }

/**
 * The value of a UBJSON file as JSON would have it. Lists of numbers of one type, which the trees of a
 * model are made of, are checked and given as their length.
 *
 * @param name - how messages name the file.
 * @param limit - how many values it may have.
 * @throws InputError when the bytes are not one whole value within the limits.
 * Source: https://ubjson.org, draft 12, as XGBoost writes it.
 */
export function parseUbjson(bytes: Uint8Array, name: string, limit: number): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 0
  let values = 0

  const fail = (reason: string): InputError =>
    new InputError(`${name} is not whole UBJSON: ${reason} at byte ${String(at)}`)
  const take = (length: number): number => {
    if (!(length >= 0 && at + length <= bytes.length)) throw fail('it ends too early')
    at += length
    return at - length
  }
  const marker = (): string => String.fromCharCode(view.getUint8(take(1)))
  const peek = (): string => String.fromCharCode(bytes[at] ?? 0)

  const number = (type: string): number => {
    const start = take(SIZES[type] ?? Number.NaN)
    switch (type) {
      case 'i':
        return view.getInt8(start)
      case 'U':
        return view.getUint8(start)
      case 'I':
        return view.getInt16(start)
      case 'l':
        return view.getInt32(start)
      case 'L':
        return Number(view.getBigInt64(start))
      case 'd':
        return view.getFloat32(start)
      default:
        return view.getFloat64(start)
    }
  }
  const size = (): number => {
    const type = marker()
    const length = 'iUIlL'.includes(type) ? number(type) : Number.NaN
    if (!Number.isSafeInteger(length) || length < 0) throw fail('a length is wrong')
    return length
  }
  const text = (): string => {
    const length = size()
    const start = take(length)
    return new TextDecoder().decode(bytes.subarray(start, start + length))
  }
  const list = (depth: number): unknown => {
    if (peek() === '$') {
      take(1)
      const type = marker()
      const width = SIZES[type]
      if (width === undefined || marker() !== '#') throw fail('a list has no numbers')
      const length = size()
      take(length * width)
      return { numbers: length }
    }
    const length = counted()
    const items: unknown[] = []
    while (length === undefined ? peek() !== ']' : items.length < length) {
      items.push(value(marker(), depth + 1))
    }
    if (length === undefined) take(1)
    return items
  }
  const counted = (): number | undefined => {
    if (peek() !== '#') return undefined
    take(1)
    return size()
  }
  const object = (depth: number): unknown => {
    const length = counted()
    const entries = new Map<string, unknown>()
    while (length === undefined ? peek() !== '}' : entries.size < length) {
      const key = text()
      if (entries.has(key)) throw fail(`the key ${key} is there twice`)
      entries.set(key, value(marker(), depth + 1))
    }
    if (length === undefined) take(1)
    return Object.fromEntries(entries)
  }
  const value = (type: string, depth: number): unknown => {
    values += 1
    if (values > limit || depth > DEPTH) throw fail('it has too many values')
    if (Object.hasOwn(SIZES, type)) return number(type)
    switch (type) {
      case '{':
        return object(depth)
      case '[':
        return list(depth)
      case 'S':
        return text()
      case 'C':
        return marker()
      case 'T':
      case 'F':
        return type === 'T'
      case 'Z':
        return null
    }
    throw fail('a value has no known type')
  }

  const whole = value(marker(), 0)
  if (at !== bytes.length) throw fail('something follows the model')
  return whole
}
