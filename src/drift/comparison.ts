import { reaches } from '../core/threshold.ts'
import type {
  KolmogorovSmirnovOptions,
  KolmogorovSmirnovResult,
} from '../stats/two-sample/kolmogorov-smirnov.ts'
import { kolmogorovSmirnov } from '../stats/two-sample/kolmogorov-smirnov.ts'
import type { ColumnPlan } from './plan.ts'
import type { Sample } from './sample.ts'

/**
 * Lattice cells an exact p-value may cost per column: about 40 ms, which covers 10,000 rows a side.
 * Beyond, the Kolmogorov limit differs from the exact value by less than its fourth digit.
 */
const CELL_BUDGET = 3e7

/** What is known of a column besides its two samples. */
export type ComparisonSubject = Pick<
  ColumnPlan,
  'name' | 'role' | 'type' | 'view' | 'thresholds' | 'range' | 'values'
>

/** What the rules judge: the two sides of one column and how they are to be read. */
export interface ColumnComparison extends ComparisonSubject {
  readonly reference: Sample
  readonly current: Sample
  /** The current side as it was read: declarations are checked on it, not on rounded values. */
  readonly currentAsRead: Sample
  /**
   * The Kolmogorov-Smirnov test of two numeric samples; computed at most once.
   *
   * @throws TypeError when a sample is not numeric.
   */
  kolmogorovSmirnov(): KolmogorovSmirnovResult
  /** Its statistic D alone, which costs less than its p-value; throws as the test does. */
  largestGap(): Pick<KolmogorovSmirnovResult, 'statistic' | 'reason'>
}

/** What the p-value of the Kolmogorov-Smirnov test may cost, and what was read. */
export interface ComparisonOptions {
  /** The current side before both sides were brought to one precision; `current` unless given. */
  readonly currentAsRead?: Sample
  /** Lattice cells of an exact p-value. */
  readonly cellBudget?: number
  /** Below this D, where nothing depends on the p-value, the slightly larger limit is enough. */
  readonly exactFrom?: number
}

/**
 * Binds two samples of one column together for the rules.
 *
 * @param subject - Name, role, type, thresholds and declared values of the column.
 * @param reference - Its reference side; values or what a baseline knows of them.
 * @param current - Its current side; values.
 * @param options - Where the exact p-value is worth its price; by default wherever it costs up to 40
 * ms. The current side as it was read, where both sides were rounded.
 */
export function compareSamples(
  subject: ComparisonSubject,
  reference: Sample,
  current: Sample,
  { cellBudget = CELL_BUDGET, exactFrom = 0, currentAsRead = current }: ComparisonOptions = {},
): ColumnComparison {
  let exact: KolmogorovSmirnovResult | undefined
  let limit: KolmogorovSmirnovResult | undefined
  const testWith = (options: KolmogorovSmirnovOptions): KolmogorovSmirnovResult => {
    if (reference.kind !== 'numeric' || current.kind !== 'numeric') {
      throw new TypeError(`column "${subject.name}" has no two numeric samples`)
    }
    return kolmogorovSmirnov(reference.sorted, current.sorted, options)
  }
  const largestGap = (): KolmogorovSmirnovResult =>
    exact ?? (limit ??= testWith({ method: 'asymptotic' }))
  return {
    name: subject.name,
    role: subject.role,
    type: subject.type,
    view: subject.view,
    thresholds: subject.thresholds,
    ...(subject.range === undefined ? {} : { range: subject.range }),
    ...(subject.values === undefined ? {} : { values: subject.values }),
    reference,
    current,
    currentAsRead,
    kolmogorovSmirnov: () => {
      if (exactFrom > 0 && exact === undefined) {
        const { statistic } = largestGap()
        if (statistic !== null && !reaches(statistic, exactFrom)) return largestGap()
      }
      exact ??= testWith({ cellBudget })
      return exact
    },
    largestGap,
  }
}
