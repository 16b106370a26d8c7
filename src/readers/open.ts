import { createHash } from 'node:crypto'
import { InputError, UsageError } from '../core/errors.ts'
import type { Snapshot } from '../table/types.ts'
import { digestBytes, fileSource } from './byte-source.ts'
import type { CsvOptions } from './csv.ts'
import { readHead } from './file-bytes.ts'
import { readerOf } from './formats.ts'
import type { PartFile } from './locations.ts'
import { expandLocation } from './locations.ts'
import { openParts } from './open-parts.ts'
import { partitionsOf } from './partitions.ts'
import { joinParts } from './parts.ts'
import type { Reader } from './registry.ts'
import { READERS } from './registry.ts'
import { STANDARD_INPUT, takeStandardInput } from './standard-input.ts'
import { tellingErrors } from './system-errors.ts'

export interface OpenOptions extends CsvOptions {
  /** The format, when the content should not decide. */
  readonly format?: Reader['id']
  /** The folder that relative locations start from. */
  readonly cwd: string
  /** What the location `-` stands for; without it, `-` is a file like any other. */
  readonly stdin?: NodeJS.ReadableStream
  /** Told of each file of the table. */
  readonly onFile?: (file: string) => void
}

/**
 * Opens a table: a file, a folder of part files (folders named `key=value` become columns), a glob, or
 * `-` for CSV from standard input.
 *
 * @param location - A path or a glob, as the user wrote it.
 * @param options - Dialect, types, the reference's fields, the folder to start from.
 * @throws InputError when nothing is there or it cannot be read; NothingCheckedError for an empty file;
 * UsageError for standard input without `csv` as its format, or a second time.
 * Missing values: the dialect's tokens, nulls, NaN, and cells that do not fit (reported).
 */
export async function openSnapshot(location: string, options: OpenOptions): Promise<Snapshot> {
  const { stdin } = options
  if (location === STANDARD_INPUT && stdin !== undefined) return openStdin(stdin, options)
  return tellingErrors(location, () => openFiles(location, options))
}

async function openStdin(stdin: NodeJS.ReadableStream, options: OpenOptions): Promise<Snapshot> {
  if (options.format !== 'csv') {
    throw new UsageError('standard input is read as CSV alone', {
      hint: 'Give --format csv, or a path for any other format.',
    })
  }
  const source = await takeStandardInput(stdin)
  const digest = await digestBytes(source)
  const { openCsv } = await import('./csv.ts')
  const table = await openCsv(source, '<stdin>', options)
  const file = { file: STANDARD_INPUT, shown: '<stdin>', partitions: new Map() }
  const partitions = partitionsOf([file], options)
  return joinParts([{ file, table }], partitions, {
    path: STANDARD_INPUT,
    format: 'csv',
    ...digest,
  })
}

async function openFiles(location: string, options: OpenOptions): Promise<Snapshot> {
  const files = expandLocation(location, options.cwd)
  const reader = commonReader(location, files, options)
  const digests: string[] = []
  let bytes = 0
  for (const { file } of files) {
    options.onFile?.(file)
    const digest = await digestBytes(fileSource(file))
    digests.push(digest.sha256)
    bytes += digest.bytes
  }
  const open = await reader.load()
  const partitions = partitionsOf(files, options)
  const parts = await openParts(files, options.bind ?? [], (file, bind) =>
    open(file.file, file.shown, { ...options, bind }),
  )
  const sha256 = digestOf(digests)
  return joinParts(parts, partitions, { path: location, format: reader.id, sha256, bytes })
}

/** A file's own digest; of several files, the digest of their sorted digests. */
function digestOf(digests: readonly string[]): string {
  const [only = ''] = digests
  return digests.length === 1
    ? only
    : createHash('sha256').update(digests.toSorted().join('\n')).digest('hex')
}

/** The one reader of all files. */
function commonReader(location: string, files: readonly PartFile[], options: OpenOptions): Reader {
  const forced = READERS.find(({ id }) => id === options.format)
  if (forced !== undefined) return forced
  let common: Reader | undefined
  for (const { file, shown } of files) {
    const reader = readerOf(readHead(file), shown)
    if (common !== undefined && reader !== common) {
      throw new InputError(`${location} mixes formats: ${common.id} and ${reader.id}`, {
        location: { path: shown },
        hint: 'Name the files of one format with a glob, or keep them in folders of their own.',
      })
    }
    common = reader
  }
  if (common === undefined) throw new RangeError('a table needs at least one file')
  return common
}
