import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import type {
  AsyncRecordBatchStreamReader,
  DataType,
  Field,
  RecordBatch,
  Schema,
} from 'apache-arrow'
import { InputError } from '../core/errors.ts'
import type { PlacedMessage } from './arrow-messages.ts'
import { placeMessages, readAt } from './arrow-messages.ts'
import type { Arrow } from './arrow-schema.ts'

/** Of the IPC file format, which is Feather version 2 as well. */
const FILE_MAGIC = 'ARROW1'
const FEATHER_1_MAGIC = 'FEA1'
const WRITE_AGAIN = 'Write or copy the file again.'

export type IpcFormat = 'file' | 'stream'

/** An IPC file or stream that is open for one pass. */
export interface OpenArrow {
  readonly schema: Schema
  /** The record batches in the order of the file. */
  readonly batches: AsyncIterable<RecordBatch>
  close(): Promise<void>
}

/**
 * Tells the two IPC formats apart and checks that neither is cut off.
 *
 * @throws InputError for a missing end, Feather version 1 and files that are too short.
 */
export async function ipcFormat(file: string, path: string): Promise<IpcFormat> {
  const location = { path }
  const { head, tail } = await ends(file)
  if (head.startsWith(FEATHER_1_MAGIC)) {
    throw new InputError('Feather version 1 is not supported', {
      location,
      hint: 'Write the file as Feather version 2, Arrow IPC or Parquet.',
    })
  }
  const format = head.startsWith(FILE_MAGIC) ? 'file' : 'stream'
  // A stream ends with a message of length zero.
  const isComplete = format === 'file' ? tail.endsWith(FILE_MAGIC) : tail.endsWith('\0\0\0\0')
  if (!isComplete) {
    throw new InputError(`the Arrow ${format} is cut off: its end mark is missing`, {
      location,
      hint: WRITE_AGAIN,
    })
  }
  return format
}

async function ends(file: string): Promise<{ readonly head: string; readonly tail: string }> {
  const length = 8
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const read = async (position: number): Promise<string> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
      return buffer.subarray(0, bytesRead).toString('latin1')
    }
    return { head: await read(0), tail: await read(Math.max(0, size - length)) }
  } finally {
    await handle.close()
  }
}

/**
 * Opens an IPC file or stream for one pass; the caller closes it. The library is handed one message
 * after the other, each after its lengths were checked.
 *
 * @throws InputError, here and while batches are read, when a message is damaged or missing.
 */
export async function openRecordBatches(
  arrow: Arrow,
  file: string,
  path: string,
  format: IpcFormat,
): Promise<OpenArrow> {
  const handle = await open(file)
  try {
    const { reader, expected } = await readable(path, async () => {
      const messages = await placeMessages(handle, format)
      const made = await arrow.AsyncRecordBatchStreamReader.from(messageBytes(handle, messages))
      await made.open()
      const counts = made.schema.fields.map((field) => nodesOf(arrow, field.type as DataType))
      for (const message of messages) requireFields(message, counts)
      return { reader: made, expected: messages.filter(({ kind }) => kind === 'batch') }
    })
    return {
      schema: reader.schema,
      batches: streamBatches(reader, expected, path),
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Prefix with metadata, and body: in pieces as the library asks for them, so that it copies none. */
async function* messageBytes(
  handle: FileHandle,
  messages: readonly PlacedMessage[],
): AsyncGenerator<Uint8Array> {
  for (const { start, bodyStart, end } of messages) {
    yield await readAt(handle, start, bodyStart - start)
    if (end > bodyStart) yield await readAt(handle, bodyStart, end - bodyStart)
  }
}

/** Entries of a column and all that is nested in it. */
function nodesOf(arrow: Arrow, type: DataType): number {
  if (arrow.DataType.isDictionary(type)) return 1
  const children = (type.children as readonly Field[] | null | undefined) ?? []
  return children.reduce((sum, child) => sum + nodesOf(arrow, child.type as DataType), 1)
}

/** The library fills columns that are shorter than others with nulls; such a file is damaged. */
function requireFields({ kind, rows, fieldRows }: PlacedMessage, counts: readonly number[]): void {
  if (kind !== 'batch') return
  let at = 0
  for (const count of counts) {
    if (fieldRows[at] !== rows) throw new RangeError('columns of different length')
    at += count
  }
  if (at !== fieldRows.length) throw new RangeError('columns that are not in the schema')
}

/** The library ends without a word at some damage: it has to give what the messages announced. */
async function* streamBatches(
  reader: AsyncRecordBatchStreamReader,
  expected: readonly PlacedMessage[],
  path: string,
): AsyncGenerator<RecordBatch> {
  for (const { rows } of expected) {
    yield await readable(path, async () => {
      const next = await reader.next()
      if (next.done === true) throw new RangeError('record batches are missing')
      const batch = next.value
      if (batch.numRows !== rows) throw new RangeError('a record batch has lost rows')
      return batch
    })
  }
}

async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new InputError(`the Arrow data are damaged: ${reason}`, {
      location: { path },
      hint: WRITE_AGAIN,
      cause,
    })
  }
}
