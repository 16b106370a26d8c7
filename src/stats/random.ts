/** A seeded stream of random numbers; the same on every platform. */
export interface Random {
  /** Uniform in [0, 1), with 53 random bits. */
  next(): number
  /** Uniform among 0, …, bound - 1. `bound` is a whole number from 1 to 2^32. */
  integer(bound: number): number
  /** Fills an array with them: what `integer` gives when it is called as often. */
  integers(target: Uint32Array, bound: number): Uint32Array
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
  let s0 = fill() | 0
  let s1 = fill() | 0
  let s2 = fill() | 0
  let s3 = fill() | 0
  const words = new Uint32Array(WORDS_AT_ONCE)
  let used = words.length

  // Many at once and in variables of its own: drawing is the hot path of every resampling.
  const refill = (): number => {
    let a = s0
    let b = s1
    let c = s2
    let d = s3
    for (let i = 0; i < words.length; i++) {
      words[i] = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9)
      const shifted = b << 9
      c ^= a
      d ^= b
      b ^= c
      a ^= d
      c ^= shifted
      d = rotateLeft(d, 11)
    }
    s0 = a
    s1 = b
    s2 = c
    s3 = d
    return 0
  }
  const bits = (): number => {
    if (used === words.length) used = refill()
    return words[used++] as number
  }

  // Rejecting the incomplete last block keeps every number equally likely.
  const limitOf = (bound: number): number => {
    if (!Number.isSafeInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new RangeError(`not a bound: ${String(bound)}`)
    }
    return 2 ** 32 - (2 ** 32 % bound)
  }

  const integer = (bound: number): number => {
    const limit = limitOf(bound)
    let word = bits()
    while (word >= limit) word = bits()
    return remainder(word, bound, 1 / bound)
  }

  return {
    next: () => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53,
    integer,
    integers: (target, bound) => {
      const limit = limitOf(bound)
      const inverse = 1 / bound
      let at = used
      for (let i = 0; i < target.length;) {
        if (at === words.length) at = refill()
        const word = words[at++] as number
        if (word < limit) target[i++] = remainder(word, bound, inverse)
      }
      used = at
      return target
    },
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

const WORDS_AT_ONCE = 64

/**
 * The remainder of a whole number below 2^32, exact: the rounded quotient is at most one too small.
 * Multiplying is several times faster than the remainder of doubles.
 */
function remainder(word: number, bound: number, inverse: number): number {
  const rest = word - ((word * inverse) >>> 0) * bound
  return rest < bound ? rest : rest - bound
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
