import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
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
    blocks: () => readFileBlocks(file),
  }
}

/**
 * A stream would read on another thread, and loading streams costs more than reading a small file. The
 * event loop turns between two blocks, so that an interruption is seen.
 */
async function* readFileBlocks(file: string): AsyncGenerator<Uint8Array> {
  const handle = openSync(file, 'r')
  try {
    for (;;) {
      const block = Buffer.allocUnsafe(BLOCK)
      const length = readSync(handle, block, 0, BLOCK, null)
      if (length === 0) return
      yield block.subarray(0, length)
      if (length === BLOCK) await nextTurn()
    }
  } finally {
    closeSync(handle)
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
