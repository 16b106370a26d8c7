import type { CsvOptions } from './csv.ts'
import type { PartTable } from './part-table.ts'

/** A reader of one file format; the code that reads is loaded when a file needs it. */
export interface Reader {
  readonly id: 'csv' | 'parquet' | 'arrow'
  readonly title: string
  /** Whether the first bytes, with the name as a hint, are of this format. */
  readonly matches: (head: Uint8Array, name: string) => boolean
  load(): Promise<(file: string, shown: string, options: CsvOptions) => Promise<PartTable>>
}

/** Every format that is read, the most distinctive first: any text could be CSV. */
export const READERS: readonly Reader[] = [
  {
    id: 'csv',
    title: 'CSV, plain or gzip',
    matches: (head, name) =>
      /\.(csv|tsv|tab|txt)(\.gz)?$/i.test(name) || !head.some((byte) => byte === 0),
    load: async () => (await import('./csv.ts')).openCsv,
  },
]
