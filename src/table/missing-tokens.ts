import { cellBytes } from './cell-text.ts'

/** Whether the UTF-8 text from `start` to `end` stands for a missing value. */
export type IsMissing = (bytes: Uint8Array, start: number, end: number) => boolean

/**
 * Whether a cell is one of the texts that stand for a missing value. Most cells are told from all of
 * them by their length or first byte.
 *
 * @param tokens - The texts.
 * Complexity: O(1) for cells that begin like no token or are longer than all of them.
 */
export function missingTest(tokens: ReadonlySet<string>): IsMissing {
  const isEmptyMissing = tokens.has('')
  let longest = 0
  const byFirst: Uint8Array[][] = Array.from({ length: 256 }, () => [])
  for (const token of tokens) {
    const bytes = cellBytes(token)
    longest = Math.max(longest, bytes.length)
    const [first] = bytes
    if (first !== undefined) byFirst[first]?.push(bytes)
  }
  const isFirst = Uint8Array.from(byFirst, (same) => Math.min(same.length, 1))
  return (bytes, start, end) => {
    if (start === end) return isEmptyMissing
    const first = bytes[start] as number
    if (isFirst[first] === 0 || end - start > longest) return false
    return byFirst[first]?.some((token) => isSame(token, bytes, start, end)) === true
  }
}

function isSame(token: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  return token.length === end - start && token.every((byte, at) => byte === bytes[start + at])
}
