import type { Inspection } from '../artifact.ts'
import { inspected, record } from '../inspection.ts'
import type { ArrayFacts, ObjectFacts } from '../object-facts.ts'
import { readSafetensors, type SafeTensor, type SafetensorsHeader } from './safetensors.ts'

/**
 * What the header of a safetensors file says: the tensors with their types and shapes, the metadata.
 * The format has no code, so a whole file is safe.
 *
 * @param path - absolute.
 * @returns inconclusive where header, offsets and size do not agree, or a name occurs twice.
 */
export function inspectSafetensors(path: string): Promise<Inspection> {
  return inspected('safetensors', async () => ({
    object: tensorObject(await readSafetensors(path)),
  }))
}

/** A set of tensors as an object: each tensor without its numbers, and the metadata beside them. */
export function tensorObject({ tensors, metadata }: SafetensorsHeader): ObjectFacts {
  const arrays = tensors.map((tensor) => [tensor.name, arrayOf(tensor)] as const)
  const parameters = tensors.reduce((sum, { elements }) => sum + elements, 0)
  return record('safetensors', {
    parameters,
    metadata: record('dict', metadata),
    tensors: record('dict', Object.fromEntries(arrays)),
  })
}

/** The types that numpy has; the others keep the name that the format gives them. */
const NUMPY_TYPES: Readonly<Record<string, string>> = {
  BOOL: '|b1',
  U8: '|u1',
  I8: '|i1',
  U16: '<u2',
  I16: '<i2',
  F16: '<f2',
  U32: '<u4',
  I32: '<i4',
  F32: '<f4',
  U64: '<u8',
  I64: '<i8',
  F64: '<f8',
}

function arrayOf({ dtype, shape }: SafeTensor): ArrayFacts {
  return { kind: 'array', dtype: NUMPY_TYPES[dtype] ?? dtype, shape, values: null, sha256: null }
}
