import type { Location } from '../core/evidence.ts'

/** A text with its path, and the line and column of every offset (UTF-16 code units). */
export class SourceText {
  readonly path: string
  readonly text: string
  readonly #starts: readonly number[]

  constructor(path: string, text: string) {
    this.path = path
    this.text = text
    const starts = [0]
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
      starts.push(end + 1)
    }
    this.#starts = starts
  }

  /** The place of an offset, the end of the text for what lies behind it. O(log lines). */
  locationOf(offset: number): Location {
    const at = Math.max(0, Math.min(offset, this.text.length))
    let low = 0
    let high = this.#starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] as number) <= at) low = middle
      else high = middle
    }
    return { path: this.path, line: low + 1, column: at - (this.#starts[low] as number) + 1 }
  }
}
