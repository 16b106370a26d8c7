import { createHash } from 'node:crypto'
import type { Snapshot } from '../table/types.ts'
import { InputError } from '../core/errors.ts'
import type { CsvOptions } from './csv.ts'
import { digestFile, readHead } from './file-bytes.ts'
import { readerOf } from './formats.ts'
import type { PartFile } from './locations.ts'
import { expandLocation } from './locations.ts'
import type { PartTable } from './part-table.ts'
import { joinParts } from './parts.ts'
import { READERS } from './registry.ts'

export type { CsvDialect } from './csv-dialect.ts'

export interface OpenOptions extends CsvOptions {
  /** The format, when the content should not decide. */
  readonly format?: 'csv' | 'parquet' | 'arrow'
  /** The folder that relative locations start from. */
  readonly cwd: string
}

/**
 * Opens a table: a file, a folder of part files (folders named `key=value` become columns), or a glob.
 *
 * @param location - A path or a glob, as the user wrote it.
 * @param options - Dialect, types, the reference's fields, the folder to start from.
 * @throws InputError when nothing is there or it cannot be read; NothingCheckedError for an empty file.
 * Missing values: the dialect's tokens, nulls, NaN, and cells that do not fit (reported).
 */
export async function openSnapshot(location: string, options: OpenOptions): Promise<Snapshot> {
  const files = expandLocation(location, options.cwd)
  const digests: string[] = []
  let bytes = 0
  const formats = new Set<string>()
  const parts: { readonly file: PartFile; readonly table: PartTable }[] = []
  for (const file of files) {
    const reader = formatOf(file, options)
    formats.add(reader.id)
    if (formats.size > 1) {
      throw new InputError(`${location} mixes formats: ${[...formats].join(' and ')}`, {
        location: { path: file.shown },
      })
    }
    const digest = await digestFile(file.file)
    digests.push(digest.sha256)
    bytes += digest.bytes
    const open = await reader.load()
    const first = parts[0]?.table.fields
    const bind = options.bind ?? first
    const table = await open(file.file, file.shown, {
      ...options,
      ...(bind === undefined ? {} : { bind }),
    })
    parts.push({ file, table })
  }
  const [only] = digests
  const sha256 =
    digests.length === 1 && only !== undefined
      ? only
      : createHash('sha256').update(digests.toSorted().join('\n')).digest('hex')
  return joinParts(parts, { path: location, format: [...formats].join(), sha256, bytes })
}

function formatOf(file: PartFile, options: OpenOptions): (typeof READERS)[number] {
  const forced = READERS.find(({ id }) => id === options.format)
  return forced ?? readerOf(readHead(file.file), file.shown)
}
