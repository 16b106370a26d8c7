import type { KolmogorovSmirnovResult } from '../stats/two-sample/kolmogorov-smirnov.ts'
import { kolmogorovSmirnov } from '../stats/two-sample/kolmogorov-smirnov.ts'
import type { ColumnPlan } from './plan.ts'
import type { Sample } from './sample.ts'

/**
 * Lattice cells an exact p-value may cost per column: about 40 ms, which covers 10,000 rows a side.
 * Beyond, the Kolmogorov limit differs from the exact value by less than its fourth digit.
 */
const CELL_BUDGET = 3e7

/** What the rules judge: the two sides of one column and how they are to be read. */
export interface ColumnComparison extends Pick<
  ColumnPlan,
  'name' | 'role' | 'type' | 'view' | 'thresholds' | 'range' | 'values'
> {
  readonly reference: Sample
  readonly current: Sample
  /** The Kolmogorov-Smirnov test of two numeric samples; computed at most once. */
  kolmogorovSmirnov(): KolmogorovSmirnovResult
}

export type ComparisonSubject = Pick<
  ColumnPlan,
  'name' | 'role' | 'type' | 'view' | 'thresholds' | 'range' | 'values'
>

/**
 * Binds two samples of one column together for the rules.
 *
 * @param subject - Name, role, type, thresholds and declared values of the column.
 * @param reference - Its reference side; values or what a baseline knows of them.
 * @param current - Its current side; values.
 * @param cellBudget - Lattice cells that an exact p-value may cost.
 */
export function compareSamples(
  subject: ComparisonSubject,
  reference: Sample,
  current: Sample,
  cellBudget = CELL_BUDGET,
): ColumnComparison {
  let test: KolmogorovSmirnovResult | undefined
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
    kolmogorovSmirnov: () => {
      if (reference.kind !== 'numeric' || current.kind !== 'numeric') {
        throw new TypeError(`column "${subject.name}" has no two numeric samples`)
      }
      test ??= kolmogorovSmirnov(reference.sorted, current.sorted, { cellBudget })
      return test
    },
  }
}
