import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { ascending } from '../../src/drift/ascending.ts'

/** Enough values for the radix sort: the given ones again and again, moved a little each time. */
function tiled(values: readonly number[], step: number): Float64Array {
  return Float64Array.from(
    { length: 20_011 },
    (_, i) => (values[i % values.length] as number) + step * Math.floor((i * 7919) % 997),
  )
}

const double = fc.oneof(
  fc.double({ noNaN: true }),
  fc.double({ min: -5, max: 5, noNaN: true }),
  fc.integer(),
  fc.constantFrom(
    0,
    -0,
    Infinity,
    -Infinity,
    5e-324,
    -5e-324,
    Number.MAX_VALUE,
    2 ** 32,
    -(2 ** 32),
  ),
)

describe('sorting of a column', () => {
  it('orders many values as the engine orders them, whatever their signs and sizes', () => {
    fc.assert(
      fc.property(
        fc.array(double, { minLength: 2, maxLength: 60 }),
        fc.constantFrom(0, 1, -0.001, 1e300),
        (values, step) => {
          const column = tiled(values, step).filter((value) => !Number.isNaN(value))
          const expected = column.slice().sort()
          const sorted = ascending(column)
          assert.equal(sorted.length, expected.length)
          // -0 and +0 are one value.
          assert.ok(sorted.every((value, i) => value === expected[i]))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('orders few values, keeps what is in order, and never changes its input', () => {
    const values = Float64Array.of(3, -1, Infinity, -Infinity, 0.5)
    assert.deepEqual(ascending(values), Float64Array.of(-Infinity, -1, 0.5, 3, Infinity))
    assert.equal(values[0], 3)
    const large = tiled([4, 3, 2], 1)
    const copy = large.slice()
    ascending(large)
    assert.deepEqual(large, copy)
    const ordered = Float64Array.of(1, 2, 2, 3)
    assert.equal(ascending(ordered), ordered)
    assert.equal(ascending(new Float64Array(0)).length, 0)
  })
})
