const MAGIC = 0x184d2204
const UNCOMPRESSED_BLOCK = 0x8000_0000
const SHORTEST_MATCH = 4
/** A length of this many in a token goes on in the following bytes. */
const LONG_LENGTH = 15

/** Bits of the frame's flag byte. */
const BLOCK_CHECKSUM = 0x10
const CONTENT_SIZE = 0x08
const DICTIONARY_ID = 0x01

/**
 * Decompresses an LZ4 frame, linked blocks included.
 *
 * @param frame - The whole frame, of which checksums are skipped.
 * @returns The content.
 * @throws RangeError when the frame is cut off or refers to bytes before its start.
 * Complexity: O(bytes).
 * Source: the LZ4 frame format 1.6.4 and the LZ4 block format.
 */
export function decompressLz4Frame(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError('this is not an LZ4 frame')
  const flags = view.getUint8(4)
  let at = 7
  if ((flags & CONTENT_SIZE) !== 0) at += 8
  if ((flags & DICTIONARY_ID) !== 0) at += 4
  const output = growingBytes(frame.length * 4)
  for (;;) {
    const header = view.getUint32(at, true)
    at += 4
    if (header === 0) return output.bytes()
    const length = header & ~UNCOMPRESSED_BLOCK
    if (at + length > frame.length) throw new RangeError('the LZ4 frame is cut off')
    const block = frame.subarray(at, at + length)
    if (header >= UNCOMPRESSED_BLOCK) output.append(block)
    else decompressBlock(block, output)
    at += length
    if ((flags & BLOCK_CHECKSUM) !== 0) at += 4
  }
}

interface GrowingBytes {
  append(bytes: Uint8Array): void
  /** Repeats what was written `distance` bytes ago; the source may overlap what is being written. */
  repeat(distance: number, length: number): void
  bytes(): Uint8Array
}

function growingBytes(capacity: number): GrowingBytes {
  let store = new Uint8Array(capacity)
  let length = 0
  const reserve = (more: number): void => {
    if (length + more <= store.length) return
    const larger = new Uint8Array(Math.max(store.length * 2, length + more))
    larger.set(store.subarray(0, length))
    store = larger
  }
  return {
    append: (bytes) => {
      reserve(bytes.length)
      store.set(bytes, length)
      length += bytes.length
    },
    repeat: (distance, count) => {
      if (distance === 0 || distance > length) {
        throw new RangeError('the LZ4 frame refers to bytes before its start')
      }
      reserve(count)
      if (distance >= count) {
        store.copyWithin(length, length - distance, length - distance + count)
        length += count
        return
      }
      for (const end = length + count; length < end; length++) {
        store[length] = store[length - distance] as number
      }
    },
    // Exactly the content: typed arrays of wider numbers are laid over this buffer.
    bytes: () => store.slice(0, length),
  }
}

function decompressBlock(block: Uint8Array, output: GrowingBytes): void {
  let at = 0
  const byte = (): number => {
    const value = block[at++]
    if (value === undefined) throw new RangeError('an LZ4 block is cut off')
    return value
  }
  const longer = (length: number): number => {
    if (length !== LONG_LENGTH) return length
    let total = length
    let more: number
    do {
      more = byte()
      total += more
    } while (more === 255)
    return total
  }
  while (at < block.length) {
    const token = byte()
    const literals = longer(token >> 4)
    if (at + literals > block.length) throw new RangeError('an LZ4 block is cut off')
    output.append(block.subarray(at, at + literals))
    at += literals
    // The last sequence has literals only.
    if (at === block.length) return
    const distance = byte() | (byte() << 8)
    output.repeat(distance, longer(token & LONG_LENGTH) + SHORTEST_MATCH)
  }
}
