import type { ByteStream } from '../byte-stream.ts'
import { createLzmaDecoder } from './lzma-decoder.ts'

const HEADER = 13
/** What the strongest preset asks for, twice. */
const LARGEST_DICTIONARY = 128 * 1024 * 1024
/** A symbol takes at most 48 bits of range coding, so a batch of them never runs out of held bytes. */
const BATCH = 4096
const HELD = 64 * 1024

/**
 * The content of a file of the old LZMA format. The package for it goes on without end when the input is
 * cut off, so this is ours.
 *
 * @throws RangeError for what the format does not allow, when the stream is cut off, and when bytes follow.
 * Source: the LZMA specification of the LZMA SDK.
 */
export async function* lzmaPieces(input: ByteStream): AsyncGenerator<Uint8Array> {
  if (!(await input.waitFor(HEADER))) throw new RangeError('it is cut off')
  const header = input.take(HEADER).slice()
  const view = new DataView(header.buffer)
  const dictionary = view.getUint32(1, true)
  if (dictionary > LARGEST_DICTIONARY) throw new RangeError('it asks for too much memory')
  const declared = view.getBigUint64(5, true)
  const size = declared === 2n ** 64n - 1n ? undefined : Number(declared)
  await input.waitFor(HELD)
  const decoder = createLzmaDecoder(header[0] as number, Math.max(dictionary, 4096), size, () => {
    if (!input.holds(1)) throw new RangeError('it is cut off')
    return input.byte()
  })
  for (let isDone = false; !isDone;) {
    await input.waitFor(HELD)
    isDone = decoder.run(BATCH)
    for (const piece of decoder.pieces()) yield piece
  }
  if (await input.waitFor(1)) throw new RangeError('bytes follow it')
}
