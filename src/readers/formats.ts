import { InputError } from '../core/errors.ts'
import { isBinary, isGzip, startsWith } from './file-bytes.ts'
import type { Reader } from './registry.ts'
import { READERS } from './registry.ts'

interface Foreign {
  readonly magic: string
  readonly name: string
  /** The magic is also a column name that a text file may begin with. */
  readonly isWord?: true
}

/** Formats that are recognised only to say what they are. */
const FOREIGN: readonly Foreign[] = [
  { magic: 'PK\x03\x04', name: 'a ZIP archive or an Excel workbook' },
  { magic: 'SQLite format 3', name: 'an SQLite database' },
  { magic: 'ORC', name: 'an ORC file', isWord: true },
  { magic: 'FEA1', name: 'a Feather version 1 file', isWord: true },
  { magic: 'Obj\x01', name: 'an Avro file' },
  { magic: '\x89HDF', name: 'an HDF5 file' },
  { magic: '%PDF', name: 'a PDF file' },
]

const BASELINE = /^\s*\{\s*"kind"\s*:\s*"mlcheck-baseline"/

/** Whether a file is a recorded baseline rather than a table. */
export function isBaseline(head: Uint8Array): boolean {
  return BASELINE.test(Buffer.from(head).toString('latin1'))
}

/**
 * The reader of a file, by its content, with its name as a hint.
 *
 * @throws InputError naming what the file is when no reader takes it.
 */
export function readerOf(head: Uint8Array, path: string): Reader {
  const foreign = FOREIGN.find(
    ({ magic, isWord }) => startsWith(head, magic) && (isWord !== true || isBinary(head)),
  )
  if (foreign !== undefined || isBaseline(head)) {
    throw new InputError(`${path} is ${foreign?.name ?? 'a recorded baseline'}, not a table`, {
      location: { path },
      hint: `Tables are read from ${READERS.map(({ title }) => title).join('; ')}.`,
    })
  }
  const reader = READERS.find(({ id, matches }) =>
    isGzip(head) ? id === 'csv' : matches(head, path),
  )
  if (reader !== undefined) return reader
  throw new InputError(`${path} has a format that is not known`, {
    location: { path },
    hint: `Tables are read from ${READERS.map(({ title }) => title).join('; ')}.`,
  })
}
