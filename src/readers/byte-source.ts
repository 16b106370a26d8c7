import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readHead } from './file-bytes.ts'

const BLOCK = 2 ** 20

/** Bytes that can be read more than once. */
export interface ByteSource {
  /** The first bytes, for telling what they are. */
  head(): Uint8Array
  /** All of them, in blocks. */
  blocks(): AsyncIterable<Uint8Array>
}

/** The bytes of a file. */
export function fileSource(file: string): ByteSource {
  return {
    head: () => readHead(file),
    blocks: () => createReadStream(file, { highWaterMark: BLOCK }) as AsyncIterable<Uint8Array>,
  }
}

/** Bytes that are held in memory, such as those of standard input. */
export function memorySource(blocks: readonly Uint8Array[]): ByteSource {
  return {
    head: () => blocks[0] ?? new Uint8Array(0),
    blocks: async function* () {
      for (const block of blocks) yield await Promise.resolve(block)
    },
  }
}

/** The sha256 of some bytes and their number, read in blocks. */
export async function digestBytes(
  source: ByteSource,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const block of source.blocks()) {
    hash.update(block)
    bytes += block.length
  }
  return { sha256: hash.digest('hex'), bytes }
}
