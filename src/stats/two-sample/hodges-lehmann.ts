import { requireSorted } from '../sort.ts'

/**
 * The Hodges-Lehmann estimate of shift: the median of all n*m differences reference - current.
 *
 * @param referenceSorted - Ascending, no NaN.
 * @param currentSorted - Ascending, no NaN.
 * @returns The median, the mean of the middle two for an even number of pairs; `null` for an empty
 * sample or infinite values, whose differences are not defined.
 * @throws RangeError when an array is not sorted or contains NaN.
 * Missing values: removed before.
 * Complexity: at most 65 passes over both samples, O(1) memory: the differences are counted below a
 * bisected bound, never formed as a list. Source: Hodges, Lehmann 1963.
 */
export function hodgesLehmann(
  referenceSorted: Float64Array,
  currentSorted: Float64Array,
): number | null {
  requireSorted(referenceSorted, 'reference')
  requireSorted(currentSorted, 'current')
  const pairs = referenceSorted.length * currentSorted.length
  if (pairs === 0) return null
  const lowest = (referenceSorted[0] as number) - (currentSorted.at(-1) as number)
  const highest = (referenceSorted.at(-1) as number) - (currentSorted[0] as number)
  if (!Number.isFinite(lowest) || !Number.isFinite(highest)) return null
  const upper = kthDifference(referenceSorted, currentSorted, Math.floor(pairs / 2) + 1)
  if (pairs % 2 === 1) return upper
  const below = scanBelow(referenceSorted, currentSorted, upper)
  const lower = below.count < pairs / 2 ? upper : below.largest
  return lower / 2 + upper / 2
}

/** The k-th smallest difference (from 1): the smallest double with at least k differences up to it. */
function kthDifference(x: Float64Array, y: Float64Array, k: number): number {
  let low = orderOf((x[0] as number) - (y.at(-1) as number))
  let high = orderOf((x.at(-1) as number) - (y[0] as number))
  while (low < high) {
    const middle = (low + high) >> 1n
    if (countUpTo(x, y, doubleAt(middle)) >= k) high = middle
    else low = middle + 1n
  }
  // Adding 0 turns the -0 of the order into +0.
  return doubleAt(low) + 0
}

/** How many differences x - y are at most the bound. */
function countUpTo(x: Float64Array, y: Float64Array, bound: number): number {
  let count = 0
  let first = 0
  for (let i = 0; i < x.length; i++) {
    const value = x[i] as number
    while (first < y.length && value - (y[first] as number) > bound) first++
    count += y.length - first
  }
  return count
}

/** How many differences x - y are below the bound, and the largest of them. */
function scanBelow(
  x: Float64Array,
  y: Float64Array,
  bound: number,
): { count: number; largest: number } {
  let count = 0
  let largest = -Infinity
  let first = 0
  for (let i = 0; i < x.length; i++) {
    const value = x[i] as number
    while (first < y.length && value - (y[first] as number) >= bound) first++
    if (first < y.length) largest = Math.max(largest, value - (y[first] as number))
    count += y.length - first
  }
  return { count, largest }
}

const buffer = new DataView(new ArrayBuffer(8))

/** The place of a double among all doubles, as a whole number that grows with it. */
function orderOf(value: number): bigint {
  buffer.setFloat64(0, value)
  const bits = buffer.getBigInt64(0)
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits
}

function doubleAt(order: bigint): number {
  buffer.setBigInt64(0, order < 0n ? -order : order)
  const size = buffer.getFloat64(0)
  return order < 0n ? -size : size
}
