import { rankAtMost, rankBelow } from '../../stats/histogram.ts'

/** A table of counts over cells that cover the pooled values of two samples, in order. */
export interface Cells {
  readonly reference: Float64Array
  readonly current: Float64Array
}

/** Up to this many distinct values a column is judged as a table of values. */
const FEW_VALUES = 50
/** A value with more than this share of all rows makes the continuous law useless. */
const LARGE_TIE = 0.1
/** Values that are not large ties are gathered into about this many cells of equal rows. */
const RUNS = 20
/** Cochran's rule for the chi-square law. */
const SMALL_EXPECTED = 5

/**
 * The cells of a chi-square test of two numeric samples that have few values or large ties: each
 * value is a cell when there are at most 50, otherwise each value with more than 10 % of the rows,
 * and runs of about 5 % of the rows between them. Cells with an expected count below 5 on either
 * side are joined with a neighbour. The cells depend on the pooled sample alone, so the test keeps
 * its level.
 *
 * @param reference - Ascending, no NaN, not empty.
 * @param current - Ascending, no NaN, not empty.
 * @returns The cells, or `undefined` when the values are continuous enough for the
 * Kolmogorov-Smirnov law.
 * Complexity: O(n + m).
 */
export function valueCells(reference: Float64Array, current: Float64Array): Cells | undefined {
  const total = reference.length + current.length
  const few = isAtMost(FEW_VALUES, reference, current)
  if (!few && !hasLargeTie(reference, current)) return undefined

  const cells: [number, number][] = []
  let run: [number, number] = [0, 0]
  const flush = (): void => {
    if (run[0] + run[1] > 0) cells.push(run)
    run = [0, 0]
  }
  forEachTie(reference, current, (inReference, inCurrent) => {
    const own = few || inReference + inCurrent > LARGE_TIE * total
    if (own) flush()
    run[0] += inReference
    run[1] += inCurrent
    if (own || run[0] + run[1] >= total / RUNS) flush()
  })
  flush()
  return joinSmall(cells, (SMALL_EXPECTED * total) / Math.min(reference.length, current.length))
}

/** Whether the pooled sample has no more distinct values than that. Complexity: O(limit log n). */
function isAtMost(limit: number, reference: Float64Array, current: Float64Array): boolean {
  let distinct = 0
  let i = 0
  let j = 0
  while (i < reference.length || j < current.length) {
    if (++distinct > limit) return false
    const value = Math.min(reference[i] ?? Infinity, current[j] ?? Infinity)
    i = rankAtMost(reference, value)
    j = rankAtMost(current, value)
  }
  return true
}

/**
 * Whether a value has more than LARGE_TIE of all rows. It then has more than that share of one side
 * and covers one of that side's evenly spaced ranks. Complexity: O(log n).
 */
function hasLargeTie(reference: Float64Array, current: Float64Array): boolean {
  const least = LARGE_TIE * (reference.length + current.length)
  return [reference, current].some((side) => {
    const step = Math.max(1, Math.floor(LARGE_TIE * side.length))
    for (let rank = step - 1; rank < side.length; rank += step) {
      const value = side[rank] as number
      if (countOf(reference, value) + countOf(current, value) > least) return true
    }
    return false
  })
}

function countOf(sorted: Float64Array, value: number): number {
  return rankAtMost(sorted, value) - rankBelow(sorted, value)
}

/** Joins each cell with the next ones until it has at least `least` rows; a rest joins the last. */
function joinSmall(cells: readonly (readonly [number, number])[], least: number): Cells {
  const joined: [number, number][] = []
  let open: [number, number] = [0, 0]
  for (const [a, b] of cells) {
    open = [open[0] + a, open[1] + b]
    if (open[0] + open[1] < least) continue
    joined.push(open)
    open = [0, 0]
  }
  const last = joined.at(-1)
  if (last === undefined) joined.push(open)
  else {
    last[0] += open[0]
    last[1] += open[1]
  }
  return {
    reference: Float64Array.from(joined, ([a]) => a),
    current: Float64Array.from(joined, ([, b]) => b),
  }
}

function forEachTie(
  reference: Float64Array,
  current: Float64Array,
  visit: (inReference: number, inCurrent: number) => void,
): void {
  const n = reference.length
  const m = current.length
  let i = 0
  let j = 0
  while (i < n || j < m) {
    const x = i < n ? (reference[i] as number) : Infinity
    const y = j < m ? (current[j] as number) : Infinity
    const value = x < y ? x : y
    const i0 = i
    const j0 = j
    while (i < n && reference[i] === value) i++
    while (j < m && current[j] === value) j++
    visit(i - i0, j - j0)
  }
}
