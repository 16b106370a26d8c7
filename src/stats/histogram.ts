import { quantileSorted } from './quantile.ts'

/** How many values fall below, into and above some cells. */
export interface CellCounts {
  readonly counts: readonly number[]
  readonly under: number
  readonly over: number
}

/**
 * Edges of cells of equal width, as numpy has them.
 *
 * @param low - The first edge.
 * @param high - The last edge, reproduced exactly; larger than `low`.
 * @param cells - A whole number, at least 1.
 * @returns `cells + 1` ascending edges.
 * @throws RangeError when the range is empty or not finite, or `cells` is not a count.
 * Complexity: O(cells).
 */
export function equalWidthEdges(low: number, high: number, cells: number): number[] {
  if (!Number.isSafeInteger(cells) || cells < 1) {
    throw new RangeError(`not a number of cells: ${String(cells)}`)
  }
  if (!(low < high) || !Number.isFinite(high - low)) {
    throw new RangeError(`not a range: ${String(low)} to ${String(high)}`)
  }
  const step = (high - low) / cells
  const edges = Array.from({ length: cells }, (_, cell) => low + cell * step)
  edges.push(high)
  return edges
}

/**
 * Counts sorted values in cells that are closed below and open above, the last one closed.
 *
 * @param sorted - Ascending, without NaN.
 * @param edges - Ascending, at least two.
 * @returns Counts per cell; values outside the edges are counted apart, never dropped.
 * Missing values: removed before. Complexity: O(cells * log n).
 */
export function countInCells(sorted: Float64Array, edges: readonly number[]): CellCounts {
  const last = edges.length - 1
  const ranks = edges.map((edge, index) =>
    index === last ? rankAtMost(sorted, edge) : rankBelow(sorted, edge),
  )
  const counts: number[] = []
  for (let cell = 0; cell < last; cell++) {
    counts.push((ranks[cell + 1] as number) - (ranks[cell] as number))
  }
  return { counts, under: ranks[0] as number, over: sorted.length - (ranks[last] as number) }
}

/**
 * Counts sorted values in cells open below and closed above, with open outer cells: cell i holds
 * `cuts[i - 1] < value <= cuts[i]`.
 *
 * @param sorted - Ascending, without NaN.
 * @param cuts - Ascending, different.
 * @returns `cuts.length + 1` counts that add up to the number of values.
 * Complexity: O(cuts * log n).
 */
export function countBetweenCuts(sorted: Float64Array, cuts: readonly number[]): number[] {
  const counts: number[] = []
  let before = 0
  for (const cut of cuts) {
    const rank = rankAtMost(sorted, cut)
    counts.push(rank - before)
    before = rank
  }
  counts.push(sorted.length - before)
  return counts
}

/**
 * The different type-7 quantiles i/cells of a sample, 0 < i < cells: repeated values collapse, so a
 * point mass gets a cell of its own instead of several empty ones.
 *
 * @param sorted - Ascending, without NaN, at least one value.
 * @param cells - At least 1.
 * @returns At most `cells - 1` ascending, different values.
 * @throws RangeError for an empty sample when there is more than one cell.
 * Missing values: removed before. Complexity: O(cells).
 */
export function quantileCuts(sorted: Float64Array, cells: number): number[] {
  const cuts: number[] = []
  for (let i = 1; i < cells; i++) {
    const cut = quantileSorted(sorted, i / cells)
    if (cut !== cuts.at(-1)) cuts.push(cut)
  }
  return cuts
}

/**
 * How many sorted values are smaller than `value`.
 *
 * @param sorted - Ascending, without NaN.
 * @param value - Any number but NaN.
 * @returns From 0 to the number of values.
 * Complexity: O(log n).
 */
export function rankBelow(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * How many sorted values are at most `value`.
 *
 * @param sorted - Ascending, without NaN.
 * @param value - Any number but NaN.
 * @returns From 0 to the number of values.
 * Complexity: O(log n).
 */
export function rankAtMost(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low
}
