import type { Source } from '../core/evidence.ts'
import type { LogicalType } from '../table/types.ts'
import type { Collector } from './context.ts'
import { openDataSnapshots } from './data-snapshots.ts'

export interface SchemaColumn {
  readonly name: string
  readonly type: LogicalType
}

/** One place that says which inputs the model takes. */
export interface SchemaSource {
  /** `features` for the manifest's block, `data.train` and so on for the columns of a file. */
  readonly origin: string
  readonly source: Source
  /** Whether inputs are matched by position, so that the order of the columns decides. */
  readonly isPositional: boolean
  readonly columns: readonly SchemaColumn[]
  /** Columns that are no inputs: target, key, time and the exploration mark. */
  readonly otherColumns: readonly string[]
}

export const schemaSources: Collector<readonly SchemaSource[]> = {
  title: 'Every place that names the inputs of the model',
  async collect(key, context) {
    const { data, features } = context.manifest
    const declared = Object.entries(features ?? {})
    const manifest: SchemaSource = {
      origin: 'features',
      source: context.manifest.locate(['features']),
      isPositional: false,
      columns: declared.map(([name, { type }]) => ({ name, type })),
      otherColumns: [],
    }
    const otherNames = [data?.target, data?.key, data?.time, data?.exploration]
    const files = (await openDataSnapshots(context)).map(
      ({ roles, path, snapshot }): SchemaSource => {
        const isOther = ({ name }: SchemaColumn) => otherNames.includes(name)
        const fields = snapshot.fields.map(({ name, type }) => ({ name, type }))
        return {
          origin: roles.map((role) => `data.${role}`).join(', '),
          source: { path, sha256: snapshot.source.sha256 },
          isPositional: false,
          columns: fields.filter((field) => !isOther(field)),
          otherColumns: fields.filter(isOther).map(({ name }) => name),
        }
      },
    )
    const value = declared.length === 0 ? files : [manifest, ...files]
    return { key, state: 'present', value, source: manifest.source }
  },
}
