/** The instruction itself: its code and the length. */
const HEADER = 9

/**
 * Where the frames of a pickle end. Loaders written in C read on over their ends. The one that joblib uses
 * takes a frame out of the file as a whole, and an array that begins inside it from behind it: where the
 * two part, instructions can be hidden in what a reader takes for numbers.
 *
 * Source: the frames of PEP 3154, and `_Unframer` in CPython's Lib/pickle.py.
 */
export class Frames {
  #end = 0
  #isSound = true

  /** Whether every frame ended where an instruction did, and no array began inside one. */
  get isSound(): boolean {
    return this.#isSound
  }

  /** A frame of `length` bytes begins at `start`. */
  open(start: number, length: number): void {
    if (start - HEADER < this.#end) this.#isSound = false
    this.#end = start + length
  }

  /** An instruction stood between `start` and `end`. */
  pass(start: number, end: number): void {
    if (start < this.#end && end > this.#end) this.#isSound = false
  }

  /** The pickle ends at `offset`, or is left there for an array. */
  leave(offset: number): void {
    if (offset < this.#end) this.#isSound = false
  }
}
