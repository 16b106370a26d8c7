import { printable } from './printable.ts'

const WIDTH = 96
const TAB = '    '
const ELLIPSIS = '…'

/** What one character of the file takes on the screen. */
interface Cell {
  readonly text: string
  readonly width: number
  /** The UTF-16 code unit of the line after the character. */
  readonly end: number
}

/**
 * The offending line with a caret below the offending column.
 *
 * @param text the whole file
 * @param line from 1
 * @param column from 1, in UTF-16 code units
 */
export function frame(text: string, line: number, column: number): string {
  const cells = toCells(lineOf(text, line))
  const caret = cells.filter(({ end }) => end <= column - 1).length
  const [from, to] = cutAround(cells, caret)
  const before = (from > 0 ? ELLIPSIS : '') + join(cells.slice(from, caret))
  const after = join(cells.slice(caret, to)) + (to < cells.length ? ELLIPSIS : '')
  const indent = (from > 0 ? 1 : 0) + widthOf(cells.slice(from, caret))
  const number = String(line)
  return [
    `  ${number} | ${before}${after}`.trimEnd(),
    `  ${' '.repeat(number.length)} | ${' '.repeat(indent)}^`,
  ].join('\n')
}

function lineOf(text: string, line: number): string {
  let start = 0
  for (let skipped = 1; skipped < line; skipped += 1) {
    const end = text.indexOf('\n', start)
    if (end === -1) return ''
    start = end + 1
  }
  const end = text.indexOf('\n', start)
  return text.slice(start, end === -1 ? undefined : end).replace(/\r$/, '')
}

function toCells(line: string): readonly Cell[] {
  const cells: Cell[] = []
  let end = 0
  for (const character of line) {
    end += character.length
    if (character === '\t') cells.push({ text: TAB, width: TAB.length, end })
    else cells.push({ text: printable(character), width: columnsOf(character), end })
  }
  return cells
}

/** Zero for a mark that joins the character before it, two for East Asian wide characters and emoji. */
function columnsOf(character: string): number {
  if (/^\p{M}$/u.test(character)) return 0
  return /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u.test(
    character,
  )
    ? 2
    : 1
}

/** The range of cells around the caret that fits, two thirds of it before the caret. */
function cutAround(cells: readonly Cell[], caret: number): readonly [from: number, to: number] {
  if (widthOf(cells) <= WIDTH) return [0, cells.length]
  let from = caret
  for (let room = (WIDTH * 2) / 3; from > 0; from -= 1) {
    room -= cells[from - 1]?.width ?? 0
    if (room < 0) break
  }
  let to = from
  for (let room = WIDTH; to < cells.length; to += 1) {
    room -= cells[to]?.width ?? 0
    if (room < 0) break
  }
  return [from, to]
}

function join(cells: readonly Cell[]): string {
  return cells.map(({ text }) => text).join('')
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0)
}
