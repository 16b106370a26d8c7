import type { CsvOptions } from './csv.ts'
import { isBinary, startsWith } from './file-bytes.ts'
import type { PartTable } from './part-table.ts'

/** A reader of one file format; the code that reads is loaded when a file needs it. */
export interface Reader {
  readonly id: 'csv' | 'parquet' | 'arrow'
  readonly title: string
  /** Whether the first bytes, with the name as a hint, are of this format. */
  readonly matches: (head: Uint8Array, name: string) => boolean
  load(): Promise<(file: string, shown: string, options: CsvOptions) => Promise<PartTable>>
}

/** Begins each message of an Arrow stream since version 0.15; no UTF-8 text holds such bytes. */
const STREAM_CONTINUATION = '\xff\xff\xff\xff'

const PARQUET_NAME = /\.(parquet|pq)$/i
const ARROW_NAME = /\.(arrows?|feather|ipc)$/i

/** Whether a file begins like one of these, as far as it goes: it may be cut off within them. */
function begins(head: Uint8Array, magics: readonly string[]): boolean {
  return head.length > 0 && magics.some((magic) => startsWith(head, magic.slice(0, head.length)))
}

/** Every format that is read, the most distinctive first: any text could be CSV. */
export const READERS: readonly Reader[] = [
  {
    id: 'parquet',
    title: 'Parquet',
    matches: (head, name) =>
      ((startsWith(head, 'PAR1') || startsWith(head, 'PARE')) && isBinary(head)) ||
      (PARQUET_NAME.test(name) && begins(head, ['PAR1', 'PARE'])),
    load: async () => (await import('./parquet.ts')).openParquet,
  },
  {
    id: 'arrow',
    title: 'Arrow IPC (.arrow, .feather version 2)',
    matches: (head, name) =>
      startsWith(head, 'ARROW1\0\0') ||
      startsWith(head, STREAM_CONTINUATION) ||
      (ARROW_NAME.test(name) && (isBinary(head) || begins(head, ['ARROW1', STREAM_CONTINUATION]))),
    load: async () => (await import('./arrow.ts')).openArrow,
  },
  {
    id: 'csv',
    title: 'CSV, plain or gzip',
    matches: (head, name) => /\.(csv|tsv|tab|txt)(\.gz)?$/i.test(name) || !isBinary(head),
    load: async () => (await import('./csv.ts')).openCsv,
  },
]
