import type { GradedFinding } from '../../core/finding.ts'
import type { Inspection, InspectionLimits, Producer } from '../artifact.ts'
import { withFileWindow, type FileWindow } from '../file-window.ts'
import { inspected, record, type Found } from '../inspection.ts'
import type { ObjectFacts } from '../object-facts.ts'
import { readWeights, type Weights } from './external-data.ts'
import { readDetails, type OnnxDetails } from './graph.ts'
import type { OnnxInput } from './onnx.ts'
import { customOperators, repeatedNames } from './operators.ts'
import { preprocessorsOf } from './preprocessors.ts'

/**
 * What an ONNX model says of itself: inputs, outputs, versions of the operators, metadata, and what
 * its preprocessing has learnt. The weights are counted, not read.
 *
 * @param path - absolute.
 * @returns unsafe when it names weights outside of its folder; inconclusive when it is not whole, a
 *   name is defined twice, or weights are missing. Operators of other domains are a notice.
 */
export function inspectOnnx(path: string, limits: InspectionLimits): Promise<Inspection> {
  return inspected('onnx', () =>
    withFileWindow(path, async (file) => {
      const details = await readDetails(file, limits.nodes)
      const weights = await readWeights(path, file, details.graph)
      return found(file, details, weights, limits)
    }),
  )
}

async function found(
  file: FileWindow,
  details: OnnxDetails,
  weights: Weights,
  limits: InspectionLimits,
): Promise<Found> {
  const reasons: GradedFinding[] = [...weights.reasons]
  const names = repeatedNames(details.graph)
  if (names.length > 0) {
    reasons.push({ code: 'ONNX_NAME_REPEATED', severity: 'inconclusive', args: { names } })
  }
  const operators = await customOperators(file, details, limits.nodes)
  if (operators.length > 0) {
    reasons.push({ code: 'ONNX_CUSTOM_OPERATORS', severity: 'notice', args: { operators } })
  }
  const { producer, producerVersion } = details
  const version = producerVersion === '' ? null : producerVersion
  const producers: readonly Producer[] = producer === '' ? [] : [{ library: producer, version }]
  return { reasons, producers, object: await modelObject(file, details, weights, limits) }
}

async function modelObject(
  file: FileWindow,
  { graph, irVersion, opsets, metadata }: OnnxDetails,
  { parameters, externalFiles }: Weights,
  { listedElements }: InspectionLimits,
): Promise<ObjectFacts> {
  const { inputs, outputs } = graph
  const isScalar = ({ shape }: OnnxInput) => shape.length < 2 || shape[1] === 1
  const named = inputs.length > 0 && inputs.every(isScalar) ? inputs.map(({ name }) => name) : null
  const [first] = inputs
  const width = first !== undefined && inputs.length === 1 ? (first.shape[1] ?? null) : null
  const versions = [...opsets].map(
    ([domain, version]) => [domain === '' ? 'ai.onnx' : domain, version] as const,
  )
  return {
    kind: 'object',
    class: 'onnx.ModelProto',
    fitted: true,
    features: named,
    featureCount: named?.length ?? width,
    parameters: {
      ir_version: irVersion,
      opset_import: record('dict', Object.fromEntries(versions)),
      metadata_props: record('dict', Object.fromEntries(metadata)),
      inputs: inputs.map(valueInfo),
      outputs: outputs.map(valueInfo),
      parameters,
      external_data: externalFiles,
    },
    steps: await preprocessorsOf(file, graph, listedElements),
  }
}

function valueInfo({ name, elementType, shape }: OnnxInput): ObjectFacts {
  return record('onnx.ValueInfoProto', {
    name,
    elem_type: elementType,
    shape: shape.map((size) => size ?? null),
  })
}
