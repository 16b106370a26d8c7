import { InputError } from '../core/errors.ts'
import type { ByteSource } from './byte-source.ts'
import { isGzip, startsWith } from './file-bytes.ts'

const BLOCK = 2 ** 20
const BYTE_ORDER_MARK = '\xef\xbb\xbf'

/** What compressed text may become: beyond both, it is made to fill memory, or hardly a table. */
export interface Expansion {
  readonly bytes: number
  readonly times: number
}

const MOST_EXPANSION: Expansion = { bytes: 256 * 2 ** 20, times: 200 }

/**
 * The bytes of a text, decompressed when they are gzip, in blocks and without a byte order mark.
 *
 * @param source - The bytes.
 * @param shown - The path for messages.
 * @param onRead - Receives the number of bytes read so far, before they are decompressed.
 * @param most - How far gzip data may expand.
 * @throws InputError for UTF-16, and for gzip data that are damaged or expand beyond `most`.
 */
export async function* readBlocks(
  source: ByteSource,
  shown: string,
  onRead?: (bytes: number) => void,
  most = MOST_EXPANSION,
): AsyncGenerator<Uint8Array> {
  const head = source.head()
  refuseUtf16(head, shown)
  let compressed = 0
  const raw = counted(source.blocks(), (bytes) => {
    compressed = bytes
    onRead?.(bytes)
  })
  let expanded = 0
  try {
    for await (const block of withoutMark(isGzip(head) ? await decompressed(raw) : raw)) {
      expanded += block.length
      if (expanded > most.bytes && expanded > most.times * compressed) {
        throw new InputError(
          `the gzip data expand to more than ${String(most.times)} times their size`,
          { location: { path: shown }, hint: 'If that is meant, decompress the file first.' },
        )
      }
      yield block
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (typeof code !== 'string' || !code.startsWith('Z_')) throw error
    throw new InputError('the gzip data are damaged or cut off', {
      location: { path: shown },
      cause: error,
    })
  }
}

/** Leaves out a byte order mark at the beginning, wherever the first blocks are cut. */
async function* withoutMark(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first: Uint8Array | undefined = new Uint8Array(0)
  for await (const block of blocks) {
    if (first === undefined) {
      yield block
      continue
    }
    first = first.length === 0 ? block : Buffer.concat([first, block])
    if (first.length < BYTE_ORDER_MARK.length) continue
    yield startsWith(first, BYTE_ORDER_MARK) ? first.subarray(BYTE_ORDER_MARK.length) : first
    first = undefined
  }
  if (first !== undefined && first.length > 0) yield first
}

async function* counted(
  blocks: AsyncIterable<Uint8Array>,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const block of blocks) {
    bytes += block.length
    onRead(bytes)
    yield block
  }
}

/** Loaded when needed: most files are not compressed. */
async function decompressed(blocks: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const { Readable, pipeline } = await import('node:stream')
  const { createGunzip } = await import('node:zlib')
  const gunzip = createGunzip({ chunkSize: BLOCK })
  // A failure of either reaches whoever iterates over the output.
  pipeline(Readable.from(blocks), gunzip, () => undefined)
  return gunzip as AsyncIterable<Uint8Array>
}

function refuseUtf16(head: Uint8Array, path: string): void {
  const [a, b] = head
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new InputError('the file is UTF-16, not UTF-8', {
      location: { path, line: 1 },
      hint: 'Convert the file to UTF-8.',
    })
  }
}
