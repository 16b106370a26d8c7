import type { GradedFinding } from '../../core/finding.ts'
import type { KeyName } from '../../core/result.ts'
import { createRandom } from '../../stats/random.ts'
import type { Column } from '../../table/types.ts'
import type { ColumnPlan } from '../plan.ts'
import type { JointSignificance } from '../rules/rule.ts'
import type { DriftSettings } from '../settings.ts'
import type { Groups } from './groups.ts'
import { dealsOf, groupsOf, judgeGroups } from './groups.ts'
import { startDealtRun } from './joint-significance.ts'
import { dealerOf } from './permuted-statistics.ts'
import { poolColumns } from './pool-columns.ts'
import { unitColumn } from './unit-column.ts'

/** Exchanges of the labels "reference" and "current" between whole groups. */
export interface GroupExchange {
  readonly reference: Groups
  readonly sizes: { readonly reference: number; readonly current: number }
  readonly findings: readonly GradedFinding[]
  /** Takes a column that is compared, all rows of both sides, as it is viewed. */
  add(plan: ColumnPlan, reference: Column, current: Column): void
  /** The adjusted p-values over all added columns, and what they could have shown at a level. */
  significance(alpha: number): JointSignificance
}

/**
 * Starts the permutation test for grouped rows. A group that is on both sides counts as two: its
 * rows of one period move together.
 *
 * @param reference - The group key of the reference, all rows.
 * @param current - The group key of the current side.
 * @param name - Its column, for the findings.
 * @param settings - Seed and number of permutations.
 * @returns An accumulator of columns; rows without a group take no part in the exchanges.
 * Complexity: O(permutations * rows) per column.
 */
export function startGroupExchange(
  reference: Column,
  current: Column,
  name: string,
  { seed, permutations }: Pick<DriftSettings, 'seed' | 'permutations'>,
): GroupExchange {
  const before = groupsOf(reference, 0)
  const now = groupsOf(current, before.count)
  const unitOfRow = new Uint32Array(before.unitOfRow.length + now.unitOfRow.length)
  unitOfRow.set(before.unitOfRow)
  unitOfRow.set(now.unitOfRow, before.unitOfRow.length)
  const deal = dealsOf(before.count, now.count, createRandom(seed).fork('groups'))
  const run = startDealtRun(permutations + 1)
  return {
    reference: before,
    sizes: { reference: before.count, current: now.count },
    findings: judgeGroups(before, now, name),
    add: (plan, a, b) => {
      // Identifiers of other kinds on the two sides are compared by their missing rate alone.
      if (a.kind !== b.kind) return
      const dealer = dealerOf(unitColumn(poolColumns(a, b), unitOfRow), jointKeys(plan))
      const deals = Array.from({ length: permutations + 1 }, (_, i) => dealer.statistics(deal(i)))
      run.add(plan.name, deals, dealer.scale(deal(0)))
    },
    significance: (alpha) => run.significance(0, alpha),
  }
}

/** The keys that the two-key rule tests in a column, declared values left out. */
export function jointKeys({ view, range, values }: ColumnPlan): ReadonlySet<KeyName> {
  const keys = new Set<KeyName>(['missing'])
  if (view === 'presence' || view === 'time') return keys
  keys.add('shape')
  if (view === 'values' && range === undefined) keys.add('tail')
  if (view === 'categories' && values === undefined) keys.add('novel')
  return keys
}
