const UNICODE_BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const ASCII_BLOCKS = ['.', ':', '-', '=', '+', '*', '#', '@'] as const

/** How many characters a histogram may take on a line. */
const MAX_CELLS = 16

/**
 * A histogram in one line of block characters, scaled to its largest cell. An empty cell is a
 * space in the middle of the line, so that one row and no row do not look the same.
 *
 * @param counts rows per cell; neighbouring cells are joined until they fit.
 */
export function blockHistogram(counts: readonly number[], unicode: boolean): string {
  const joined = joinCells(counts)
  const largest = Math.max(0, ...joined)
  const blocks = unicode ? UNICODE_BLOCKS : ASCII_BLOCKS
  return joined
    .map((count) => {
      if (count <= 0 || largest === 0) return ' '
      const level = Math.ceil((count / largest) * blocks.length) - 1
      return blocks[Math.min(blocks.length - 1, Math.max(0, level))] ?? ' '
    })
    .join('')
}

function joinCells(counts: readonly number[]): readonly number[] {
  if (counts.length <= MAX_CELLS) return counts
  const joined = new Array<number>(MAX_CELLS).fill(0)
  counts.forEach((count, index) => {
    const cell = Math.floor((index * MAX_CELLS) / counts.length)
    joined[cell] = (joined[cell] ?? 0) + count
  })
  return joined
}
