import { open } from 'node:fs/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { AsyncBuffer, Compressors, FileMetaData, RowGroup } from 'hyparquet'
import { isText, PARSERS, parquetCells } from './parquet-cells.ts'
import type { Footer } from './parquet-footer.ts'
import { chunkRange, fileBuffer, readFooter } from './parquet-footer.ts'
import type { PageCheck } from './parquet-pages.ts'
import { checkPages } from './parquet-pages.ts'
import type { ParquetColumn } from './parquet-schema.ts'
import type { FormatOptions, PartTable } from './part-table.ts'
import { openStoredTable } from './stored-table.ts'
import type { Cells, StoredPiece, StoredTable } from './stored-type.ts'
import { checkZstdFrame } from './zstd-frame.ts'

/**
 * Opens a Parquet file: flat columns of every compression, data page version and encoding that
 * hyparquet decodes. Nested and binary columns are listed as unsupported, with a finding.
 *
 * @param file - Where to read it from.
 * @param shown - The path for messages.
 * @param options - Types from settings, the reference's fields, progress in rows.
 * @throws InputError for files that are encrypted, cut off or damaged.
 * Missing values: nulls, NaN (counted) and values that do not fit an expected type (reported).
 * Complexity: one row group of the asked columns in memory.
 * Source: the Apache Parquet format 2.12, LogicalTypes.md for what the annotations mean.
 */
export async function openParquet(
  file: string,
  shown: string,
  options: FormatOptions,
): Promise<PartTable> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const footer = await readFooter(fileBuffer(handle, size), shown)
    return await openStoredTable(parquetTable(file, size, footer), shown, options)
  } finally {
    await handle.close()
  }
}

function parquetTable(file: string, size: number, { metadata, columns }: Footer): StoredTable {
  return {
    rowCount: Number(metadata.num_rows),
    columns,
    pieces: (names) =>
      rowGroups(
        file,
        size,
        metadata,
        columns.filter(({ name }) => names.includes(name)),
      ),
  }
}

async function* rowGroups(
  file: string,
  size: number,
  metadata: FileMetaData,
  columns: readonly ParquetColumn[],
): AsyncGenerator<StoredPiece> {
  const { parquetScan } = await import('hyparquet')
  const compressors = await decompressors()
  const handle = await open(file)
  try {
    const buffer = fileBuffer(handle, size)
    const decode = async (column: ParquetColumn, group: RowGroup): Promise<Cells> => {
      const rows = Number(group.num_rows)
      const { chunk, checks } = await checkedChunk(buffer, column, group)
      const scan = await parquetScan({
        file: chunk,
        metadata: physicalMetadata(metadata, group, column),
        compressors: checking(compressors, checks),
        parsers: PARSERS,
        utf8: false,
        geoparquet: false,
        useOffsetIndex: false,
      })
      const raw: Cells = await scan.readColumn({ column: column.name, rowStart: 0, rowEnd: rows })
      if (raw.length !== rows) {
        throw new Error(`${String(raw.length)} values were found for ${String(rows)} rows`)
      }
      // What is missing is null; a code that the dictionary has not is undefined.
      if (Array.isArray(raw) && raw.includes(undefined))
        throw new Error('a code has no dictionary entry')
      return parquetCells(column, raw)
    }
    for (const group of metadata.row_groups) {
      const rows = Number(group.num_rows)
      if (rows === 0) continue
      yield {
        rows,
        cells: async (name) => {
          const column = columns.find((candidate) => candidate.name === name)
          if (column === undefined) throw new RangeError(`column "${name}" was not asked for`)
          return decode(column, group)
        },
      }
    }
  } finally {
    await handle.close()
  }
}

/**
 * The footer as if the file had one row group and one column without annotations, so that hyparquet
 * hands out stored values unconverted and never trips over other columns.
 */
function physicalMetadata(
  metadata: FileMetaData,
  group: RowGroup,
  column: ParquetColumn,
): FileMetaData {
  const { name, type, type_length, repetition_type } = column.element
  const element = {
    name,
    ...(type === undefined ? {} : { type }),
    ...(type_length === undefined ? {} : { type_length }),
    ...(repetition_type === undefined ? {} : { repetition_type }),
    ...(isText(column) ? { converted_type: 'UTF8' as const } : {}),
  }
  return {
    ...metadata,
    schema: [{ name: 'root', num_children: 1 }, element],
    row_groups: [{ ...group, columns: group.columns.filter((_, i) => i === column.leaf) }],
  }
}

/**
 * The bytes of one column in one row group, with its pages checked, so that hyparquet reads no others.
 */
async function checkedChunk(
  file: AsyncBuffer,
  { element, leaf }: ParquetColumn,
  group: RowGroup,
): Promise<{ readonly chunk: AsyncBuffer; readonly checks: readonly PageCheck[] }> {
  const data = leaf === undefined ? undefined : group.columns[leaf]?.meta_data
  if (data === undefined) throw new Error('its metadata are missing')
  const { start, end } = chunkRange(data)
  const bytes = await file.slice(start, end)
  const checks = checkPages(bytes, Number(group.num_rows), {
    codec: data.codec,
    isOptional: element.repetition_type === 'OPTIONAL',
    isBoolean: element.type === 'BOOLEAN',
  })
  const slice = (from: number, to = file.byteLength): ArrayBuffer =>
    from === start && to === end ? bytes : bytes.slice(from - start, to - start)
  return { chunk: { byteLength: file.byteLength, slice }, checks }
}

/** Checks each page between its decompression and its decoding. */
function checking(compressors: Compressors, checks: readonly PageCheck[]): Compressors {
  let page = 0
  return Object.fromEntries(
    Object.entries(compressors).map(([codec, decompress]) => [
      codec,
      (input: Uint8Array, length: number) => {
        const bytes = decompress(input, length)
        checks[page++]?.(bytes)
        return bytes
      },
    ]),
  )
}

/** Node's own gzip and Brotli are faster and check their checksums. */
async function decompressors(): Promise<Compressors> {
  const { compressors, decompressZstd } = await import('hyparquet-compressors')
  const all: Compressors = {
    ...compressors,
    GZIP: (input, length) => gunzipSync(input, { maxOutputLength: length }),
    BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: length }),
    ZSTD: (input) => {
      checkZstdFrame(input)
      return decompressZstd(input)
    },
  }
  return Object.fromEntries(
    Object.entries(all).map(([codec, decompress]) => [
      codec,
      // A page of nulls has no bytes to decompress.
      (input: Uint8Array, length: number) =>
        length === 0 ? new Uint8Array(0) : decompress(input, length),
    ]),
  )
}
