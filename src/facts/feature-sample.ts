import type { TextTable } from '../runner/exchange-csv.ts'
import { createRandom } from '../stats/random.ts'
import type { LogicalType } from '../table/types.ts'
import type { FactContext } from './context.ts'
import { openDataSnapshots, type DataSnapshot } from './data-snapshots.ts'
import { readSample, sampleRowNumbers } from './sample-rows.ts'

/** Some rows of the project's own data, with the columns that the model takes. */
export interface FeatureSample {
  /** The table that the rows are from, as in the manifest. */
  readonly data: string
  readonly table: TextTable
  /** The number of each row in its table. */
  readonly rowNumbers: Uint32Array
  /** The declared type of a feature, else the one that its values have. */
  readonly typeOf: (column: string) => LogicalType | undefined
}

/**
 * A seeded sample of the rows that the model has not learned from, as far as there are some.
 *
 * @returns `undefined` when the manifest names no data.
 */
export async function featureSample(
  context: FactContext,
  rows: number,
): Promise<FeatureSample | undefined> {
  const data = preferred(await openDataSnapshots(context))
  if (data === undefined) return undefined
  const { snapshot, path } = data
  const random = createRandom(context.seed).fork('reproducibility')
  const rowNumbers = sampleRowNumbers(snapshot.rowCount, rows, random)
  const types = new Map<string, LogicalType>(snapshot.fields.map(({ name, type }) => [name, type]))
  const declared = context.manifest.features ?? {}
  return {
    data: path,
    table: await readSample(snapshot, featuresOf(context, [...types.keys()]), rowNumbers),
    rowNumbers,
    typeOf: (column) => declared[column]?.type ?? types.get(column),
  }
}

function preferred(snapshots: readonly DataSnapshot[]): DataSnapshot | undefined {
  const order = ['test', 'validation', 'reference', 'train'] as const
  return order
    .map((role) => snapshots.find(({ roles }) => roles.includes(role)))
    .find((data) => data !== undefined)
}

function featuresOf({ manifest }: FactContext, present: readonly string[]): readonly string[] {
  const { target, key, time, exploration } = manifest.data ?? {}
  const declared = Object.keys(manifest.features ?? {})
  return declared.length > 0
    ? declared.filter((name) => present.includes(name))
    : present.filter((name) => ![target, key, time, exploration].includes(name))
}
