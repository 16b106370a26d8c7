import type * as ArrowLibrary from 'apache-arrow'
import type { DataType, Field } from 'apache-arrow'
import type { StoredColumn, StoredType } from './stored-type.ts'
import { DOUBLE_DIGITS } from './stored-type.ts'

/** The library, which is loaded when the first Arrow file is opened. */
export type Arrow = typeof ArrowLibrary

/** The column that an Arrow field describes; nested and binary ones are unsupported. */
export function arrowColumn(arrow: Arrow, field: Field): StoredColumn {
  const { name } = field
  const type = field.type as DataType & { toString(): string }
  const note = noteOf(arrow, type)
  return {
    name,
    physical: `arrow ${type.toString()}`,
    stored: storedType(arrow, type),
    ...(note === undefined ? {} : { note }),
  }
}

/** What the cells of an Arrow type are; a dictionary's type is that of its values. */
export function storedType(arrow: Arrow, type: DataType): StoredType {
  const { DataType } = arrow
  if (DataType.isDictionary(type)) return storedType(arrow, type.dictionary as DataType)
  if (DataType.isNull(type)) return { kind: 'nothing' }
  if (DataType.isBool(type)) return { kind: 'boolean' }
  if (DataType.isInt(type)) return { kind: 'integer', safe: type.bitWidth < 64 }
  if (DataType.isFloat(type)) {
    const isDouble = type.precision === arrow.Precision.DOUBLE
    return { kind: 'number', precision: { kind: isDouble ? 'float64' : 'float32' } }
  }
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type)) {
    return { kind: 'string' }
  }
  if (DataType.isDate(type)) {
    return { kind: 'datetime', unit: type.unit === arrow.DateUnit.DAY ? 'day' : 'instant' }
  }
  if (DataType.isTimestamp(type)) return { kind: 'datetime', unit: 'instant' }
  if (DataType.isTime(type)) return { kind: 'integer', safe: true }
  if (DataType.isDecimal(type)) {
    return type.precision <= DOUBLE_DIGITS
      ? { kind: 'number', precision: { kind: 'decimals', digits: Math.max(0, type.scale) } }
      : { kind: 'decimal', scale: type.scale }
  }
  return { kind: 'unsupported' }
}

function noteOf({ DataType }: Arrow, type: DataType): string | undefined {
  if (DataType.isTime(type)) return 'in whole milliseconds since midnight'
  if (!DataType.isTimestamp(type)) return undefined
  return (type.timezone ?? '') === '' ? 'without a zone and read as UTC' : undefined
}
