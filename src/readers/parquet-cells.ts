import { TextDecoder } from 'node:util'
import type { ParquetParsers, TimeUnit } from 'hyparquet'
import type { ParquetColumn } from './parquet-schema.ts'
import type { Cell, Cells } from './stored-type.ts'
import { DOUBLE_DIGITS, decimalText, halfPrecision, millisecondsFrom } from './stored-type.ts'

const MS_PER_DAY = 86_400_000

const PER_MILLISECOND: Readonly<Record<TimeUnit, bigint>> = {
  MILLIS: 1n,
  MICROS: 1_000n,
  NANOS: 1_000_000n,
}

/** Refuses bytes that are not UTF-8 instead of replacing them, and keeps a leading U+FEFF. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** What hyparquet is left to convert by itself: texts once per dictionary entry, and INT96. */
export const PARSERS: Partial<ParquetParsers> = {
  stringFromBytes: (bytes) => utf8.decode(bytes),
  timestampFromNanoseconds: (nanos) => millisecondsFrom(nanos, PER_MILLISECOND.NANOS),
}

/** Whether hyparquet decodes a column to strings. */
export function isText({ annotation }: ParquetColumn): boolean {
  return annotation.kind === 'string'
}

/**
 * Turns what hyparquet decodes without type annotations into cells: signed integers, bigints, doubles,
 * booleans and bytes. Conversions are done here because hyparquet's are lossy (decimals are multiplied
 * by a power of ten that no double equals, microseconds and nanoseconds are cut to milliseconds).
 */
export function parquetCells({ element, annotation }: ParquetColumn, raw: Cells): Cells {
  switch (annotation.kind) {
    case 'date':
      return converted(raw, (days: number) => days * MS_PER_DAY)
    case 'timestamp': {
      const per = PER_MILLISECOND[annotation.unit]
      return converted(raw, (count: bigint) => millisecondsFrom(count, per))
    }
    case 'time': {
      const per = PER_MILLISECOND[annotation.unit]
      return converted(raw, (count: number | bigint) => Number(BigInt(count) / per))
    }
    case 'integer':
      if (annotation.signed) return raw
      return element.type === 'INT64'
        ? converted(raw, (value: bigint) => BigInt.asUintN(64, value))
        : converted(raw, (value: number) => value >>> 0)
    case 'decimal': {
      const { precision, scale } = annotation
      if (precision > DOUBLE_DIGITS) {
        return converted(raw, (value: Unscaled) => decimalText(unscaled(value), scale))
      }
      // Both are whole and below 2^53, so that the quotient is the nearest double.
      return converted(raw, (value: Unscaled) => Number(unscaled(value)) / 10 ** scale)
    }
    case 'float16':
      return converted(raw, ([low = 0, high = 0]: Uint8Array) => halfPrecision((high << 8) | low))
    case 'uuid':
      return converted(raw, uuidText)
    case 'none':
    case 'string':
    case 'null':
    case 'other':
      return raw
  }
}

/** @param convert - Takes the values that hyparquet makes of the column's physical type. */
function converted(raw: ArrayLike<unknown>, convert: (value: never) => Cell): Cells {
  const cells = new Array<Cell>(raw.length)
  for (let i = 0; i < raw.length; i++) {
    const value = raw[i]
    cells[i] = value === null || value === undefined ? undefined : convert(value as never)
  }
  return cells
}

type Unscaled = number | bigint | Uint8Array

/** A decimal's integer; bytes are big-endian two's complement. */
function unscaled(value: Unscaled): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value)
  let bits = 0n
  for (const byte of value) bits = (bits << 8n) | BigInt(byte)
  return BigInt.asIntN(value.length * 8, bits)
}

function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)]
  return [...parts, hex.slice(20)].join('-')
}
