import { chiSquareSurvival } from '../../stats/distributions/chi-square.ts'
import { chiSquareHomogeneity } from '../../stats/two-sample/contingency.ts'
import { fisherExact } from '../../stats/two-sample/fisher-exact.ts'
import type { Cells } from './value-cells.ts'

/** Up to this many rows a table of two cells is judged by Fisher's exact test. */
const FISHER_UP_TO = 100_000

/** The test of a table of two rows of counts. */
export interface CellsTest {
  readonly test: 'chi-square-homogeneity' | 'fisher-exact'
  readonly method: 'exact' | 'asymptotic'
  /** X^2, or the odds ratio of Fisher's test; `null` where it is infinite or not defined. */
  readonly statistic: number | null
  readonly statisticReason?: string
  readonly pValue: number
  readonly warnings: readonly string[]
}

/**
 * The test of equal shares over cells: Fisher's exact test for two cells, whose chi-square law is
 * anticonservative far in the tail where Holm's adjustment looks, else chi-square.
 *
 * @param cells - Counts over the same cells; neither side is empty.
 * @returns X^2 with its p-value, or the sample odds ratio ad/(bc) with the exact one.
 * Complexity: O(k).
 */
export function testCells(cells: Cells): CellsTest {
  const { reference, current } = cells
  const chiSquare = chiSquareHomogeneity(reference, current)
  if (chiSquare.statistic === null || chiSquare.pValue === null) {
    throw new RangeError(chiSquare.reason ?? 'the chi-square test is not defined')
  }
  const { statistic, pValue, warnings } = chiSquare
  if (reference.length === 2 && chiSquare.n.reference + chiSquare.n.current <= FISHER_UP_TO) {
    const [a, b] = reference as unknown as readonly [number, number]
    const [c, d] = current as unknown as readonly [number, number]
    const exact = fisherExact(a, b, c, d)
    return {
      test: 'fisher-exact',
      method: 'exact',
      ...oddsRatio(a * d, b * c),
      pValue: exact,
      warnings: [],
    }
  }
  return { test: 'chi-square-homogeneity', method: 'asymptotic', statistic, pValue, warnings }
}

function oddsRatio(ad: number, bc: number): Pick<CellsTest, 'statistic' | 'statisticReason'> {
  return bc > 0
    ? { statistic: ad / bc }
    : { statistic: null, statisticReason: 'the odds ratio has an empty cell in its denominator' }
}

/** 1/2 sum |p - q|: the share of rows that would have to change their cell. */
export function totalVariationOf(cells: Cells): number {
  const n = sum(cells.reference)
  const m = sum(cells.current)
  let total = 0
  for (let i = 0; i < cells.reference.length; i++) {
    total += Math.abs((cells.reference[i] as number) / n - (cells.current[i] as number) / m)
  }
  return total / 2
}

/**
 * A lower bound of the total variation between the laws behind two tables. Sampling alone lifts the
 * observed value by at most 1/2 sum sqrt(p(1-p)(1/n + 1/m)) on average, and it exceeds its mean by
 * more than sqrt(ln(1/alpha)/2 * (1/n + 1/m)) with probability at most alpha (McDiarmid).
 *
 * @returns At least 0. Complexity: O(k). Source: McDiarmid 1989; Jensen's inequality for the mean.
 */
export function totalVariationLowerBound(cells: Cells, alpha: number): number {
  const n = sum(cells.reference)
  const m = sum(cells.current)
  const noise = 1 / n + 1 / m
  let bias = 0
  for (let i = 0; i < cells.reference.length; i++) {
    const pooled = ((cells.reference[i] as number) + (cells.current[i] as number)) / (n + m)
    bias += Math.sqrt(pooled * (1 - pooled) * noise) / 2
  }
  const margin = Math.sqrt((Math.log(1 / alpha) / 2) * noise)
  return Math.max(0, totalVariationOf(cells) - bias - margin)
}

/**
 * The share of rows that, moved out of the largest cell, the chi-square test would show at a level:
 * the hardest change of a single value to see. Changes spread over half of the cells can need more.
 *
 * With the mean of X^2 equal to the critical value, nm/(n+m) * d^2 * (1/p + 1/(1-p)) = x - df.
 *
 * @returns From 0 to 1; 1 where no change is visible (a single cell with nothing to move between
 * uses p = 1/2).
 * Complexity: O(k).
 */
export function detectableInCells(cells: Cells, level: number): number {
  const n = sum(cells.reference)
  const m = sum(cells.current)
  const df = Math.max(1, cells.reference.length - 1)
  const excess = Math.max(0, criticalChiSquare(level, df) - df)
  return Math.min(1, Math.sqrt((excess * (1 / n + 1 / m)) / leverageOfLargest(cells)))
}

/** 1/p + 1/(1-p) for the largest cell; at least 4. */
export function leverageOfLargest(cells: Cells): number {
  const total = sum(cells.reference) + sum(cells.current)
  let largest = 0
  for (let i = 0; i < cells.reference.length; i++) {
    largest = Math.max(largest, (cells.reference[i] as number) + (cells.current[i] as number))
  }
  const p = largest / total
  return p >= 1 ? 4 : 1 / p + 1 / (1 - p)
}

/** The x with P(X > x) = level for chi-square with df degrees of freedom. */
function criticalChiSquare(level: number, df: number): number {
  let low = 0
  let high = df + 10
  while (chiSquareSurvival(high, df) > level) high *= 2
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (chiSquareSurvival(middle, df) > level) low = middle
    else high = middle
  }
  return high
}

function sum(counts: Float64Array): number {
  return counts.reduce((total, count) => total + count, 0)
}
