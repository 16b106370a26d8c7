import { InputError } from '../core/errors.ts'
import type { FileWindow } from './file-window.ts'

/** One field of a protocol-buffer message: a whole number, or where its bytes stand in the file. */
export type ProtoField =
  | { readonly number: number; readonly kind: 'varint'; readonly value: bigint }
  | {
      readonly number: number
      readonly kind: 'bytes'
      readonly start: number
      readonly end: number
    }
  | {
      readonly number: number
      readonly kind: 'fixed'
      readonly start: number
      readonly end: number
    }

/** A varint of 64 bits has at most ten bytes. */
const VARINT_BYTES = 10

/**
 * The fields of the message between two offsets, in their order; bytes are skipped, not read.
 *
 * @throws InputError when the bytes are no message of that length.
 * Source: https://protobuf.dev/programming-guides/encoding/
 */
export async function* protoFields(
  file: FileWindow,
  start: number,
  end: number,
): AsyncGenerator<ProtoField> {
  let at = start
  while (at < end) {
    const tag = await varint(file, at, end)
    at = tag.end
    const number = Number(tag.value >> 3n)
    const wire = Number(tag.value & 7n)
    if (number === 0) throw malformed(file)
    if (wire === 0) {
      const { value, end: next } = await varint(file, at, end)
      yield { number, kind: 'varint', value }
      at = next
      continue
    }
    let length = wire === 1 ? 8 : wire === 5 ? 4 : undefined
    if (wire === 2) {
      const declared = await varint(file, at, end)
      at = declared.end
      length = Number(declared.value)
    }
    if (length === undefined || at + length > end) throw malformed(file)
    yield { number, kind: wire === 2 ? 'bytes' : 'fixed', start: at, end: at + length }
    at += length
  }
}

async function varint(
  file: FileWindow,
  start: number,
  limit: number,
): Promise<{ readonly value: bigint; readonly end: number }> {
  const bytes = await file.read(start, Math.min(start + VARINT_BYTES, limit))
  let value = 0n
  for (const [index, byte] of bytes.entries()) {
    value |= BigInt(byte & 0x7f) << BigInt(7 * index)
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: start + index + 1 }
  }
  throw malformed(file)
}

/** All whole numbers of a packed field. */
export async function packedVarints(
  file: FileWindow,
  start: number,
  end: number,
): Promise<readonly bigint[]> {
  const values: bigint[] = []
  for (let at = start; at < end;) {
    const { value, end: next } = await varint(file, at, end)
    values.push(value)
    at = next
  }
  return values
}

/** Names are short; a longer one is not read into memory because a file says so. */
const TEXT_BYTES = 64 * 1024

/** The text of a field. */
export async function protoText(file: FileWindow, start: number, end: number): Promise<string> {
  if (end - start > TEXT_BYTES) throw malformed(file)
  return new TextDecoder().decode(await file.read(start, end))
}

function malformed(file: FileWindow): InputError {
  return new InputError(`${file.name} is not a whole protocol-buffer message`)
}
