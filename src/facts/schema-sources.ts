import type { Source } from '../core/evidence.ts'
import type { LogicalType } from '../table/types.ts'
import { flattenSteps } from '../artifacts/fitted-steps.ts'
import { readModelInputs, type ModelInputs } from './model-inputs.ts'
import type { Collector, FactContext, FactReader } from './context.ts'
import { openDataSnapshots } from './data-snapshots.ts'
import { projectPath } from './project-files.ts'
import { readSchemaFile } from './schema-files.ts'
import type { SchemaLimits } from './schema-limits.ts'

export interface SchemaColumn {
  readonly name: string
  /** `undefined` when the source does not say. */
  readonly type: LogicalType | undefined
  /** The smallest and largest value: declared, or of the data that a model was trained on. */
  readonly range?: readonly [low: number, high: number]
  /** What the features block or a schema file allows. */
  readonly allowed?: SchemaLimits
}

/** One place that says which inputs the model takes. */
export interface SchemaSource {
  /**
   * `features` for the manifest's block, `data.train` and so on for a file, `schema …` for one of
   * `data.schemas`, `model` for the artefact.
   */
  readonly origin: string
  readonly source: Source
  /** Whether inputs are matched by position, so that the order of the columns decides. */
  readonly isPositional: boolean
  readonly columns: readonly SchemaColumn[]
  /** Columns that are no inputs: target, key, time, the exploration mark, predictions and scores. */
  readonly otherColumns: readonly string[]
  /** How many inputs there are when the source has no names for them. */
  readonly unnamedCount?: number
  /** Whether steps outside of the model turn the features into its inputs, so that the two differ. */
  readonly isTransformed?: boolean
}

export const schemaSources: Collector<readonly SchemaSource[]> = {
  title: 'Every place that names the inputs of the model',
  async collect(key, context, facts) {
    const { data, features, predictions } = context.manifest
    const declared = Object.entries(features ?? {})
    const manifest: SchemaSource = {
      origin: 'features',
      source: context.manifest.locate(['features']),
      isPositional: false,
      columns: declared.map(([name, { type, min, max, missing, values }]) => ({
        name,
        type,
        ...(min === undefined || max === undefined ? {} : { range: [min, max] as const }),
        allowed: {
          ...(min === undefined ? {} : { min }),
          ...(max === undefined ? {} : { max }),
          ...(values === undefined ? {} : { values }),
          ...(missing === undefined ? {} : { nullable: missing !== 'reject' }),
        },
      })),
      otherColumns: [],
    }
    const otherNames = [
      ...[data?.target, data?.key, data?.time, data?.exploration],
      ...Object.values(predictions ?? {}).flatMap(({ prediction, score }) =>
        typeof score === 'object' ? [prediction, ...Object.values(score)] : [prediction, score],
      ),
    ]
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
    const schemas: SchemaSource[] = []
    for (const path of data?.schemas ?? []) {
      const read = await readSchemaFile(projectPath(context, path), path)
      const columns = read.map(({ name, type, ...allowed }) => ({ name, type, allowed }))
      schemas.push({
        origin: `schema ${path}`,
        source: { path },
        isPositional: false,
        columns: columns.filter(({ name }) => !otherNames.includes(name)),
        otherColumns: columns.map(({ name }) => name).filter((name) => otherNames.includes(name)),
      })
    }
    const model = await modelSource(context, facts)
    const value = [...(declared.length === 0 ? [] : [manifest]), ...files, ...schemas, ...model]
    return { key, state: 'present', value, source: manifest.source }
  },
}

async function modelSource(
  context: FactContext,
  facts: FactReader,
): Promise<readonly SchemaSource[]> {
  const { model, preprocessing, code } = context.manifest
  const inputs =
    (await readModelInputs(projectPath(context, model.path), model.path)) ??
    (await fittedInputs(facts))
  if (inputs === undefined) return []
  const { columns, count, isPositional } = inputs
  if (columns.length === 0 && count === undefined) return []
  const isOutside = preprocessing?.some(({ path }) => path !== undefined) === true
  // Code that prepares rows for a pipeline with its own steps hands on the features themselves.
  const isInside = preprocessing?.some(({ inside }) => inside !== undefined) === true
  return [
    {
      origin: 'model',
      source: { path: model.path },
      isPositional,
      columns,
      otherColumns: [],
      ...(columns.length === 0 && count !== undefined ? { unnamedCount: count } : {}),
      isTransformed: isOutside || (code?.preprocessing !== undefined && !isInside),
    },
  ]
}

/** The columns that the object in a model file was fitted with: `feature_names_in_`, `n_features_in_`. */
async function fittedInputs(facts: FactReader): Promise<FittedInputs | undefined> {
  const inspection = await facts.get('model.inspection')
  const object = inspection.state === 'present' ? inspection.value.object : null
  if (object === null) return undefined
  const columns = (object.features ?? []).map((name) => ({ name, type: undefined }))
  const choosesByName = flattenSteps(object).some(
    ({ className, upstream }) => className === 'ColumnTransformer' && upstream.length === 0,
  )
  const isPositional = object.features === null || !choosesByName
  return { columns, count: object.featureCount ?? undefined, isPositional }
}

type FittedInputs = Pick<ModelInputs, 'columns' | 'count' | 'isPositional'>
