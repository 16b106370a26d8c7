/** A seeded stream of random numbers; the same on every platform. */
export interface Random {
  /** Uniform in [0, 1), with 53 random bits. */
  next(): number
  /** Uniform among 0, …, bound - 1. `bound` is a whole number from 1 to 2^32. */
  integer(bound: number): number
  /** Puts the elements of an array in random order, in place (Fisher-Yates). */
  shuffle(values: { length: number; [index: number]: number }): void
  /** An independent stream; the same label gives the same stream, whatever was drawn before. */
  fork(label: string): Random
}

/**
 * Blackman and Vigna's xoshiro128**, seeded through SplitMix32 so that neighbouring seeds give
 * unrelated streams. Not for secrets.
 *
 * @param seed - A whole number; taken modulo 2^32.
 * @returns A stream with a period of 2^128 - 1.
 * @throws RangeError when the seed is not a whole number, or a bound is out of range.
 * Complexity: O(1) a number. Source: Blackman, Vigna 2021, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4).
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`not a seed: ${String(seed)}`)
  const start = seed >>> 0
  const fill = splitMix(start)
  let a = fill() | 0
  let b = fill() | 0
  let c = fill() | 0
  let d = fill() | 0

  // Four variables and no array: drawing is the hot path of every resampling.
  const bits = (): number => {
    const scrambled = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotateLeft(d, 11)
    return scrambled
  }

  const integer = (bound: number): number => {
    if (!Number.isSafeInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new RangeError(`not a bound: ${String(bound)}`)
    }
    // Rejecting the incomplete last block keeps every number equally likely.
    const limit = 2 ** 32 - (2 ** 32 % bound)
    let draw = bits()
    while (draw >= limit) draw = bits()
    return draw % bound
  }

  return {
    next: () => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53,
    integer,
    shuffle: (values) => {
      for (let last = values.length - 1; last > 0; last--) {
        const other = integer(last + 1)
        const kept = values[last] as number
        values[last] = values[other] as number
        values[other] = kept
      }
    },
    fork: (label) => createRandom(mixLabel(start, label)),
  }
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

function splitMix(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let word = state
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
    return (word ^ (word >>> 15)) >>> 0
  }
}

/** FNV-1a over the code units, started from the seed. */
function mixLabel(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let i = 0; i < label.length; i++) {
    hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193) >>> 0
  }
  return hash
}
