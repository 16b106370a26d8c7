import type { FileWindow } from '../file-window.ts'
import type { ArrayFacts, ObjectValue } from '../object-facts.ts'
import { readAttributes } from './attributes.ts'
import type { OnnxGraph, OnnxNode } from './graph.ts'
import { readTensorValues } from './tensor-values.ts'

/** The columns of the model's input that a value consists of, in their order. */
export type Columns = readonly (string | number)[]

/** Operators that give every column back in its place. */
const KEEPING = new Set([
  'Identity',
  'Cast',
  'Imputer',
  'Scaler',
  'Normalizer',
  'Binarizer',
  'LabelEncoder',
  'CategoryMapper',
])

/** More columns are not followed by name. */
const COLUMN_LIMIT = 100_000

/**
 * From which columns of the input each value of a graph comes, followed through the operators that
 * join, choose and keep columns. What another operator made is not in the map.
 *
 * @returns names where the model has one input a column, positions where it has one matrix.
 */
export async function columnOrigins(
  file: FileWindow,
  graph: OnnxGraph,
): Promise<ReadonlyMap<string, Columns>> {
  const origins = new Map<string, Columns>()
  const [only, ...others] = graph.inputs
  for (const { name, shape } of graph.inputs) {
    const width = shape.length > 1 ? shape[1] : 1
    if (width === 1) origins.set(name, [name])
  }
  if (only !== undefined && others.length === 0 && only.shape.length === 2) {
    const [, width = 0] = only.shape
    if (width > 1 && width <= COLUMN_LIMIT) {
      origins.set(
        only.name,
        Array.from({ length: width }, (_, position) => position),
      )
    }
  }
  for (const node of graph.nodes) {
    const columns = await columnsAfter(file, graph, node, origins)
    const [output] = node.outputs
    if (columns !== undefined && columns.length <= COLUMN_LIMIT && output !== undefined) {
      origins.set(output, columns)
    }
  }
  return origins
}

async function columnsAfter(
  file: FileWindow,
  graph: OnnxGraph,
  { operator, inputs, attributes }: OnnxNode,
  origins: ReadonlyMap<string, Columns>,
): Promise<Columns | undefined> {
  const [first = '', second = ''] = inputs
  if (KEEPING.has(operator)) return origins.get(first)
  if (!['Concat', 'FeatureVectorizer', 'Gather', 'ArrayFeatureExtractor'].includes(operator)) {
    return undefined
  }
  if (operator === 'Concat' || operator === 'Gather') {
    const { axis } = await readAttributes(file, attributes, COLUMN_LIMIT)
    if (axis !== 1 && axis !== -1) return undefined
  }
  if (operator === 'Concat' || operator === 'FeatureVectorizer') {
    const parts = inputs.map((name) => origins.get(name))
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined
  }
  const chosen = graph.initializers.get(second)
  const columns = origins.get(first)
  if (chosen === undefined || columns === undefined) return undefined
  return chosenColumns(columns, await readTensorValues(file, chosen, COLUMN_LIMIT))
}

function chosenColumns(columns: Columns, { values }: ArrayFacts): Columns | undefined {
  const picked = values?.map((position: ObjectValue) =>
    typeof position === 'number'
      ? columns[position < 0 ? position + columns.length : position]
      : undefined,
  )
  return picked?.every((column) => column !== undefined) === true ? picked : undefined
}
