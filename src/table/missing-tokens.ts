/**
 * Whether a cell is one of the texts that stand for a missing value. Most cells are told from all of
 * them by their length or first character, without hashing the cell.
 *
 * @param tokens - The texts.
 * Complexity: O(1) for cells that begin like no token or are longer than all of them.
 */
export function missingTest(tokens: ReadonlySet<string>): (cell: string) => boolean {
  let longest = 0
  const firsts = new Set<number>()
  for (const token of tokens) {
    longest = Math.max(longest, token.length)
    firsts.add(firstOf(token))
  }
  const isFirst = new Uint8Array(ASCII + 1)
  // Everything beyond ASCII shares the last place.
  for (const first of firsts) isFirst[Math.min(first, ASCII)] = 1
  return (cell) =>
    cell.length <= longest && isFirst[Math.min(firstOf(cell), ASCII)] === 1 && tokens.has(cell)
}

const ASCII = 128

/** The code of the first character; of a text without any, one that no token begins with. */
function firstOf(text: string): number {
  return text === '' ? 0 : text.charCodeAt(0)
}
