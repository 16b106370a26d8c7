import { once } from 'node:events'
import { InputError } from '../core/errors.ts'
import { cellBytes, cellText } from '../table/cell-text.ts'
import { requireNoNul, requireUtf8, utf8Decoder } from './csv-bytes.ts'
import type { CsvError, Parser } from 'csv-parse'

/** How the cells of a file are written. */
export interface CellSyntax {
  readonly delimiter: string
  readonly quote: string
  /** Stands in for an empty cell that was not quoted, where the two have to be told apart. */
  readonly emptyCell?: string
}

/** The cells of one row as parts of UTF-8 text: cell `i` goes from `starts[i]` to `ends[i]`. */
export interface Row {
  readonly bytes: Uint8Array
  readonly count: number
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** Called for each row in order, with the line it begins on. The row is only lent for the call. */
export type RowVisitor = (row: Row, line: number) => void

/** The cells of a row as texts. */
export function cellsOf({ bytes, count, starts, ends }: Row): string[] {
  return Array.from({ length: count }, (_, cell) =>
    cellText(bytes, starts[cell] as number, ends[cell] as number),
  )
}

/** Texts as a row. */
export function rowOf(cells: readonly string[]): Row {
  const joined = cells.join('')
  const bytes = cellBytes(joined)
  const isAscii = bytes.length === joined.length
  const starts: number[] = []
  const ends: number[] = []
  let end = 0
  for (const cell of cells) {
    starts.push(end)
    end += isAscii ? cell.length : cellBytes(cell).length
    ends.push(end)
  }
  return { bytes, count: cells.length, starts, ends }
}

const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/** A longer line is taken for a file that is no table. */
const LONGEST_LINE = 16 * 2 ** 20

/**
 * Splits UTF-8 text into rows of cells (RFC 4180). Complete lines without a quote are split directly;
 * from the first quote on csv-parse reads the rest, and defines what is right.
 *
 * @param blocks - Consecutive pieces of the bytes, cut anywhere.
 * @param syntax - Delimiter and quote, one character each.
 * @param path - The file, for messages.
 * @param visit - Receives every row, blank lines as one empty cell.
 * @throws InputError with the line for NUL, bytes that are not UTF-8, an unclosed quote, a quote within
 * a cell or an endless line.
 * Complexity: O(length); memory of one block.
 */
export async function readRows(
  blocks: AsyncIterable<Uint8Array>,
  syntax: CellSyntax,
  path: string,
  visit: RowVisitor,
): Promise<void> {
  const plain = plainRows(syntax, visit)
  const quote = Buffer.from(syntax.quote)
  let rest: Uint8Array = new Uint8Array(0)
  let quoted: QuotedRows | undefined
  for await (const block of blocks) {
    requireNoNul(block, path, quoted?.line ?? plain.line)
    if (quoted !== undefined) {
      await quoted.write(block)
      continue
    }
    const text = Buffer.from(block.buffer, block.byteOffset, block.length)
    const firstQuote = text.indexOf(quote)
    const to = text.lastIndexOf(LINE_FEED, firstQuote === -1 ? text.length : firstQuote) + 1
    if (to > 0) {
      // The line that two blocks share is put together alone.
      const from = text.indexOf(LINE_FEED) + 1
      const shared = Buffer.concat([rest, text.subarray(0, from)])
      requireUtf8(shared, path, plain.line)
      plain.split(shared, 0, shared.length)
      requireUtf8(text.subarray(from, to), path, plain.line)
      plain.split(text, from, to)
      rest = text.subarray(to)
    } else {
      rest = Buffer.concat([rest, text])
    }
    if (firstQuote !== -1) {
      quoted = await quotedRows(syntax, path, plain.line, visit)
      await quoted.write(rest)
    } else if (rest.length > LONGEST_LINE) {
      throw new InputError('the line is longer than 16 MiB', {
        location: { path, line: plain.line },
      })
    }
  }
  if (quoted !== undefined) {
    await quoted.end()
  } else if (rest.length > 0) {
    requireUtf8(rest, path, plain.line)
    plain.split(Buffer.concat([rest, Buffer.of(LINE_FEED)]), 0, rest.length + 1)
  }
}

interface PlainRows {
  /** Of the next row, from 1. */
  readonly line: number
  /** Visits the complete lines from `from` to `to`, where a line ends. */
  readonly split: (bytes: Uint8Array, from: number, to: number) => void
}

function plainRows({ delimiter, emptyCell }: CellSyntax, visit: RowVisitor): PlainRows {
  // Of a delimiter beyond ASCII, the last byte ends a cell when the others stand before it.
  const mark = Buffer.from(delimiter)
  const last = mark[mark.length - 1] as number
  const extra = mark.length - 1
  const starts: number[] = []
  const ends: number[] = []
  const row = { bytes: Buffer.alloc(0) as Uint8Array, count: 0, starts, ends }
  let line = 1
  const splitWith = (bytes: Uint8Array, from: number, to: number, emptyAt: number): void => {
    row.bytes = bytes
    let start = from
    let count = 0
    for (let at = from; at < to; at++) {
      const byte = bytes[at] as number
      if (byte !== last && byte !== LINE_FEED) continue
      const isMark = byte === last
      if (isMark && extra > 0 && !endsWith(bytes, at, mark)) continue
      let end = isMark ? at - extra : at
      if (!isMark && end > start && bytes[end - 1] === CARRIAGE_RETURN) end--
      const isReplaced = start === end && emptyAt !== -1
      starts[count] = isReplaced ? emptyAt : start
      ends[count++] = isReplaced ? bytes.length : end
      start = at + 1
      if (isMark) continue
      row.count = count
      visit(row, line++)
      count = 0
    }
  }
  return {
    get line() {
      return line
    },
    split: (bytes, from, to) => {
      if (emptyCell === undefined) {
        splitWith(bytes, from, to, -1)
        return
      }
      // What stands in for an empty cell is put behind the text, so that it is a part of it.
      splitWith(Buffer.concat([bytes, Buffer.from(emptyCell)]), from, to, bytes.length)
    },
  }
}

function endsWith(bytes: Uint8Array, at: number, mark: Uint8Array): boolean {
  const start = at - mark.length + 1
  return start >= 0 && mark.every((byte, index) => bytes[start + index] === byte)
}

interface QuotedRows {
  /** Of the next block, from 1. */
  readonly line: number
  write(block: Uint8Array): Promise<void>
  end(): Promise<void>
}

async function quotedRows(
  { delimiter, quote, emptyCell }: CellSyntax,
  path: string,
  firstLine: number,
  visit: RowVisitor,
): Promise<QuotedRows> {
  const { parse } = await import('csv-parse')
  const decoder = utf8Decoder(path, firstLine)
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
      visit(rowOf(record), next)
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
    get line() {
      return decoder.line
    },
    write: async (block) => {
      const isReady = parser.write(decoder.decode(block))
      check()
      if (!isReady) await once(parser, 'drain').catch(() => undefined)
      check()
    },
    end: async () => {
      decoder.end()
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
