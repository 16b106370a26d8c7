import type { JsonValue } from '../core/evidence.ts'
import { InterruptedError, NothingCheckedError } from '../core/errors.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { AlternativeVerdict, Calibration, ColumnResult } from '../core/result.ts'
import type { Snapshot } from '../table/types.ts'
import { baselineSide } from './baseline/baseline-side.ts'
import type { Baseline } from './baseline.ts'
import { isBaseline } from './baseline.ts'
import type { Stage } from './compare-column.ts'
import { compareColumn } from './compare-column.ts'
import { startDependence } from './dependence/dependence.ts'
import { finishColumn } from './finish-column.ts'
import { planColumns } from './plan.ts'
import { gradeReadingFindings } from './reading-findings.ts'
import type { ReferenceSide } from './reference-side.ts'
import { snapshotSide } from './reference-side.ts'
import { repeatChange, rowCounts } from './repeated-rows.ts'
import { findRule } from './rules/registry.ts'
import type { Rule, RuleRun } from './rules/rule.ts'
import type { DriftSettings } from './settings.ts'
import { watchSide } from './table-findings.ts'
import { withheldVerdict } from './withheld-verdict.ts'

/** A column of a comparison, its findings still without words. */
export type ComparedColumn = Omit<ColumnResult, 'findings'> & {
  readonly findings: readonly GradedFinding[]
}

/** What a comparison found. */
export interface DriftComparison {
  readonly columns: readonly ComparedColumn[]
  /** About the tables as a whole. */
  readonly findings: readonly GradedFinding[]
  readonly calibration: Calibration | null
  readonly alternatives: readonly AlternativeVerdict[]
  /** What the result depends on besides the two tables. */
  readonly parameters: Readonly<Record<string, JsonValue>>
}

/** How a caller watches a comparison and ends it. */
export interface CompareHooks {
  /** Called after each column: compared ones, all of them, the name of the last. */
  onProgress?(done: number, total: number, label: string): void
  readonly signal?: AbortSignal
}

/**
 * Compares two snapshots of a table column by column and judges them by a rule.
 *
 * @param reference - The table that is taken as it should be, or a baseline recorded from it.
 * @param current - The table that is judged.
 * @param settings - Rule, roles, thresholds, dependence, self-check.
 * @param hooks - Progress after each column, and a signal to stop.
 * @returns Columns in the order of the reference, then new ones; findings about the tables; the
 * self-check; what other rules would have said. A rule that alarms in more than 5 % of the splits of
 * the self-check decides nothing: what it inferred is inconclusive. The result does not depend on the order of rows,
 * except for findings about that order.
 * @throws UsageError when a setting names an unknown column or rule.
 * @throws NothingCheckedError when a side has no rows, or no column could be compared.
 * @throws InterruptedError when the signal is raised.
 * Missing values are counted and compared, and take part in no other statistic. Memory: the values
 * of one column of both sides, and a part of the reference for the self-check.
 */
export async function compareSnapshots(
  reference: Snapshot | Baseline,
  current: Snapshot,
  settings: DriftSettings,
  hooks: CompareHooks = {},
): Promise<DriftComparison> {
  const side = isBaseline(reference) ? baselineSide(reference) : snapshotSide(reference)
  requireRows('the reference', reference.source.path, side.rowCount)
  requireRows('the current table', current.source.path, current.rowCount)
  const rule = findRule(settings.rule)
  const others = settings.alsoRules.filter((id) => id !== rule.id).map(findRule)
  const plans = planColumns(side.fields, current.fields, settings)
  const runs = [rule, ...others].map((each): RuleRun => each.begin(settings))
  const dependence = await startDependence(side, current, {
    rule,
    settings,
    columns: plans.filter(({ obstacle }) => obstacle === null).length,
  })
  const watch = {
    reference: watchSide('reference', side.hasRows ? side.rowCount : 0),
    current: watchSide('current', current.rowCount),
  }
  const noticed = gradeReadingFindings(side.findings, current.findings)
  const drafts = []
  for (const [done, plan] of plans.entries()) {
    if (hooks.signal?.aborted === true) throw new InterruptedError()
    drafts.push(await compareColumn(plan, side, current, { runs, dependence, watch }))
    hooks.onProgress?.(done + 1, plans.length, plan.name)
  }
  if (!drafts.some(({ isCompared }) => isCompared)) {
    throw new NothingCheckedError('no column could be compared', {
      hint: 'every column is ignored, unreadable or in one table alone',
    })
  }
  const dependent = dependence.finish()
  const [decided, ...alternatives] = runs.map((run) => run.decide(dependent.options))
  if (decided === undefined) throw new RangeError('no rule was applied')
  const verdict = dependent.calibration?.usable === false ? withheldVerdict(decided) : decided
  const verdictOf = new Map(verdict.columns.map((column) => [column.name, column]))
  return {
    columns: drafts.map((draft) =>
      finishColumn(draft, verdictOf.get(draft.plan.name), noticed.get(draft.plan.name) ?? []),
    ),
    findings: [
      ...(noticed.get(null) ?? []),
      ...rowFindings(side, current, watch, dependence.isDependent),
      ...verdict.findings,
      ...dependent.findings,
    ],
    calibration: dependent.calibration,
    alternatives: alternatives.map((other, i) => ({
      rule: (others[i] as Rule).id,
      outcome: other.outcome,
      columns: other.columns.map(({ name, outcome, reason }) => ({ name, outcome, reason })),
    })),
    parameters: { ...parametersOf(settings), ...dependent.parameters },
  }
}

function requireRows(what: string, path: string, rows: number): void {
  if (rows > 0) return
  throw new NothingCheckedError(`${what} has no rows`, { location: { path } })
}

/** The sizes always; how rows depend on each other unless the user has said it. */
function rowFindings(
  side: ReferenceSide,
  current: Snapshot,
  watch: Stage['watch'],
  isDependent: boolean,
): readonly GradedFinding[] {
  const before = side.hasRows ? watch.reference.repeats() : null
  const now = watch.current.repeats()
  const sizes = rowCounts(
    { rows: side.rowCount, repeats: before },
    { rows: current.rowCount, repeats: now },
  )
  if (isDependent) return [sizes]
  const observed = [...watch.reference.findings(), ...watch.current.findings()]
  const isSaid = observed.some(({ code }) => code === 'DUPLICATE_ROWS')
  const change = isSaid || before === null || now === null ? [] : repeatChange(before, now)
  return [sizes, ...observed, ...change]
}

function parametersOf(settings: DriftSettings): Record<string, JsonValue> {
  const { thresholds } = settings
  return {
    rule: settings.rule,
    alpha: settings.alpha,
    adjustment: settings.groupKey === undefined ? 'holm' : 'max-t',
    thresholds: {
      shape: thresholds.shape,
      tail: thresholds.tail,
      novel: thresholds.novel,
      missing: thresholds.missing,
    },
    failOn: settings.failOn,
    groupKey: settings.groupKey ?? null,
    timeColumn: settings.timeColumn ?? null,
    acceptSensitivity: settings.acceptSensitivity ?? null,
    permutations: settings.groupKey === undefined ? null : settings.permutations,
    seed: settings.seed,
  }
}
