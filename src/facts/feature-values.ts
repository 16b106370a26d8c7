import type { Source } from '../core/evidence.ts'
import type { Finding } from '../core/finding.ts'
import type { ManifestFeature } from '../config/manifest.ts'
import type { Column, Field, LogicalType } from '../table/types.ts'
import type { Collector } from './context.ts'
import { openDataSnapshots, type DataRole, type DataSnapshot } from './data-snapshots.ts'
import { absentBlock } from './project-files.ts'

/** What one data file holds of every declared feature. */
export interface FeatureValues {
  readonly roles: readonly DataRole[]
  readonly source: Source
  readonly rows: number
  readonly features: readonly FeatureColumn[]
  /** What the reader noticed of the declared features, such as values that do not parse. */
  readonly findings: readonly Finding[]
}

/** A declared feature held against all rows of one file. */
export interface FeatureColumn {
  readonly name: string
  readonly declared: ManifestFeature
  /** `undefined` when the file has no such column. */
  readonly type: LogicalType | undefined
  readonly physical: string
  readonly missing: number
  readonly infinite: number
  readonly belowMin: number
  readonly aboveMax: number
  readonly min: number | undefined
  readonly max: number | undefined
  /** Values with a fraction in a column that is declared as integer. */
  readonly fractional: number
  /** Rows whose value is not in the declared vocabulary. */
  readonly outsideVocabulary: number
  /** Some of those values, most frequent first. */
  readonly unknownValues: readonly string[]
}

const UNKNOWN_VALUES_SHOWN = 10

export const featureValues: Collector<readonly FeatureValues[]> = {
  title: 'Every row of the data files held against the declared features',
  async collect(key, context) {
    const features = Object.entries(context.manifest.features ?? {})
    if (features.length === 0) return absentBlock(key, context, 'features')
    const snapshots = await openDataSnapshots(context)
    const [first] = snapshots
    if (first === undefined) return absentBlock(key, context, 'data')
    const value: FeatureValues[] = []
    for (const data of snapshots) value.push(await measure(data, features))
    return { key, state: 'present', value, source: sourceOf(first) }
  },
}

function sourceOf({ path, snapshot }: DataSnapshot): Source {
  return { path, sha256: snapshot.source.sha256 }
}

type NamedFeature = readonly [name: string, declared: ManifestFeature]

async function measure(
  data: DataSnapshot,
  features: readonly NamedFeature[],
): Promise<FeatureValues> {
  const { snapshot } = data
  const fields = new Map(snapshot.fields.map((field) => [field.name, field]))
  const tallies = new Map<string, Tally>()
  for (const [name, declared] of features) {
    const field = fields.get(name)
    if (field !== undefined && field.type !== 'unsupported') tallies.set(name, newTally(declared))
  }
  if (tallies.size > 0) {
    await snapshot.scan([...tallies.keys()], (batch) => {
      for (const [name, column] of batch.columns) {
        const tally = tallies.get(name)
        if (tally !== undefined) count(tally, column)
      }
    })
  }
  return {
    roles: data.roles,
    source: sourceOf(data),
    rows: snapshot.rowCount,
    features: features.map(([name, declared]) =>
      featureColumn(name, declared, fields.get(name), tallies.get(name)),
    ),
    findings: snapshot.findings.filter(({ args }) =>
      features.some(([name]) => name === args['column']),
    ),
  }
}

interface Tally {
  readonly declared: ManifestFeature
  readonly vocabulary: ReadonlySet<string> | undefined
  missing: number
  infinite: number
  belowMin: number
  aboveMax: number
  fractional: number
  min: number
  max: number
  readonly unknown: Map<string, number>
}

function newTally(declared: ManifestFeature): Tally {
  const vocabulary = declared.values === undefined ? undefined : new Set(declared.values)
  const counts = { missing: 0, infinite: 0, belowMin: 0, aboveMax: 0, fractional: 0 }
  return { declared, vocabulary, ...counts, min: Infinity, max: -Infinity, unknown: new Map() }
}

function count(tally: Tally, column: Column): void {
  tally.missing += column.missing
  if (column.kind === 'coded') {
    countLabels(tally, column.codes, column.labels)
    return
  }
  const { min = -Infinity, max = Infinity } = tally.declared
  for (const value of column.values) {
    if (!Number.isFinite(value)) tally.infinite += 1
    else {
      if (value < tally.min) tally.min = value
      if (value > tally.max) tally.max = value
      if (!Number.isInteger(value)) tally.fractional += 1
    }
    if (value < min) tally.belowMin += 1
    if (value > max) tally.aboveMax += 1
    if (tally.vocabulary?.has(String(value)) === false) addUnknown(tally, String(value), 1)
  }
}

function countLabels(tally: Tally, codes: Uint32Array, labels: readonly string[]): void {
  if (tally.vocabulary === undefined) return
  const perCode = new Uint32Array(labels.length)
  for (const code of codes) perCode[code] = (perCode[code] ?? 0) + 1
  for (const [code, label] of labels.entries()) {
    const rows = perCode[code] ?? 0
    if (rows > 0 && !tally.vocabulary.has(label)) addUnknown(tally, label, rows)
  }
}

function addUnknown(tally: Tally, value: string, rows: number): void {
  tally.unknown.set(value, (tally.unknown.get(value) ?? 0) + rows)
}

function featureColumn(
  name: string,
  declared: ManifestFeature,
  field: Field | undefined,
  tally: Tally | undefined,
): FeatureColumn {
  const unknown = [...(tally?.unknown ?? [])].sort(
    ([a, m], [b, n]) => n - m || (a < b ? -1 : a > b ? 1 : 0),
  )
  return {
    name,
    declared,
    type: field?.type,
    physical: field?.physical ?? '',
    missing: tally?.missing ?? 0,
    infinite: tally?.infinite ?? 0,
    belowMin: tally?.belowMin ?? 0,
    aboveMax: tally?.aboveMax ?? 0,
    min: tally !== undefined && tally.min <= tally.max ? tally.min : undefined,
    max: tally !== undefined && tally.min <= tally.max ? tally.max : undefined,
    fractional: tally?.fractional ?? 0,
    outsideVocabulary: unknown.reduce((sum, [, rows]) => sum + rows, 0),
    unknownValues: unknown.slice(0, UNKNOWN_VALUES_SHOWN).map(([value]) => value),
  }
}
