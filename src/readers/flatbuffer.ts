/** A table of a flatbuffer, by the position of its first byte. */
export interface Table {
  readonly view: DataView
  readonly at: number
}

/** A vector whose elements all lie inside of the buffer. */
export interface Elements {
  readonly length: number
  /** The position of an element. */
  at(index: number): number
}

const NO_ELEMENTS: Elements = { length: 0, at: () => 0 }

/**
 * The outermost table of a flatbuffer. This and the functions below check what they follow against the
 * end of the buffer, which generated accessors leave to the writer.
 *
 * @throws RangeError, as everything here, for what lies outside of the buffer.
 * Source: the FlatBuffers binary format.
 */
export function rootTable(bytes: Uint8Array): Table {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { view, at: view.getUint32(0, true) }
}

/** The position of a table's field, or `undefined` for its default. */
export function fieldAt({ view, at }: Table, slot: number): number | undefined {
  const layout = at - view.getInt32(at, true)
  const [layoutBytes, tableBytes] = [view.getUint16(layout, true), view.getUint16(layout + 2, true)]
  if (layout + layoutBytes > view.byteLength || at + tableBytes > view.byteLength) {
    throw new RangeError('a table is longer than its message')
  }
  const entry = 4 + slot * 2
  if (entry >= layoutBytes) return undefined
  const offset = view.getUint16(layout + entry, true)
  if (offset >= tableBytes) throw new RangeError('a value lies outside of its table')
  return offset === 0 ? undefined : at + offset
}

/** A table that a field refers to. */
export function tableIn(table: Table, slot: number): Table | undefined {
  const at = fieldAt(table, slot)
  return at === undefined ? undefined : tableFrom(table.view, at)
}

/** The table that the reference at a position leads to. */
export function tableFrom(view: DataView, at: number): Table {
  return { view, at: at + view.getUint32(at, true) }
}

/** @param width - Bytes of an element. */
export function elementsIn(table: Table, slot: number, width: number): Elements {
  const at = fieldAt(table, slot)
  if (at === undefined) return NO_ELEMENTS
  const { view } = table
  const start = at + view.getUint32(at, true)
  const length = view.getUint32(start, true)
  if (start + 4 + length * width > view.byteLength) {
    throw new RangeError(`a list of ${String(length)} is longer than its message`)
  }
  return { length, at: (index) => start + 4 + index * width }
}

/** A 64-bit integer as a double; what no double holds exactly is out of any range that is asked for. */
export function integerIn(table: Table, slot: number): number {
  const at = fieldAt(table, slot)
  return at === undefined ? 0 : Number(table.view.getBigInt64(at, true))
}

export function byteIn(table: Table, slot: number): number {
  const at = fieldAt(table, slot)
  return at === undefined ? 0 : table.view.getUint8(at)
}

export function shortIn(table: Table, slot: number): number {
  const at = fieldAt(table, slot)
  return at === undefined ? 0 : table.view.getInt16(at, true)
}
