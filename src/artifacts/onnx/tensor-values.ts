import { elementCount } from '../element-count.ts'
import type { FileWindow } from '../file-window.ts'
import { narrow } from '../narrow.ts'
import type { ArrayFacts, ObjectValue } from '../object-facts.ts'
import { fieldsOf, realNumbers, spansOf, textsOf, wholeNumbers, type Span } from './proto-values.ts'

/** `TensorProto.DataType` as numpy spells it, for the types whose values are read. */
const NUMPY_TYPES: Readonly<Record<number, string>> = {
  1: '<f4',
  6: '<i4',
  7: '<i8',
  8: '|O',
  9: '|b1',
  11: '<f8',
}

/**
 * The numbers or texts of a tensor that a model holds itself.
 *
 * @param limit - how many elements are listed; a tensor with more, of another type, or with its
 *   numbers in another file has no values.
 * @throws InputError when the values do not fill the shape.
 * Source: onnx.proto of ONNX 1.16, message TensorProto.
 */
export async function readTensorValues(
  file: FileWindow,
  span: Span,
  limit: number,
): Promise<ArrayFacts> {
  const fields = await fieldsOf(file, span)
  const shape = (await wholeNumbers(file, fields.get(1))).map(Number)
  const elements = elementCount(shape, file.name)
  const type = Number((await wholeNumbers(file, fields.get(2))).at(-1) ?? 0n)
  const dtype = NUMPY_TYPES[type] ?? `onnx:${String(type)}`
  const isExternal = Number((await wholeNumbers(file, fields.get(14))).at(-1) ?? 0n) === 1
  const skipped: ArrayFacts = { kind: 'array', dtype, shape, values: null, sha256: null }
  if (isExternal || elements > limit) return skipped
  const raw = spansOf(fields.get(9)).at(-1)
  const values: readonly ObjectValue[] | undefined =
    raw === undefined
      ? await typedValues(file, fields, type)
      : rawValues(await file.read(raw.start, raw.end), type)
  return values?.length === elements ? { ...skipped, values } : skipped
}

async function typedValues(
  file: FileWindow,
  fields: Awaited<ReturnType<typeof fieldsOf>>,
  type: number,
): Promise<readonly ObjectValue[] | undefined> {
  if (type === 1) return realNumbers(file, fields.get(4))
  if (type === 11) return realNumbers(file, fields.get(10), 8)
  if (type === 8) return textsOf(file, fields.get(6))
  if (type === 6) return (await wholeNumbers(file, fields.get(5))).map(narrow)
  if (type === 9) return (await wholeNumbers(file, fields.get(5))).map((value) => value !== 0n)
  if (type === 7) return (await wholeNumbers(file, fields.get(7))).map(narrow)
  return undefined
}

function rawValues(bytes: Uint8Array, type: number): readonly ObjectValue[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const all = <T>(width: number, read: (at: number) => T): readonly T[] =>
    Array.from({ length: Math.floor(bytes.length / width) }, (_, index) => read(index * width))
  if (type === 1) return all(4, (at) => view.getFloat32(at, true))
  if (type === 11) return all(8, (at) => view.getFloat64(at, true))
  if (type === 6) return all(4, (at) => view.getInt32(at, true))
  if (type === 7) return all(8, (at) => narrow(view.getBigInt64(at, true)))
  if (type === 9) return all(1, (at) => view.getUint8(at) !== 0)
  return undefined
}
