import type { ExtendedNumber } from '../baseline.ts'

/** A number for JSON, which has none for infinity. */
export function writeNumber(value: number): ExtendedNumber {
  if (value === Infinity) return 'Infinity'
  return value === -Infinity ? '-Infinity' : value
}

/** The number that `writeNumber` wrote. */
export function readNumber(value: ExtendedNumber): number {
  return Number(value)
}
