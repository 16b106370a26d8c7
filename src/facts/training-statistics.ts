import { moments } from '../stats/moments.ts'
import { quantileSorted } from '../stats/quantile.ts'
import { isNumeric, type Field, type Snapshot } from '../table/types.ts'
import type { Collector } from './context.ts'
import { absentBlock } from './project-files.ts'
import { readRowValues, type RowValues } from './row-values.ts'

/** What fitting sees of each column of the training data. */
export interface TrainingStatistics {
  readonly rows: number
  readonly columns: ReadonlyMap<string, TrainingColumn>
}

export type TrainingColumn = NumberColumn | LabelColumn

interface ColumnCounts {
  readonly name: string
  readonly field: Field
  /** Rows with a value. */
  readonly count: number
  readonly missing: number
}

/** Numbers without infinite ones; every statistic is `null` where there is no finite value. */
export interface NumberColumn extends ColumnCounts {
  readonly kind: 'numeric'
  readonly infinite: number
  readonly mean: number | null
  /** Divided by n. */
  readonly variance: number | null
  readonly min: number | null
  readonly max: number | null
  readonly maxAbsolute: number | null
  readonly median: number | null
  readonly lowerQuartile: number | null
  readonly upperQuartile: number | null
  /** Of several the smallest, as scikit-learn takes it. */
  readonly mostFrequent: number | null
  /** The finite values, ascending; `undefined` for a column that no fitted step sees. */
  readonly sorted: Float64Array | undefined
}

export interface LabelColumn extends ColumnCounts {
  readonly kind: 'coded'
  /** Of several the first by code unit. */
  readonly mostFrequent: string | null
  /** The rows of each label, in the order of code units. */
  readonly categories: ReadonlyMap<string, number>
}

/** So many values are held at once while statistics are taken; columns beyond come in a further pass. */
const VALUES_A_PASS = 32 * 1024 * 1024

export const trainingStatistics: Collector<TrainingStatistics> = {
  title: 'What fitting sees of each column of the training data',
  async collect(key, context, facts) {
    const path = context.manifest.data?.train
    if (path === undefined) return absentBlock(key, context, 'data.train')
    const snapshot = await context.openSnapshot(path)
    const kept = await columnsOfSteps(facts)
    const columns = new Map<string, TrainingColumn>()
    for (const fields of passes(snapshot)) {
      const values = await readRowValues(
        snapshot,
        fields.map(({ name }) => name),
      )
      for (const field of fields) {
        const column = values.get(field.name)
        if (column !== undefined) columns.set(field.name, summary(field, column, kept))
      }
    }
    const value = { rows: snapshot.rowCount, columns }
    return { key, state: 'present', value, source: { path, sha256: snapshot.source.sha256 } }
  },
}

async function columnsOfSteps(facts: Parameters<typeof trainingStatistics.collect>[2]) {
  const steps = await facts.get('preprocessing.steps')
  if (steps.state !== 'present') return new Set<string>()
  const { declared, model, target } = steps.value
  const files = [model, ...declared.map(({ file }) => file)]
  return new Set([
    ...files.flatMap((file) => file.steps.flatMap(({ features }) => features ?? [])),
    ...declared.flatMap(({ columns }) => columns ?? []),
    ...(target === null ? [] : [target]),
  ])
}

function passes({ fields, rowCount }: Snapshot): readonly (readonly Field[])[] {
  const readable = fields.filter(({ type }) => type !== 'unsupported')
  const size = Math.max(1, Math.floor(VALUES_A_PASS / Math.max(1, rowCount)))
  return Array.from({ length: Math.ceil(readable.length / size) }, (_, pass) =>
    readable.slice(pass * size, (pass + 1) * size),
  )
}

function summary(field: Field, column: RowValues, kept: ReadonlySet<string>): TrainingColumn {
  if (column.kind === 'coded') return labelSummary(field, column)
  if (!isNumeric(field.type)) {
    // A column without any value has no labels to tell its kind by.
    const missing = column.values.length
    return {
      kind: 'coded',
      name: field.name,
      field,
      count: 0,
      missing,
      mostFrequent: null,
      categories: new Map(),
    }
  }
  const valid = column.values.filter((value) => !Number.isNaN(value))
  const sorted = valid.filter((value) => Number.isFinite(value)).sort()
  const { mean, populationVariance, min, max } = moments(sorted)
  const at = (probability: number) =>
    sorted.length === 0 ? null : quantileSorted(sorted, probability)
  return {
    kind: 'numeric',
    name: field.name,
    field,
    count: valid.length,
    missing: column.values.length - valid.length,
    infinite: valid.length - sorted.length,
    mean,
    variance: populationVariance,
    min,
    max,
    maxAbsolute: min === null || max === null ? null : Math.max(Math.abs(min), Math.abs(max)),
    median: at(0.5),
    lowerQuartile: at(0.25),
    upperQuartile: at(0.75),
    mostFrequent: mostFrequent(sorted),
    sorted: kept.has(field.name) ? sorted : undefined,
  }
}

function mostFrequent(sorted: Float64Array): number | null {
  let best: number | null = null
  let most = 0
  let start = 0
  for (let end = 1; end <= sorted.length; end++) {
    if (end < sorted.length && sorted[end] === sorted[start]) continue
    if (end - start > most) {
      most = end - start
      best = sorted[start] ?? null
    }
    start = end
  }
  return best
}

function labelSummary(
  field: Field,
  { codes, labels }: Extract<RowValues, { kind: 'coded' }>,
): LabelColumn {
  const rows = new Float64Array(labels.length)
  let missing = 0
  for (const code of codes) {
    if (code < 0) missing += 1
    else rows[code] = (rows[code] ?? 0) + 1
  }
  const seen = labels
    .map((label, code) => [label, rows[code] ?? 0] as const)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const most = Math.max(0, ...seen.map(([, count]) => count))
  return {
    kind: 'coded',
    name: field.name,
    field,
    count: codes.length - missing,
    missing,
    mostFrequent: seen.find(([, count]) => count === most)?.[0] ?? null,
    categories: new Map(seen),
  }
}
