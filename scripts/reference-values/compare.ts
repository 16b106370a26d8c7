/** The tolerance rule of reference-value files. */

export type Tolerance = 'exact' | { readonly rel: number; readonly abs: number }

function within(got: unknown, expected: unknown, tolerance: Tolerance): boolean {
  // What a file calls undefined, the product has to call undefined too.
  if (expected === null) return got === null
  if (Array.isArray(expected)) {
    return (
      isList(got) &&
      got.length === expected.length &&
      expected.every((value, index) => within(got[index], value, tolerance))
    )
  }
  if (typeof expected !== 'number' || typeof got !== 'number') return got === expected
  if (tolerance === 'exact') return got === expected
  // No tolerance: it would be infinite too, and every number would be within it.
  if (!Number.isFinite(expected)) return Object.is(got, expected)
  return Math.abs(got - expected) <= tolerance.abs + tolerance.rel * Math.abs(expected)
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value)
}

/** Whether a quantity agrees with its expected value; a missing tolerance means exactly. */
export function agrees(got: unknown, expected: unknown, tolerance: Tolerance | undefined): boolean {
  return within(got, expected, tolerance ?? 'exact')
}
