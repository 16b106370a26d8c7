import type { Source } from '../core/evidence.ts'
import { findMetric } from '../stats/metrics/registry.ts'
import type { Metric } from '../stats/metrics/metric.ts'
import type { ManifestMetricRequirements } from '../config/manifest.ts'
import type { Collector, FactContext } from './context.ts'
import { constantPredictions } from './constant-predictions.ts'
import { bindMetric, notForTask, type MetricProblem } from './metric-rows.ts'
import { pairedDifference, type PairedDifference } from './paired-difference.ts'
import type { SplitPredictions } from './predictions.ts'
import { groupsOf } from './row-groups.ts'
import type { RowValues } from './row-values.ts'

/** The model of a split beside everything that predicts the same rows. */
export interface SplitComparisons {
  readonly split: string
  readonly source: Source
  readonly rows: number
  readonly requirements: ManifestMetricRequirements
  /** The metric that decides, or why none can be computed for the model itself. */
  readonly metric: string | MetricProblem
  readonly comparisons: readonly Comparison[]
}

export interface Comparison {
  /** A column of the predictions, or the constant answer that serves the metric best. */
  readonly against: 'baseline' | 'previous' | 'constant'
  /** The column, or the constant. */
  readonly name: string
  readonly result: PairedDifference | MetricProblem
}

const USUAL = { classification: 'accuracy', regression: 'mae' } as const
/** Whoever always answers the positive class finds every positive row. */
const MET_BY_A_CONSTANT = new Set(['recall', 'precision'])

export const modelComparisons: Collector<readonly SplitComparisons[]> = {
  title: 'The model beside its baselines on the same rows',
  async collect(key, context, facts) {
    const tables = await facts.get('predictions')
    if (tables.state !== 'present') return { ...tables, key }
    const value = tables.value.map((table) => compare(table, context))
    return { key, state: 'present', value, source: tables.source }
  },
}

function compare(table: SplitPredictions, context: FactContext): SplitComparisons {
  const { manifest, seed } = context
  const { split, source, rows } = table
  const requirements = manifest.requirementsOnMetrics ?? {}
  const of = { split, source, rows, requirements }
  const { task } = manifest.model
  if (task === 'ranking') {
    return { ...of, metric: notForTask('accuracy', split, task), comparisons: [] }
  }
  const kind = task === 'regression' ? 'regression' : 'classification'
  const metric = decidingMetric(table, kind, manifest.metrics ?? [])
  const model = bindMetric(metric, table)
  if ('code' in model) {
    const args = { ...model.args, name: metric.id, split }
    return { ...of, metric: { code: model.code, args }, comparisons: [] }
  }
  const groups = groupsOf(table)
  const others = [
    ...declared(table),
    ...constantPredictions(table, metric, model).filter(
      // The usual baseline is the constant itself; once is enough.
      ({ column }) => !declared(table).some((each) => isSame(each.column, column)),
    ),
  ]
  const comparisons = others.map(({ against, name, column }): Comparison => {
    const other = bindMetric(metric, inPlaceOf(table, metric, column))
    const result =
      'code' in other
        ? { code: other.code, args: { ...other.args, name: metric.id, split } }
        : pairedDifference(metric, model, other, groups, { seed, label: `${split}/${against}` })
    return { against, name, result }
  })
  return { ...of, metric: metric.id, comparisons }
}

interface Other {
  readonly against: Comparison['against']
  readonly name: string
  readonly column: RowValues
}

function declared({ baseline, previous, columns }: SplitPredictions): readonly Other[] {
  const all = { baseline, previous }
  return (['baseline', 'previous'] as const).flatMap((against) => {
    const column = all[against]
    return column === undefined ? [] : [{ against, name: columns[against] ?? '', column }]
  })
}

function isSame(first: RowValues, second: RowValues): boolean {
  if (first.kind !== 'numeric' || second.kind !== 'numeric') return false
  return first.values.every((value, row) => value === second.values[row])
}

/**
 * The first metric that is claimed of the split and can be computed for everything it is compared with;
 * else the usual one.
 */
function decidingMetric(
  table: SplitPredictions,
  kind: keyof typeof USUAL,
  claims: readonly { readonly name: string; readonly split: string }[],
): Metric {
  const usual = findMetric(USUAL[kind])
  if (usual === undefined) throw new TypeError('the usual metrics are registered')
  const columns = declared(table).map(({ column }) => column)
  const isFit = (metric: Metric): boolean =>
    metric.kind === kind &&
    !MET_BY_A_CONSTANT.has(metric.id) &&
    (metric.needs === 'prediction' || columns.every((column) => holdsScores(column))) &&
    [table, ...columns.map((column) => inPlaceOf(table, metric, column))].every(
      (each) => !('code' in bindMetric(metric, each)),
    )
  const claimed = claims
    .filter(({ split }) => split === table.split)
    .map(({ name }) => findMetric(name))
  return claimed.find((metric) => metric !== undefined && isFit(metric)) ?? usual
}

/** Whether a column has other numbers than two classes would. */
function holdsScores(column: RowValues): boolean {
  return column.kind === 'numeric' && column.values.some((value) => value !== 0 && value !== 1)
}

/** The table as if another model had said what the metric looks at. */
function inPlaceOf(table: SplitPredictions, metric: Metric, column: RowValues): SplitPredictions {
  if (metric.needs === 'prediction') return { ...table, prediction: column }
  return { ...table, scores: new Map([['', column]]) }
}
