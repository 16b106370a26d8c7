/** The pooled sample as groups of equal values, in ascending order. */
export interface TieGroups {
  /** Copies in the reference sample, per group. */
  readonly reference: Uint32Array
  /** Copies in the current sample, per group. */
  readonly current: Uint32Array
  /** Whether some group has more than one value, from whichever sample. */
  readonly hasTies: boolean
}

/**
 * Merges two sorted samples into groups of equal values.
 *
 * @param reference - Ascending, no NaN; infinite values are ordinary.
 * @param current - Ascending, no NaN.
 * @returns One entry per distinct pooled value; -0 and +0 are one value.
 * Complexity: O(n + m) time and memory.
 */
export function tieGroups(reference: Float64Array, current: Float64Array): TieGroups {
  const n = reference.length
  const m = current.length
  const inReference = new Uint32Array(n + m)
  const inCurrent = new Uint32Array(n + m)
  let groups = 0
  let i = 0
  let j = 0
  while (i < n || j < m) {
    const value = nextValue(reference, i, current, j)
    const i0 = i
    const j0 = j
    while (i < n && reference[i] === value) i++
    while (j < m && current[j] === value) j++
    inReference[groups] = i - i0
    inCurrent[groups] = j - j0
    groups++
  }
  return {
    reference: inReference.subarray(0, groups),
    current: inCurrent.subarray(0, groups),
    hasTies: groups < n + m,
  }
}

function nextValue(x: Float64Array, i: number, y: Float64Array, j: number): number {
  if (i >= x.length) return y[j] as number
  if (j >= y.length) return x[i] as number
  return Math.min(x[i] as number, y[j] as number)
}

/**
 * The greatest common divisor of two whole numbers.
 *
 * @param a - At least 0.
 * @param b - At least 0; not both are 0.
 * @returns At least 1.
 * Complexity: O(log min(a, b)). Source: Euclid.
 */
export function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b]
  return a
}

/**
 * Why two samples have no statistic for want of values.
 *
 * @param reference - Valid reference values.
 * @param current - Valid current values.
 * @returns The sentence, or `undefined` when both have some.
 * Complexity: O(1).
 */
export function emptySampleReason(reference: number, current: number): string | undefined {
  if (reference === 0 && current === 0) return 'neither sample has a valid value'
  if (reference === 0) return 'the reference sample has no valid value'
  if (current === 0) return 'the current sample has no valid value'
  return undefined
}
