import { InputError, NothingCheckedError } from '../core/errors.ts'
import type { Batch } from '../table/types.ts'
import type { ByteSource } from './byte-source.ts'
import { fileSource } from './byte-source.ts'
import type { ColumnReader, ExpectedType, ReadColumn } from './csv-column.ts'
import { columnReader } from './csv-column.ts'
import type { CsvDialect, ResolvedDialect } from './csv-dialect.ts'
import { resolveDialect } from './csv-dialect.ts'
import { headerNames } from './csv-header.ts'
import type { Row } from './csv-rows.ts'
import { cellsOf, readRows, rowOf } from './csv-rows.ts'
import type { FormatOptions, PartTable } from './part-table.ts'
import { readBlocks } from './text-blocks.ts'

export interface CsvOptions extends FormatOptions {
  readonly csv?: CsvDialect
}

/**
 * Reads a CSV file into columns. The types come from settings, from the reference, or from all cells of
 * a column; a column whose first value misled about its type is read a second time.
 *
 * @param file - A path, or the bytes; gzip is recognised by its content.
 * @param shown - The path for messages.
 * @param options - Dialect, types, the reference's fields.
 * @throws InputError with the line for rows of another length, quoting and encoding errors;
 * NothingCheckedError for a file without a header.
 * Missing values: the dialect's tokens, and cells that do not fit the type (reported).
 * Complexity: O(bytes); memory of the columns.
 */
export async function openCsv(
  file: string | ByteSource,
  shown: string,
  options: CsvOptions,
): Promise<PartTable> {
  const source = typeof file === 'string' ? fileSource(file) : file
  const dialect = resolveDialect(options.csv ?? {}, shown)
  const progress = options.onProgress
  const blocks = (): AsyncIterable<Uint8Array> =>
    readBlocks(source, shown, progress === undefined ? undefined : (bytes) => progress(bytes, 0))

  const first = await readColumns(blocks(), dialect, shown, (name) =>
    columnReader(name, shown, dialect.rules, expectedType(name, options)),
  )
  const finished = first.readers.map((reader) => reader.finish())
  const read = finished.every(isRead)
    ? finished
    : await readAgain(blocks(), dialect, shown, first.names, finished)
  return tableOf(first.rowCount, first.names, read)
}

function isRead(outcome: ReturnType<ColumnReader['finish']>): outcome is ReadColumn {
  return 'column' in outcome
}

function expectedType(name: string, { types, bind }: FormatOptions): ExpectedType | undefined {
  const setting = types?.get(name)
  if (setting !== undefined && setting !== 'unsupported') {
    return { type: setting, evidence: 'given by a setting' }
  }
  const type = bind?.find((field) => field.name === name)?.type
  // A column that the reference could not read binds nothing.
  return type === undefined || type === 'unsupported'
    ? undefined
    : { type, evidence: 'as in the reference' }
}

async function readAgain(
  blocks: AsyncIterable<Uint8Array>,
  dialect: ResolvedDialect,
  shown: string,
  names: readonly string[],
  finished: readonly ReturnType<ColumnReader['finish']>[],
): Promise<ReadColumn[]> {
  const outcomes = new Map(names.map((name, index) => [name, finished[index]]))
  const second = await readColumns(blocks, dialect, shown, (name) => {
    const outcome = outcomes.get(name)
    if (outcome === undefined || isRead(outcome)) return undefined
    return columnReader(name, shown, dialect.rules, outcome.again)
  })
  return names.map((name, index) => {
    const outcome = outcomes.get(name)
    if (outcome !== undefined && isRead(outcome)) return outcome
    const reread = second.readers[index]?.finish()
    if (reread === undefined || !isRead(reread)) throw new Error(`column "${name}" was not read`)
    return { ...reread, findings: [...reread.findings, ...(outcome?.findings ?? [])] }
  })
}

interface RawColumns<R> {
  readonly names: readonly string[]
  readonly readers: readonly R[]
  readonly rowCount: number
}

async function readColumns<R extends ColumnReader | undefined>(
  blocks: AsyncIterable<Uint8Array>,
  dialect: ResolvedDialect,
  path: string,
  readerOf: (name: string) => R,
): Promise<RawColumns<R>> {
  let names: readonly string[] | undefined
  let readers: readonly R[] = []
  let rowCount = 0
  let blankLines = 0
  let firstBlank = 0
  const { emptyCell = '' } = dialect.syntax
  const blank = rowOf([emptyCell])

  const start = (columns: readonly string[]): void => {
    names = columns
    readers = columns.map(readerOf)
  }
  const addRow = ({ bytes, count, starts, ends }: Row, line: number): void => {
    if (count !== names?.length) {
      throw new InputError(
        `the row has ${String(count)} cells, the header has ${String(names?.length)}`,
        { location: { path, line } },
      )
    }
    for (let i = 0; i < count; i++) {
      readers[i]?.add(bytes, starts[i] as number, ends[i] as number, line)
    }
    rowCount++
  }

  await readRows(blocks, dialect.syntax, path, (row, line) => {
    // In a file of one column an empty line is a row whose value is missing.
    if (names?.length !== 1 && row.count === 1 && isBlank(row, emptyCell)) {
      // Blank lines at the end are no rows; whether more rows follow is not known yet.
      if (blankLines++ === 0) firstBlank = line
      return
    }
    if (names === undefined) {
      if (blankLines > 0) {
        throw new InputError('the file begins with a blank line', { location: { path, line: 1 } })
      }
      const cells = cellsOf(row)
      if (dialect.header) {
        start(headerNames(cells, path, dialect.syntax.delimiter))
        return
      }
      start(cells.map((_, index) => `column_${String(index + 1)}`))
    }
    for (; blankLines > 0; blankLines--) addRow(blank, firstBlank++)
    addRow(row, line)
  })
  if (names === undefined) {
    throw new NothingCheckedError(`${path} is empty`, { location: { path } })
  }
  return { names, readers, rowCount }
}

function isBlank(row: Row, emptyCell: string): boolean {
  const [cell] = cellsOf(row)
  return cell === '' || cell === emptyCell
}

function tableOf(
  rowCount: number,
  names: readonly string[],
  columns: readonly ReadColumn[],
): PartTable {
  const byName = new Map(names.map((name, index) => [name, columns[index]?.column]))
  return {
    fields: columns.map(({ field }) => field),
    rowCount,
    findings: columns.flatMap(({ findings }) => findings),
    valueless: new Set(
      columns.filter(({ column }) => column.missing === column.rows).map(({ field }) => field.name),
    ),
    scan: (asked, visit) => {
      const batch: Batch = {
        rows: rowCount,
        columns: new Map(
          asked.map((name) => {
            const column = byName.get(name)
            if (column === undefined) throw new RangeError(`no column "${name}"`)
            return [name, column]
          }),
        ),
      }
      visit(batch)
      return Promise.resolve()
    },
  }
}
