import { TextDecoder } from 'node:util'
import type { Data, DataType, TimeUnit, Vector } from 'apache-arrow'
import type { Arrow } from './arrow-schema.ts'
import type { Cell, Cells } from './stored-type.ts'
import { DOUBLE_DIGITS, decimalText, halfPrecision, millisecondsFrom } from './stored-type.ts'

const MS_PER_DAY = 86_400_000

/** Refuses bytes that are not UTF-8 instead of replacing them, and keeps a leading U+FEFF. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Decodes columns of record batches; dictionaries are decoded once. */
export type ArrowCells = (vector: Vector) => Cells

/** Makes a decoder that remembers the dictionaries it has seen. */
export function arrowCells(arrow: Arrow): ArrowCells {
  const dictionaries = new WeakMap<Vector, Cells>()
  const cellsOf: ArrowCells = (vector) => {
    const parts = (vector.data as readonly Data[]).map((data) =>
      dataCells(arrow, data, dictionaryCells),
    )
    const [first = []] = parts
    return parts.length > 1 ? parts.flatMap((part) => Array.from(part)) : first
  }
  const dictionaryCells: ArrowCells = (dictionary) => {
    let cells = dictionaries.get(dictionary)
    if (cells === undefined) {
      cells = cellsOf(dictionary)
      dictionaries.set(dictionary, cells)
    }
    return cells
  }
  return cellsOf
}

function dataCells(arrow: Arrow, data: Data, dictionaryCells: ArrowCells): Cells {
  const { type, length } = data
  if (arrow.DataType.isNull(type)) return new Array<undefined>(length).fill(undefined)
  requireValues(arrow, data)
  const isPlain = arrow.DataType.isInt(type) || isWideFloat(arrow, type)
  if (isPlain && data.nullCount === 0) return plainCells(data)
  const cellAt = reader(arrow, data, dictionaryCells)
  const cells = new Array<Cell>(length)
  const hasNulls = data.nullCount > 0
  for (let i = 0; i < length; i++) {
    cells[i] = hasNulls && !data.getValid(i) ? undefined : cellAt(i)
  }
  return cells
}

/** The stored values themselves, without a copy. */
function plainCells({ values, length }: Data): Cells {
  return (values as Float64Array).subarray(0, length)
}

/** Before room is made for them: a damaged length is found out by the bytes that are not there. */
function requireValues({ DataType }: Arrow, data: Data): void {
  const { type, length, offset, nullCount, nullBitmap } = data
  const end = offset + length
  const values = data.values as ArrayLike<unknown> | null
  const offsets = data.valueOffsets as ArrayLike<unknown> | null
  let held = values?.length ?? 0
  if (DataType.isBool(type)) held *= 8
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) held = (offsets?.length ?? 0) - 1
  if (length > 0 && held < length) throw new RangeError('the values end early')
  if (nullCount > 0 && nullBitmap.length * 8 < end) throw new RangeError('the nulls end early')
}

function isWideFloat({ DataType, Precision }: Arrow, type: DataType): boolean {
  return DataType.isFloat(type) && type.precision !== Precision.HALF
}

type CellAt = (index: number) => Cell

/** How the valid values of one piece of a column are decoded. */
function reader(arrow: Arrow, data: Data, dictionaryCells: ArrowCells): CellAt {
  const { DataType, Precision } = arrow
  const { type } = data
  const values = data.values as ArrayLike<number | bigint>
  const at = (index: number): number | bigint => {
    const value = values[index]
    if (value === undefined) throw new RangeError('the values end early')
    return value
  }
  if (DataType.isDictionary(type)) {
    if (data.dictionary === undefined) throw new Error('its dictionary is missing')
    const entries = dictionaryCells(data.dictionary)
    return (index) => {
      const code = Number(at(index))
      if (code < 0 || code >= entries.length) throw new RangeError('a code has no dictionary entry')
      return entries[code]
    }
  }
  if (DataType.isBool(type)) {
    return (index) => {
      const bit = data.offset + index
      return (Number(at(bit >> 3)) & (1 << (bit & 7))) !== 0
    }
  }
  if (DataType.isInt(type)) return at
  if (DataType.isFloat(type)) {
    return type.precision === Precision.HALF ? (index) => halfPrecision(Number(at(index))) : at
  }
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return textReader(data)
  if (DataType.isUtf8View(type)) return viewReader(data)
  if (DataType.isDate(type)) {
    const unit = type.unit === arrow.DateUnit.DAY ? MS_PER_DAY : 1
    return (index) => Number(at(index)) * unit
  }
  if (DataType.isTimestamp(type)) {
    const { unit } = type
    return (index) => instant(arrow, BigInt(at(index)), unit)
  }
  if (DataType.isTime(type)) {
    const { unit } = type
    return (index) => Math.floor(instant(arrow, BigInt(at(index)), unit))
  }
  if (DataType.isDecimal(type)) return decimalReader(data, type)
  throw new Error(`type ${String(type.typeId)} is not supported`)
}

function instant({ TimeUnit }: Arrow, count: bigint, unit: TimeUnit): number {
  switch (unit) {
    case TimeUnit.SECOND:
      return Number(count * 1000n)
    case TimeUnit.MILLISECOND:
      return Number(count)
    case TimeUnit.MICROSECOND:
      return millisecondsFrom(count, 1_000n)
    case TimeUnit.NANOSECOND:
      return millisecondsFrom(count, 1_000_000n)
  }
}

function textReader({ valueOffsets, values }: Data): CellAt {
  const offsets = valueOffsets as ArrayLike<number | bigint>
  const bytes = values as Uint8Array
  return (index) => {
    const [start, end] = [offsets[index], offsets[index + 1]]
    if (start === undefined || end === undefined || Number(end) > bytes.length) {
      throw new RangeError('the texts end early')
    }
    if (!(start >= 0 && start <= end)) throw new RangeError('a text ends before it begins')
    return utf8.decode(bytes.subarray(Number(start), Number(end)))
  }
}

const VIEW_BYTES = 16
/** Texts up to this long are held in the view itself. */
const INLINE_BYTES = 12

/** Source: the Arrow columnar format, variable-size binary view layout. */
function viewReader({ values, variadicBuffers }: Data): CellAt {
  const bytes = values as Uint8Array
  const views = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return (index) => {
    const start = index * VIEW_BYTES
    const length = views.getInt32(start, true)
    if (length < 0) throw new RangeError('a text ends before it begins')
    if (length <= INLINE_BYTES) return utf8.decode(bytes.subarray(start + 4, start + 4 + length))
    const buffer = variadicBuffers[views.getInt32(start + 8, true)]
    const offset = views.getInt32(start + 12, true)
    if (buffer === undefined || offset + length > buffer.length) {
      throw new RangeError('the texts end early')
    }
    return utf8.decode(buffer.subarray(offset, offset + length))
  }
}

function decimalReader(
  { values }: Data,
  { bitWidth, precision, scale }: { bitWidth: number; precision: number; scale: number },
): CellAt {
  const bytes = values as Uint8Array
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const width = bitWidth / 8
  const isWide = precision > DOUBLE_DIGITS
  const power = 10 ** Math.abs(scale)
  return (index) => {
    let unscaled = 0n
    for (let offset = width - 4; offset >= 0; offset -= 4) {
      unscaled = (unscaled << 32n) | BigInt(view.getUint32(index * width + offset, true))
    }
    unscaled = BigInt.asIntN(bitWidth, unscaled)
    if (isWide) return decimalText(unscaled, scale)
    return scale < 0 ? Number(unscaled) * power : Number(unscaled) / power
  }
}
