/** A table of text cells, as it is exchanged with a user's command. */
export interface TextTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export type ExchangeResult =
  { readonly table: TextTable } | { readonly line: number; readonly problem: string }

/** Writes comma-separated UTF-8 with `\n` line ends; cells are quoted only where RFC 4180 needs it. */
export function formatExchangeCsv({ columns, rows }: TextTable): string {
  return [columns, ...rows].map((cells) => `${cells.map(quote).join(',')}\n`).join('')
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/**
 * Reads what a command answered, strictly after RFC 4180: every line has as many cells as the header,
 * quotes are closed and stand around whole cells. Cells stay text, because equality of two runs is
 * judged on what was written. Data files are read elsewhere; this is the command protocol alone.
 */
export function parseExchangeCsv(text: string): ExchangeResult {
  let cells = 0
  const records: { line: number; cells: string[] }[] = []
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  let line = 1
  let at = 0
  let record: { line: number; cells: string[] } = { line, cells: [] }
  while (at < source.length) {
    const cell = readCell(source, at)
    if (cell === undefined) return { line, problem: 'a quoted cell is not closed or not whole' }
    record.cells.push(cell.text)
    cells += 1
    if (cells > MOST_CELLS) return { line, problem: 'it has more cells than an answer can have' }
    line += cell.lineEnds
    at = cell.end
    if (source[at] === ',') {
      at += 1
      if (at === source.length) record.cells.push('')
      else continue
    }
    at += source.startsWith('\r\n', at) ? 2 : 1
    line += 1
    records.push(record)
    record = { line, cells: [] }
  }
  const [header, ...rows] = records.filter(({ cells }) => cells.length > 1 || cells[0] !== '')
  if (header === undefined) return { line: 1, problem: 'it is empty' }
  const ragged = rows.find(({ cells }) => cells.length !== header.cells.length)
  if (ragged !== undefined) {
    const [has, wants] = [String(ragged.cells.length), String(header.cells.length)]
    return { line: ragged.line, problem: `the line has ${has} cells and the header ${wants}` }
  }
  return { table: { columns: header.cells, rows: rows.map(({ cells }) => cells) } }
}

interface Cell {
  readonly text: string
  readonly end: number
  readonly lineEnds: number
}

/** Far more than the rows that are asked with a score for each of thousands of classes. */
export const MOST_CELLS = 4_000_000

const BARE_CELL = /[^,\r\n]*/y

function readCell(source: string, at: number): Cell | undefined {
  if (source[at] !== '"') {
    BARE_CELL.lastIndex = at
    const text = BARE_CELL.exec(source)?.[0] ?? ''
    return text.includes('"') ? undefined : { text, end: at + text.length, lineEnds: 0 }
  }
  const close = closingQuote(source, at + 1)
  if (close === undefined) return undefined
  const text = source.slice(at + 1, close).replaceAll('""', '"')
  return { text, end: close + 1, lineEnds: text.split('\n').length - 1 }
}

/** Searched in a loop: a pattern for cells of megabytes exhausts the stack. */
function closingQuote(source: string, from: number): number | undefined {
  let at = source.indexOf('"', from)
  while (at !== -1 && source[at + 1] === '"') at = source.indexOf('"', at + 2)
  const next = source[at + 1]
  const isEnd = next === undefined || next === ',' || next === '\r' || next === '\n'
  return at !== -1 && isEnd ? at : undefined
}
