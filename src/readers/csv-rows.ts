import { once } from 'node:events'
import { InputError } from '../core/errors.ts'
import type { CsvError, Parser } from 'csv-parse'

/** How the cells of a file are written. */
export interface CellSyntax {
  readonly delimiter: string
  readonly quote: string
  /** Stands in for an empty cell that was not quoted, where the two have to be told apart. */
  readonly emptyCell?: string
}

/** Called for each row in order, with the line it begins on. The cells are only lent for the call. */
export type RowVisitor = (cells: readonly string[], line: number) => void

/** A longer line is taken for a file that is no table. */
const LONGEST_LINE = 16 * 2 ** 20

/**
 * Splits text into rows of cells (RFC 4180). Blocks of complete lines without a quote are split
 * directly; from the first quote on csv-parse reads the rest, and defines what is right.
 *
 * @param blocks - Consecutive pieces of the text, cut anywhere.
 * @param syntax - Delimiter and quote, one character each.
 * @param path - The file, for messages.
 * @param visit - Receives every row, blank lines as one empty cell.
 * @throws InputError with the line for an unclosed quote, a quote within a cell or an endless line.
 * Complexity: O(length); memory of one block.
 */
export async function readRows(
  blocks: AsyncIterable<string>,
  syntax: CellSyntax,
  path: string,
  visit: RowVisitor,
): Promise<void> {
  const { delimiter, quote, emptyCell } = syntax
  let line = 1
  // One list for all rows: most of the time of plain files goes into making what is thrown away.
  const cells: string[] = []
  const add = (cell: string, index: number): void => {
    cells[index] = cell === '' && emptyCell !== undefined ? emptyCell : cell
  }
  /** Visits complete lines; `text` ends with a line break. */
  const splitLines = (text: string): void => {
    let start = 0
    // The next delimiter may be some lines ahead: it is searched for once.
    let cut = indexFrom(text, delimiter, 0)
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      const stop = text.charCodeAt(end - 1) === 13 && end > start ? end - 1 : end
      let count = 0
      while (cut < stop) {
        add(text.slice(start, cut), count++)
        start = cut + 1
        cut = indexFrom(text, delimiter, start)
      }
      add(text.slice(start, stop), count++)
      cells.length = count
      visit(cells, line++)
      start = end + 1
    }
  }

  let rest = ''
  let quoted: QuotedRows | undefined
  for await (const block of blocks) {
    if (quoted !== undefined) {
      await quoted.write(block)
      continue
    }
    const text = rest + block
    const firstQuote = text.indexOf(quote)
    const plain = text.lastIndexOf('\n', firstQuote === -1 ? text.length : firstQuote) + 1
    splitLines(text.slice(0, plain))
    rest = text.slice(plain)
    if (firstQuote !== -1) {
      quoted = await quotedRows(syntax, path, line, visit)
      await quoted.write(rest)
    } else if (rest.length > LONGEST_LINE) {
      throw new InputError('the line is longer than 16 MiB', { location: { path, line } })
    }
  }
  if (quoted !== undefined) await quoted.end()
  else if (rest !== '') splitLines(`${rest}\n`)
}

function indexFrom(text: string, delimiter: string, start: number): number {
  const index = text.indexOf(delimiter, start)
  return index === -1 ? Infinity : index
}

interface QuotedRows {
  write(text: string): Promise<void>
  end(): Promise<void>
}

async function quotedRows(
  { delimiter, quote, emptyCell }: CellSyntax,
  path: string,
  firstLine: number,
  visit: RowVisitor,
): Promise<QuotedRows> {
  const { parse } = await import('csv-parse')
  let next = firstLine
  let failure: unknown
  const parser: Parser = parse({
    delimiter,
    quote,
    escape: quote,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    max_record_size: LONGEST_LINE,
    ...(emptyCell === undefined
      ? {}
      : {
          cast: (value: string, { quoting }: { readonly quoting: boolean }) =>
            value === '' && !quoting ? emptyCell : value,
        }),
    // Nothing is kept in the parser: a record goes on as soon as it is complete.
    on_record: (record: string[], { lines }: { readonly lines: number }) => {
      visit(record, next)
      next = firstLine + lines
      return null
    },
  })
  parser.on('error', (error) => (failure ??= error))
  parser.resume()
  const check = (): void => {
    if (failure !== undefined) throw asInputError(failure, path, next)
  }
  return {
    write: async (text) => {
      const isReady = parser.write(text)
      check()
      if (!isReady) await once(parser, 'drain').catch(() => undefined)
      check()
    },
    end: async () => {
      const ended = once(parser, 'end').catch(() => undefined)
      parser.end()
      check()
      await ended
      check()
    },
  }
}

const QUOTE_MESSAGES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened in this row and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quote; a quote inside a cell is written twice',
  INVALID_OPENING_QUOTE: 'a quote stands inside a cell that does not begin with one',
  CSV_MAX_RECORD_SIZE: 'the row is longer than 16 MiB',
}

function asInputError(failure: unknown, path: string, line: number): unknown {
  if (failure instanceof InputError) return failure
  const { code } = failure as CsvError
  const sentence = QUOTE_MESSAGES[code]
  if (sentence === undefined) return failure
  return new InputError(sentence, {
    location: { path, line },
    hint: 'Set csv.quote in mlcheck.yaml when another character quotes cells.',
    cause: failure,
  })
}
