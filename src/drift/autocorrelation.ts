import type { Column } from '../table/types.ts'

/** Fewer reversals of direction than this share of the rows: the file is sorted by the column. */
const SORTED_REVERSALS = 0.01
/** Fewer different values than this cannot show in which order rows stand. */
const ENOUGH_VALUES = 10

/**
 * So far apart, rows of a sorted file are still alike, and what is dependent in time hardly is; in a
 * short file this share of it, over which a column that goes with the sorted one changes little.
 */
const DISTANT_ROWS = 50
const DISTANT_SHARE = 0.025

/** What the order of rows in a file says through one column. */
export interface OrderTrace {
  /** Lag-1 autocorrelation of the ranks' signs around the median; `null` where not defined. */
  readonly lag1: number | null
  /** Whether the file is ordered by this column, which correlates neighbours without any time. */
  readonly isSorted: boolean
  readonly values: number
  /**
   * The same over the distance at which a file that is sorted by another column changes little;
   * `null` as well where neighbours do not resemble each other.
   */
  readonly distant: number | null
}

/**
 * How much neighbouring rows of a file resemble each other in one column, and rows 50 apart (in a
 * short file fewer).
 *
 * @param column - All rows, in file order.
 * @returns The lag-1 autocorrelation of "above the median or not", which neither outliers nor heavy
 * tails move: for independent rows it lies within a few 1/sqrt(n) of 0. `isSorted` for a column in
 * (nearly) ascending or descending order, or a category whose rows stand together.
 * Missing values: left out, their neighbours become neighbours. Complexity: O(n log n).
 */
export function traceOrder(column: Column, sorted?: Float64Array): OrderTrace {
  if (column.kind === 'coded') {
    const isSorted = isGrouped(column.codes)
    return { lag1: null, isSorted, values: column.codes.length, distant: null }
  }
  const { values } = column
  const ordered = sorted ?? values.slice().sort()
  const lag1 = signAutocorrelation(values, ordered, 1)
  const far = Math.max(2, Math.min(DISTANT_ROWS, Math.floor(DISTANT_SHARE * values.length)))
  return {
    lag1,
    distant: lag1 === null || lag1 <= 0 ? null : signAutocorrelation(values, ordered, far),
    isSorted: isMonotone(values),
    values: values.length,
  }
}

function signAutocorrelation(
  values: Float64Array,
  sorted: Float64Array,
  lag: number,
): number | null {
  const n = values.length
  if (n < ENOUGH_VALUES || n < 2 * lag) return null
  const median = sorted[n >>> 1] as number
  let above = 0
  let together = 0
  for (let i = 0; i < n; i++) {
    const isAbove = (values[i] as number) >= median ? 1 : 0
    above += isAbove
    if (i >= lag) together += (values[i - lag] as number) >= median ? isAbove : 0
  }
  const p = above / n
  const variance = p * (1 - p)
  return variance === 0 ? null : (together / (n - lag) - p * p) / variance
}

function isMonotone(values: Float64Array): boolean {
  const tolerated = SORTED_REVERSALS * values.length
  let reversals = 0
  let moves = 0
  let direction = 0
  // Independent rows exceed what is tolerated within the first few hundredths of the file.
  for (let i = 1; i < values.length && reversals <= tolerated; i++) {
    const step = Math.sign((values[i] as number) - (values[i - 1] as number))
    if (step === 0) continue
    moves++
    if (direction !== 0 && step !== direction) reversals++
    direction = step
  }
  return moves > 0 && reversals <= tolerated
}

/** Every value's rows stand together, and each value has several. */
function isGrouped(codes: Uint32Array): boolean {
  const seen = new Set<number>()
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (i > 0 && code === codes[i - 1]) continue
    if (seen.has(code)) return false
    seen.add(code)
  }
  return seen.size > 1 && seen.size <= codes.length / 2
}
