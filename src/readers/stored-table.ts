import { InputError } from '../core/errors.ts'
import type { Column } from '../table/types.ts'
import type { FormatOptions, PartTable } from './part-table.ts'
import { labelCoder, labelOf, numberOf, numericColumn } from './stored-cells.ts'
import type { Survey } from './stored-survey.ts'
import { placeOf, surveyCells, surveyFor } from './stored-survey.ts'
import type { Cells, StoredColumn, StoredTable } from './stored-type.ts'
import type { ExpectedType, TypedColumn } from './stored-typing.ts'
import { expectedType, settleType, storageFor, unreadableColumn } from './stored-typing.ts'

/**
 * Gives the columns of a columnar file their types and makes them readable in batches. A setting's
 * type goes first, then the reference's, then the file's. Columns whose type depends on their values
 * (texts; 64-bit integers without statistics; values that have to fit an expected type) are read
 * once for it; one that cannot be decoded becomes unsupported, with a finding.
 *
 * @param table - The file.
 * @param shown - Its path for messages.
 * @param options - Types, the reference's fields, progress in rows.
 * @throws InputError for two columns of the same name.
 * Missing values: nulls, NaN and values that do not fit the type (reported).
 * Complexity: O(rows) per column that is read for its type, otherwise O(columns).
 */
export async function openStoredTable(
  table: StoredTable,
  shown: string,
  options: FormatOptions,
): Promise<PartTable> {
  refuseDuplicates(table.columns, shown)
  const typed = await typeColumns(table, shown, options)
  const byName = new Map(typed.map((column) => [column.field.name, column]))
  return {
    fields: typed.map(({ field }) => field),
    rowCount: table.rowCount,
    findings: typed.flatMap(({ findings }) => findings),
    valueless: new Set(
      typed.filter((column) => column.isValueless === true).map(({ field }) => field.name),
    ),
    scan: async (asked, visit) => {
      const readers = asked.map((name) => {
        const column = byName.get(name)
        if (column === undefined) throw new RangeError(`no column "${name}"`)
        return { name, read: columnReader(column, shown) }
      })
      let firstRow = 0
      for await (const piece of table.pieces(asked)) {
        const columns = new Map<string, Column>()
        for (const { name, read } of readers) {
          const cells = await piece.cells(name).catch((error: unknown) => {
            throw undecodable(name, shown, error)
          })
          columns.set(name, read(cells, firstRow))
        }
        visit({ rows: piece.rows, columns })
        firstRow += piece.rows
      }
      if (firstRow === 0) {
        visit({ rows: 0, columns: new Map(readers.map(({ name, read }) => [name, read([], 0)])) })
      }
    },
  }
}

function refuseDuplicates(columns: readonly StoredColumn[], path: string): void {
  const names = new Set<string>()
  for (const { name } of columns) {
    if (names.has(name)) {
      throw new InputError(`two columns are named "${name}"`, {
        location: { path },
        hint: 'Rename one of them where the file is written.',
      })
    }
    names.add(name)
  }
}

interface Pending {
  readonly column: StoredColumn
  readonly expected: ExpectedType | undefined
  readonly survey: Survey | undefined
  failure?: string
}

async function typeColumns(
  table: StoredTable,
  shown: string,
  options: FormatOptions,
): Promise<readonly TypedColumn[]> {
  const pending = table.columns.map((column): Pending => {
    if (column.unreadable !== undefined) {
      return { column, expected: undefined, survey: undefined, failure: column.unreadable }
    }
    const expected = expectedType(column.name, options)
    return { column, expected, survey: surveyFor(column, expected) }
  })
  await takeSurveys(table, pending, options.onProgress)
  return pending.map(({ column, expected, survey, failure }) =>
    failure === undefined
      ? settleType(column, expected, survey, shown)
      : unreadableColumn(column, failure, shown),
  )
}

async function takeSurveys(
  table: StoredTable,
  pending: readonly Pending[],
  onProgress: FormatOptions['onProgress'],
): Promise<void> {
  const surveyed = pending.filter(({ survey }) => survey !== undefined)
  if (surveyed.length === 0) return
  let firstRow = 0
  for await (const piece of table.pieces(surveyed.map(({ column }) => column.name))) {
    for (const one of surveyed) {
      const { column, expected, survey } = one
      if (survey === undefined || one.failure !== undefined) continue
      try {
        surveyCells(survey, column, expected, await piece.cells(column.name), firstRow)
      } catch (error) {
        one.failure = reasonOf(error)
      }
    }
    firstRow += piece.rows
    onProgress?.(firstRow, table.rowCount)
  }
}

function columnReader(
  { column, field }: TypedColumn,
  path: string,
): (cells: Cells, firstRow: number) => Column {
  const { stored, name } = column
  if (field.type === 'unsupported') {
    throw new InputError(`column "${name}" cannot be read (${field.evidence})`, {
      location: { path },
      hint: 'Leave the column out of the comparison, or write it with another type.',
    })
  }
  const storage = storageFor(field.type)
  if (storage === 'labels') {
    const coder = labelCoder(labelOf(stored, field.type === 'boolean'))
    return (cells) => coder.column(cells)
  }
  const read = numberOf(stored, storage)
  const trusted = stored.kind === 'integer' && stored.safe
  return (cells, firstRow) =>
    numericColumn(cells, read, (row, cell) => {
      if (!trusted) return
      const place = placeOf(firstRow + row, cell)
      throw new InputError(
        `column "${name}" has ${place.value} in row ${String(place.row)}, beyond its own statistics`,
        { location: { path }, hint: 'The file contradicts itself: write it again.' },
      )
    })
}

function undecodable(name: string, path: string, error: unknown): InputError {
  return new InputError(`column "${name}" cannot be decoded: ${reasonOf(error)}`, {
    location: { path },
    hint: 'The file is damaged, or uses an encoding that is not supported: write it again.',
    cause: error,
  })
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
