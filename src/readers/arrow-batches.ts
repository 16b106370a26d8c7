import { open } from 'node:fs/promises'
import type {
  AsyncRecordBatchFileReader,
  AsyncRecordBatchStreamReader,
  RecordBatch,
  RecordBatchFileReader,
  Schema,
} from 'apache-arrow'
import { InputError } from '../core/errors.ts'
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
 * Opens an IPC file or stream for one pass; the caller closes it.
 *
 * @throws InputError, here and while batches are read, when a message is damaged or missing.
 */
export async function openRecordBatches(
  { RecordBatchReader }: Arrow,
  file: string,
  path: string,
  format: IpcFormat,
): Promise<OpenArrow> {
  const handle = await open(file)
  try {
    const reader = await readable(path, async () => {
      const made = await (format === 'file'
        ? RecordBatchReader.from(handle)
        : RecordBatchReader.from(handle.createReadStream({ autoClose: false })))
      const opened = await made.open()
      // A message of another kind at the beginning leaves the reader without a schema.
      const found: Partial<Pick<typeof opened, 'schema'>> = opened
      if (found.schema === undefined) throw new Error('no schema')
      return opened
    })
    const batches = reader.isFile() ? fileBatches(reader, path) : streamBatches(reader, path)
    return { schema: reader.schema, batches, close: () => handle.close() }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function* fileBatches(
  reader: AsyncRecordBatchFileReader | RecordBatchFileReader,
  path: string,
): AsyncGenerator<RecordBatch> {
  for (let index = 0; index < reader.numRecordBatches; index++) {
    yield await readable(path, async () => {
      const batch = await reader.readRecordBatch(index)
      if (batch === null) throw new Error(`record batch ${String(index + 1)} is missing`)
      return batch
    })
  }
}

async function* streamBatches(
  reader: AsyncRecordBatchStreamReader,
  path: string,
): AsyncGenerator<RecordBatch> {
  for (;;) {
    const next = await readable(path, () => reader.next())
    if (next.done === true) return
    yield next.value
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
