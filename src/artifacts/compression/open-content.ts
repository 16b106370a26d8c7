import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import type { Readable, Transform } from 'node:stream'
import type { InspectionLimits } from '../artifact.ts'
import { ByteStream, filePieces, type BytePieces } from '../byte-stream.ts'
import { Unreadable } from '../unreadable.ts'
import { bzip2Pieces } from './bzip2.ts'
import type { Compression } from './detect.ts'
import { lz4Pieces } from './lz4.ts'
import { lzmaPieces } from './lzma.ts'
import { xzPieces } from './xz.ts'

const PIECE = 256 * 1024
/** A small file may expand by more: its ratio says little. */
const ALWAYS_READ = 16 * 1024 * 1024

/**
 * The content of a compressed file, in pieces, within the limits.
 *
 * @param size - Of the file.
 * @throws Unreadable when it is damaged, cut off, or larger than the limits allow, and when bytes follow
 *   the compressed content: they are nobody's, so what they are for is not known. InputError when the file
 *   cannot be read.
 */
export async function* contentPieces(
  path: string,
  size: number,
  compression: Compression,
  limits: InspectionLimits,
): AsyncGenerator<Uint8Array> {
  const byRatio = Math.max(ALWAYS_READ, size * limits.compressionRatio)
  const limit = Math.min(limits.decompressedBytes, byRatio)
  const input = new ByteStream(filePieces(path))
  let given = 0
  try {
    const pieces =
      compression === 'zlib' || compression === 'gzip'
        ? zlibPieces(path, size, compression)
        : decompressed(input, size, compression, limit)
    for await (const piece of pieces) {
      given += piece.length
      if (given > limit) break
      yield piece
    }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new Unreadable('COMPRESSION_BROKEN', { format: compression, problem }, error)
  } finally {
    await input.close()
  }
  if (given > limit) {
    throw new Unreadable('COMPRESSION_OVER_LIMIT', { format: compression, bytes: size, limit })
  }
}

function decompressed(
  input: ByteStream,
  size: number,
  compression: Exclude<Compression, 'zlib' | 'gzip'>,
  limit: number,
): BytePieces {
  switch (compression) {
    case 'bz2':
      return bzip2Pieces(input, limit)
    case 'xz':
      return xzPieces(input, size)
    case 'lzma':
      return lzmaPieces(input)
    case 'lz4':
      return lz4Pieces(input)
  }
}

async function* zlibPieces(
  path: string,
  size: number,
  compression: 'zlib' | 'gzip',
): AsyncGenerator<Uint8Array> {
  const { createGunzip, createInflate } = await import('node:zlib')
  const create = compression === 'zlib' ? createInflate : createGunzip
  const engine: Transform & { readonly bytesWritten: number } = create({ chunkSize: PIECE })
  const input: Readable = createReadStream(path, { highWaterMark: PIECE })
  // Its error comes out of the iteration as well.
  pipeline(input, engine, () => undefined)
  for await (const piece of engine) yield piece as Uint8Array
  if (engine.bytesWritten < size) throw new RangeError('bytes follow it')
}
