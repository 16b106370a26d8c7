import type { ByteStream } from '../byte-stream.ts'

/** More than a block of the largest size can take: a symbol has at most 20 bits. */
const LARGEST_BLOCK = 2_400_000
const BLOCK_UNIT = 100_000
const PIECE = 64 * 1024

/**
 * The content of a bzip2 stream, block by block.
 *
 * @param limit - Bytes that all blocks may give: repeated bytes make a small block very large.
 * @throws RangeError when they give more, when the stream is cut off, and when bytes follow it; an error
 *   of the decoder for what the format does not allow.
 */
export async function* bzip2Pieces(input: ByteStream, limit: number): AsyncGenerator<Uint8Array> {
  const [{ default: bzip2 }, { default: bitIterator }] = await Promise.all([
    import('unbzip2-stream/lib/bzip2.js'),
    import('unbzip2-stream/lib/bit_iterator.js'),
  ])
  // The decoder does not wait, so what a block may take is at hand before it starts.
  await input.waitFor(LARGEST_BLOCK)
  let taken = 0
  const bits = bitIterator(() => {
    const piece = input.take(Math.min(PIECE, input.heldCount)).slice()
    if (piece.length === 0) throw new RangeError('it is cut off')
    taken += piece.length
    return piece
  })
  const size = bzip2.header(bits) * BLOCK_UNIT
  const space = new Int32Array(size)
  let checksum: number | null = 0
  let left = limit
  while (checksum !== null) {
    await input.waitFor(LARGEST_BLOCK)
    const output = growing(size, left)
    checksum = bzip2.decompress(bits, output.put, space, size, checksum)
    const bytes = output.bytes()
    left -= bytes.length
    if (bytes.length > 0) yield bytes
  }
  if (taken > bits.bytesRead || (await input.waitFor(1))) throw new RangeError('bytes follow it')
}

function growing(
  capacity: number,
  limit: number,
): { readonly put: (byte: number) => void; readonly bytes: () => Uint8Array } {
  let store = new Uint8Array(Math.min(capacity, limit))
  let length = 0
  const put = (byte: number): void => {
    if (length === store.length) {
      if (length >= limit) throw new RangeError('it expands to more than is read')
      const larger = new Uint8Array(Math.min(limit, Math.max(2 * length, 1024)))
      larger.set(store)
      store = larger
    }
    store[length] = byte
    length += 1
  }
  return { put, bytes: () => store.subarray(0, length) }
}
