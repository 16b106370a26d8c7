import type { FileHandle } from 'node:fs/promises'
import type { AsyncBuffer, ColumnMetaData, FileMetaData } from 'hyparquet'
import { InputError } from '../core/errors.ts'
import type { ParquetColumn } from './parquet-schema.ts'
import { parquetColumns } from './parquet-schema.ts'

const MAGIC = 'PAR1'
const ENCRYPTED_MAGIC = 'PARE'
/** Magic, footer length and magic again. */
const SMALLEST_FILE = 12

/** An open file as hyparquet reads it; a read beyond the end rejects. */
export function fileBuffer(handle: FileHandle, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    slice: async (start, end = byteLength) => {
      if (!(start >= 0 && start <= end && end <= byteLength)) {
        throw new RangeError('a read outside of the file')
      }
      const buffer = new ArrayBuffer(end - start)
      const view = new Uint8Array(buffer)
      let filled = 0
      while (filled < view.length) {
        const { bytesRead } = await handle.read(view, filled, view.length - filled, start + filled)
        if (bytesRead === 0) throw new Error('the file ends before its data')
        filled += bytesRead
      }
      return buffer
    },
  }
}

/** What a footer says, and its columns. */
export interface Footer {
  readonly metadata: FileMetaData
  readonly columns: readonly ParquetColumn[]
}

/**
 * Reads and checks the footer of a Parquet file.
 *
 * @param file - Its bytes.
 * @param path - For messages.
 * @throws InputError for files that are encrypted, cut off, damaged or not Parquet.
 */
export async function readFooter(file: AsyncBuffer, path: string): Promise<Footer> {
  const location = { path }
  if (file.byteLength < SMALLEST_FILE) {
    throw new InputError('the file is too short to be Parquet', { location, hint: WRITE_AGAIN })
  }
  const head = await magicAt(file, 0)
  const tail = await magicAt(file, file.byteLength - MAGIC.length)
  if (head === ENCRYPTED_MAGIC || tail === ENCRYPTED_MAGIC) {
    throw new InputError('the Parquet file is encrypted', {
      location,
      hint: 'Compare a decrypted copy: keys are not handled.',
    })
  }
  if (head !== MAGIC) throw new InputError('this is not a Parquet file', { location })
  if (tail !== MAGIC) {
    throw new InputError('the Parquet file is cut off: its footer is missing', {
      location,
      hint: WRITE_AGAIN,
    })
  }
  const { parquetMetadataAsync } = await import('hyparquet')
  try {
    const metadata = await parquetMetadataAsync(file, { geoparquet: false })
    checkFooter(metadata, file.byteLength)
    return { metadata, columns: parquetColumns(metadata) }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new InputError(`the footer of the Parquet file is damaged: ${reason}`, {
      location,
      hint: WRITE_AGAIN,
      cause,
    })
  }
}

const WRITE_AGAIN = 'Write or copy the file again.'

async function magicAt(file: AsyncBuffer, start: number): Promise<string> {
  return Buffer.from(await file.slice(start, start + MAGIC.length)).toString('latin1')
}

/** Where the bytes of a column in a row group lie; some writers give 0 for a dictionary that is not there. */
export function chunkRange(data: ColumnMetaData): { readonly start: number; readonly end: number } {
  const start = Number(data.dictionary_page_offset || data.data_page_offset)
  return { start, end: start + Number(data.total_compressed_size) }
}

/** What a footer that was cut or patched would contradict. */
function checkFooter(metadata: FileMetaData, bytes: number): void {
  const rows = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0)
  if (rows !== Number(metadata.num_rows)) {
    throw new Error(
      `${String(metadata.num_rows)} rows are announced, the row groups have ${String(rows)}`,
    )
  }
  for (const { columns } of metadata.row_groups) {
    for (const { meta_data: data } of columns) {
      if (data === undefined) continue
      const { start, end } = chunkRange(data)
      if (!(start >= 0 && start <= end && end <= bytes)) {
        throw new Error('a column lies outside of the file')
      }
    }
  }
}
