import type { FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import { reaches } from '../core/threshold.ts'
import { normalQuantile } from '../stats/distributions/normal.ts'
import type { Column } from '../table/types.ts'
import type { OrderTrace } from './autocorrelation.ts'
import { traceOrder } from './autocorrelation.ts'
import type { ColumnPlan } from './plan.ts'
import type { RowRepeats } from './rows.ts'
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

/** A column in the order of the file: its own values, and what is compared of them. */
export interface WatchedColumn {
  readonly own: Column
  readonly viewed: Column
}

/** What one side of the comparison shows about the independence of its rows, column by column. */
export interface SideWatch {
  /** Takes a column that is compared, with its sorted or counted values and how many differ. */
  add(
    plan: Pick<ColumnPlan, 'name' | 'view'>,
    column: WatchedColumn,
    sample: Sample,
    distinct: number,
  ): void
  /** How often rows repeat each other in the added columns; `null` where no column tells rows apart. */
  repeats(): RowRepeats | null
  /** What makes the rows fewer independent observations than they look; each code at most once. */
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
 * beyond chance. A column by which the file is sorted does the same to independent rows and is left
 * out; of the others then counts only what neighbours resemble each other more than rows 50 apart do,
 * because a column that depends on the sorted one goes with it.
 * Missing values take part in the comparison of rows. Complexity: O(n log n) per column.
 */
export function watchSide(side: 'reference' | 'current', rows: number): SideWatch {
  const digests = digestRows(rows)
  const distinct: number[] = []
  const traces: NamedTrace[] = []
  let isSorted = false
  let columns = 0
  let isUnique = false
  let counted: RowRepeats | undefined
  const repeats = (): RowRepeats | null => {
    if (columns === 0) return null
    counted ??= isUnique ? { rows, repeated: 0, multiplicities: new Map() } : digests.repeats()
    return counted
  }
  return {
    add: ({ name, view }, column, sample, values) => {
      if (view === 'presence' || view === 'time') return
      const isNumber = sample.kind === 'numeric' && view === 'values'
      if (isNumber) distinct.push(values)
      columns++
      // No row repeats another where a single column already tells all of them apart.
      isUnique ||= values === rows
      if (!isUnique) digests.add(column.own)
      const trace = traceOrder(column.viewed, isNumber ? sample.sorted : undefined)
      isSorted ||= trace.isSorted
      if (!trace.isSorted) traces.push({ name, ...trace })
    },
    repeats,
    findings: () => [
      ...repeatedRows(side, repeats(), distinct),
      ...resemblingNeighbours(side, traces, isSorted),
    ],
  }
}

function repeatedRows(
  side: string,
  repeats: RowRepeats | null,
  columns: readonly number[],
): readonly GradedFinding[] {
  if (repeats === null || repeats.rows === 0) return []
  const { rows, repeated } = repeats
  const different = rows - repeated
  const [, second = 0] = [...columns].sort((a, b) => b - a)
  if (different < ENOUGH_DIFFERENT_ROWS || second < TELLING_SHARE * different) return []
  if (!reaches(repeated / rows, REPEATED_SHARE)) return []
  return [grade('DUPLICATE_ROWS', 'warn', { side, rows, repeated, share: repeated / rows })]
}

type NamedTrace = OrderTrace & { readonly name: string }

function resemblingNeighbours(
  side: string,
  traces: readonly NamedTrace[],
  isSorted: boolean,
): readonly GradedFinding[] {
  const measured = traces.flatMap(({ name, lag1, distant, values }) => {
    if (lag1 === null || (isSorted && distant === null)) return []
    // The difference of two estimates varies by the root of two more than one of them.
    return isSorted
      ? [{ name, lag1, excess: lag1 - (distant ?? 0), deviation: Math.sqrt(2 / values) }]
      : [{ name, lag1, excess: lag1, deviation: 1 / Math.sqrt(values) }]
  })
  if (measured.length === 0) return []
  const z = -normalQuantile(FALSE_ALARM / measured.length)
  const alarming = measured
    .filter(({ excess, deviation }) =>
      reaches(excess, Math.max(LEAST_AUTOCORRELATION, z * deviation)),
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
