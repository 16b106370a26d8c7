import type { FindingCode } from '../../core/finding.ts'
import type { Column } from '../../table/types.ts'
import { compareSamples } from '../comparison.ts'
import { observeColumn } from '../observations.ts'
import type { ColumnPlan } from '../plan.ts'
import type { DecideOptions, Rule, RuleRun, RuleVerdict } from '../rules/rule.ts'
import type { DriftSettings } from '../settings.ts'
import type { DealtRun } from './joint-significance.ts'
import { startDealtRun } from './joint-significance.ts'
import { jointKeys } from './group-exchange.ts'
import { dealerOf } from './permuted-statistics.ts'
import { dealColumn, unitColumn } from './unit-column.ts'

/**
 * Lattice cells of an exact p-value within a split, where the effect could alarm at all. Halves of
 * equal size have a closed form; beyond the budget the p-value is the slightly larger one that takes
 * ties as different values.
 */
const CELL_BUDGET = 3e5

/** Ways to split the reference in two, over units that stay together. */
export interface SplitScheme {
  readonly splits: number
  /** The unit of each row of the reference. */
  readonly unitOfRow: Uint32Array
  /** Per unit: 0, 1, or 2 for neither. */
  sides(split: number): Uint8Array
  /** Whether splits are judged by each other, as exchanges of group labels. */
  readonly isJoint: boolean
}

/** The reference compared with itself, once per split, under a rule. */
export interface ReferenceSplits {
  /** Takes a column of the reference, all its rows, and deals it out once per split. */
  add(plan: ColumnPlan, reference: Column): void
  /** What the rule makes of a split, numbered from 0, once all columns were added. */
  verdict(split: number, options: DecideOptions): RuleVerdict
  /** Whether a fact that needs no inference was noticed in a split, at a severity. */
  observed(split: number, severity: 'warn' | 'fail'): boolean
}

/**
 * Starts the comparison of a reference with itself.
 *
 * @param scheme - How rows are split.
 * @param rule - The rule, in full.
 * @param settings - Its settings.
 * @returns An accumulator that takes the columns one by one, prepared as for the real comparison.
 * Complexity: O(splits * rows) per column after one sort.
 */
export function startReferenceSplits(
  scheme: SplitScheme,
  rule: Rule,
  settings: DriftSettings,
): ReferenceSplits {
  const runs = Array.from({ length: scheme.splits }, (): RuleRun => rule.begin(settings))
  const noticed = Array.from({ length: scheme.splits }, () => new Set<string>())
  const joint: DealtRun | undefined = scheme.isJoint ? startDealtRun(scheme.splits) : undefined
  const sides = Array.from({ length: scheme.splits }, (_, split) => scheme.sides(split))
  return {
    add: (plan, column) => {
      const units = unitColumn(column, scheme.unitOfRow)
      const [warn, fail] = plan.thresholds.shape
      const exactFrom = settings.failOn === 'warn' ? warn : fail
      const cost = { cellBudget: CELL_BUDGET, exactFrom }
      const dealer = joint === undefined ? undefined : dealerOf(units, jointKeys(plan))
      if (dealer !== undefined && joint !== undefined) {
        joint.add(
          plan.name,
          sides.map((side) => dealer.statistics(side)),
          dealer.scale(sides[0] ?? new Uint8Array(0)),
        )
      }
      sides.forEach((side, split) => {
        const { reference, current } = dealColumn(units, side)
        runs[split]?.measure(compareSamples(plan, reference, current, cost))
        for (const { severity, code } of observeColumn(plan, reference, current)) {
          if (!EXPECTED.has(code)) noticed[split]?.add(severity)
        }
      })
    },
    verdict: (split, options) => {
      const run = runs[split]
      if (run === undefined) throw new RangeError(`no split ${String(split)}`)
      const significance = joint?.significance(split, settings.alpha)
      return run.decide(significance === undefined ? options : { ...options, joint: significance })
    },
    observed: (split, severity) => noticed[split]?.has(severity) ?? false,
  }
}

/** What a half has because the whole reference has it is no alarm of the rule. */
const EXPECTED: ReadonlySet<FindingCode> = new Set(['EMPTY_ON_BOTH_SIDES', 'TYPE_CHANGED'])
