import { isUtf8 } from 'node:buffer'
import { Readable, pipeline } from 'node:stream'
import { TextDecoder } from 'node:util'
import { createGunzip } from 'node:zlib'
import { InputError } from '../core/errors.ts'
import type { ByteSource } from './byte-source.ts'
import { isGzip } from './file-bytes.ts'

const BLOCK = 2 ** 20
const LINE_FEED = 10

/**
 * The text of UTF-8 bytes, decompressed when they are gzip, in blocks.
 *
 * @param source - The bytes.
 * @param shown - The path for messages.
 * @param onRead - Receives the number of bytes read so far, before they are decompressed.
 * @throws InputError with the line for bytes that are not UTF-8, for NUL, UTF-16 and damaged gzip.
 */
export async function* readText(
  source: ByteSource,
  shown: string,
  onRead?: (bytes: number) => void,
): AsyncGenerator<string> {
  const head = source.head()
  refuseUtf16(head, shown)
  const raw = counted(source.blocks(), onRead)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  try {
    for await (const block of isGzip(head) ? decompressed(raw) : raw) {
      const nul = block.indexOf(0)
      if (nul !== -1) {
        throw new InputError('a NUL byte: this is not a text file', {
          location: { path: shown, line: line + countBytes(block.subarray(0, nul), LINE_FEED) },
        })
      }
      const text = decode(decoder, block, shown, line)
      yield text
      line += countBytes(block, LINE_FEED)
    }
    decode(decoder, undefined, shown, line)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (typeof code !== 'string' || !code.startsWith('Z_')) throw error
    throw new InputError('the gzip data are damaged or cut off', {
      location: { path: shown },
      cause: error,
    })
  }
}

async function* counted(
  blocks: AsyncIterable<Uint8Array>,
  onRead: ((bytes: number) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const block of blocks) {
    bytes += block.length
    onRead?.(bytes)
    yield block
  }
}

function decompressed(blocks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: BLOCK })
  // A failure of either reaches whoever iterates over the output.
  pipeline(Readable.from(blocks), gunzip, () => undefined)
  return gunzip as AsyncIterable<Uint8Array>
}

function decode(
  decoder: TextDecoder,
  block: Uint8Array | undefined,
  path: string,
  line: number,
): string {
  try {
    return block === undefined ? decoder.decode() : decoder.decode(block, { stream: true })
  } catch (error) {
    const before = block === undefined ? 0 : linesBeforeDamage(block, line > 1)
    throw new InputError('bytes that are not UTF-8', {
      location: { path, line: line + before },
      hint: 'Convert the file to UTF-8.',
      cause: error,
    })
  }
}

/** @param mayContinue - Whether the block may begin within a character of the one before. */
function linesBeforeDamage(block: Uint8Array, mayContinue: boolean): number {
  let start = 0
  while (mayContinue && ((block[start] ?? 0) & 0xc0) === 0x80) start++
  let lines = 0
  for (
    let end = block.indexOf(LINE_FEED, start);
    end !== -1;
    end = block.indexOf(LINE_FEED, start)
  ) {
    if (!isUtf8(block.subarray(start, end))) break
    lines++
    start = end + 1
  }
  return lines
}

function countBytes(bytes: Uint8Array, value: number): number {
  let count = 0
  for (let at = bytes.indexOf(value); at !== -1; at = bytes.indexOf(value, at + 1)) count++
  return count
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
