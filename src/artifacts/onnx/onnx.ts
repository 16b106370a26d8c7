import { InputError } from '../../core/errors.ts'
import { withFileWindow, type FileWindow } from '../file-window.ts'
import { elementCount } from '../element-count.ts'
import { leavesFolder } from '../neighbour-files.ts'
import { packedVarints, protoFields, protoText } from '../protobuf.ts'

/** What the header of an ONNX model says, without its weights. */
export interface OnnxModel {
  /** Inputs of the graph that no initializer fills. */
  readonly inputs: readonly OnnxInput[]
  /** The numbers in all initializers of the graph. */
  readonly parameters: number
  /** Files beside the model that hold weights, as the model names them. */
  readonly externalFiles: readonly string[]
}

export interface OnnxInput {
  readonly name: string
  /** `TensorProto.DataType`; 0 when the input is no tensor. */
  readonly elementType: number
  /** `undefined` for a dimension that is open. */
  readonly shape: readonly (number | undefined)[]
}

/**
 * Reads the graph of an ONNX file: its inputs, the shapes of its initializers and where weights lie
 * outside of it.
 *
 * @throws InputError when it is not a whole ONNX model, or names a file outside of its folder.
 * Source: onnx.proto of ONNX 1.16, messages ModelProto, GraphProto, TensorProto and ValueInfoProto.
 */
export function readOnnx(path: string): Promise<OnnxModel> {
  return withFileWindow(path, async (file) => {
    for await (const field of protoFields(file, 0, file.size)) {
      if (field.number === 7 && field.kind === 'bytes') {
        return readGraph(file, field.start, field.end)
      }
    }
    throw new InputError(`${file.name} is not an ONNX model: it has no graph`)
  })
}

async function readGraph(file: FileWindow, start: number, end: number): Promise<OnnxModel> {
  const inputs: OnnxInput[] = []
  const initializers: Tensor[] = []
  for await (const field of protoFields(file, start, end)) {
    if (field.kind !== 'bytes') continue
    if (field.number === 5) initializers.push(await readTensor(file, field.start, field.end))
    if (field.number === 15) initializers.push(await readSparse(file, field.start, field.end))
    if (field.number === 11) inputs.push(await readInput(file, field.start, field.end))
  }
  const filled = new Set(initializers.map(({ name }) => name))
  const externalFiles = [...new Set(initializers.flatMap(({ location }) => location ?? []))].sort()
  for (const name of externalFiles) requireInside(name, file)
  return {
    inputs: inputs.filter(({ name }) => !filled.has(name)),
    parameters: initializers.reduce((sum, { elements }) => sum + elements, 0),
    externalFiles,
  }
}

function requireInside(name: string, file: FileWindow): void {
  if (leavesFolder(name)) {
    throw new InputError(`${file.name} names weights outside of its folder`)
  }
}

/** An initializer without its numbers. */
export interface Tensor {
  readonly name: string
  readonly elements: number
  /** The file that holds its numbers where it is another. */
  readonly location: string | undefined
  /** Where its numbers end in that file; 0 where the model does not say. */
  readonly lastByte: number
}

/** The name and size of a TensorProto, and where its numbers are when they are not in the model. */
export async function readTensor(file: FileWindow, start: number, end: number): Promise<Tensor> {
  const dimensions: bigint[] = []
  let name = ''
  let isExternal = false
  const external = new Map<string, string>()
  for await (const field of protoFields(file, start, end)) {
    if (field.number === 1) {
      if (field.kind === 'varint') dimensions.push(field.value)
      else
        for (const each of await packedVarints(file, field.start, field.end)) dimensions.push(each)
    } else if (field.number === 14 && field.kind === 'varint') {
      isExternal = field.value === 1n
    } else if (field.kind === 'bytes') {
      if (field.number === 8) name = await protoText(file, field.start, field.end)
      if (field.number === 13) {
        const pair = await readTexts(file, field.start, field.end)
        external.set(pair.get(1) ?? '', pair.get(2) ?? '')
      }
    }
  }
  const elements = elementCount(dimensions.map(Number), file.name)
  if (!isExternal) return { name, elements, location: undefined, lastByte: 0 }
  const location = external.get('location')
  if (location === undefined) {
    throw new InputError(`${file.name} does not say where its weights ${name} are`)
  }
  const [offset = 0, length = 0] = ['offset', 'length'].map((key) => Number(external.get(key) ?? 0))
  const lastByte = offset + length
  if (!Number.isSafeInteger(lastByte) || offset < 0 || length < 0) {
    throw new InputError(`${file.name} says a wrong place for its weights ${name}`)
  }
  return { name, elements, location, lastByte }
}

/** The text fields of a message by number; of repeated ones the last. */
async function readTexts(
  file: FileWindow,
  start: number,
  end: number,
): Promise<ReadonlyMap<number, string>> {
  const texts = new Map<number, string>()
  for await (const field of protoFields(file, start, end)) {
    if (field.kind === 'bytes') {
      texts.set(field.number, await protoText(file, field.start, field.end))
    }
  }
  return texts
}

/** Of a sparse initializer the values count; its indices are structure. */
async function readSparse(file: FileWindow, start: number, end: number): Promise<Tensor> {
  for await (const field of protoFields(file, start, end)) {
    if (field.number === 1 && field.kind === 'bytes') {
      return readTensor(file, field.start, field.end)
    }
  }
  return { name: '', elements: 0, location: undefined, lastByte: 0 }
}

/** The name, type and shape of a ValueInfoProto. */
export async function readInput(file: FileWindow, start: number, end: number): Promise<OnnxInput> {
  let name = ''
  let type: Omit<OnnxInput, 'name'> = { elementType: 0, shape: [] }
  for await (const field of protoFields(file, start, end)) {
    if (field.kind !== 'bytes') continue
    if (field.number === 1) name = await protoText(file, field.start, field.end)
    if (field.number === 2) type = (await tensorType(file, field.start, field.end)) ?? type
  }
  return { name, ...type }
}

async function tensorType(
  file: FileWindow,
  start: number,
  end: number,
): Promise<Omit<OnnxInput, 'name'> | undefined> {
  for await (const field of protoFields(file, start, end)) {
    if (field.number !== 1 || field.kind !== 'bytes') continue
    let elementType = 0
    let shape: OnnxInput['shape'] = []
    for await (const inner of protoFields(file, field.start, field.end)) {
      if (inner.number === 1 && inner.kind === 'varint') elementType = Number(inner.value)
      if (inner.number === 2 && inner.kind === 'bytes') {
        shape = await readShape(file, inner.start, inner.end)
      }
    }
    return { elementType, shape }
  }
  return undefined
}

async function readShape(
  file: FileWindow,
  start: number,
  end: number,
): Promise<OnnxInput['shape']> {
  const shape: (number | undefined)[] = []
  for await (const field of protoFields(file, start, end)) {
    if (field.number !== 1 || field.kind !== 'bytes') continue
    let size: number | undefined
    for await (const inner of protoFields(file, field.start, field.end)) {
      if (inner.number === 1 && inner.kind === 'varint') size = Number(inner.value)
    }
    shape.push(size)
  }
  return shape
}
