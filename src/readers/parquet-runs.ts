import type { Cursor } from './thrift.ts'
import { readInteger, readUnsigned } from './thrift.ts'

/** Old writers pad the last bit-packed run of a page to so many values. */
const MOST_PADDING = 504
const WIDEST = 32

/** The bounds of the blocks of delta encoding; writers use 128 or 256 values. */
const LARGEST_BLOCK = 2 ** 16
const BLOCK_UNIT = 128
const MINIBLOCK_UNIT = 32

/**
 * Steps over levels or dictionary indices in the hybrid of run lengths and packed bits.
 *
 * @param cursor - Stands at the first run.
 * @param width - Bits per value.
 * @param count - Values that the page has.
 * @param atMost - Whether there may be fewer of them, nulls being left out.
 * @throws RangeError for a run that the page has no room for.
 * Complexity: O(runs). Source: Encodings.md of the Apache Parquet format, RLE.
 */
export function checkRuns(cursor: Cursor, width: number, count: number, atMost = false): void {
  if (width > WIDEST) throw new RangeError(`values of ${String(width)} bits`)
  const { view } = cursor
  for (let seen = 0; seen < count;) {
    if (atMost && cursor.at >= view.byteLength) return
    const header = readUnsigned(cursor)
    const isPacked = header % 2 === 1
    const run = isPacked ? ((header - 1) / 2) * 8 : header / 2
    if (seen + run > count + (isPacked ? MOST_PADDING : 0)) {
      throw new RangeError('a run is longer than its page')
    }
    cursor.at += isPacked ? (run / 8) * width : Math.ceil(width / 8)
    seen += run
  }
}

/**
 * Checks the announcements of a block of delta-encoded integers.
 *
 * @param most - Values that the page has, nulls included.
 * @throws RangeError for what no writer would announce.
 */
export function deltaHeader(cursor: Cursor, most: number): DeltaHeader {
  const block = readUnsigned(cursor)
  const miniblocks = readUnsigned(cursor)
  const count = readUnsigned(cursor)
  const perMiniblock = block / miniblocks
  const isUsual =
    block > 0 &&
    block <= LARGEST_BLOCK &&
    block % BLOCK_UNIT === 0 &&
    perMiniblock % MINIBLOCK_UNIT === 0
  if (!isUsual || count > most) throw new RangeError('impossible delta encoding')
  return { miniblocks, perMiniblock, count, first: readInteger(cursor) }
}

interface DeltaHeader {
  readonly miniblocks: number
  readonly perMiniblock: number
  readonly count: number
  readonly first: number
}

/**
 * Checks texts that repeat the beginning of the one before: each beginning has to be there.
 *
 * @param limit - The most bytes of all texts together.
 * @throws RangeError for a beginning that is longer than the text before, and beyond the limit.
 * Complexity: O(values). Source: Encodings.md of the Apache Parquet format, delta strings.
 */
export function checkDeltaTexts(cursor: Cursor, most: number, limit: number): void {
  const prefixes = deltaIntegers(cursor, most)
  const suffixes = deltaIntegers(cursor, most)
  let before = 0
  let total = 0
  prefixes.forEach((prefix, index) => {
    const suffix = suffixes[index] ?? -1
    if (prefix < 0 || suffix < 0 || prefix > before) {
      throw new RangeError('a text repeats more than there was before it')
    }
    before = prefix + suffix
    total += before
  })
  if (total > limit) throw new RangeError('the texts of a page are too long')
}

/** Lengths as they are stored: 32-bit integers. */
function deltaIntegers(cursor: Cursor, most: number): Int32Array {
  const { miniblocks, perMiniblock, count, first } = deltaHeader(cursor, most)
  const values = new Int32Array(count)
  const { view } = cursor
  let value = first
  if (count > 0) values[0] = value
  for (let at = 1; at < count;) {
    const smallest = readInteger(cursor)
    const widths = cursor.at
    cursor.at += miniblocks
    for (let block = 0; block < miniblocks && at < count; block++) {
      const width = view.getUint8(widths + block)
      if (width > WIDEST) throw new RangeError(`lengths of ${String(width)} bits`)
      for (let index = 0; index < perMiniblock && at < count; index++) {
        value = (value + smallest + bitsAt(view, cursor.at * 8 + index * width, width)) | 0
        values[at++] = value
      }
      cursor.at += (perMiniblock / 8) * width
    }
  }
  return values
}

function bitsAt(view: DataView, start: number, width: number): number {
  let value = 0
  for (let bit = 0; bit < width; bit++) {
    const position = start + bit
    if ((view.getUint8(position >>> 3) & (1 << (position & 7))) !== 0) value += 2 ** bit
  }
  return value
}
