import type { FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import { reaches } from '../core/threshold.ts'
import { normalQuantile } from '../stats/distributions/normal.ts'
import type { Column } from '../table/types.ts'
import { traceOrder } from './autocorrelation.ts'
import type { ColumnPlan } from './plan.ts'
import type { RowDigests } from './rows.ts'
import { digestRows } from './rows.ts'
import type { Sample } from './sample.ts'

/** Fewer repeats than this share of the rows do not distort a p-value. */
const REPEATED_SHARE = 0.05
/** A column with this share of as many values as there are different rows tells rows apart. */
const TELLING_SHARE = 0.8
const ENOUGH_DIFFERENT_ROWS = 100
/** A weaker resemblance of neighbours moves p-values too little to speak of. */
const LEAST_AUTOCORRELATION = 0.1
/** The chance, over all columns of a side, that independent rows are called dependent. */
const FALSE_ALARM = 1e-4

/** What one side of the comparison shows about the independence of its rows, column by column. */
export interface SideWatch {
  /** Takes a column that is compared: as it is in the file, its sorted or counted values, how many. */
  add(
    plan: Pick<ColumnPlan, 'name' | 'view'>,
    column: Column,
    sample: Sample,
    distinct: number,
  ): void
  findings(): readonly GradedFinding[]
}

/**
 * Watches one side for repeated rows and for neighbours that resemble each other: with either, the
 * rows are fewer independent observations than they look, and p-values of independent rows are
 * too small.
 *
 * @param side - `reference` or `current`, for the findings.
 * @param rows - Rows of the side.
 * @returns DUPLICATE_ROWS (warn) when at least 5 % of the rows repeat another and two columns each
 * have almost as many different values as there are different rows, so that chance cannot repeat
 * them; AUTOCORRELATED_ROWS (warn) when some column's lag-1 autocorrelation is at least 0.1 and
 * beyond chance, unless the file is sorted by a column, which does the same to independent rows.
 * Missing values take part in the comparison of rows. Complexity: O(n log n) per column.
 */
export function watchSide(side: 'reference' | 'current', rows: number): SideWatch {
  const digests = digestRows(rows)
  const distinct: number[] = []
  const traces: { readonly name: string; readonly lag1: number; readonly values: number }[] = []
  let isSorted = false
  let hasFewRepeats = false
  return {
    add: ({ name, view }, column, sample, values) => {
      if (view === 'presence' || view === 'time') return
      const isNumber = sample.kind === 'numeric' && view === 'values'
      if (isNumber) distinct.push(values)
      // A column of values that hardly repeat settles that rows hardly do.
      hasFewRepeats ||= isNumber && rows - values < REPEATED_SHARE * rows
      if (!hasFewRepeats) digests.add(column)
      const trace = traceOrder(column, isNumber ? sample.sorted : undefined)
      isSorted ||= trace.isSorted
      if (trace.lag1 !== null) traces.push({ name, lag1: trace.lag1, values: trace.values })
    },
    findings: () => [
      ...(hasFewRepeats ? [] : repeatedRows(side, rows, digests, distinct)),
      ...(isSorted ? [] : resemblingNeighbours(side, traces)),
    ],
  }
}

function repeatedRows(
  side: string,
  rows: number,
  digests: RowDigests,
  columns: readonly number[],
): readonly GradedFinding[] {
  const [most = 0, second = 0] = [...columns].sort((a, b) => b - a)
  // There are at least as many different rows as different values in any column, so that columns
  // alone often settle it and the digests need no sorting.
  if (rows === 0 || second < TELLING_SHARE * most) return []
  const { repeated, distinct } = digests.repeats()
  if (distinct < ENOUGH_DIFFERENT_ROWS || second < TELLING_SHARE * distinct) return []
  if (!reaches(repeated / rows, REPEATED_SHARE)) return []
  return [grade('DUPLICATE_ROWS', 'warn', { side, rows, repeated, share: repeated / rows })]
}

function resemblingNeighbours(
  side: string,
  traces: readonly { readonly name: string; readonly lag1: number; readonly values: number }[],
): readonly GradedFinding[] {
  if (traces.length === 0) return []
  const z = -normalQuantile(FALSE_ALARM / traces.length)
  const alarming = traces
    .filter(({ lag1, values }) =>
      reaches(lag1, Math.max(LEAST_AUTOCORRELATION, z / Math.sqrt(values))),
    )
    .sort((a, b) => b.lag1 - a.lag1)
  const worst = alarming[0]
  if (worst === undefined) return []
  const args = { side, column: worst.name, autocorrelation: worst.lag1, columns: alarming.length }
  return [grade('AUTOCORRELATED_ROWS', 'warn', args)]
}

function grade(code: FindingCode, severity: Severity, args: GradedFinding['args']): GradedFinding {
  return { code, severity, args }
}
