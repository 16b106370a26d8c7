import { hypergeometricDensity } from '../distributions/hypergeometric.ts'
import type { TieGroups } from './tie-groups.ts'

/** Cells that one evaluation of a hypergeometric probability costs. */
const DENSITY_COST = 100
/** A falling probability below this share of the sum cannot change it. */
const NEGLIGIBLE = 1e-18

/** Sample sizes and the boundary in units of n*m/gcd, all exact integers. */
export interface LatticeProblem {
  readonly n: number
  readonly m: number
  /** The observed max |i*m - j*n| / gcd(n, m); at least 1. */
  readonly boundary: number
  /** n / gcd and m / gcd. */
  readonly unitN: number
  readonly unitM: number
}

/** Copies per group of equal pooled values; without ties every value is a group of its own. */
type GroupSizes = { readonly length: number; at: (group: number) => number }

/** One step of the plan: how the lattice goes from one end of a group to the next. */
interface Band {
  /** Values consumed at the end of the group. */
  readonly end: number
  /** The reference counts i that are inside the boundary there. */
  readonly low: number
  readonly high: number
}

/**
 * The sizes of the groups at whose ends the empirical distribution functions may be compared.
 *
 * @param groups - The pooled sample; `undefined` when every value counts as different.
 * @param total - n + m.
 * @returns Sizes that add to `total`, in ascending order of the values.
 * Complexity: O(1).
 */
export function groupSizes(groups: TieGroups | undefined, total: number): GroupSizes {
  if (groups === undefined) return { length: total, at: () => 1 }
  const { reference, current } = groups
  return {
    length: reference.length,
    at: (g) => (reference[g] as number) + (current[g] as number),
  }
}

/**
 * How many cells of the lattice `latticeTailProbability` would visit.
 *
 * @param problem - Sizes and boundary.
 * @param sizes - Group sizes that add to n + m.
 * @param budget - Where to stop counting.
 * @returns The count, or Infinity as soon as it exceeds the budget.
 * Complexity: O(groups).
 */
export function latticeCost(problem: LatticeProblem, sizes: GroupSizes, budget: number): number {
  let cost = 0
  let width = 1
  let end = 0
  for (let g = 0; g < sizes.length; g++) {
    const size = sizes.at(g)
    end += size
    const band = insideBand(problem, end)
    const nextWidth = Math.max(0, band.high - band.low + 1)
    cost += Math.min(stepCost(size, width), jumpCost(width, nextWidth))
    if (cost > budget) return Infinity
    width = nextWidth
  }
  return cost
}

function stepCost(size: number, width: number): number {
  return size * (width + size / 2)
}

function jumpCost(width: number, nextWidth: number): number {
  return nextWidth * (width + DENSITY_COST)
}

/**
 * The probability that a random lattice path from (0,0) to (n,m) reaches |i*m - j*n| >= boundary at
 * the end of some group: the exact permutation p-value of the two-sided Kolmogorov-Smirnov test,
 * given the ties of the pooled sample.
 *
 * @param problem - Sizes and boundary.
 * @param sizes - Group sizes that add to n + m.
 * @returns From 0 to 1. Only positive terms are added, so the relative error is near 1e-12 down to
 * 1e-300 (no "1 - inside").
 * Complexity: `latticeCost` time, O(min(n, 2 * boundary / (unitN + unitM) + largest group)) memory.
 * Sources: Hodges 1958; Viehmann 2021 (arXiv 2102.08037); Schroer, Trenkler 1995 for ties.
 */
export function latticeTailProbability(problem: LatticeProblem, sizes: GroupSizes): number {
  const { n, m } = problem
  // outside[i] = P(the boundary was reached | the path stands at i after `end` values); it is 1 for
  // every i that is not between low and high.
  let outside = new Float64Array(n + 2)
  let spare = new Float64Array(n + 2)
  let low = 0
  let high = 0
  let end = 0
  for (let g = 0; g < sizes.length; g++) {
    const size = sizes.at(g)
    const band = insideBand(problem, end + size)
    const width = high - low + 1
    const nextWidth = Math.max(0, band.high - band.low + 1)
    if (size > 1 && jumpCost(width, nextWidth) < stepCost(size, width)) {
      jump(outside, spare, { end, low, high }, band)
      const swap = outside
      outside = spare
      spare = swap
    } else {
      step(outside, { end, low, high }, band.end, n, m)
    }
    end = band.end
    low = band.low
    high = band.high
  }
  return outside[n] as number
}

/** The i with |i*unitM - (s-i)*unitN| < boundary that the lattice has after s values. */
function insideBand(problem: LatticeProblem, s: number): Band {
  const { n, m, unitN, unitM, boundary } = problem
  const units = unitN + unitM
  const low = Math.floor((s * unitN - boundary) / units) + 1
  const high = Math.ceil((s * unitN + boundary) / units) - 1
  return { end: s, low: Math.max(low, 0, s - m), high: Math.min(high, n, s) }
}

/** Goes value by value from one group end to the next, in place. */
function step(outside: Float64Array, from: Band, end: number, n: number, m: number): void {
  let { low, high } = from
  for (let s = from.end + 1; s <= end; s++) {
    const inverse = 1 / s
    if (low > 0) outside[low - 1] = 1
    if (high < n) outside[high + 1] = 1
    // From i - 1 by a reference value or from i by a current one: the inside grows by one.
    high = Math.min(high + 1, n, s)
    low = Math.max(low, s - m)
    for (let i = high; i >= Math.max(low, 1); i--) {
      outside[i] = (i * (outside[i - 1] as number) + (s - i) * (outside[i] as number)) * inverse
    }
  }
}

/** Goes from one group end to the next at once, with hypergeometric transition probabilities. */
function jump(outside: Float64Array, next: Float64Array, from: Band, to: Band): void {
  const earlier = from.end
  const later = to.end - from.end
  for (let i = to.low; i <= to.high; i++) {
    const j = to.end - i
    // Of the values consumed so far, `earlier` came before the group: how many of the i were there?
    const least = Math.max(0, earlier - j)
    const most = Math.min(i, earlier)
    const mode = Math.floor(((i + 1) * (earlier + 1)) / (to.end + 2))
    const start = Math.min(most, Math.max(least, mode))
    const atStart = hypergeometricDensity(start, i, j, earlier)
    let sum = 0
    let probability = atStart
    for (let k = start; k <= most; k++) {
      const isInside = k >= from.low && k <= from.high
      sum += probability * (isInside ? (outside[k] as number) : 1)
      if (k > from.high && probability < sum * NEGLIGIBLE) break
      probability *= ((i - k) * (earlier - k)) / ((k + 1) * (later - i + k + 1))
      if (probability === 0) break
    }
    probability = atStart
    for (let k = start - 1; k >= least; k--) {
      probability *= ((k + 1) * (later - i + k + 1)) / ((i - k) * (earlier - k))
      const isInside = k >= from.low && k <= from.high
      sum += probability * (isInside ? (outside[k] as number) : 1)
      if ((k < from.low && probability < sum * NEGLIGIBLE) || probability === 0) break
    }
    next[i] = Math.min(1, sum)
  }
}
