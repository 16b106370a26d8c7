import { InputError } from '../../core/errors.ts'

export function record(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw broken(path, 'an object')
  }
  return value as Readonly<Record<string, unknown>>
}

export function list(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw broken(path, 'a list')
  return value
}

export function text(value: unknown, path: string): string {
  if (typeof value !== 'string') throw broken(path, 'a text')
  return value
}

export function count(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw broken(path, 'a whole number from 0')
  }
  return value
}

export function finite(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw broken(path, 'a number')
  return value
}

/** A number, or the two values that JSON has no numbers for. */
export function extended(value: unknown, path: string): void {
  if (value === 'Infinity' || value === '-Infinity') return
  finite(value, path)
}

export function broken(path: string, expected: string): InputError {
  const where = path === '' ? 'the baseline' : path
  return new InputError(`a damaged baseline: ${where} is not ${expected}`, {
    hint: 'record it again with `mlcheck profile`',
  })
}
