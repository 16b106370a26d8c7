import { normalQuantile, normalSurvival } from './distributions/normal.ts'
import type { Interval } from './intervals/proportion.ts'
import { quantileSorted } from './quantile.ts'
import { sumOf } from './sums.ts'

/** Where the row indices of a resample come from; `Random` of `random.ts` fits. */
export interface IndexSource {
  integer(bound: number): number
}

export interface BootstrapOptions {
  /** Rows (or groups) are drawn from here. */
  readonly random: IndexSource
  /** Resamples; 2000 by default. */
  readonly resamples?: number
  /** Two-sided confidence; 0.95 by default. */
  readonly level?: number
  /** The group of each row, 0 to groups - 1. Rows of one group are drawn and left out together. */
  readonly groups?: ArrayLike<number>
  /** At most this many units are left out in turn; more are left out in blocks. 500 by default. */
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
 * @returns `null` when the statistic is not defined on the rows themselves or on half the resamples.
 * Falls back to the percentile interval, and says so, when the correction is not finite.
 * @throws RangeError when there are no rows or the groups do not fit them.
 * Missing values: rows without a value are removed before. Complexity: (resamples + jackknife blocks)
 * times the cost of the statistic.
 * Source: Efron 1987, "Better bootstrap confidence intervals", JASA 82. Ties of a resampled value
 * with the estimate count as half.
 */
export function bootstrapInterval(
  rows: number,
  statistic: (indices: Uint32Array) => number | null,
  options: BootstrapOptions,
): BootstrapInterval | null {
  const { random, resamples = 2000, level = 0.95, jackknifeBlocks = 500 } = options
  const units = unitsOf(rows, options.groups)
  const estimate = statistic(Uint32Array.from({ length: rows }, (_, row) => row))
  if (estimate === null) return null

  const drawn: number[] = []
  for (let b = 0; b < resamples; b++) {
    const value = statistic(units.draw(random))
    if (value !== null) drawn.push(value)
  }
  if (drawn.length < resamples / 2) return null
  const sorted = Float64Array.from(drawn).sort()
  const tail = (1 - level) / 2
  const percentile = {
    low: quantileSorted(sorted, tail),
    high: quantileSorted(sorted, 1 - tail),
  }
  const common = {
    estimate,
    percentile,
    resamples,
    undefinedResamples: resamples - drawn.length,
  }
  const bias = biasCorrection(sorted, estimate)
  const acceleration = accelerationOf(units.leaveOut(jackknifeBlocks), statistic)
  const adjusted = bias === null || acceleration === null ? null : adjust(bias, acceleration, tail)
  if (adjusted === null) {
    const reason =
      bias === null
        ? 'every resample lies on one side of the estimate'
        : 'leaving rows out does not change the estimate'
    const probabilities = [tail, 1 - tail] as const
    return {
      ...common,
      ...percentile,
      method: 'percentile',
      reason,
      bias,
      acceleration,
      probabilities,
    }
  }
  return {
    ...common,
    low: quantileSorted(sorted, adjusted[0]),
    high: quantileSorted(sorted, adjusted[1]),
    method: 'bca',
    bias,
    acceleration,
    probabilities: adjusted,
  }
}

/** What is drawn and left out as a whole: rows, or groups of rows. */
interface Units {
  draw(random: IndexSource): Uint32Array
  /** Index lists, each without one block of units. */
  leaveOut(blocks: number): readonly Uint32Array[]
}

function unitsOf(rows: number, groups: ArrayLike<number> | undefined): Units {
  if (!Number.isSafeInteger(rows) || rows < 1) throw new RangeError('a bootstrap needs rows')
  const members = groups === undefined ? undefined : membersOf(rows, groups)
  const count = members?.length ?? rows
  const draw = (random: IndexSource): Uint32Array => {
    if (members === undefined) {
      const indices = new Uint32Array(rows)
      for (let i = 0; i < rows; i++) indices[i] = random.integer(rows)
      return indices
    }
    const parts: Uint32Array[] = []
    for (let i = 0; i < count; i++) parts.push(members[random.integer(count)] as Uint32Array)
    return concatenate(parts)
  }
  const leaveOut = (blocks: number): readonly Uint32Array[] => {
    const used = Math.min(blocks, count)
    return Array.from({ length: used }, (_, block) => {
      // Unit i belongs to block i modulo the number of blocks, so that blocks differ by one unit at most.
      const kept = Array.from({ length: count }, (__, unit) => unit).filter(
        (unit) => unit % used !== block,
      )
      return members === undefined
        ? Uint32Array.from(kept)
        : concatenate(kept.map((unit) => members[unit] as Uint32Array))
    })
  }
  return { draw, leaveOut }
}

function membersOf(rows: number, groups: ArrayLike<number>): Uint32Array[] {
  if (groups.length !== rows) throw new RangeError('one group per row is needed')
  const members: number[][] = []
  for (let row = 0; row < rows; row++) {
    const group = groups[row] as number
    if (!Number.isSafeInteger(group) || group < 0) throw new RangeError('not a group number')
    const list = (members[group] ??= [])
    list.push(row)
  }
  return members.map((list) => Uint32Array.from(list))
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

function accelerationOf(
  leftOut: readonly Uint32Array[],
  statistic: (indices: Uint32Array) => number | null,
): number | null {
  const values: number[] = []
  for (const indices of leftOut) {
    const value = indices.length === 0 ? null : statistic(indices)
    if (value === null) return null
    values.push(value)
  }
  const mean = sumOf(values) / values.length
  const squares = sumOf(values.map((value) => (mean - value) ** 2))
  const cubes = sumOf(values.map((value) => (mean - value) ** 3))
  const acceleration = cubes / (6 * squares ** 1.5)
  return Number.isFinite(acceleration) ? acceleration : null
}

function adjust(
  bias: number,
  acceleration: number,
  tail: number,
): readonly [number, number] | null {
  const at = (probability: number): number => {
    const z = bias + normalQuantile(probability)
    return normalSurvival(-(bias + z / (1 - acceleration * z)))
  }
  const low = at(tail)
  const high = at(1 - tail)
  return low >= 0 && high <= 1 && low < high ? [low, high] : null
}
