import { bootstrapInterval } from '../stats/bootstrap.ts'
import type { Interval } from '../stats/intervals/proportion.ts'
import { pairedShareInterval } from '../stats/paired-share.ts'
import type { Metric } from '../stats/metrics/metric.ts'
import { createRandom } from '../stats/random.ts'
import { sumAt } from '../stats/sums.ts'
import { mcNemar } from '../stats/two-sample/mcnemar.ts'
import type { BoundMetric, MetricProblem } from './metric-rows.ts'
import type { RowGroups } from './row-groups.ts'

/** A metric of two models on the same rows. */
export interface PairedDifference {
  readonly value: number
  readonly other: number
  /** How much better the first is, in the unit of the metric: above 0 is better, also for errors. */
  readonly gain: number
  /** Of the gain, at 95 %; `undefined` when the rows do not bound it. */
  readonly interval: Interval | undefined
  readonly groups: number | undefined
  /** Of predicted classes: rows that one of the two has right, and the exact two-sided p-value. */
  readonly mcNemar: Discordant | undefined
}

export interface Discordant {
  readonly onlyFirst: number
  readonly onlySecond: number
  /** `undefined` where rows are not independent. */
  readonly pValue: number | undefined
}

const RESAMPLES = 2000
/** Rows times resamples that are still worth their time. */
const RESAMPLED_ROWS = 2e8
const MIN_RESAMPLES = 200

/**
 * The gain of one model over another with its paired bootstrap interval: every resample draws rows, or
 * groups of rows, once and computes both metrics on them.
 *
 * @returns the problem where a metric is not defined on the rows. Complexity: 2000 times the metric.
 */
export function pairedDifference(
  metric: Metric,
  first: BoundMetric,
  second: BoundMetric,
  groups: RowGroups | undefined,
  { seed, label }: { readonly seed: number; readonly label: string },
): PairedDifference | MetricProblem {
  const values = [first.value, second.value]
  const [value, other] = values
  if (typeof value !== 'number' || typeof other !== 'number') {
    const reason = values.find((each) => typeof each !== 'number')
    const text = typeof reason === 'object' ? reason.undefined : 'it is not finite'
    return { code: 'METRIC_UNDEFINED', args: { reason: text } }
  }
  const sign = metric.higherIsBetter ? 1 : -1
  const right = metric.id === 'accuracy' ? rightRows(first, second) : undefined
  const onRows = (indices: Uint32Array): number | null => {
    if (right !== undefined) return sumAt(right, indices) / indices.length
    const [a, b] = [first.on(indices), second.on(indices)]
    if (typeof a !== 'number' || typeof b !== 'number') return null
    return Number.isFinite(a - b) ? sign * (a - b) : null
  }
  const resamples = Math.round(RESAMPLED_ROWS / first.rows)
  const exact = right === undefined || groups !== undefined ? null : shareInterval(right)
  const interval =
    exact ??
    bootstrapInterval(first.rows, onRows, {
      random: createRandom(seed).fork(`${label}/${metric.id}`),
      resamples: Math.min(RESAMPLES, Math.max(MIN_RESAMPLES, resamples)),
      jackknifeBlocks: first.rows > 20_000 ? 50 : 500,
      ...(groups === undefined ? {} : { groups: groups.numbers }),
    })
  return {
    value,
    other,
    gain: sign * (value - other),
    interval: interval === null ? undefined : { low: interval.low, high: interval.high },
    groups: groups?.count,
    mcNemar: discordant(first, second, groups),
  }
}

/** Of predicted classes on independent rows all resamples can be counted instead of drawn. */
function shareInterval(right: Int8Array): Interval | null {
  if (right.length < 2) return null
  const plus = right.filter((each) => each === 1).length
  const minus = right.filter((each) => each === -1).length
  return pairedShareInterval(plus, minus, right.length)
}

/** 1 where only the first is right, -1 where only the second is. */
function rightRows(first: BoundMetric, second: BoundMetric): Int8Array | undefined {
  const a = first.classification
  const b = second.classification
  if (a?.predictions === undefined || b?.predictions === undefined) return undefined
  const difference = new Int8Array(first.rows)
  for (let row = 0; row < difference.length; row++) {
    const isFirst = a.predictions[row] === a.labels[row]
    const isSecond = b.predictions[row] === b.labels[row]
    difference[row] = Number(isFirst) - Number(isSecond)
  }
  return difference
}

function discordant(
  first: BoundMetric,
  second: BoundMetric,
  groups: RowGroups | undefined,
): Discordant | undefined {
  const difference = rightRows(first, second)
  if (difference === undefined) return undefined
  const onlyFirst = difference.filter((each) => each === 1).length
  const onlySecond = difference.filter((each) => each === -1).length
  const pValue = groups === undefined ? mcNemar(onlyFirst, onlySecond).exact : undefined
  return { onlyFirst, onlySecond, pValue }
}
