/** Below this the engine's own sort is faster. */
const WORTH_RADIX = 20_000
const DIGIT_BITS = 11
const BUCKETS = 1 << DIGIT_BITS
const MASK = BUCKETS - 1
/** Digits of the 64 bits of a double. */
const DIGITS = 6
const SIGN = 0x80000000
/** Where the low word of a double comes first in memory; other machines use the engine's sort. */
const LOW_WORD_FIRST = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/**
 * The values in ascending order.
 *
 * @param values - Without NaN; infinite values are ordinary.
 * @returns A new array, or the same one where the values ascend already: a file in the order of a
 * column, of times above all, needs no sorting of it. -0 and +0 are equal and may stand in any order.
 * Complexity: O(n) passes of a radix sort over the bits of the doubles, as many as there are digits
 * in which the values differ; O(n log n) for small samples.
 */
export function ascending(values: Float64Array): Float64Array {
  if (isAscending(values)) return values
  const isWorthIt = LOW_WORD_FIRST && values.length >= WORTH_RADIX
  return isWorthIt ? radixSorted(values) : values.slice().sort()
}

function isAscending(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) {
    if ((values[i] as number) < (values[i - 1] as number)) return false
  }
  return true
}

function radixSorted(values: Float64Array): Float64Array {
  const n = values.length
  let from = orderedWords(values)
  let to = new Uint32Array(2 * n)
  const counts = countDigits(from)
  for (let digit = 0; digit < DIGITS; digit++) {
    const places = counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS)
    if (places.includes(n)) continue
    startPlaces(places)
    for (let i = 0; i < 2 * n; i += 2) {
      const low = from[i] as number
      const high = from[i + 1] as number
      const bucket = digitOf(low, high, digit)
      const place = 2 * (places[bucket] as number)
      places[bucket] = (places[bucket] as number) + 1
      to[place] = low
      to[place + 1] = high
    }
    ;[from, to] = [to, from]
  }
  return valuesOf(from)
}

/** Pairs of words, the low one first, that are ordered as the doubles are. */
function orderedWords(values: Float64Array): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(new Float64Array(values).buffer)
  for (let i = 0; i < words.length; i += 2) {
    const high = words[i + 1] as number
    if (high >= SIGN) {
      words[i] = ~(words[i] as number)
      words[i + 1] = ~high
    } else {
      words[i + 1] = high | SIGN
    }
  }
  return words
}

function valuesOf(words: Uint32Array<ArrayBuffer>): Float64Array {
  for (let i = 0; i < words.length; i += 2) {
    const high = words[i + 1] as number
    if (high >= SIGN) {
      words[i + 1] = high & ~SIGN
    } else {
      words[i] = ~(words[i] as number)
      words[i + 1] = ~high
    }
  }
  return new Float64Array(words.buffer)
}

/** Bits 0-10, 11-21, 22-32, 33-43, 44-54 and 55-63 of the pair. */
function digitOf(low: number, high: number, digit: number): number {
  switch (digit) {
    case 0:
      return low & MASK
    case 1:
      return (low >>> 11) & MASK
    case 2:
      return ((low >>> 22) | (high << 10)) & MASK
    case 3:
      return (high >>> 1) & MASK
    case 4:
      return (high >>> 12) & MASK
    default:
      return high >>> 23
  }
}

/** How often each digit occurs at each place, in one walk. */
function countDigits(words: Uint32Array): Uint32Array {
  const counts = new Uint32Array(DIGITS * BUCKETS)
  for (let i = 0; i < words.length; i += 2) {
    const low = words[i] as number
    const high = words[i + 1] as number
    for (let digit = 0; digit < DIGITS; digit++) {
      const at = digit * BUCKETS + digitOf(low, high, digit)
      counts[at] = (counts[at] as number) + 1
    }
  }
  return counts
}

/** Turns counts into the place at which each bucket begins. */
function startPlaces(counts: Uint32Array): void {
  let start = 0
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const count = counts[bucket] as number
    counts[bucket] = start
    start += count
  }
}
