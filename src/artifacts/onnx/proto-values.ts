import { InputError } from '../../core/errors.ts'
import type { FileWindow } from '../file-window.ts'
import { packedVarints, protoFields, protoText, type ProtoField } from '../protobuf.ts'

/** Where a message stands in the file. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** All fields of a message by number, in their order. */
export async function fieldsOf(
  file: FileWindow,
  { start, end }: Span,
): Promise<ReadonlyMap<number, readonly ProtoField[]>> {
  const fields = new Map<number, ProtoField[]>()
  for await (const field of protoFields(file, start, end)) {
    const known = fields.get(field.number)
    if (known === undefined) fields.set(field.number, [field])
    else known.push(field)
  }
  return fields
}

/** The parts of a field that are messages or texts. */
export function spansOf(fields: readonly ProtoField[] = []): readonly Span[] {
  return fields.filter((field) => field.kind === 'bytes')
}

/** The last text of a field, as protocol buffers have it; empty when there is none. */
export async function textOf(file: FileWindow, fields?: readonly ProtoField[]): Promise<string> {
  const last = spansOf(fields).at(-1)
  return last === undefined ? '' : protoText(file, last.start, last.end)
}

/** Every text of a field. */
export async function textsOf(
  file: FileWindow,
  fields?: readonly ProtoField[],
): Promise<readonly string[]> {
  const texts: string[] = []
  for (const { start, end } of spansOf(fields)) texts.push(await protoText(file, start, end))
  return texts
}

/** The signed whole numbers of a field, packed or not. */
export async function wholeNumbers(
  file: FileWindow,
  fields: readonly ProtoField[] = [],
): Promise<readonly bigint[]> {
  const numbers: bigint[] = []
  for (const field of fields) {
    if (field.kind === 'varint') numbers.push(field.value)
    else if (field.kind === 'bytes') {
      for (const value of await packedVarints(file, field.start, field.end)) numbers.push(value)
    }
  }
  return numbers.map((value) => BigInt.asIntN(64, value))
}

/** The floating-point numbers of a field, packed or not. */
export async function realNumbers(
  file: FileWindow,
  fields: readonly ProtoField[] = [],
  width: 4 | 8 = 4,
): Promise<readonly number[]> {
  const numbers: number[] = []
  for (const field of fields) {
    if (field.kind === 'varint') continue
    const bytes = await file.read(field.start, field.end)
    if (bytes.length % width !== 0) {
      throw new InputError(`${file.name} has a list of numbers that is cut off`)
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    for (let at = 0; at < bytes.length; at += width) {
      numbers.push(width === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true))
    }
  }
  return numbers
}
