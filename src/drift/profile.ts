import { NothingCheckedError } from '../core/errors.ts'
import { countBetweenCuts, quantileCuts } from '../stats/histogram.ts'
import { gatherColumn } from '../table/gather.ts'
import type { Snapshot } from '../table/types.ts'
import type { Baseline, BaselineCategories, BaselineColumn, BaselineNumbers } from './baseline.ts'
import { BASELINE_KIND, BASELINE_VERSION } from './baseline.ts'
import { writeNumber } from './baseline/extended-number.ts'
import { recordGrid } from './baseline/quantile-grid.ts'
import { countInBins, histogramEdges } from './describe/histogram.ts'
import { countDistinctSorted, countOnly, summarise } from './describe/summary.ts'
import { tailBounds } from './keys/tail.ts'
import type { ColumnPlan } from './plan.ts'
import { planColumns } from './plan.ts'
import type { CodedSample, NumericSample } from './sample.ts'
import { byCodeUnits, finiteValues, sampleOf } from './sample.ts'
import type { DriftSettings } from './settings.ts'
import { viewColumn } from './view.ts'

/** Columns with up to this many distinct numbers are kept as a table of values: exact. */
const FEW_VALUES = 256
/** The most frequent categories that are kept by name. */
const MOST_CATEGORIES = 200
const CELLS = 10

/**
 * Records the distribution statistics of a snapshot, without its rows.
 *
 * @param snapshot - The table.
 * @param settings - Types and roles; ignored columns are left out, identifiers keep their counts.
 * @returns A baseline that `compareSnapshots` takes as reference. It depends on the values alone,
 * not on the order of rows.
 * @throws NothingCheckedError for a table without rows.
 * Missing values are counted. Memory: one column. Complexity: O(n log n) per column.
 */
export async function profileSnapshot(
  snapshot: Snapshot,
  settings: DriftSettings,
): Promise<Baseline> {
  if (snapshot.rowCount === 0) throw new NothingCheckedError('the table has no rows')
  const columns: BaselineColumn[] = []
  for (const plan of planColumns(snapshot.fields, snapshot.fields, settings)) {
    if (plan.role !== 'ignore') columns.push(await profileColumn(snapshot, plan))
  }
  return {
    kind: BASELINE_KIND,
    schemaVersion: BASELINE_VERSION,
    source: snapshot.source,
    rows: snapshot.rowCount,
    columns,
  }
}

async function profileColumn(snapshot: Snapshot, plan: ColumnPlan): Promise<BaselineColumn> {
  const { reference: field } = plan
  if (field === null) throw new RangeError(`column "${plan.name}" has no field`)
  const sample = sampleOf(viewColumn(await gatherColumn(snapshot, plan.name), plan.view))
  return {
    name: plan.name,
    type: plan.type,
    physical: field.physical,
    evidence: plan.typeEvidence,
    ...(field.precision === undefined ? {} : { precision: field.precision }),
    summary: plan.view === 'presence' ? countOnly(sample) : summarise(sample, plan.view),
    ...valuesOf(sample, plan),
  }
}

function valuesOf(
  sample: NumericSample | CodedSample,
  { view }: ColumnPlan,
): Pick<BaselineColumn, 'numeric' | 'categories'> {
  if (view === 'presence') return {}
  if (sample.kind === 'coded') return { categories: categoriesOf(sample) }
  return sample.sorted.length === 0 ? {} : { numeric: numbersOf(sample) }
}

function numbersOf(sample: NumericSample): BaselineNumbers {
  const { sorted } = sample
  const finite = finiteValues(sample)
  const cuts = quantileCuts(sorted, CELLS).filter(Number.isFinite)
  const edges = histogramEdges(finite)
  const tail = tailBounds(sorted)
  const [first] = finite
  const last = finite.at(-1)
  return {
    negativeInfinity: sample.negativeInfinity,
    positiveInfinity: sample.positiveInfinity,
    tail: { r: tail.r, low: writeNumber(tail.low), high: writeNumber(tail.high) },
    largest:
      first === undefined || last === undefined ? null : Math.max(Math.abs(first), Math.abs(last)),
    deciles: { cuts, counts: countBetweenCuts(sorted, cuts) },
    histogram: { edges, counts: countInBins(finite, edges) },
    ...(countDistinctSorted(sorted) <= FEW_VALUES
      ? { values: valueTable(sorted) }
      : { grid: recordGrid(sorted) }),
  }
}

function valueTable(sorted: Float64Array): NonNullable<BaselineNumbers['values']> {
  const table: [number, number][] = []
  for (const value of sorted) {
    const last = table.at(-1)
    if (last?.[0] === value) last[1]++
    else table.push([value, 1])
  }
  return table.map(([value, count]) => [writeNumber(value), count] as const)
}

function categoriesOf({ counts }: CodedSample): BaselineCategories {
  const ranked = [...counts].sort(([a, n], [b, m]) => m - n || byCodeUnits(a, b))
  const others = ranked.slice(MOST_CATEGORIES)
  return {
    counts: ranked.slice(0, MOST_CATEGORIES),
    rest: {
      distinct: others.length,
      rows: others.reduce((sum, [, count]) => sum + count, 0),
    },
  }
}
