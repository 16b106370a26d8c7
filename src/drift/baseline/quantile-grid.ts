import { rankAtMost, rankBelow } from '../../stats/histogram.ts'
import type { ExtendedNumber } from '../baseline.ts'
import type { EnvelopeSample, Steps } from '../sample.ts'
import { readNumber, writeNumber } from './extended-number.ts'

/** Order statistics are kept at this many ranks, evenly spaced from the first to the last. */
const POINTS = 1001
/** Bytes that the differences of a grid may take: one for most of 1001 points, two for some. */
const BYTES = 1250
/** A value at this many neighbouring points is a tie that has to be known exactly. */
const TIED_POINTS = 3
const MOST_TIES = 64
const SIGN = 1n << 63n
const WORD = (1n << 64n) - 1n

/** A value that many rows share, with the number of values below it and up to it. */
export type Tie = readonly [value: ExtendedNumber, below: number, upTo: number]

/**
 * Order statistics of a column, kept as differences of the leading bits of doubles. A point stands
 * for an interval of doubles that certainly holds the order statistic of its rank; `isExact` says
 * that the bits left out are all zero.
 */
export interface QuantileGrid {
  /** Number of values. */
  readonly n: number
  readonly points: number
  /** Trailing bits left out. */
  readonly shift: number
  readonly isExact: boolean
  /** The leading bits of the first order statistic, in hexadecimal. */
  readonly first: string
  /** Differences to the next, unsigned LEB128, base64. */
  readonly steps: string
  readonly ties: readonly Tie[]
}

/**
 * Records order statistics of a column in about two kilobytes.
 *
 * @param sorted - Ascending, not empty; infinite values are allowed.
 * @returns Up to 1001 order statistics, the ranks of which follow from n; as many leading bits of
 * each as fit, at least the exponent. Complexity: O(points), O(n) for the ties.
 */
export function recordGrid(sorted: Float64Array): QuantileGrid {
  const n = sorted.length
  const values = ranksOf(n).map((rank) => sorted[rank - 1] as number)
  const keys = values.map(orderedBits)
  let shift = 0
  let steps = encodeSteps(keys, shift)
  while (steps.length > BYTES && shift < 52) {
    shift++
    steps = encodeSteps(keys, shift)
  }
  const mask = (1n << BigInt(shift)) - 1n
  const isExact = values.every((value) => (bitsOf(value) & mask) === 0n)
  return {
    n,
    points: keys.length,
    shift,
    isExact,
    first: ((keys[0] as bigint) >> BigInt(shift)).toString(16),
    steps: btoa(String.fromCharCode(...steps)),
    ties: isExact ? [] : tiesAmong(values, sorted),
  }
}

/**
 * Opens a grid again.
 *
 * @param grid - A recorded grid.
 * @returns Two step functions between which the number of values up to any point lies.
 * @throws RangeError when the grid is damaged.
 */
export function openGrid(grid: QuantileGrid): Pick<EnvelopeSample, 'lower' | 'upper'> {
  const ranks = ranksOf(grid.n)
  if (ranks.length !== grid.points) throw new RangeError('the grid has another number of points')
  const keys = decodeSteps(grid)
  const intervals = keys.map((key) => intervalOf(key, grid))
  const ties = grid.ties.map(([value, below, upTo]) => [readNumber(value), below, upTo] as const)
  const lower: [number, number][] = []
  const upper: [number, number][] = []
  intervals.forEach(({ low, high }, i) => {
    const rank = ranks[i] as number
    const tie = ties.find(([, below, upTo]) => rank > below && rank <= upTo)
    lower.push([tie?.[0] ?? high, rank])
    upper.push([tie?.[0] ?? low, (ranks[i + 1] ?? grid.n + 1) - 1])
  })
  for (const [value, below, upTo] of ties) {
    lower.push([value, upTo])
    upper.push([previousDouble(value), below])
  }
  return { lower: stepsUp(lower, grid.n), upper: stepsDown(upper, grid.n) }
}

/** Ranks from 1: all of them for few values, else 1001 from the first to the last. */
function ranksOf(n: number): readonly number[] {
  const points = Math.min(POINTS, n)
  if (points === 1) return [1]
  return Array.from({ length: points }, (_, i) => 1 + Math.floor((i * (n - 1)) / (points - 1)))
}

/** At least: what was reached earlier stays reached. */
function stepsUp(pairs: readonly (readonly [number, number])[], n: number): Steps {
  let most = 0
  return steps(
    byPlace(pairs).map(([at, count]) => {
      most = Math.min(n, Math.max(most, count))
      return [at, most]
    }),
  )
}

/** At most: what cannot be exceeded later cannot be exceeded before. */
function stepsDown(pairs: readonly (readonly [number, number])[], n: number): Steps {
  let least = n
  return steps(
    byPlace(pairs)
      .toReversed()
      .map(([at, count]): readonly [number, number] => {
        least = Math.min(least, count)
        return [at, least]
      })
      .reverse(),
  )
}

/** Ascending; of several counts at one place only the largest can hold beyond it. */
function byPlace(
  pairs: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const counts = new Map<number, number>()
  for (const [at, count] of pairs) counts.set(at, Math.max(counts.get(at) ?? 0, count))
  return [...counts].sort(([a], [b]) => a - b)
}

function steps(pairs: readonly (readonly [number, number])[]): Steps {
  return {
    at: Float64Array.from(pairs, ([at]) => at),
    counts: Float64Array.from(pairs, ([, count]) => count),
  }
}

function tiesAmong(values: readonly number[], sorted: Float64Array): readonly Tie[] {
  const ties: (readonly [number, number, number])[] = []
  for (let i = 0; i < values.length;) {
    let next = i + 1
    while (next < values.length && values[next] === values[i]) next++
    if (next - i >= TIED_POINTS) {
      const value = (values[i] as number) + 0
      ties.push([value, rankBelow(sorted, value), rankAtMost(sorted, value)])
    }
    i = next
  }
  return ties
    .sort((a, b) => b[2] - b[1] - (a[2] - a[1]) || a[0] - b[0])
    .slice(0, MOST_TIES)
    .sort((a, b) => a[0] - b[0])
    .map(([value, below, upTo]) => [writeNumber(value), below, upTo])
}

const view = new DataView(new ArrayBuffer(8))

function bitsOf(value: number): bigint {
  view.setFloat64(0, value + 0)
  return view.getBigUint64(0)
}

/** Bits that are ordered as the doubles are. */
function orderedBits(value: number): bigint {
  const bits = bitsOf(value)
  return (bits & SIGN) === 0n ? bits | SIGN : ~bits & WORD
}

function valueOf(key: bigint): number {
  view.setBigUint64(0, (key & SIGN) === 0n ? ~key & WORD : key & ~SIGN & WORD)
  return view.getFloat64(0)
}

function previousDouble(value: number): number {
  return valueOf(orderedBits(value) - 1n)
}

/** The doubles that share the leading bits; patterns beyond infinity are no numbers. */
function intervalOf(
  key: bigint,
  { shift, isExact }: QuantileGrid,
): { readonly low: number; readonly high: number } {
  const width = BigInt(shift)
  const low = valueOf(key << width)
  const high = valueOf((key << width) | ((1n << width) - 1n))
  // With all trailing bits zero a positive value is the low end, a negative one the high end.
  if (isExact) return low >= 0 ? { low, high: low } : { low: high, high }
  return {
    low: Number.isNaN(low) ? -Infinity : low,
    high: Number.isNaN(high) ? Infinity : high,
  }
}

function encodeSteps(keys: readonly bigint[], shift: number): readonly number[] {
  const bytes: number[] = []
  for (let i = 1; i < keys.length; i++) {
    const width = BigInt(shift)
    let step = ((keys[i] as bigint) >> width) - ((keys[i - 1] as bigint) >> width)
    while (step >= 0x80n) {
      bytes.push(Number(step & 0x7fn) | 0x80)
      step >>= 7n
    }
    bytes.push(Number(step))
  }
  return bytes
}

function decodeSteps(grid: QuantileGrid): readonly bigint[] {
  let key = BigInt(`0x${grid.first}`)
  const keys = [key]
  let step = 0n
  let shift = 0n
  for (const character of atob(grid.steps)) {
    const byte = BigInt(character.charCodeAt(0))
    step |= (byte & 0x7fn) << shift
    shift += 7n
    if (byte < 0x80n) {
      key += step
      keys.push(key)
      step = 0n
      shift = 0n
    }
  }
  if (keys.length !== grid.points || shift !== 0n) {
    throw new RangeError(`the grid has ${String(keys.length)} points, not ${String(grid.points)}`)
  }
  return keys
}
