import type { Source } from '../core/evidence.ts'
import { InputError } from '../core/errors.ts'
import type { ManifestPredictions } from '../config/manifest.ts'
import type { Collector, FactContext } from './context.ts'
import { absentBlock } from './project-files.ts'
import { isOfTraining, tieToData, type DataTie } from './predictions-tie.ts'
import { readRowValues, type RowValues } from './row-values.ts'

/** The labelled predictions of one split, row by row. */
export interface SplitPredictions {
  readonly split: string
  readonly source: Source
  readonly rows: number
  /** The block of the manifest: the names of the columns, and the positive class. */
  readonly columns: ManifestPredictions
  readonly label: RowValues
  readonly prediction: RowValues | undefined
  /** By class; a single score column of a binary model stands under the empty name. */
  readonly scores: ReadonlyMap<string, RowValues>
  readonly previous: RowValues | undefined
  readonly baseline: RowValues | undefined
  readonly slices: ReadonlyMap<string, RowValues>
  /**
   * Rows with one key are not independent: `data.key` of the file or, where it is known row by row which
   * row of the data each is about, of the data.
   */
  readonly key: RowValues | undefined
  /** Whether `data.key` is declared and in neither of the two. */
  readonly lacksKey: boolean
  /** What ties the rows to those of the data. */
  readonly tie: DataTie
}

export type PredictionTables = readonly SplitPredictions[]

export const predictions: Collector<PredictionTables> = {
  title: 'The labelled predictions of each split',
  async collect(key, context) {
    const blocks = Object.entries(context.manifest.predictions ?? {})
    const value: SplitPredictions[] = []
    for (const [split, block] of blocks) value.push(await readSplit(split, block, context))
    const [first] = value
    if (first === undefined) return absentBlock(key, context, 'predictions')
    const training = value.find(({ split }) => split === 'train')
    const checked = value.map((table) =>
      training !== undefined && isOfTraining(table, training.source)
        ? { ...table, tie: { kind: 'of-training', file: training.source.path } as const }
        : table,
    )
    return { key, state: 'present', value: checked, source: first.source }
  },
}

async function readSplit(
  split: string,
  block: ManifestPredictions,
  context: FactContext,
): Promise<SplitPredictions> {
  const snapshot = await context.openSnapshot(block.path)
  const names = snapshot.fields.map(({ name }) => name)
  const scoreColumns = scoresOf(block)
  const slices = block.slices ?? []
  const optional = [block.prediction, block.previous, block.baseline].filter(
    (name) => name !== undefined,
  )
  const asked = [block.label, ...optional, ...scoreColumns.values(), ...slices]
  const lost = asked.filter((name) => !names.includes(name))
  if (lost.length > 0) {
    throw new InputError(`${block.path} has no column ${lost.join(', ')}`, {
      location: { path: block.path },
      hint: `It has ${names.join(', ')}; correct predictions.${split}.`,
    })
  }
  const keyName = context.manifest.data?.key
  const key = keyName !== undefined && names.includes(keyName) ? keyName : undefined
  const columns = await readRowValues(snapshot, key === undefined ? asked : [...asked, key])
  const column = (name: string | undefined) => (name === undefined ? undefined : columns.get(name))
  const label = column(block.label)
  if (label === undefined) throw new TypeError('the label column was asked for and not read')
  const collectNamed = (pairs: Iterable<readonly [string, string]>) =>
    new Map(
      [...pairs].flatMap(([name, from]) => {
        const values = columns.get(from)
        return values === undefined ? [] : [[name, values] as const]
      }),
    )
  const source = { path: block.path, sha256: snapshot.source.sha256 }
  const rows = snapshot.rowCount
  const ownKey = column(key)
  const { tie, key: dataKey } = await tieToData(
    { split, source, rows, label, key: ownKey },
    context,
  )
  return {
    split,
    source,
    rows,
    columns: block,
    label,
    prediction: column(block.prediction),
    scores: collectNamed(scoreColumns),
    previous: column(block.previous),
    baseline: column(block.baseline),
    slices: collectNamed(slices.map((name) => [name, name])),
    key: ownKey ?? dataKey,
    lacksKey: keyName !== undefined && ownKey === undefined && dataKey === undefined,
    tie,
  }
}

function scoresOf(block: ManifestPredictions): ReadonlyMap<string, string> {
  if (block.score === undefined) return new Map()
  if (typeof block.score === 'string') return new Map([['', block.score]])
  return new Map(Object.entries(block.score))
}
