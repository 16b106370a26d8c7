import { bootstrapInterval } from '../stats/bootstrap.ts'
import { wilsonInterval } from '../stats/intervals/proportion.ts'
import { createRandom, type Random } from '../stats/random.ts'
import type { RowGroups } from './row-groups.ts'

/** A number with its interval at 95 %; ends are `null` where the rows do not bound it. */
export interface Estimate {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  readonly method: 'wilson' | 'bootstrap-bca' | 'bootstrap-percentile' | 'none'
}

/** How estimates are resampled where Wilson's interval does not hold. */
export interface Resampling {
  readonly groups: RowGroups | undefined
  readonly random: Random
  readonly resamples: number
}

const RESAMPLES = 2000
const MIN_RESAMPLES = 200
/** Units drawn that are still worth their time, over all estimates of a split. */
const DRAWS = 4e8

/** Resamples for so many estimates on so many rows or groups. */
export function resamplingOf(
  rows: number,
  groups: RowGroups | undefined,
  estimates: number,
  { seed, label }: { readonly seed: number; readonly label: string },
): Resampling {
  const affordable = Math.round(DRAWS / (Math.max(1, estimates) * (groups?.count ?? rows)))
  return {
    groups,
    random: createRandom(seed).fork(label),
    resamples: Math.min(RESAMPLES, Math.max(MIN_RESAMPLES, affordable)),
  }
}

/**
 * A ratio of two sums over rows: Wilson's interval for independent rows of which each counts once or not
 * at all, else a bootstrap of rows or groups.
 *
 * @returns `undefined` when the denominator is 0. Complexity: resamples times rows or groups.
 */
export function ratioEstimate(
  part: Float64Array,
  whole: Float64Array,
  isShare: boolean,
  { groups, random, resamples }: Resampling,
): Estimate | undefined {
  const sum = (values: Float64Array) => values.reduce((total, each) => total + each, 0)
  const [parts, wholes] = [sum(part), sum(whole)]
  if (wholes === 0) return undefined
  const value = parts / wholes
  if (groups === undefined && isShare) {
    return { value, ...wilsonInterval(parts, wholes), method: 'wilson' }
  }
  const [above, below] = [part, whole].map((values) => perUnit(values, groups))
  const units = groups?.count ?? part.length
  const interval = bootstrapInterval(
    units,
    (indices) => {
      let a = 0
      let b = 0
      for (let at = 0; at < indices.length; at++) {
        a += above?.[indices[at] as number] as number
        b += below?.[indices[at] as number] as number
      }
      return b === 0 ? null : a / b
    },
    { random, resamples },
  )
  if (interval === null || interval.low === interval.high) {
    return { value, low: null, high: null, method: 'none' }
  }
  return { value, low: interval.low, high: interval.high, method: `bootstrap-${interval.method}` }
}

function perUnit(values: Float64Array, groups: RowGroups | undefined): Float64Array {
  if (groups === undefined) return values
  const sums = new Float64Array(groups.count)
  for (const [row, value] of values.entries()) {
    const group = groups.numbers[row] as number
    sums[group] = (sums[group] as number) + value
  }
  return sums
}
