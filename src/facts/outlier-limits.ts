import type { Source } from '../core/evidence.ts'
import type { ManifestFeature, ManifestOutliers } from '../config/manifest.ts'
import { quantileSorted } from '../stats/quantile.ts'
import type { Collector, FactContext } from './context.ts'
import { absentBlock } from './project-files.ts'
import { readRowValues } from './row-values.ts'

/** The limits of every numeric feature, replayed on the reference data. */
export interface OutlierLimits {
  readonly features: readonly FeatureLimits[]
  /** What the limits are replayed on. */
  readonly reference: Source
  readonly rows: number
  /** What quantiles are taken of; `undefined` when no feature declares any. */
  readonly training: Source | undefined
}

export interface FeatureLimits {
  readonly name: string
  readonly kind: 'fixed' | 'quantiles' | 'range' | 'none'
  /** Below `low` or above `high` is an outlier; `null` sets no limit. */
  readonly low: number | null
  readonly high: number | null
  readonly replay: Replay | undefined
  /** Why the limits could not be computed or replayed. */
  readonly problem: 'no-column' | 'not-numeric' | 'no-values' | 'no-training-values' | undefined
}

export interface Replay {
  readonly values: number
  readonly below: number
  readonly above: number
  readonly min: number
  readonly max: number
  readonly lowerQuartile: number
  readonly upperQuartile: number
  /** The interquartile range or, where it is 0, the distance of the 1st and 99th percentile, or of the ends. */
  readonly spread: number
}

const REFERENCES = ['reference', 'validation', 'test', 'train'] as const

export const outlierLimits: Collector<OutlierLimits> = {
  title: 'The outlier limits of the numeric features on the reference data',
  async collect(key, context) {
    const { data = {}, features = {} } = context.manifest
    if (Object.keys(features).length === 0) return absentBlock(key, context, 'features')
    const role = REFERENCES.find((each) => data[each] !== undefined)
    const path = role === undefined ? undefined : data[role]
    if (path === undefined) return absentBlock(key, context, 'data')
    const numeric = Object.entries(features).filter(
      ([, { type }]) => type === 'number' || type === 'integer',
    )
    const reference = await readNumbers(path, numeric, context)
    const trained = numeric.filter(
      ([, { outliers }]) => outliers !== undefined && 'quantiles' in outliers,
    )
    const training =
      data.train === undefined || trained.length === 0
        ? undefined
        : await readNumbers(data.train, trained, context)
    const value: OutlierLimits = {
      features: numeric.map(([name, declared]) =>
        limitsOf(name, declared, reference.columns.get(name), training?.columns.get(name)),
      ),
      reference: reference.source,
      rows: reference.rows,
      training: training?.source,
    }
    return { key, state: 'present', value, source: reference.source }
  },
}

type Numbers = Float64Array | 'no-column' | 'not-numeric'

interface NumberColumns {
  readonly source: Source
  readonly rows: number
  /** Ascending and without missing values. */
  readonly columns: ReadonlyMap<string, Numbers>
}

async function readNumbers(
  path: string,
  features: readonly (readonly [name: string, declared: ManifestFeature])[],
  context: FactContext,
): Promise<NumberColumns> {
  const snapshot = await context.openSnapshot(path)
  const present = new Set(snapshot.fields.map(({ name }) => name))
  const names = features.map(([name]) => name)
  const read = await readRowValues(
    snapshot,
    names.filter((name) => present.has(name)),
  )
  const columns = names.map((name): readonly [string, Numbers] => {
    const column = read.get(name)
    if (column === undefined) return [name, 'no-column']
    if (column.kind !== 'numeric') return [name, 'not-numeric']
    return [name, column.values.filter((value) => !Number.isNaN(value)).sort()]
  })
  return {
    source: { path, sha256: snapshot.source.sha256 },
    rows: snapshot.rowCount,
    columns: new Map(columns),
  }
}

function limitsOf(
  name: string,
  declared: ManifestFeature,
  reference: Numbers = 'no-column',
  training?: Numbers,
): FeatureLimits {
  const { outliers, min, max } = declared
  const range = { low: min ?? null, high: max ?? null }
  const hasRange = min !== undefined || max !== undefined
  const kind = outliers === undefined ? (hasRange ? 'range' : 'none') : kindOf(outliers)
  const undecided = (problem: FeatureLimits['problem']): FeatureLimits => ({
    name,
    kind,
    low: null,
    high: null,
    replay: undefined,
    problem,
  })
  const own = outliers === undefined ? { low: null, high: null } : boundsOf(outliers, training)
  if (own === undefined) return undecided('no-training-values')
  if (typeof reference === 'string') return undecided(reference)
  if (!reference.some(Number.isFinite)) return undecided('no-values')
  const low = tighter(own.low, range.low, Math.max)
  const high = tighter(own.high, range.high, Math.min)
  return { name, kind, low, high, replay: replayed(reference, low, high), problem: undefined }
}

function kindOf(outliers: ManifestOutliers): FeatureLimits['kind'] {
  return 'quantiles' in outliers ? 'quantiles' : 'fixed'
}

interface Bounds {
  readonly low: number | null
  readonly high: number | null
}

function boundsOf(outliers: ManifestOutliers, training: Numbers | undefined): Bounds | undefined {
  if (!('quantiles' in outliers)) {
    return { low: outliers.below ?? null, high: outliers.above ?? null }
  }
  if (training === undefined || typeof training === 'string') return undefined
  const finite = training.filter(Number.isFinite)
  if (finite.length === 0) return undefined
  const [low, high] = outliers.quantiles.map((share) => quantileSorted(finite, share))
  if (low === undefined || high === undefined) return undefined
  const room = (outliers.margin ?? 0) * (high - low)
  return { low: low - room, high: high + room }
}

function tighter(
  first: number | null,
  second: number | null,
  pick: (a: number, b: number) => number,
): number | null {
  return first === null || second === null ? (first ?? second) : pick(first, second)
}

function replayed(sorted: Float64Array, low: number | null, high: number | null): Replay {
  const finite = sorted.filter(Number.isFinite)
  const at = (share: number) => quantileSorted(finite, share)
  const distances = [
    [0.25, 0.75],
    [0.01, 0.99],
    [0, 1],
  ].map(([from = 0, to = 1]) => at(to) - at(from))
  return {
    values: sorted.length,
    below: low === null ? 0 : sorted.filter((value) => value < low).length,
    above: high === null ? 0 : sorted.filter((value) => value > high).length,
    min: at(0),
    max: at(1),
    lowerQuartile: at(0.25),
    upperQuartile: at(0.75),
    spread: distances.find((distance) => distance > 0) ?? 0,
  }
}
