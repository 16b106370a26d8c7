import { findMetric } from '../stats/metrics/registry.ts'
import { levelsOf } from './feature-levels.ts'
import { bindMetric, type MetricProblem } from './metric-rows.ts'
import type { SplitPredictions } from './predictions.ts'
import { groupsOf } from './row-groups.ts'
import { ratioEstimate, resamplingOf, type Estimate } from './share-estimate.ts'

/** The error of predicted numbers, by fifths of the true value and by slice. */
export interface BinPerformance {
  readonly kind: 'bins'
  /** The mean absolute error of all rows. */
  readonly mae: number
  readonly bins: readonly BinRow[]
}

export interface BinRow {
  /** The label, or a column of `slices`. */
  readonly column: string
  readonly value: string
  readonly isSlice: boolean
  readonly rows: number
  readonly mae: Estimate | undefined
  /** The mean of prediction less label. */
  readonly bias: number
}

/** The mean absolute error in each fifth of the labels by their quantiles, and in each slice. */
export function errorByBin(table: SplitPredictions, seed: number): BinPerformance | MetricProblem {
  const metric = findMetric('mae')
  if (metric === undefined) throw new TypeError('mae is registered')
  const bound = bindMetric(metric, table)
  const named = { name: 'mae', split: table.split }
  if ('code' in bound) return { code: bound.code, args: { ...bound.args, ...named } }
  if (typeof bound.value !== 'number') {
    return { code: 'METRIC_UNDEFINED', args: { ...named, reason: bound.value.undefined } }
  }
  const { label, prediction } = table
  if (label.kind !== 'numeric' || prediction?.kind !== 'numeric') {
    throw new TypeError('mae is bound to numbers')
  }
  const errors = prediction.values.map((value, row) => value - (label.values[row] as number))
  const parted = [
    { column: table.columns.label, isSlice: false, ...levelsOf(label) },
    ...[...table.slices].map(([column, values]) => ({
      column,
      isSlice: true,
      ...levelsOf(values),
    })),
  ]
  const estimates = parted.reduce((sum, { levels }) => sum + levels.length, 0)
  const resampling = resamplingOf(table.rows, groupsOf(table), estimates, {
    seed,
    label: `${table.split}/bins`,
  })
  const bins = parted.flatMap(({ column, isSlice, levels, codes }) =>
    levels.map(({ name: value }, level): BinRow => {
      const members = Float64Array.from(codes, (code) => Number(code === level))
      const rows = members.reduce((sum, each) => sum + each, 0)
      const sum = errors.reduce((total, error, row) => total + error * (members[row] as number), 0)
      const sizes = errors.map((error, row) => Math.abs(error) * (members[row] as number))
      const mae = ratioEstimate(sizes, members, false, resampling)
      return { column, value, isSlice, rows, mae, bias: sum / rows }
    }),
  )
  return { kind: 'bins', mae: bound.value, bins }
}
