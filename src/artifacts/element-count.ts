import { InputError } from '../core/errors.ts'

/**
 * How many numbers a tensor of a shape holds; 1 for a scalar.
 *
 * @throws InputError when a size is negative, or their product is no exact number.
 */
export function elementCount(shape: readonly number[], file: string): number {
  const count = shape.reduce((product, size) => product * size, 1)
  if (shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    if (Number.isSafeInteger(count)) return count
  }
  throw new InputError(`${file} declares a tensor of the shape [${shape.join(', ')}]`)
}
