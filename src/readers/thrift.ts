/** Where in some bytes is read. */
export interface Cursor {
  readonly view: DataView
  at: number
}

/** The whole numbers, booleans and structures of a structure, by field; everything else is stepped over. */
export interface ThriftStruct {
  readonly numbers: ReadonlyMap<number, number>
  readonly structs: ReadonlyMap<number, ThriftStruct>
}

const MOST_LEVELS = 8

/** Types of the compact protocol. */
const [TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, STRUCT] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12,
] as const

/**
 * Reads one structure in Thrift's compact protocol.
 *
 * @throws RangeError when it ends early, is nested too deeply, or has a type that page headers have not.
 * Complexity: O(bytes). Source: thrift-compact-protocol.md of Apache Thrift.
 */
export function readStruct(cursor: Cursor, levels = MOST_LEVELS): ThriftStruct {
  if (levels === 0) throw new RangeError('a header that is nested too deeply')
  const numbers = new Map<number, number>()
  const structs = new Map<number, ThriftStruct>()
  let field = 0
  for (;;) {
    const byte = readByte(cursor)
    const type = byte & 0x0f
    if (type === 0) return { numbers, structs }
    const step = byte >> 4
    field = step === 0 ? readInteger(cursor) : field + step
    if (type === TRUE || type === FALSE) numbers.set(field, type === TRUE ? 1 : 0)
    else if (type === STRUCT) structs.set(field, readStruct(cursor, levels - 1))
    else if (type === I16 || type === I32 || type === I64) numbers.set(field, readInteger(cursor))
    else skip(cursor, type, levels)
  }
}

function skip(cursor: Cursor, type: number, levels: number): void {
  switch (type) {
    case TRUE:
    case FALSE:
    case BYTE:
      cursor.at += 1
      return
    case I16:
    case I32:
    case I64:
      readInteger(cursor)
      return
    case DOUBLE:
      cursor.at += 8
      return
    case BINARY: {
      const length = readUnsigned(cursor)
      cursor.at += length
      return
    }
    case STRUCT:
      readStruct(cursor, levels - 1)
      return
    case LIST:
    case SET: {
      const byte = readByte(cursor)
      const count = byte >> 4 === 15 ? readUnsigned(cursor) : byte >> 4
      if (count > cursor.view.byteLength) throw new RangeError('a list is longer than its header')
      for (let element = 0; element < count; element++) skip(cursor, byte & 0x0f, levels - 1)
      return
    }
    default:
      throw new RangeError(`a header with a value of type ${String(type)}`)
  }
}

function readByte(cursor: Cursor): number {
  return cursor.view.getUint8(cursor.at++)
}

/** A variable-length unsigned integer; beyond 2^53 it is only about right. */
export function readUnsigned(cursor: Cursor): number {
  let value = 0
  for (let scale = 1, bytes = 0; bytes < 10; bytes++, scale *= 128) {
    const byte = readByte(cursor)
    value += (byte & 0x7f) * scale
    if (byte < 0x80) return value
  }
  throw new RangeError('an integer that does not end')
}

/** A zigzag integer. */
export function readInteger(cursor: Cursor): number {
  const folded = readUnsigned(cursor)
  return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2
}
