import type { BeyondEdges, Histogram } from '../../core/result.ts'
import { rankAtMost, rankBelow } from '../../stats/histogram.ts'
import { quantileSorted } from '../../stats/quantile.ts'

const BINS = 20
/** The share of the reference on each side that the open end bins take. */
const CLIPPED = 0.005

/**
 * The edges of the picture of a numeric column: equal-width bins between the 0.5 % and 99.5 %
 * quantiles of the reference. What lies outside is counted in the first and last bin, so one value
 * of a million does not press all others into one bin.
 *
 * @param finite - Finite reference values, ascending.
 * @returns 21 edges; 2 when the quantiles coincide; none without values.
 */
export function histogramEdges(finite: Float64Array): readonly number[] {
  if (finite.length === 0) return []
  const low = quantileSorted(finite, CLIPPED)
  const high = quantileSorted(finite, 1 - CLIPPED)
  const width = (high - low) / BINS
  if (!(width > 0) || !Number.isFinite(width)) return [low, high]
  return Array.from({ length: BINS + 1 }, (_, i) => (i === BINS ? high : low + i * width))
}

/**
 * Counts of sorted values over bins whose first and last are open outwards; the last bin includes
 * its upper edge. Complexity: O(bins log n).
 */
export function countInBins(sorted: Float64Array, edges: readonly number[]): readonly number[] {
  const inner = edges.slice(1, -1).map((edge) => rankBelow(sorted, edge))
  const cuts = [0, ...inner, sorted.length]
  return edges.slice(1).map((_, bin) => (cuts[bin + 1] as number) - (cuts[bin] as number))
}

/** The picture of two sides over edges that the reference fixes. */
export function histogramOf(
  reference: Float64Array,
  current: Float64Array,
  edges: readonly number[],
): Histogram | null {
  if (edges.length < 2) return null
  return {
    edges,
    reference: countInBins(reference, edges),
    current: countInBins(current, edges),
    outside: {
      reference: countBeyond(reference, edges),
      current: countBeyond(current, edges),
    },
  }
}

/** How many sorted values lie below the first and above the last edge. Complexity: O(log n). */
function countBeyond(sorted: Float64Array, edges: readonly number[]): BeyondEdges {
  return {
    below: rankBelow(sorted, edges[0] as number),
    above: sorted.length - rankAtMost(sorted, edges.at(-1) as number),
  }
}
