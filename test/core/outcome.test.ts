import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { gravest, OUTCOMES } from '../../src/core/outcome.ts'
import { isSignificant, reaches } from '../../src/core/threshold.ts'

const outcomes = fc.array(fc.constantFrom(...OUTCOMES))

describe('the gravest outcome', () => {
  it('is a failure whenever one is among them', () => {
    fc.assert(
      fc.property(outcomes, (list) => {
        assert.equal(gravest([...list, 'fail']), 'fail')
      }),
    )
  })

  it('is never a pass when something could not be decided', () => {
    fc.assert(
      fc.property(outcomes, (list) => {
        assert.ok(['inconclusive', 'fail'].includes(gravest([...list, 'inconclusive'])))
      }),
    )
  })

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(outcomes, (list) => {
        assert.equal(gravest(list), gravest([...list].reverse()))
      }),
    )
  })
})

describe('a comparison with a threshold', () => {
  it('refuses numbers that are not finite instead of answering false', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      assert.throws(() => reaches(bad, 0.1), RangeError)
      assert.throws(() => reaches(0.1, bad), RangeError)
      assert.throws(() => isSignificant(bad, 0.01), RangeError)
    }
  })

  it('refuses a p-value outside 0 to 1', () => {
    assert.throws(() => isSignificant(-0.1, 0.01), RangeError)
    assert.throws(() => isSignificant(1.1, 0.01), RangeError)
  })

  it('counts the threshold itself as reached', () => {
    assert.equal(reaches(0.1, 0.1), true)
    assert.equal(reaches(0.0999, 0.1), false)
  })
})
