import type { Readable } from 'node:stream'
import { UsageError } from '../core/errors.ts'
import type { ByteSource } from './byte-source.ts'
import { memorySource } from './byte-source.ts'

/** What a user writes for standard input; a file of this name is `./-`. */
export const STANDARD_INPUT = '-'

/** Small reads of a pipe are put together up to this size. */
const BLOCK = 2 ** 20

/**
 * Takes all of standard input into memory: it cannot be read twice, and a copy on disk would be left
 * behind by a run that is stopped.
 *
 * @throws UsageError when it was read before: one side of a comparison alone can come from it.
 * Complexity: O(bytes) time and memory, until the table is read.
 */
export async function takeStandardInput(stdin: NodeJS.ReadableStream): Promise<ByteSource> {
  if ((stdin as Partial<Readable>).readableEnded === true) {
    throw new UsageError('standard input was read already: "-" can stand for one side only')
  }
  const blocks: Uint8Array[] = []
  let small: Uint8Array[] = []
  let smallBytes = 0
  const join = (): void => {
    if (smallBytes > 0) blocks.push(Buffer.concat(small))
    small = []
    smallBytes = 0
  }
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk)
    small.push(bytes)
    smallBytes += bytes.length
    if (smallBytes >= BLOCK) join()
  }
  join()
  return memorySource(blocks)
}
