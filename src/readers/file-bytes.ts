import { TextDecoder } from 'node:util'
import { createHash } from 'node:crypto'
import { createReadStream, openSync, closeSync, readSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { InputError } from '../core/errors.ts'

const BLOCK = 2 ** 20

/** The first bytes of a file, for telling its format. */
export function readHead(file: string, length = 512): Buffer {
  const handle = openSync(file, 'r')
  try {
    const head = Buffer.alloc(length)
    return head.subarray(0, readSync(handle, head, 0, length, 0))
  } finally {
    closeSync(handle)
  }
}

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

/** The sha256 of a file's bytes and their number, read in blocks. */
export async function digestFile(file: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const block of createReadStream(file, { highWaterMark: BLOCK })) {
    hash.update(block as Buffer)
    bytes += (block as Buffer).length
  }
  return { sha256: hash.digest('hex'), bytes }
}

/**
 * The text of a UTF-8 file, decompressed when it is gzip, in blocks.
 *
 * @param file - Where to read it from.
 * @param shown - The path for messages.
 * @param onRead - Receives the number of bytes read from disk so far.
 * @throws InputError with the line for bytes that are not UTF-8, for NUL, UTF-16 and damaged gzip.
 */
export async function* readText(
  file: string,
  shown: string,
  onRead?: (bytes: number) => void,
): AsyncGenerator<string> {
  const head = readHead(file)
  refuseUtf16(head, shown)
  const raw = createReadStream(file, { highWaterMark: BLOCK })
  const bytes = isGzip(head) ? raw.pipe(createGunzip({ chunkSize: BLOCK })) : raw
  if (bytes !== raw) raw.on('error', (error) => bytes.destroy(error))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  try {
    for await (const block of bytes) {
      const text = decode(decoder, block as Buffer, shown, line)
      const nul = text.indexOf('\0')
      if (nul !== -1) {
        throw new InputError('a NUL byte: this is not a text file', {
          location: { path: shown, line: line + countLines(text.slice(0, nul)) },
        })
      }
      onRead?.(raw.bytesRead)
      yield text
      line += countLines(text)
    }
    decode(decoder, undefined, shown, line)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (typeof code !== 'string' || !code.startsWith('Z_')) throw error
    throw new InputError('the gzip data are damaged or cut off', {
      location: { path: shown },
      cause: error,
    })
  } finally {
    raw.destroy()
  }
}

function decode(
  decoder: TextDecoder,
  block: Buffer | undefined,
  path: string,
  line: number,
): string {
  try {
    return block === undefined ? decoder.decode() : decoder.decode(block, { stream: true })
  } catch (error) {
    const valid = block === undefined ? '' : validPrefix(block)
    throw new InputError('bytes that are not UTF-8', {
      location: { path, line: line + countLines(valid) },
      hint: 'Convert the file to UTF-8.',
      cause: error,
    })
  }
}

/** Everything before the first replaced character; good enough to count lines. */
function validPrefix(block: Buffer): string {
  const text = block.toString('utf8')
  return text.slice(0, text.indexOf('�'))
}

function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
  return lines
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
