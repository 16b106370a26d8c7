import { ReadableStream } from 'node:stream/web'
import { setImmediate } from 'node:timers/promises'
import type { ByteStream } from '../byte-stream.ts'

const PIECE = 64 * 1024

/**
 * The content of an xz stream.
 *
 * @param size - Of the whole input: its last byte is handed over alone, so that a stream that ends before
 *   is told from one that needs it.
 * @throws RangeError when the stream is cut off, and when bytes follow it; an error of the decoder for
 *   what the format does not allow.
 */
export async function* xzPieces(input: ByteStream, size: number): AsyncGenerator<Uint8Array> {
  const { XzReadableStream } = await import('xz-decompress')
  const compressed = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const left = size - 1 - input.position
        const isLast = left <= 0
        if (!(await input.waitFor(1))) {
          // The decoder accepts the end behind a whole stream alone.
          controller.close()
          return
        }
        const count = isLast ? 1 : Math.min(PIECE, left, input.heldCount)
        controller.enqueue(input.take(count).slice())
      },
    },
    { highWaterMark: 0 },
  )
  const reader = (
    new XzReadableStream(compressed) as unknown as ReadableStream<Uint8Array>
  ).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      if (value.length > 0) yield value
      // The decoder answers at once for as long as it has input; others want to run as well.
      else await setImmediate()
    }
  } finally {
    // The decoder frees its memory; after an error it has done so already.
    await reader.cancel().catch(() => undefined)
  }
  if (input.position < size) throw new RangeError('bytes follow it')
}
