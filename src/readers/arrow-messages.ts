import type { FileHandle } from 'node:fs/promises'
import type { Block, MessageOutline } from './arrow-metadata.ts'
import { footerBlocks, outlineOf } from './arrow-metadata.ts'

/** Length of a footer and the magic after it. */
const FILE_END = 10
/** The magic and its padding. */
const FILE_START = 8
/** Begins each message since version 0.15. */
const CONTINUATION = 0xffff_ffff

/** A message of an IPC file or stream, and where its bytes are. */
export interface PlacedMessage extends MessageOutline {
  readonly start: number
  readonly bodyStart: number
  readonly end: number
}

/**
 * Finds the messages of an IPC stream, or of a file, whose footer has to list the same messages: the
 * schema first, then the dictionaries that a file may hold anywhere, then the record batches.
 *
 * @throws RangeError when a message is damaged, missing, or not in the footer.
 * Complexity: O(messages) small reads; bodies are skipped.
 * Source: the Arrow columnar format 1.5, serialization and interprocess communication.
 */
export async function placeMessages(
  handle: FileHandle,
  format: 'file' | 'stream',
): Promise<readonly PlacedMessage[]> {
  const { size } = await handle.stat()
  if (format === 'stream') return messagesBetween(handle, format, 0, size)
  const [lengthBytes, footerEnd] = [await readAt(handle, size - FILE_END, 4), size - FILE_END]
  const footerStart = footerEnd - lengthBytes.readInt32LE(0)
  if (footerStart < FILE_START || footerStart > footerEnd) {
    throw new RangeError('the footer lies outside of the file')
  }
  const blocks = footerBlocks(await readAt(handle, footerStart, footerEnd - footerStart))
  const messages = await messagesBetween(handle, format, FILE_START, footerStart)
  requireSame(messages, blocks)
  const ofKind = (kind: PlacedMessage['kind']): PlacedMessage[] =>
    messages.filter((message) => message.kind === kind)
  return [...ofKind('schema'), ...ofKind('dictionary'), ...ofKind('batch')]
}

async function messagesBetween(
  handle: FileHandle,
  format: 'file' | 'stream',
  start: number,
  end: number,
): Promise<readonly PlacedMessage[]> {
  const messages: PlacedMessage[] = []
  let at = start
  while (at < end) {
    const prefix = await readAt(handle, at, Math.min(8, end - at))
    if (prefix.length < 8) {
      if (prefix.every((byte) => byte === 0)) return messages
      throw new RangeError('a message is cut off')
    }
    const isModern = prefix.readUInt32LE(0) === CONTINUATION
    const length = prefix.readInt32LE(isModern ? 4 : 0)
    const metadataStart = at + (isModern ? 8 : 4)
    if (length === 0) {
      if (end - metadataStart >= 8) throw new RangeError('its end mark is followed by data')
      return messages
    }
    if (length < 0 || metadataStart + length > end) throw new RangeError('a message is cut off')
    const outline = outlineOf(await readAt(handle, metadataStart, length))
    const bodyStart = metadataStart + length
    const message = { ...outline, start: at, bodyStart, end: bodyStart + outline.bodyLength }
    if (message.end > end) throw new RangeError('a message is cut off')
    if ((message.kind === 'schema') !== (messages.length === 0)) {
      throw new RangeError('the schema does not stand at the beginning')
    }
    messages.push(message)
    at = message.end
  }
  // The padding of a message looks like the end mark when a stream is cut off behind it.
  if (format === 'stream') throw new RangeError('its end mark is missing')
  return messages
}

/** A footer may list messages in its own order; that it leaves some out is damage. */
function requireSame(messages: readonly PlacedMessage[], blocks: readonly Block[]): void {
  const found = messages.filter(({ kind }) => kind !== 'schema')
  const key = (kind: string, offset: number): string => `${kind} ${String(offset)}`
  const listed = new Set(blocks.map(({ kind, offset }) => key(kind, offset)))
  if (
    blocks.length !== found.length ||
    !found.every((one) => listed.has(key(one.kind, one.start)))
  ) {
    throw new RangeError('the footer lists other messages than the file has')
  }
}

/** Some bytes at the start of a buffer of their own, so that wider numbers can be laid over them. */
export async function readAt(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.from(new ArrayBuffer(length))
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled)
    if (bytesRead === 0) throw new RangeError('the file ends early')
    filled += bytesRead
  }
  return bytes
}
