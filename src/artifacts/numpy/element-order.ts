/**
 * The elements of an array in Fortran order (first index fastest) in C order (last index fastest).
 *
 * @param itemSize - Bytes of one element; more than the bytes hold is not read.
 * Complexity: O(elements).
 */
export function fortranToC(
  bytes: Uint8Array,
  shape: readonly number[],
  itemSize: number,
): Uint8Array {
  const result = new Uint8Array(bytes.length)
  const strides: number[] = []
  let stride = itemSize
  for (const size of shape) {
    strides.push(stride)
    stride *= size
  }
  const index = shape.map(() => 0)
  let from = 0
  for (let to = 0; to < bytes.length; to += itemSize) {
    for (let byte = 0; byte < itemSize; byte += 1) result[to + byte] = bytes[from + byte] as number
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      const next = (index[axis] as number) + 1
      from += strides[axis] as number
      if (next < (shape[axis] as number)) {
        index[axis] = next
        break
      }
      index[axis] = 0
      from -= next * (strides[axis] as number)
    }
  }
  return result
}

/** Whether the two orders differ: they are the same for one axis that has more than one element. */
export function ordersDiffer(shape: readonly number[]): boolean {
  return shape.filter((size) => size > 1).length > 1
}
