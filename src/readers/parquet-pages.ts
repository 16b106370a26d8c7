import type { ColumnMetaData } from 'hyparquet'
import { checkDeltaTexts, checkRuns, deltaHeader } from './parquet-runs.ts'
import type { Cursor, ThriftStruct } from './thrift.ts'
import { readStruct } from './thrift.ts'

/** Writers aim at one megabyte; some put a whole row group into a page. */
const LARGEST_PAGE = 2 ** 30
const MOST_GROUP_ROWS = 2 ** 27

/** The most that one compressed byte can become. Brotli can repeat 16 MiB in a handful of bytes. */
const MOST_EXPANSION: Readonly<Record<string, number>> = {
  UNCOMPRESSED: 1,
  SNAPPY: 22,
  LZ4: 255,
  LZ4_RAW: 255,
  GZIP: 1032,
  ZSTD: 32_768,
  BROTLI: 2 ** 22,
}
/** Frames and headers of very small pages. */
const SLACK = 64

const DATA_PAGE = 0
const DICTIONARY_PAGE = 2
const DATA_PAGE_2 = 3

/** By the numbers of the format. */
const ENCODING = {
  plainDictionary: 2,
  runs: 3,
  delta: 5,
  deltaLength: 6,
  deltaText: 7,
  dictionary: 8,
} as const

/** How the pages of a column are to be read. */
export interface PageLayout {
  readonly codec: ColumnMetaData['codec']
  readonly isOptional: boolean
  readonly isBoolean: boolean
}

/** To be called with the bytes of each compressed page, in their order, before they are decoded. */
export type PageCheck = (decompressed: Uint8Array) => void

/**
 * Checks the pages of a flat column against what they announce: hyparquet makes room for values and
 * follows run lengths before it notices that the bytes for them are not there.
 *
 * @param chunk - The column's bytes in one row group.
 * @param rows - Rows of the row group; the pages have to hold as many values.
 * @returns One check per page that is compressed.
 * @throws RangeError for damaged pages, and for sizes that no page of so many bytes can have.
 * Complexity: O(pages + runs). Source: parquet.thrift of the Apache Parquet format 2.12.
 */
export function checkPages(
  chunk: ArrayBuffer,
  rows: number,
  layout: PageLayout,
): readonly PageCheck[] {
  if (rows > MOST_GROUP_ROWS) throw new RangeError('a row group of more than 2^27 rows')
  const cursor: Cursor = { view: new DataView(chunk), at: 0 }
  const compressed: PageCheck[] = []
  let left = rows
  while (left > 0) {
    const header = readStruct(cursor)
    const [type, full, size] = [numberIn(header, 1), numberIn(header, 2), numberIn(header, 3)]
    const bytes = new Uint8Array(chunk, cursor.at, size)
    cursor.at += size
    checkSizes(full, size, layout)
    const page = { header, type, full, bytes }
    if (type === DICTIONARY_PAGE) {
      const values = countIn(structIn(header, 7), 1, full)
      if (layout.codec === 'UNCOMPRESSED') continue
      // Each entry takes a byte or more.
      compressed.push(({ length }) => {
        if (values > length) throw new RangeError('a dictionary is longer than its page')
      })
      continue
    }
    const { values, check } =
      type === DATA_PAGE_2 ? secondPage(page, layout, left) : firstPage(page, layout, left)
    left -= values
    if (check !== undefined) compressed.push(check)
  }
  return compressed
}

interface Page {
  readonly header: ThriftStruct
  readonly type: number
  readonly full: number
  readonly bytes: Uint8Array
}

interface DataPage {
  readonly values: number
  readonly check: PageCheck | undefined
}

function firstPage({ header, type, bytes }: Page, layout: PageLayout, left: number): DataPage {
  if (type !== DATA_PAGE) throw new RangeError('a page of no known kind')
  const data = structIn(header, 5)
  const values = countIn(data, 1, left)
  const encoding = numberIn(data, 2)
  const check: PageCheck = (page) => {
    const cursor = cursorOf(page)
    if (layout.isOptional) {
      const length = cursor.view.getUint32(0, true)
      cursor.at = 4
      checkRuns(cursor, 1, values)
      cursor.at = 4 + length
    }
    checkValues(cursor, encoding, values, layout)
  }
  return whenCompressed(layout.codec !== 'UNCOMPRESSED', check, bytes, values)
}

function secondPage({ header, bytes }: Page, layout: PageLayout, left: number): DataPage {
  const data = structIn(header, 8)
  const values = countIn(data, 1, left)
  countIn(data, 2, values)
  const encoding = numberIn(data, 4)
  const levelBytes = countIn(data, 5, bytes.length)
  const repetitionBytes = data.numbers.get(6) ?? 0
  if (repetitionBytes !== 0) throw new RangeError('a flat column with repetitions')
  if (layout.isOptional) checkRuns(cursorOf(bytes.subarray(0, levelBytes)), 1, values)
  const isCompressed = layout.codec !== 'UNCOMPRESSED' && data.numbers.get(7) !== 0
  const check: PageCheck = (page) => {
    checkValues(cursorOf(page), encoding, values, layout)
  }
  return whenCompressed(isCompressed, check, bytes.subarray(levelBytes), values)
}

function whenCompressed(
  isCompressed: boolean,
  check: PageCheck,
  bytes: Uint8Array,
  values: number,
): DataPage {
  if (isCompressed) return { values, check }
  check(bytes)
  return { values, check: undefined }
}

/** Values that are neither runs nor deltas take their room, which the decoder finds out in time. */
function checkValues(
  cursor: Cursor,
  encoding: number,
  values: number,
  { isBoolean }: PageLayout,
): void {
  // A page of nulls may end after its levels.
  if (cursor.at >= cursor.view.byteLength) return
  switch (encoding) {
    case ENCODING.plainDictionary:
    case ENCODING.dictionary:
      checkRuns(cursor, cursor.view.getUint8(cursor.at++), values, true)
      return
    case ENCODING.runs:
      if (isBoolean) cursor.at += 4
      checkRuns(cursor, 1, values, true)
      return
    case ENCODING.delta:
    case ENCODING.deltaLength:
      deltaHeader(cursor, values)
      return
    case ENCODING.deltaText:
      checkDeltaTexts(cursor, values, LARGEST_PAGE)
  }
}

function checkSizes(full: number, size: number, { codec }: PageLayout): void {
  if (size < 0 || full < 0 || full > LARGEST_PAGE) {
    throw new RangeError(`a page announces ${String(full)} bytes; the most is 1 GiB`)
  }
  if (full > size * (MOST_EXPANSION[codec] ?? 1) + SLACK) {
    throw new RangeError(`a page announces ${String(full)} bytes, more than it can hold`)
  }
}

function cursorOf(bytes: Uint8Array): Cursor {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 }
}

function numberIn({ numbers }: ThriftStruct, field: number): number {
  const value = numbers.get(field)
  if (value === undefined) throw new RangeError('a page header is incomplete')
  return value
}

function countIn(struct: ThriftStruct, field: number, most: number): number {
  const value = numberIn(struct, field)
  if (value < 0 || value > most) throw new RangeError('a page announces more values than fit')
  return value
}

function structIn({ structs }: ThriftStruct, field: number): ThriftStruct {
  const struct = structs.get(field)
  if (struct === undefined) throw new RangeError('a page header is incomplete')
  return struct
}
