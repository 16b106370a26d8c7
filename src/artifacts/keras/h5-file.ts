import { Dataset, File } from 'jsfive'
import { InputError } from '../../core/errors.ts'
import type { ArrayFacts } from '../object-facts.ts'
import { declaredEnd } from './superblock.ts'

/** An HDF5 file in memory. */
export interface H5File {
  /** The names in a group, sorted; `undefined` when there is no such group. */
  members(group: string): readonly string[] | undefined
  /** An attribute of a group or data set; `undefined` when it has none of the name. */
  attribute(path: string, name: string): unknown
  /** The numbers of a data set; `undefined` when there is none of the name. */
  array(path: string, limit: number): ArrayFacts | undefined
}

/**
 * Opens an HDF5 file.
 *
 * @param name - how messages name it.
 * @throws InputError, here and in every method, where the bytes are not whole or of a kind of HDF5 that
 *   is not read.
 */
export function openH5(bytes: Uint8Array, name: string): H5File {
  if (!((declaredEnd(bytes.subarray(0, 128)) ?? Infinity) <= bytes.length)) {
    throw new InputError(`${name} is cut off: it ends before it says`)
  }
  const { buffer, byteOffset, byteLength } = bytes
  const own = (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength)
  const file = attempt(name, () => new File(own, name))
  const find = (path: string): File | Dataset | undefined => {
    let at: unknown = file
    for (const part of path.split('/').filter((each) => each !== '')) {
      if (at instanceof Dataset || !groupOf(at).keys.includes(part)) return undefined
      at = groupOf(at).get(part) ?? undefined
      if (at === undefined) return undefined
    }
    return at as File | Dataset
  }
  return {
    members: (path) =>
      attempt(name, () => {
        const found = find(path)
        return found === undefined || found instanceof Dataset ? undefined : [...found.keys].sort()
      }),
    attribute: (path, key) =>
      attempt(name, () => {
        const attributes = find(path)?.attrs ?? {}
        return Object.hasOwn(attributes, key) ? attributes[key] : undefined
      }),
    array: (path, limit) =>
      attempt(name, () => {
        const found = find(path)
        return found instanceof Dataset ? arrayOf(found, limit) : undefined
      }),
  }
}

function groupOf(value: unknown): File {
  return value as File
}

/** The library throws texts, and errors of every kind, on bytes that it does not expect. */
function attempt<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new InputError(`${name} is not a whole HDF5 file that can be read`, { cause: error })
  }
}

function arrayOf(data: Dataset, limit: number): ArrayFacts {
  const { shape } = data
  const dtype = typeof data.dtype === 'string' ? data.dtype : 'unknown'
  const skipped: ArrayFacts = {
    kind: 'array',
    dtype,
    shape: [...shape],
    values: null,
    sha256: null,
  }
  const elements = shape.reduce((product, size) => product * size, 1)
  if (!(elements <= limit)) return skipped
  const { value } = data
  const values = Array.isArray(value) ? (value as readonly unknown[]) : [value]
  const isPlain = (each: unknown): each is number | string =>
    typeof each === 'number' || typeof each === 'string'
  return values.length === elements && values.every(isPlain) ? { ...skipped, values } : skipped
}
