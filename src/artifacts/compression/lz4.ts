import type { ByteStream } from '../byte-stream.ts'

const MAGIC = 0x184d2204
const BLOCK_CHECKSUM = 0x10
const CONTENT_SIZE = 0x08
const CONTENT_CHECKSUM = 0x04
const DICTIONARY_ID = 0x01
const UNCOMPRESSED = 0x8000_0000
/** How far back a match may refer. */
const WINDOW = 64 * 1024
const SHORTEST_MATCH = 4
const LONG_LENGTH = 15

/**
 * The content of an LZ4 frame, block by block, linked blocks included. The packages for it do not check
 * the bounds of what a block refers to, so this is ours.
 *
 * @throws RangeError for what the format does not allow, when the frame is cut off, and when bytes follow it.
 * Source: the LZ4 frame format 1.6.4 and the LZ4 block format.
 */
export async function* lz4Pieces(input: ByteStream): AsyncGenerator<Uint8Array> {
  const magic = await word(input)
  if (magic !== MAGIC) throw new RangeError('not an LZ4 frame')
  await need(input, 3)
  const flags = input.byte()
  const blockCode = (input.byte() >> 4) & 7
  if (flags >> 6 !== 1) throw new RangeError('an unknown version of LZ4')
  if (blockCode < 4) throw new RangeError('an unknown size of blocks')
  if ((flags & DICTIONARY_ID) !== 0) throw new RangeError('a dictionary that is not in the file')
  await skip(input, ((flags & CONTENT_SIZE) === 0 ? 0 : 8) + 1)
  const blockSize = 2 ** (8 + 2 * blockCode)
  const space = new Uint8Array(WINDOW + blockSize)
  let history = 0
  for (;;) {
    const header = await word(input)
    if (header === 0) break
    const length = header & ~UNCOMPRESSED
    if (length > blockSize) throw new RangeError('a block that is too long')
    await need(input, length)
    const block = input.take(length)
    const end =
      header >= UNCOMPRESSED ? copied(block, space, history) : unpacked(block, space, history)
    yield space.subarray(history, end)
    if ((flags & BLOCK_CHECKSUM) !== 0) await skip(input, 4)
    const kept = Math.min(end, WINDOW)
    space.copyWithin(0, end - kept, end)
    history = kept
  }
  if ((flags & CONTENT_CHECKSUM) !== 0) await skip(input, 4)
  if (await input.waitFor(1)) throw new RangeError('bytes follow it')
}

async function need(input: ByteStream, count: number): Promise<void> {
  if (!input.holds(count) && !(await input.waitFor(count))) throw new RangeError('it is cut off')
}

async function skip(input: ByteStream, count: number): Promise<void> {
  await need(input, count)
  input.take(count)
}

async function word(input: ByteStream): Promise<number> {
  await need(input, 4)
  const bytes = input.take(4)
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true)
}

function copied(block: Uint8Array, space: Uint8Array, at: number): number {
  space.set(block, at)
  return at + block.length
}

/** Unpacks a block behind `start` bytes of history; returns where its content ends. */
function unpacked(block: Uint8Array, space: Uint8Array, start: number): number {
  let from = 0
  let to = start
  const next = (): number => {
    const value = block[from]
    if (value === undefined) throw new RangeError('a block is cut off')
    from += 1
    return value
  }
  const longer = (length: number): number => {
    if (length !== LONG_LENGTH) return length
    let total = length
    for (let more = 255; more === 255;) {
      more = next()
      total += more
    }
    return total
  }
  while (from < block.length) {
    const token = next()
    const literals = longer(token >> 4)
    if (from + literals > block.length) throw new RangeError('a block is cut off')
    if (to + literals > space.length) throw new RangeError('a block holds too much')
    space.set(block.subarray(from, from + literals), to)
    from += literals
    to += literals
    // The last sequence has literals only.
    if (from === block.length) break
    const distance = next() | (next() << 8)
    const length = longer(token & LONG_LENGTH) + SHORTEST_MATCH
    if (distance === 0 || distance > to) throw new RangeError('a block refers to what is not there')
    if (to + length > space.length) throw new RangeError('a block holds too much')
    if (distance >= length) {
      space.copyWithin(to, to - distance, to - distance + length)
      to += length
    } else {
      for (const end = to + length; to < end; to += 1) space[to] = space[to - distance] as number
    }
  }
  return to
}
