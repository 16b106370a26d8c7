import type { FileWindow } from '../file-window.ts'
import type { ObjectFacts, ObjectStep, ObjectValue } from '../object-facts.ts'
import { readAttributes } from './attributes.ts'
import { columnOrigins, type Columns } from './column-origins.ts'
import type { OnnxGraph, OnnxNode } from './graph.ts'

const DOMAIN = 'ai.onnx.ml'

/** The operators of `ai.onnx.ml` that hold what preprocessing has learnt. */
const PREPROCESSORS = new Set([
  'Binarizer',
  'CategoryMapper',
  'DictVectorizer',
  'Imputer',
  'LabelEncoder',
  'Normalizer',
  'OneHotEncoder',
  'Scaler',
])

/**
 * The preprocessing steps of a graph, each with its attributes and the columns that it takes where
 * they can be followed to the input.
 *
 * @param limit - how many elements of a list are listed.
 * Source: https://onnx.ai/onnx/operators/, domain ai.onnx.ml.
 */
export async function preprocessorsOf(
  file: FileWindow,
  graph: OnnxGraph,
  limit: number,
): Promise<readonly ObjectStep[]> {
  const nodes = graph.nodes.filter(
    ({ domain, operator }) => domain === DOMAIN && PREPROCESSORS.has(operator),
  )
  if (nodes.length === 0) return []
  const origins = await columnOrigins(file, graph)
  const steps: ObjectStep[] = []
  for (const node of nodes) {
    const columns = origins.get(node.inputs[0] ?? '') ?? null
    const attributes = await readAttributes(file, node.attributes, limit)
    steps.push({
      name: node.name === '' ? node.operator : node.name,
      role: 'branch',
      columns,
      object: preprocessor(node, attributes, columns),
    })
  }
  return steps
}

function preprocessor(
  { operator }: OnnxNode,
  parameters: Readonly<Record<string, ObjectValue>>,
  columns: Columns | null,
): ObjectFacts {
  const isNamed = (all: Columns | null): all is readonly string[] =>
    all?.every((column) => typeof column === 'string') === true
  return {
    kind: 'object',
    class: `${DOMAIN}.${operator}`,
    fitted: true,
    features: isNamed(columns) ? columns : null,
    featureCount: columns?.length ?? null,
    parameters,
    steps: [],
  }
}
