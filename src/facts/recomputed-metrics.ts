import { aucInterval, rocAuc } from '../stats/auc.ts'
import { bootstrapInterval } from '../stats/bootstrap.ts'
import { wilsonInterval, type Interval } from '../stats/intervals/proportion.ts'
import { required, type Metric } from '../stats/metrics/metric.ts'
import { METRICS, findMetric } from '../stats/metrics/registry.ts'
import { createRandom } from '../stats/random.ts'
import type { Task } from '../config/manifest.ts'
import type { ClaimedMetric } from './claimed-metrics.ts'
import type { Collector, FactContext } from './context.ts'
import { bindMetric, type BoundMetric, type MetricProblem } from './metric-rows.ts'
import type { SplitPredictions } from './predictions.ts'
import { repeatsLabels, runOnPredictions, type PredictionsRun } from './predictions-run.ts'
import { groupsOf, type RowGroups } from './row-groups.ts'

/** A claim beside what the predictions of its split give. */
export interface RecomputedMetric {
  readonly claim: ClaimedMetric
  readonly result: ComputedMetric | MetricProblem
  /** What ties the predictions of its split to data and model, where there are predictions. */
  readonly binding?: PredictionsBinding
}

export interface PredictionsBinding extends Pick<
  SplitPredictions,
  'split' | 'source' | 'tie' | 'lacksKey'
> {
  readonly rows: number
  /** `data.key`. */
  readonly key: string | undefined
  /** Whether every prediction is the label of its row. */
  readonly repeatsLabels: boolean
  readonly run: PredictionsRun
}

export interface ComputedMetric {
  readonly metric: string
  readonly value: number
  /** At the level of the claim; `undefined` when the rows do not bound it. */
  readonly interval: Interval | undefined
  readonly method:
    | 'wilson'
    | 'delong-logit'
    | 'separated-pairs'
    | 'bootstrap-bca'
    | 'bootstrap-percentile'
    | 'none'
  readonly rows: number
  /** Independent groups of rows, where rows share a key. */
  readonly groups: number | undefined
  readonly predictions: SplitPredictions['source']
}

/** No metric here looks at the order of results, so ranking has none. */
const KIND_OF_TASK: Readonly<Record<Task, Metric['kind'] | undefined>> = {
  'binary-classification': 'classification',
  'multiclass-classification': 'classification',
  regression: 'regression',
  ranking: undefined,
}

const RESAMPLES = 2000
/** Rows times resamples that are still worth their time; large tables need fewer resamples. */
const RESAMPLED_ROWS = 2e8
const MIN_RESAMPLES = 200

export const recomputedMetrics: Collector<readonly RecomputedMetric[]> = {
  title: 'Every claimed metric, computed again from the predictions',
  async collect(key, context, facts) {
    const claims = await facts.get('metrics.claimed')
    if (claims.state !== 'present') return { ...claims, key }
    const tables = await facts.get('predictions')
    if (tables.state !== 'present') return { ...tables, key }
    const { task } = context.manifest.model
    const bindings = new Map<string, PredictionsBinding>()
    for (const table of tables.value) {
      if (claims.value.some(({ split }) => split === table.split)) {
        bindings.set(table.split, await bindingOf(table, context))
      }
    }
    const value = claims.value.map((claim): RecomputedMetric => {
      const table = tables.value.find(({ split }) => split === claim.split)
      const result = recompute(claim, table, task, context.seed)
      const binding = bindings.get(claim.split)
      return { claim, result, ...(binding === undefined ? {} : { binding }) }
    })
    return { key, state: 'present', value, source: tables.source }
  },
}

async function bindingOf(
  table: SplitPredictions,
  context: FactContext,
): Promise<PredictionsBinding> {
  const { split, source, rows, tie, lacksKey } = table
  const run = await runOnPredictions(table, context)
  const key = context.manifest.data?.key
  return { split, source, rows, key, tie, lacksKey, repeatsLabels: repeatsLabels(table), run }
}

function recompute(
  claim: ClaimedMetric,
  table: SplitPredictions | undefined,
  task: Task,
  seed: number,
): ComputedMetric | MetricProblem {
  const { name, split } = claim
  const metric = findMetric(name)
  if (metric === undefined) {
    return { code: 'METRIC_UNKNOWN', args: { name, split, known: METRICS.map(({ id }) => id) } }
  }
  if (metric.kind !== KIND_OF_TASK[task]) {
    return { code: 'METRIC_NOT_FOR_TASK', args: { name, split, task } }
  }
  if (table === undefined) {
    return { code: 'METRIC_WITHOUT_PREDICTIONS', args: { name, split } }
  }
  const bound = bindMetric(metric, table)
  if ('code' in bound) return { code: bound.code, args: { ...bound.args, name, split } }
  if (typeof bound.value !== 'number' || !Number.isFinite(bound.value)) {
    const reason = typeof bound.value === 'number' ? 'it is not finite' : bound.value.undefined
    return { code: 'METRIC_UNDEFINED', args: { name, split, reason } }
  }
  const groups = groupsOf(table)
  return {
    metric: metric.id,
    value: bound.value,
    ...intervalOf(metric, bound, groups, claim, seed),
    rows: bound.rows,
    groups: groups?.count,
    predictions: table.source,
  }
}

function intervalOf(
  metric: Metric,
  bound: BoundMetric,
  groups: RowGroups | undefined,
  claim: ClaimedMetric,
  seed: number,
): Pick<ComputedMetric, 'interval' | 'method'> {
  const { classification } = bound
  if (groups === undefined && classification !== undefined) {
    const { proportion } = bound
    if (proportion !== undefined) {
      const { count, total } = proportion
      return { interval: wilsonInterval(count, total, claim.level), method: 'wilson' }
    }
    if (metric.id === 'roc_auc') {
      const auc = rocAuc(classification.labels, required(classification.scores, 'scores'))
      if (auc !== null) {
        const { low, high, method } = aucInterval(auc, claim.level)
        // An area that its rows do not bound has no interval that a claim could be held against.
        if (method === 'none') return { interval: undefined, method }
        return {
          interval: { low, high },
          method: method === 'pairs' ? 'separated-pairs' : method,
        }
      }
    }
  }
  const resamples = Math.round(RESAMPLED_ROWS / bound.rows)
  const interval = bootstrapInterval(
    bound.rows,
    (indices) => {
      const value = bound.on(indices)
      return typeof value === 'number' && Number.isFinite(value) ? value : null
    },
    {
      random: createRandom(seed).fork(`${claim.split}/${metric.id}`),
      resamples: Math.min(RESAMPLES, Math.max(MIN_RESAMPLES, resamples)),
      level: claim.level,
      jackknifeBlocks: bound.rows > 20_000 ? 50 : 500,
      ...(groups === undefined ? {} : { groups: groups.numbers }),
    },
  )
  // A few resamples beside thousands of equal ones leave both ends on one value: no width is no bound.
  if (interval === null || interval.low === interval.high) {
    return { interval: undefined, method: 'none' }
  }
  return {
    interval: { low: interval.low, high: interval.high },
    method: `bootstrap-${interval.method}`,
  }
}
