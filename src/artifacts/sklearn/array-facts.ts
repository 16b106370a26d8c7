import { arrayElements } from '../numpy/elements.ts'
import type { ArrayFacts, ObjectValue } from '../object-facts.ts'
import type { PyArray, PyNode } from '../pickle/node.ts'

/**
 * An array with its elements, or with their digest alone when there are more than `listed`, or when its
 * type has no plain values. The elements are read from the bytes when they are first asked for: of most
 * arrays nobody does.
 */
export function arrayFacts(
  array: PyArray,
  listed: number,
  value: (node: PyNode) => ObjectValue,
): ArrayFacts {
  let values = array.bytes === undefined ? elements(array, listed, value) : undefined
  return {
    kind: 'array',
    dtype: array.dtype,
    shape: array.shape,
    get values() {
      return (values ??= elements(array, listed, value))
    },
    sha256: array.sha256 ?? null,
  }
}

function elements(
  { dtype, shape, objects, bytes }: PyArray,
  listed: number,
  value: (node: PyNode) => ObjectValue,
): readonly ObjectValue[] | null {
  const count = shape.reduce((product, size) => product * size, 1)
  if (count > listed) return null
  if (objects !== undefined) return objects.length === count ? objects.map(value) : null
  const found = bytes === undefined ? undefined : arrayElements(dtype, bytes)
  return found?.length === count ? found : null
}
