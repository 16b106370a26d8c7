import { normalQuantile, normalSurvival } from './distributions/normal.ts'
import type { Interval } from './intervals/proportion.ts'
import { quantileSorted } from './quantile.ts'
import { sumOf } from './sums.ts'

/**
 * A statistic of the rows with these indices (repeats count); `null` where it is not defined. The list of
 * indices is written over after the call.
 */
export type RowStatistic = (indices: Uint32Array) => number | null

/** Where the row indices of a resample come from; `Random` of `random.ts` fits. */
export interface IndexSource {
  /** Fills an array with numbers uniform among 0, …, bound - 1; `bound` is a whole number from 1. */
  integers(target: Uint32Array, bound: number): Uint32Array
}

/** How a statistic is resampled. */
export interface BootstrapOptions {
  /** Rows (or groups) are drawn from here. */
  readonly random: IndexSource
  /** Resamples, at least 1; 2000 by default. */
  readonly resamples?: number
  /** Two-sided confidence; 0.95 by default. */
  readonly level?: number
  /** The group of each row, a whole number. Rows of one group are drawn and left out together. */
  readonly groups?: ArrayLike<number>
  /** Rows (or groups) are left out in at most this many blocks, at least 2; 500 by default. */
  readonly jackknifeBlocks?: number
}

export interface BootstrapInterval extends Interval {
  readonly estimate: number
  readonly method: 'bca' | 'percentile'
  /** Why the plainer interval was taken, when it was. */
  readonly reason?: string
  readonly percentile: Interval
  /** Efron's bias correction z0 and acceleration; `null` when not defined. */
  readonly bias: number | null
  readonly acceleration: number | null
  /** The adjusted probabilities at which the resampled values are read. */
  readonly probabilities: readonly [number, number]
  readonly resamples: number
  /** Resamples on which the statistic was not defined (a class that was not drawn); left out. */
  readonly undefinedResamples: number
}

/**
 * A bias-corrected and accelerated (BCa) bootstrap interval for any statistic of rows.
 *
 * @param rows - Number of rows, at least 1.
 * @param statistic - Of the rows with these indices (repeats allowed); `null` where it is not defined.
 * @param options - Generator, number of resamples, level, groups.
 * @returns `null` when the statistic is not defined on the rows themselves or on half the resamples, or
 * when nothing shows the spread: only one row or group, or the same value on every resample. Falls
 * back to the percentile interval, and says so, when the correction is not finite.
 * @throws RangeError when there are no rows, the groups do not fit them, an option is out of range, or
 * the statistic is NaN or infinite.
 * Missing values: rows without a value are removed before. Complexity: (resamples + jackknife blocks)
 * times the cost of the statistic; memory for one resample.
 * Source: Efron 1987, "Better bootstrap confidence intervals", JASA 82. Ties of a resampled value
 * with the estimate count as half.
 */
export function bootstrapInterval(
  rows: number,
  statistic: RowStatistic,
  options: BootstrapOptions,
): BootstrapInterval | null {
  const { random, resamples = 2000, level = 0.95, jackknifeBlocks = 500 } = options
  requireCount(resamples, 1, 'resamples')
  requireCount(jackknifeBlocks, 2, 'jackknife blocks')
  if (!(level > 0 && level < 1)) throw new RangeError(`not a probability: ${String(level)}`)
  const units = unitsOf(rows, options.groups)
  const measure = (indices: Uint32Array): number | null => {
    const value = statistic(indices)
    if (value !== null && !Number.isFinite(value)) {
      throw new RangeError(`the statistic is ${String(value)}, not a finite number or null`)
    }
    return value
  }
  const estimate = measure(Uint32Array.from({ length: rows }, (_, row) => row))
  if (estimate === null || units.count < 2) return null

  const drawn: number[] = []
  for (let b = 0; b < resamples; b++) {
    const value = measure(units.draw(random))
    if (value !== null) drawn.push(value)
  }
  if (drawn.length === 0 || drawn.length < resamples / 2) return null
  const sorted = Float64Array.from(drawn).sort()
  // 50 right answers out of 50 do not make the next one certain: no resample ever saw a wrong one.
  if (sorted[0] === sorted.at(-1)) return null
  const at = ([low, high]: readonly [number, number]): Interval => ({
    low: quantileSorted(sorted, low),
    high: quantileSorted(sorted, high),
  })
  const tail = (1 - level) / 2
  const plain = [tail, 1 - tail] as const
  const bias = biasCorrection(sorted, estimate)
  const acceleration = accelerationOf(units.leaveOut(jackknifeBlocks), measure)
  const corrected = correct(bias, acceleration, tail)
  const probabilities = 'reason' in corrected ? plain : corrected.probabilities
  return {
    estimate,
    ...at(probabilities),
    ...('reason' in corrected
      ? { method: 'percentile', reason: corrected.reason }
      : { method: 'bca' }),
    percentile: at(plain),
    bias,
    acceleration: typeof acceleration === 'number' ? acceleration : null,
    probabilities,
    resamples,
    undefinedResamples: resamples - drawn.length,
  }
}

function requireCount(count: number, least: number, name: string): void {
  if (!Number.isSafeInteger(count) || count < least) {
    throw new RangeError(`not a number of ${name}: ${String(count)}`)
  }
}

/** What is drawn and left out as a whole: rows, or groups of rows. */
interface Units {
  readonly count: number
  draw(random: IndexSource): Uint32Array
  /** Index lists, one at a time, each without one block of units. */
  leaveOut(blocks: number): Iterable<Uint32Array>
}

function unitsOf(rows: number, groups: ArrayLike<number> | undefined): Units {
  requireCount(rows, 1, 'rows')
  const members = groups === undefined ? undefined : membersOf(rows, groups)
  return members === undefined ? singleRows(rows) : groupsOfRows(members)
}

function singleRows(rows: number): Units {
  const drawn = new Uint32Array(rows)
  return {
    count: rows,
    draw: (random) => random.integers(drawn, rows),
    *leaveOut(blocks) {
      for (const kept of withoutBlocks(rows, blocks)) yield kept
    },
  }
}

function groupsOfRows(members: readonly Uint32Array[]): Units {
  const count = members.length
  const drawn = new Uint32Array(count)
  const rowsOf = (units: Uint32Array): Uint32Array =>
    concatenate(Array.from(units, (unit) => members[unit] as Uint32Array))
  return {
    count,
    draw: (random) => rowsOf(random.integers(drawn, count)),
    *leaveOut(blocks) {
      for (const kept of withoutBlocks(count, blocks)) yield rowsOf(kept)
    },
  }
}

/** All units but those of one block, block by block: one unit each, or as even as can be. */
function* withoutBlocks(count: number, most: number): Generator<Uint32Array> {
  const blocks = Math.min(most, count)
  for (let block = 0; block < blocks; block++) {
    // Unit i belongs to block i modulo their number, so that a block is spread over the file.
    const left = Math.ceil((count - block) / blocks)
    const kept = new Uint32Array(count - left)
    let next = 0
    for (let unit = 0; unit < count; unit++) {
      if (unit % blocks !== block) kept[next++] = unit
    }
    yield kept
  }
}

/** The rows of each group that has some, in the order in which groups first occur. */
function membersOf(rows: number, groups: ArrayLike<number>): readonly Uint32Array[] {
  if (groups.length !== rows) throw new RangeError('one group per row is needed')
  const members = new Map<number, number[]>()
  for (let row = 0; row < rows; row++) {
    const group = groups[row] as number
    if (!Number.isSafeInteger(group)) throw new RangeError(`not a group: ${String(group)}`)
    const list = members.get(group)
    if (list === undefined) members.set(group, [row])
    else list.push(row)
  }
  return Array.from(members.values(), (list) => Uint32Array.from(list))
}

function concatenate(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}

function biasCorrection(sorted: Float64Array, estimate: number): number | null {
  let below = 0
  let ties = 0
  for (const value of sorted) {
    if (value < estimate) below++
    else if (value === estimate) ties++
  }
  const share = (below + ties / 2) / sorted.length
  return share > 0 && share < 1 ? normalQuantile(share) : null
}

/** The jackknife's skewness of the statistic, or why there is none. */
function accelerationOf(
  leftOut: Iterable<Uint32Array>,
  statistic: RowStatistic,
): number | { readonly reason: string } {
  const values: number[] = []
  for (const indices of leftOut) {
    const value = statistic(indices)
    if (value === null)
      return { reason: 'the statistic is not defined when some rows are left out' }
    values.push(value)
  }
  const mean = sumOf(values) / values.length
  const squares = sumOf(values.map((value) => (mean - value) ** 2))
  const cubes = sumOf(values.map((value) => (mean - value) ** 3))
  const acceleration = cubes / (6 * squares ** 1.5)
  return Number.isFinite(acceleration)
    ? acceleration
    : { reason: 'leaving rows out does not change the estimate' }
}

/** The probabilities at which the resampled values are read, or why they cannot be corrected. */
function correct(
  bias: number | null,
  acceleration: number | { readonly reason: string },
  tail: number,
): { readonly probabilities: readonly [number, number] } | { readonly reason: string } {
  if (bias === null) return { reason: 'every resample lies on one side of the estimate' }
  if (typeof acceleration !== 'number') return acceleration
  const at = (probability: number): number => {
    const z = bias + normalQuantile(probability)
    return normalSurvival(-(bias + z / (1 - acceleration * z)))
  }
  const low = at(tail)
  const high = at(1 - tail)
  if (low >= 0 && high <= 1 && low < high) return { probabilities: [low, high] }
  return { reason: 'the correction is too large to be trusted' }
}
