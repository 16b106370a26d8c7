import type { Source } from '../core/evidence.ts'
import type { Task } from '../config/manifest.ts'
import { required } from '../stats/metrics/metric.ts'
import { findMetric } from '../stats/metrics/registry.ts'
import { quantileSorted } from '../stats/quantile.ts'
import type { Collector, FactContext } from './context.ts'
import { levelsOf, type FeatureLevels } from './feature-levels.ts'
import { bindMetric, notForTask, type MetricProblem } from './metric-rows.ts'
import type { SplitPredictions } from './predictions.ts'
import { groupsOf, type RowGroups } from './row-groups.ts'
import { joinedFeatures } from './joined-features.ts'

/** The rows of a split with what the model gets wrong and what is known of each row. */
export interface SegmentRows {
  readonly split: string
  readonly source: Source
  readonly rows: number
  /** 1 where the model is wrong, or its error is among the largest fifth. */
  readonly errors: Uint8Array | MetricProblem
  /** Of a numeric target: the absolute error above which a row counts. */
  readonly largeError: number | undefined
  readonly columns: readonly SegmentColumn[]
  readonly groups: RowGroups | undefined
  /** Where the features of the rows were read; `undefined` when nobody knows which rows they are. */
  readonly data: Source | undefined
  /** `requirements_on_metrics.min_support`. */
  readonly minSupport: number | undefined
}

export interface SegmentColumn extends FeatureLevels {
  readonly name: string
}

export const segmentRows: Collector<readonly SegmentRows[]> = {
  title: 'What the model gets wrong, beside the features of the same rows',
  async collect(key, context, facts) {
    const tables = await facts.get('predictions')
    if (tables.state !== 'present') return { ...tables, key }
    const value: SegmentRows[] = []
    for (const table of tables.value) value.push(await rowsOf(table, context))
    return { key, state: 'present', value, source: tables.source }
  },
}

async function rowsOf(table: SplitPredictions, context: FactContext): Promise<SegmentRows> {
  const { split, source, rows } = table
  const { manifest } = context
  const joined = await joinedFeatures(table, context)
  const slices = [...table.slices].filter(([name]) => joined?.columns.has(name) !== true)
  const wrong = errorsOf(table, manifest.model.task)
  return {
    split,
    source,
    rows,
    ...wrong,
    columns: [...(joined?.columns ?? []), ...slices].map(([name, column]) => ({
      name,
      ...levelsOf(column),
    })),
    groups: groupsOf(table),
    data: joined?.source,
    minSupport: manifest.requirementsOnMetrics?.minSupport,
  }
}

type Errors = Pick<SegmentRows, 'errors' | 'largeError'>

function errorsOf(table: SplitPredictions, task: Task): Errors {
  switch (task) {
    case 'ranking':
      return { errors: notForTask('accuracy', table.split, task), largeError: undefined }
    case 'regression':
      return largeErrors(table)
    case 'binary-classification':
    case 'multiclass-classification':
      return wrongClasses(table)
  }
}

function wrongClasses(table: SplitPredictions): Errors {
  const metric = findMetric('accuracy')
  if (metric === undefined) throw new TypeError('accuracy is registered')
  const bound = bindMetric(metric, table)
  if ('code' in bound) return { errors: problemOf(bound, 'accuracy', table), largeError: undefined }
  const { labels = [], predictions } = bound.classification ?? {}
  const said = required(predictions, 'predictions')
  const errors = Uint8Array.from(labels, (label, row) => Number(label !== said[row]))
  return { errors, largeError: undefined }
}

/** The share of rows whose error counts as large. */
const LARGE = 0.2

function largeErrors(table: SplitPredictions): Errors {
  const metric = findMetric('mae')
  if (metric === undefined) throw new TypeError('mae is registered')
  const bound = bindMetric(metric, table)
  if ('code' in bound) return { errors: problemOf(bound, 'mae', table), largeError: undefined }
  const { label, prediction } = table
  if (label.kind !== 'numeric' || prediction?.kind !== 'numeric') {
    throw new TypeError('mae is bound to numbers')
  }
  const sizes = prediction.values.map((value, row) =>
    Math.abs(value - (label.values[row] as number)),
  )
  const limit = quantileSorted(sizes.toSorted(), 1 - LARGE)
  return { errors: Uint8Array.from(sizes, (size) => Number(size > limit)), largeError: limit }
}

function problemOf(
  problem: MetricProblem,
  name: string,
  { split }: SplitPredictions,
): MetricProblem {
  return { code: problem.code, args: { ...problem.args, name, split } }
}
