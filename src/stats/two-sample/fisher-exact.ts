import { hypergeometricDensity } from '../distributions/hypergeometric.ts'
import { requireWholeCounts } from './counts.ts'

/** Outcomes whose probability differs from the observed one by rounding alone count as equal. */
const EQUALITY_SLACK = 1 + 1e-7
const NEGLIGIBLE = 2 ** -60

/**
 * Fisher's exact test of a 2x2 table, two-sided: the probability, given the margins, of all tables
 * that are no more probable than the observed one.
 *
 * @param a - Row 1, column 1.
 * @param b - Row 1, column 2.
 * @param c - Row 2, column 1.
 * @param d - Row 2, column 2.
 * @returns p, from 0 to 1; a table with an empty row or column gives 1.
 * @throws RangeError when an entry is not a count.
 * Complexity: O(log N + sqrt(N)) at any size. Source: Fisher 1935; probabilities after Loader 2000.
 */
export function fisherExact(a: number, b: number, c: number, d: number): number {
  requireWholeCounts({ a, b, c, d })
  const good = a + c
  const bad = b + d
  const drawn = a + b
  const least = Math.max(0, drawn - bad)
  const most = Math.min(good, drawn)
  if (least === most) return 1
  const density = (k: number): number => hypergeometricDensity(k, good, bad, drawn)
  const mode = Math.min(
    most,
    Math.max(least, Math.floor(((good + 1) * (drawn + 1)) / (good + bad + 2))),
  )
  const limit = density(a) * EQUALITY_SLACK
  if (density(mode) <= limit) return 1
  // Above the mode the probabilities fall and below it they rise, so one search finds each end.
  const upper = a > mode ? a : firstWhere(mode, most + 1, (k) => density(k) <= limit)
  const lower = a < mode ? a : -firstWhere(-mode, -least + 1, (k) => density(-k) <= limit)
  let p = 0
  if (upper <= most) p += fallingSum(density(upper), upper, most, (k) => rise(k, good, bad, drawn))
  if (lower >= least) {
    p += fallingSum(density(lower), -lower, -least, (k) => 1 / rise(-k - 1, good, bad, drawn))
  }
  return Math.min(1, p)
}

/** P(k + 1) / P(k) of the hypergeometric law. */
function rise(k: number, good: number, bad: number, drawn: number): number {
  return (((good - k) / (k + 1)) * (drawn - k)) / (bad - drawn + k + 1)
}

/** The first whole number in [from, to) with the property, which once true stays true; else `to`. */
function firstWhere(from: number, to: number, holds: (k: number) => boolean): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function fallingSum(first: number, from: number, to: number, ratio: (k: number) => number): number {
  let sum = 0
  let term = first
  for (let k = from; k <= to && term > sum * NEGLIGIBLE; k++) {
    sum += term
    if (k < to) term *= ratio(k)
  }
  return sum
}
