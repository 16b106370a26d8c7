/** Laying out plain text in columns of a terminal. */

const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
]

/** How many cells of a terminal a text takes: East Asian letters two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += cells(character)
  return width
}

function cells(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x300) return 1
  if (/\p{M}/u.test(character)) return 0
  return WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1
}

/** `text` with spaces up to `width` cells. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** `text` cut to `width` cells, the end replaced by `ellipsis`. */
export function clip(text: string, width: number, ellipsis: string): string {
  if (displayWidth(text) <= width) return text
  const room = Math.max(0, width - displayWidth(ellipsis))
  let kept = ''
  let used = 0
  for (const character of text) {
    used += cells(character)
    if (used > room) break
    kept += character
  }
  return kept + ellipsis
}

/**
 * Text broken at spaces into lines of at most `width` cells. The first line starts with `first`,
 * the others with as many spaces; a word longer than a line is broken.
 */
export function wrap(text: string, width: number, first = ''): string[] {
  const indent = displayWidth(first)
  const room = Math.max(20, width - indent)
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((part) => pieces(part, room))) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > room) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  lines.push(line)
  return lines.map((content, row) => (row === 0 ? first : ' '.repeat(indent)) + content)
}

function pieces(word: string, room: number): string[] {
  if (displayWidth(word) <= room) return [word]
  const parts: string[] = []
  let part = ''
  for (const character of word) {
    if (displayWidth(part) + cells(character) > room) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part]
}
