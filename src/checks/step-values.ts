import type { ObjectValue } from '../facts/preprocessing.ts'

/**
 * The numbers of a fitted parameter: those of an array in C order, or the one number that it is.
 *
 * @returns NaN for an element that is no number; `undefined` when there is no such parameter, it is None
 * or its elements are not listed.
 */
export function numbersOf(value: ObjectValue | undefined): readonly number[] | undefined {
  const single = numberOf(value)
  if (single !== undefined) return [single]
  return elementsOf(value)?.map((each) => numberOf(each) ?? Number.NaN)
}

/** The elements of a list or an array; `undefined` for what is neither, or is not listed. */
export function elementsOf(value: ObjectValue | undefined): readonly ObjectValue[] | undefined {
  if (value === null || typeof value !== 'object') return undefined
  if (!('kind' in value)) return value
  return value.kind === 'array' ? (value.values ?? undefined) : undefined
}

function numberOf(value: ObjectValue | undefined): number | undefined {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined
}
