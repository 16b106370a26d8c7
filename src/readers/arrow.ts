import type { RecordBatch } from 'apache-arrow'
import type { OpenArrow } from './arrow-batches.ts'
import { ipcFormat, openRecordBatches } from './arrow-batches.ts'
import { arrowCells } from './arrow-cells.ts'
import { decompressLz4Frame } from './arrow-lz4.ts'
import type { Arrow } from './arrow-schema.ts'
import { arrowColumn } from './arrow-schema.ts'
import type { FormatOptions, PartTable } from './part-table.ts'
import { openStoredTable } from './stored-table.ts'
import type { StoredPiece } from './stored-type.ts'
import { checkZstdFrame } from './zstd-frame.ts'

/** A file whose decompressed batches are larger is read again for every scan. */
const LARGEST_HELD_BYTES = 512 * 2 ** 20

/**
 * Opens an Arrow IPC file or stream (`.arrow`, `.feather` version 2), compressed or not. Nested and
 * binary columns are listed as unsupported, with a finding.
 *
 * @param file - Where to read it from.
 * @param shown - The path for messages.
 * @param options - Types from settings, the reference's fields, progress in rows.
 * @param largestHeld - The most bytes of record batches that are kept in memory.
 * @throws InputError for files that are cut off or damaged, and for Feather version 1.
 * Missing values: nulls, NaN (counted) and values that do not fit an expected type (reported).
 * Complexity: O(bytes) once, with all record batches in memory; beyond `largestHeld` O(bytes) per scan,
 * with one record batch and the dictionaries in memory.
 * Source: the Arrow columnar format 1.5, serialization and interprocess communication.
 */
export async function openArrow(
  file: string,
  shown: string,
  options: FormatOptions,
  largestHeld = LARGEST_HELD_BYTES,
): Promise<PartTable> {
  const format = await ipcFormat(file, shown)
  const arrow = await loadArrow()
  const reopen = (): Promise<OpenArrow> => openRecordBatches(arrow, file, shown, format)
  const opened = await reopen()
  const held: RecordBatch[] = []
  let heldBytes = 0
  let rowCount = 0
  try {
    for await (const batch of opened.batches) {
      rowCount += batch.numRows
      heldBytes += batch.data.byteLength
      if (heldBytes <= largestHeld) held.push(batch)
      else held.length = 0
    }
  } finally {
    await opened.close()
  }
  const batches = heldBytes <= largestHeld ? () => iterate(held) : () => reread(reopen)
  const columns = opened.schema.fields.map((field) => arrowColumn(arrow, field))
  const pieces = (): AsyncGenerator<StoredPiece> => piecesOf(arrow, batches())
  return openStoredTable({ rowCount, columns, pieces }, shown, options)
}

async function* iterate(batches: readonly RecordBatch[]): AsyncGenerator<RecordBatch> {
  for (const batch of batches) yield await Promise.resolve(batch)
}

async function* reread(reopen: () => Promise<OpenArrow>): AsyncGenerator<RecordBatch> {
  const opened = await reopen()
  try {
    yield* opened.batches
  } finally {
    await opened.close()
  }
}

async function* piecesOf(
  arrow: Arrow,
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<StoredPiece> {
  const decode = arrowCells(arrow)
  for await (const batch of batches) {
    if (batch.numRows === 0) continue
    yield {
      rows: batch.numRows,
      // Not an async function: the interface promises what this decodes at once.
      cells: (name) =>
        new Promise((resolve) => {
          const vector = batch.getChild(name)
          if (vector === null) throw new RangeError(`no column "${name}"`)
          const cells = decode(vector)
          if (cells.length !== batch.numRows) {
            throw new RangeError(
              `${String(cells.length)} values were found for ${String(batch.numRows)} rows`,
            )
          }
          resolve(cells)
        }),
    }
  }
}

/** Loads the library and teaches it to decompress; compressing stays unknown to it. */
async function loadArrow(): Promise<Arrow> {
  const [arrow, { decompressZstd }] = await Promise.all([
    import('apache-arrow'),
    import('hyparquet-compressors'),
  ])
  const { compressionRegistry, CompressionType } = arrow
  compressionRegistry.set(CompressionType.ZSTD, {
    decode: (bytes) => {
      checkZstdFrame(bytes)
      return aligned(decompressZstd(bytes))
    },
  })
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: decompressLz4Frame })
  return arrow
}

/** Typed arrays of wider numbers are laid over decompressed bytes. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice()
}
