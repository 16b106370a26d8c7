import type { CodedSample } from '../sample.ts'
import { byCodeUnits, validCount } from '../sample.ts'
import type { Cells } from './value-cells.ts'

/** Cochran's rule for the chi-square law. */
const SMALL_EXPECTED = 5
/** Rare values are gathered into cells of at least this share of all rows. */
const RARE_CELL = 0.05

type Cell = [inReference: number, inCurrent: number]

/**
 * The cells of a chi-square test of two category columns: every value whose expected count is at
 * least 5 on both sides, and cells of rare values. Rare values are pooled in the order of their
 * labels into cells of at least 5 % of the rows, so that a column of many rare values is not one
 * single cell that cannot change; where they are few, that is one cell for all of them. Which values
 * are rare, and where a cell ends, follows from the pooled counts alone, so the test keeps its level.
 *
 * @param reference - Counts by value. Values that a baseline counted together are one cell with all
 * current values that it does not name.
 * @param current - Counts by value; values unseen in the reference are pooled like any other.
 * @returns Counts per cell, in an order that depends on the values alone; at least one cell.
 * Complexity: O(k log k) for k distinct values.
 */
export function pooledCategories(reference: CodedSample, current: CodedSample): Cells {
  const n = validCount(reference)
  const m = validCount(current)
  const least = (SMALL_EXPECTED * (n + m)) / Math.min(n, m)
  const enough = Math.max(least, RARE_CELL * (n + m))
  const labels = [...new Set([...reference.counts.keys(), ...current.counts.keys()])]
  const cells: Cell[] = []
  const unnamed: Cell = [reference.rest?.rows ?? 0, 0]
  let rare: Cell = [0, 0]
  for (const label of labels.sort(byCodeUnits)) {
    const cell: Cell = [reference.counts.get(label) ?? 0, current.counts.get(label) ?? 0]
    if (reference.rest !== undefined && cell[0] === 0) add(unnamed, cell)
    else if (size(cell) >= least) cells.push(cell)
    else {
      add(rare, cell)
      if (size(rare) >= enough) {
        cells.push(rare)
        rare = [0, 0]
      }
    }
  }
  for (const rest of [rare, unnamed]) {
    const smallest = smallestOf(cells)
    if (size(rest) >= least || smallest === undefined) cells.push(rest)
    else add(smallest, rest)
  }
  const used = cells.filter((cell) => size(cell) > 0)
  return {
    reference: Float64Array.from(used, ([a]) => a),
    current: Float64Array.from(used, ([, b]) => b),
  }
}

function size([a, b]: Cell): number {
  return a + b
}

function add(to: Cell, cell: Cell): void {
  to[0] += cell[0]
  to[1] += cell[1]
}

function smallestOf(cells: readonly Cell[]): Cell | undefined {
  let smallest = cells[0]
  for (const cell of cells) {
    if (smallest === undefined || size(cell) < size(smallest)) smallest = cell
  }
  return smallest
}
