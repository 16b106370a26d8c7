import type { FileWindow } from '../file-window.ts'
import { narrow } from '../narrow.ts'
import type { ArrayFacts, ObjectValue } from '../object-facts.ts'
import {
  fieldsOf,
  realNumbers,
  spansOf,
  textOf,
  textsOf,
  wholeNumbers,
  type Span,
} from './proto-values.ts'
import { readTensorValues } from './tensor-values.ts'

/** `AttributeProto.AttributeType`. */
const FLOAT = 1
const INT = 2
const STRING = 3
const TENSOR = 4
const GRAPH = 5
const FLOATS = 6
const INTS = 7
const STRINGS = 8
const GRAPHS = 10

/**
 * The attributes of a node by name: numbers and texts as they are, lists as arrays.
 *
 * @param limit - how many elements of a list or tensor are listed.
 * Source: onnx.proto of ONNX 1.16, message AttributeProto.
 */
export async function readAttributes(
  file: FileWindow,
  spans: readonly Span[],
  limit: number,
): Promise<Readonly<Record<string, ObjectValue>>> {
  const attributes: [string, ObjectValue][] = []
  for (const span of spans) {
    const fields = await fieldsOf(file, span)
    const name = await textOf(file, fields.get(1))
    attributes.push([name, await valueOf(file, fields, limit)])
  }
  return Object.fromEntries(attributes)
}

/** The graphs inside of a node: the branches of a condition, the body of a loop. */
export async function innerGraphs(
  file: FileWindow,
  spans: readonly Span[],
): Promise<readonly Span[]> {
  const graphs: Span[] = []
  for (const span of spans) {
    const fields = await fieldsOf(file, span)
    const type = await typeOf(file, fields)
    const held = type === GRAPH ? fields.get(6) : type === GRAPHS ? fields.get(11) : undefined
    for (const graph of spansOf(held)) graphs.push(graph)
  }
  return graphs
}

type Fields = Awaited<ReturnType<typeof fieldsOf>>

async function typeOf(file: FileWindow, fields: Fields): Promise<number> {
  return Number((await wholeNumbers(file, fields.get(20))).at(-1) ?? 0n)
}

async function valueOf(file: FileWindow, fields: Fields, limit: number): Promise<ObjectValue> {
  const type = await typeOf(file, fields)
  switch (type) {
    case FLOAT:
      return (await realNumbers(file, fields.get(2))).at(-1) ?? 0
    case INT:
      return narrow((await wholeNumbers(file, fields.get(3))).at(-1) ?? 0n)
    case STRING:
      return textOf(file, fields.get(4))
    case FLOATS:
      return listed('<f4', await realNumbers(file, fields.get(7)), limit)
    case INTS:
      return listed('<i8', (await wholeNumbers(file, fields.get(8))).map(narrow), limit)
    case STRINGS:
      return listed('|O', await textsOf(file, fields.get(9)), limit)
    case TENSOR: {
      const [tensor] = spansOf(fields.get(5))
      if (tensor !== undefined) return readTensorValues(file, tensor, limit)
    }
  }
  return { kind: 'opaque', class: `onnx.AttributeType.${String(type)}` }
}

function listed(dtype: string, values: readonly ObjectValue[], limit: number): ArrayFacts {
  const isListed = values.length <= limit
  return {
    kind: 'array',
    dtype,
    shape: [values.length],
    values: isListed ? values : null,
    sha256: null,
  }
}
