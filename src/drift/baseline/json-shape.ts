import { InputError } from '../../core/errors.ts'

/** The fields of a JSON object; anything else is refused with its path. */
export function record(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw broken(path, 'an object')
  }
  return value as Readonly<Record<string, unknown>>
}

/** The elements of a JSON array; anything else is refused with its path. */
export function list(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw broken(path, 'a list')
  return value
}

/** A string, the empty one included; anything else is refused with its path. */
export function text(value: unknown, path: string): string {
  if (typeof value !== 'string') throw broken(path, 'a text')
  return value
}

/** A number of rows or values: whole, from 0 to 2^53 - 1; anything else is refused with its path. */
export function count(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw broken(path, 'a whole number from 0')
  }
  return value
}

/** A finite number; anything else is refused with its path. */
export function finite(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw broken(path, 'a number')
  return value
}

/** A number, or the two values that JSON has no numbers for. */
export function extended(value: unknown, path: string): void {
  if (value === 'Infinity' || value === '-Infinity') return
  finite(value, path)
}

/** A list of counts, and what they add up to. */
export function counts(
  value: unknown,
  path: string,
): { readonly of: number; readonly sum: number } {
  const all = list(value, path).map((each, i) => count(each, `${path}[${String(i)}]`))
  return { of: all.length, sum: all.reduce((sum, each) => sum + each, 0) }
}

/** The error of a baseline that is not as `mlcheck profile` writes it; the empty path is its root. */
export function broken(path: string, expected: string): InputError {
  const where = path === '' ? 'the baseline' : path
  return new InputError(`a damaged baseline: ${where} is not ${expected}`, {
    hint: 'record it again with `mlcheck profile`',
  })
}
