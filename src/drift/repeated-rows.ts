import type { GradedFinding } from '../core/finding.ts'
import { isSignificant, reaches } from '../core/threshold.ts'
import { fisherExact } from '../stats/two-sample/fisher-exact.ts'
import { novelCategory } from '../stats/two-sample/novel-category.ts'
import type { RowRepeats } from './rows.ts'

/** A change of fewer rows than this share is not worth a warning. */
const LEAST_CHANGE = 0.01
/** The chance that independent rows of one law are called changed. */
const FALSE_ALARM = 1e-4

/** One side of a comparison: its rows, and their repeats where rows are known and can be told apart. */
export interface CountedSide {
  readonly rows: number
  readonly repeats: RowRepeats | null
}

/**
 * The size of both tables, which every result has.
 *
 * @param reference - The reference; a baseline has no rows that could repeat each other.
 * @param current - The current table.
 * @returns ROW_COUNTS (notice): rows, rows that are equal to an earlier one in every compared column,
 * and their share; `null` where it is not known.
 */
export function rowCounts(reference: CountedSide, current: CountedSide): GradedFinding {
  const repeated = (side: CountedSide): number | null => side.repeats?.repeated ?? null
  const share = (side: CountedSide): number | null =>
    side.repeats === null ? null : side.repeats.repeated / side.rows
  return {
    code: 'ROW_COUNTS',
    severity: 'notice',
    args: {
      reference: reference.rows,
      current: current.rows,
      referenceRepeated: repeated(reference),
      currentRepeated: repeated(current),
      referenceShare: share(reference),
      currentShare: share(current),
    },
  }
}

/**
 * Whether one table repeats its rows more than the other, as after a join that doubled some of them.
 *
 * A larger table has more repeats by chance, so the larger is thinned out to the size of the smaller
 * on average. Among independent rows of one law the number of repeats varies less than a binomial
 * count of the same mean, so Fisher's exact test errs on the side of silence.
 *
 * @param reference - Repeats of the reference.
 * @param current - Repeats of the current table.
 * @returns DUPLICATE_ROWS_CHANGED (warn) when at least 1 % of the rows more repeat another on one
 * side and chance makes as much with p < 0.0001.
 * Complexity: O(rows that repeat). Source: Hurlbert 1971 (rarefaction).
 */
export function repeatChange(reference: RowRepeats, current: RowRepeats): readonly GradedFinding[] {
  const rows = Math.min(reference.rows, current.rows)
  if (rows === 0) return []
  const before = Math.round(repeatsAmong(rows, reference))
  const now = Math.round(repeatsAmong(rows, current))
  const change = Math.abs(now - before) / rows
  if (!reaches(change, LEAST_CHANGE)) return []
  const pValue = fisherExact(before, rows - before, now, rows - now)
  if (!isSignificant(pValue, FALSE_ALARM)) return []
  const args = { rows, reference: before, current: now, change }
  return [{ code: 'DUPLICATE_ROWS_CHANGED', severity: 'warn', args }]
}

/** The mean number of repeats among some of the rows, drawn without replacement. */
function repeatsAmong(drawn: number, { rows, repeated, multiplicities }: RowRepeats): number {
  if (drawn === rows) return repeated
  let mean = 0
  for (const [copies, groups] of multiplicities) {
    const isAbsent = copies > rows - drawn ? 0 : novelCategory(copies, drawn, rows - drawn)
    mean += groups * ((copies * drawn) / rows - (1 - isAbsent))
  }
  return mean
}
