import type { Source } from '../core/evidence.ts'
import type { ManifestMetricRequirements } from '../config/manifest.ts'
import { required } from '../stats/metrics/metric.ts'
import { findMetric } from '../stats/metrics/registry.ts'
import type { Collector, FactContext } from './context.ts'
import { classCodes } from './class-codes.ts'
import { errorByBin, type BinPerformance } from './error-by-bin.ts'
import { levelsOf } from './feature-levels.ts'
import { bindMetric, codedClasses, notForTask, type MetricProblem } from './metric-rows.ts'
import type { SplitPredictions } from './predictions.ts'
import { groupsOf } from './row-groups.ts'
import { readRowValues, type RowValues } from './row-values.ts'
import { ratioEstimate, resamplingOf, type Estimate, type Resampling } from './share-estimate.ts'

/** What the predictions of a split are worth class by class, or bin by bin of a numeric target. */
export interface SplitPerformance {
  readonly split: string
  readonly source: Source
  readonly rows: number
  readonly requirements: ManifestMetricRequirements
  readonly result: ClassPerformance | BinPerformance | MetricProblem
}

export interface ClassPerformance {
  readonly kind: 'classes'
  readonly classes: readonly ClassRow[]
  readonly slices: readonly SliceRow[]
  /** The classes that the model was made for, by where they stand. */
  readonly vocabularies: readonly Vocabulary[]
}

export interface ClassRow {
  readonly name: string
  readonly support: number
  readonly predicted: number
  readonly recall: Estimate | undefined
  readonly precision: Estimate | undefined
  readonly f1: Estimate | undefined
}

/** The rows of one value of a column of `slices`. */
export interface SliceRow {
  readonly column: string
  readonly value: string
  readonly rows: number
  readonly accuracy: Estimate | undefined
  readonly recalls: readonly {
    readonly name: string
    readonly support: number
    readonly recall: Estimate | undefined
  }[]
}

export interface Vocabulary {
  readonly origin: 'score-map' | 'training-data'
  readonly source: Source
  readonly classes: readonly string[]
}

export const classPerformance: Collector<readonly SplitPerformance[]> = {
  title: 'Precision, recall and F1 of each class, or the error by bin of the target',
  async collect(key, context, facts) {
    const tables = await facts.get('predictions')
    if (tables.state !== 'present') return { ...tables, key }
    const { task } = context.manifest.model
    const value: SplitPerformance[] = []
    for (const table of tables.value) {
      const { split, source, rows } = table
      const requirements = context.manifest.requirementsOnMetrics ?? {}
      const result =
        task === 'regression' ? errorByBin(table, context.seed) : await byClass(table, context)
      value.push({ split, source, rows, requirements, result })
    }
    return { key, state: 'present', value, source: tables.source }
  },
}

async function byClass(
  table: SplitPredictions,
  context: FactContext,
): Promise<ClassPerformance | MetricProblem> {
  const { task } = context.manifest.model
  if (task === 'ranking') return notForTask('recall', table.split, task)
  const accuracy = findMetric('accuracy')
  if (accuracy === undefined) throw new TypeError('accuracy is registered')
  const bound = bindMetric(accuracy, table)
  if ('code' in bound) {
    return { code: bound.code, args: { ...bound.args, name: 'recall', split: table.split } }
  }
  const coded = codedClasses(table)
  const rows = bound.classification
  if (rows === undefined) throw new TypeError('accuracy is bound to classes')
  const codes: Codes = {
    labels: rows.labels,
    predictions: required(rows.predictions, 'predictions'),
    classes: coded.classes,
  }
  const slices = [...table.slices]
  const count = coded.classes.length
  const resampling = resamplingOf(table.rows, groupsOf(table), 3 * count * (1 + slices.length), {
    seed: context.seed,
    label: `${table.split}/classes`,
  })
  return {
    kind: 'classes',
    classes: coded.classes.map((name, code) => classRow(name, code, codes, resampling)),
    slices: slices.flatMap(([column, values]) => slicesOf(column, values, codes, resampling)),
    vocabularies: await vocabulariesOf(table, coded.nameOf, context),
  }
}

interface Codes {
  readonly labels: ArrayLike<number>
  readonly predictions: ArrayLike<number>
  readonly classes: readonly string[]
}

function rowsWhere(codes: Codes, holds: (label: number, prediction: number) => boolean) {
  return Float64Array.from({ length: codes.labels.length }, (_, row) =>
    Number(holds(codes.labels[row] as number, codes.predictions[row] as number)),
  )
}

function classRow(name: string, code: number, codes: Codes, resampling: Resampling): ClassRow {
  const both = rowsWhere(codes, (label, said) => label === code && said === code)
  const actual = rowsWhere(codes, (label) => label === code)
  const said = rowsWhere(codes, (_, prediction) => prediction === code)
  const count = (values: Float64Array) => values.reduce((sum, each) => sum + each, 0)
  return {
    name,
    support: count(actual),
    predicted: count(said),
    recall: ratioEstimate(both, actual, true, resampling),
    precision: ratioEstimate(both, said, true, resampling),
    f1: f1Estimate(both, actual, said, resampling),
  }
}

/**
 * F1 grows with the share of the rows of either kind that are of both, J = TP / (TP + FP + FN), so the
 * interval of that share gives its own: F1 = 2 J / (1 + J).
 */
function f1Estimate(
  both: Float64Array,
  actual: Float64Array,
  said: Float64Array,
  resampling: Resampling,
): Estimate | undefined {
  const either = actual.map((each, row) => Math.max(each, said[row] as number))
  const share = ratioEstimate(both, either, true, resampling)
  if (share === undefined) return undefined
  const toF1 = (j: number | null) => (j === null ? null : (2 * j) / (1 + j))
  return { ...share, value: toF1(share.value) ?? 0, low: toF1(share.low), high: toF1(share.high) }
}

/** Each level of a column on its own rows, so that many levels cost no more than few. */
function slicesOf(
  column: string,
  values: RowValues,
  codes: Codes,
  resampling: Resampling,
): readonly SliceRow[] {
  const { levels, codes: levelAt } = levelsOf(values)
  const members = levels.map((): number[] => [])
  for (const [row, level] of levelAt.entries()) members[level]?.push(row)
  return levels.map(({ name: value }, level) => {
    const rows = members[level] ?? []
    const take = (from: ArrayLike<number>) => Int32Array.from(rows, (row) => from[row] ?? -1)
    const part: Codes = {
      labels: take(codes.labels),
      predictions: take(codes.predictions),
      classes: codes.classes,
    }
    const { groups } = resampling
    const numbers = groups === undefined ? undefined : Uint32Array.from(take(groups.numbers))
    return sliceRow(column, value, part, {
      ...resampling,
      groups: groups && numbers && { ...groups, numbers },
    })
  })
}

function sliceRow(column: string, value: string, codes: Codes, resampling: Resampling): SliceRow {
  const all = rowsWhere(codes, () => true)
  const right = rowsWhere(codes, (label, said) => label === said)
  return {
    column,
    value,
    rows: all.length,
    accuracy: ratioEstimate(right, all, true, resampling),
    recalls: codes.classes.map((name, code) => {
      const actual = rowsWhere(codes, (label) => label === code)
      const found = rowsWhere(codes, (label, said) => label === code && said === code)
      const support = actual.reduce((sum, each) => sum + each, 0)
      return { name, support, recall: ratioEstimate(found, actual, true, resampling) }
    }),
  }
}

async function vocabulariesOf(
  table: SplitPredictions,
  nameOf: (text: string) => string,
  context: FactContext,
): Promise<readonly Vocabulary[]> {
  const found: Vocabulary[] = []
  if (table.scores.size > 1) {
    const source = context.manifest.locate(['predictions', table.split, 'score'])
    const classes = [...table.scores.keys()].map(nameOf)
    found.push({ origin: 'score-map', source, classes })
  }
  const { train, target } = context.manifest.data ?? {}
  if (train === undefined || target === undefined) return found
  const snapshot = await context.openSnapshot(train)
  if (!snapshot.fields.some(({ name }) => name === target)) return found
  const column = (await readRowValues(snapshot, [target])).get(target)
  if (column === undefined) return found
  // Two classes of 0 and 1 are listed even when only one occurs.
  const { classes, codes } = classCodes([column])
  const occurring = new Set(codes[0])
  const source = { path: train, sha256: snapshot.source.sha256 }
  const trained = classes.filter((_, code) => occurring.has(code)).map(nameOf)
  return [...found, { origin: 'training-data', source, classes: trained }]
}
