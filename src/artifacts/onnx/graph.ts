import { InputError } from '../../core/errors.ts'
import type { FileWindow } from '../file-window.ts'
import { readInput, type OnnxInput } from './onnx.ts'
import { fieldsOf, spansOf, textOf, textsOf, wholeNumbers, type Span } from './proto-values.ts'

/** A model as far as its inspection goes: everything but the weights. */
export interface OnnxDetails {
  readonly producer: string
  readonly producerVersion: string
  readonly irVersion: number
  /** By domain; the empty domain is `ai.onnx`. */
  readonly opsets: ReadonlyMap<string, number>
  readonly metadata: readonly (readonly [key: string, value: string])[]
  /** `domain.name` of the functions that the model defines itself. */
  readonly functionDomains: ReadonlySet<string>
  readonly graph: OnnxGraph
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[]
  readonly initializers: ReadonlyMap<string, Span>
  /** Names of initializers in their order, each as often as it occurs. */
  readonly initializerNames: readonly string[]
  /** Inputs that no initializer fills. */
  readonly inputs: readonly OnnxInput[]
  readonly outputs: readonly OnnxInput[]
}

export interface OnnxNode {
  readonly name: string
  readonly operator: string
  readonly domain: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Where its attributes stand; they are read for the nodes that are understood. */
  readonly attributes: readonly Span[]
}

/**
 * Reads the whole structure of an ONNX file.
 *
 * @param limit - how many nodes it may have.
 * @throws InputError when it is not a whole ONNX model or has more nodes.
 * Source: onnx.proto of ONNX 1.16, messages ModelProto, GraphProto and NodeProto.
 */
export async function readDetails(file: FileWindow, limit: number): Promise<OnnxDetails> {
  const fields = await fieldsOf(file, { start: 0, end: file.size })
  const [graph, ...others] = spansOf(fields.get(7))
  if (graph === undefined) throw new InputError(`${file.name} is not an ONNX model: no graph`)
  if (others.length > 0) throw new InputError(`${file.name} has more than one graph`)
  const opsets = new Map<string, number>()
  for (const span of spansOf(fields.get(8))) {
    const opset = await fieldsOf(file, span)
    const version = (await wholeNumbers(file, opset.get(2))).at(-1) ?? 0n
    opsets.set(await textOf(file, opset.get(1)), Number(version))
  }
  const metadata: (readonly [string, string])[] = []
  for (const span of spansOf(fields.get(14))) {
    const entry = await fieldsOf(file, span)
    metadata.push([await textOf(file, entry.get(1)), await textOf(file, entry.get(2))])
  }
  const functionDomains = new Set<string>()
  for (const span of spansOf(fields.get(25))) {
    functionDomains.add(await textOf(file, (await fieldsOf(file, span)).get(10)))
  }
  return {
    producer: await textOf(file, fields.get(2)),
    producerVersion: await textOf(file, fields.get(3)),
    irVersion: Number((await wholeNumbers(file, fields.get(1))).at(-1) ?? 0n),
    opsets,
    metadata,
    functionDomains,
    graph: await readGraphDetails(file, graph, limit),
  }
}

/**
 * Reads a graph or a graph inside a node.
 *
 * @throws InputError when it is not whole or has more than `limit` nodes.
 */
export async function readGraphDetails(
  file: FileWindow,
  span: Span,
  limit: number,
): Promise<OnnxGraph> {
  const fields = await fieldsOf(file, span)
  const initializers = new Map<string, Span>()
  const initializerNames: string[] = []
  for (const each of spansOf(fields.get(5))) {
    const name = await textOf(file, (await fieldsOf(file, each)).get(8))
    initializerNames.push(name)
    initializers.set(name, each)
  }
  const nodes: OnnxNode[] = []
  const found = spansOf(fields.get(1))
  if (found.length > limit) throw new InputError(`${file.name} has too many nodes to be read`)
  for (const each of found) nodes.push(await readNode(file, each))
  const valueInfos = async (number: number): Promise<readonly OnnxInput[]> => {
    const infos: OnnxInput[] = []
    for (const { start, end } of spansOf(fields.get(number))) {
      infos.push(await readInput(file, start, end))
    }
    return infos
  }
  const inputs = await valueInfos(11)
  return {
    nodes,
    initializers,
    initializerNames,
    inputs: inputs.filter(({ name }) => !initializers.has(name)),
    outputs: await valueInfos(12),
  }
}

async function readNode(file: FileWindow, span: Span): Promise<OnnxNode> {
  const fields = await fieldsOf(file, span)
  return {
    name: await textOf(file, fields.get(3)),
    operator: await textOf(file, fields.get(4)),
    domain: await textOf(file, fields.get(7)),
    inputs: await textsOf(file, fields.get(1)),
    outputs: await textsOf(file, fields.get(2)),
    attributes: spansOf(fields.get(5)),
  }
}
