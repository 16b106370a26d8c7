import assert from 'node:assert/strict'
import fc from 'fast-check'

/** Uniform doubles in (0, 1) from a 32-bit linear congruential generator, the same on every machine. */
export function uniformGenerator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
}

/** `size` sorted values drawn by `draw`. */
export function sortedSample(size: number, draw: () => number): Float64Array {
  return Float64Array.from({ length: size }, draw).sort()
}

export function sorted(...values: number[]): Float64Array {
  return Float64Array.from(values).sort()
}

/** Small sorted samples with many ties, signed zeros and infinities. */
export function tiedSample(minLength = 1, maxLength = 12): fc.Arbitrary<Float64Array> {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(-0, Infinity, -Infinity, 5e-324, 1e308),
  )
  return fc.array(value, { minLength, maxLength }).map((values) => sorted(...values))
}

/** Small sorted samples of distinct-looking finite doubles. */
export function finiteSample(minLength = 1, maxLength = 12): fc.Arbitrary<Float64Array> {
  return fc
    .array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength, maxLength })
    .map((values) => sorted(...values))
}

/**
 * The share of all ways to deal the pooled values out to samples of the same sizes whose statistic
 * is at least the observed one: the definition of an exact permutation p-value.
 */
export function permutationPValue(
  reference: Float64Array,
  current: Float64Array,
  statistic: (reference: Float64Array, current: Float64Array) => number,
): number {
  const pooled = sorted(...reference, ...current)
  const observed = statistic(reference, current)
  let all = 0
  let extreme = 0
  const deal = (index: number, first: number[], second: number[]): void => {
    if (first.length > reference.length || second.length > current.length) return
    if (index === pooled.length) {
      all++
      const value = statistic(Float64Array.from(first), Float64Array.from(second))
      if (value >= observed - 1e-9) extreme++
      return
    }
    const value = pooled[index] as number
    deal(index + 1, [...first, value], second)
    deal(index + 1, first, [...second, value])
  }
  deal(0, [], [])
  return extreme / all
}

/** |actual - expected| over |expected|, or the absolute error where 0 is expected. */
export function relativeError(actual: number, expected: number): number {
  return expected === 0 ? Math.abs(actual) : Math.abs((actual - expected) / expected)
}

/** Fails with a message of its own: assert.ok without one parses the whole file to find its words. */
export function holds(condition: boolean, message = 'the law does not hold'): void {
  assert.ok(condition, message)
}
