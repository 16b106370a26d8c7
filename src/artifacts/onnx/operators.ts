import type { FileWindow } from '../file-window.ts'
import { innerGraphs } from './attributes.ts'
import { readGraphDetails, type OnnxDetails, type OnnxGraph } from './graph.ts'

/** Operators that every ONNX runtime has. */
const STANDARD = new Set([
  '',
  'ai.onnx',
  'ai.onnx.ml',
  'ai.onnx.training',
  'ai.onnx.preview.training',
])

/** Graphs inside graphs deeper than this are of no model. */
const DEPTH = 32

/**
 * The operators of a model, inner graphs included, that a runtime has only with a library of its own,
 * as `domain.name`, sorted.
 */
export async function customOperators(
  file: FileWindow,
  { graph, functionDomains }: OnnxDetails,
  limit: number,
): Promise<readonly string[]> {
  const found = new Set<string>()
  const visit = async ({ nodes }: OnnxGraph, depth: number): Promise<void> => {
    for (const { domain, operator, attributes } of nodes) {
      if (!STANDARD.has(domain) && !functionDomains.has(domain)) found.add(`${domain}.${operator}`)
      if (attributes.length === 0 || depth >= DEPTH) continue
      for (const span of await innerGraphs(file, attributes)) {
        await visit(await readGraphDetails(file, span, limit), depth + 1)
      }
    }
  }
  await visit(graph, 0)
  return [...found].sort()
}

/** Values that a graph defines more than once; which of them counts is up to the runtime. */
export function repeatedNames({ nodes, initializerNames, inputs }: OnnxGraph): readonly string[] {
  const outputs = nodes.flatMap((node) => node.outputs).filter((name) => name !== '')
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const name of [...inputs.map((input) => input.name), ...initializerNames, ...outputs]) {
    if (seen.has(name)) repeated.add(name)
    seen.add(name)
  }
  return [...repeated].sort()
}
