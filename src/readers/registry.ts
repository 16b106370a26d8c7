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

/** Every format that is read, the most distinctive first: any text could be CSV. */
export const READERS: readonly Reader[] = [
  {
    id: 'parquet',
    title: 'Parquet',
    matches: (head, name) =>
      (startsWith(head, 'PAR1') || startsWith(head, 'PARE')) &&
      (isBinary(head) || /\.(parquet|pq)$/i.test(name)),
    load: async () => (await import('./parquet.ts')).openParquet,
  },
  {
    id: 'arrow',
    title: 'Arrow IPC (.arrow, .feather version 2)',
    matches: (head, name) =>
      startsWith(head, 'ARROW1\0\0') ||
      startsWith(head, STREAM_CONTINUATION) ||
      (isBinary(head) && /\.(arrows?|feather|ipc)$/i.test(name)),
    load: async () => (await import('./arrow.ts')).openArrow,
  },
  {
    id: 'csv',
    title: 'CSV, plain or gzip',
    matches: (head, name) => /\.(csv|tsv|tab|txt)(\.gz)?$/i.test(name) || !isBinary(head),
    load: async () => (await import('./csv.ts')).openCsv,
  },
]
