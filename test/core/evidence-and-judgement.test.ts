import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { EVIDENCE_LEVELS, isAtLeast } from '../../src/core/evidence.ts'
import { isNonEmpty } from '../../src/core/judgement.ts'
import { gravest, OUTCOMES } from '../../src/core/outcome.ts'
import { defaultParams } from '../../src/core/params.ts'

const levels = fc.constantFrom(...EVIDENCE_LEVELS)

describe('evidence levels', () => {
  it('rise from a claim over a document, agreement and recomputation to execution', () => {
    assert.deepEqual(EVIDENCE_LEVELS, [
      'claimed',
      'documented',
      'consistent',
      'recomputed',
      'executed',
    ])
  })

  it('are totally ordered', () => {
    fc.assert(
      fc.property(levels, levels, levels, (a, b, c) => {
        assert.ok(isAtLeast(a, a))
        assert.equal(isAtLeast(a, b) && isAtLeast(b, a), a === b)
        assert.ok(isAtLeast(a, b) || isAtLeast(b, a))
        if (isAtLeast(a, b) && isAtLeast(b, c)) assert.ok(isAtLeast(a, c))
      }),
    )
  })
})

describe('outcomes', () => {
  const outcomes = fc.array(fc.constantFrom(...OUTCOMES))

  it('add up in any grouping', () => {
    fc.assert(
      fc.property(outcomes, outcomes, (first, second) => {
        assert.equal(gravest([gravest(first), gravest(second)]), gravest([...first, ...second]))
      }),
    )
  })

  it('add up to one of themselves, and to not-applicable when there are none', () => {
    assert.equal(gravest([]), 'not-applicable')
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...OUTCOMES), { minLength: 1 }), (list) => {
        assert.ok(list.includes(gravest(list)))
      }),
    )
  })

  it('rank a failure over what is open, that over a warning, and that over what is fine', () => {
    const ranked = ['not-applicable', 'pass', 'waived', 'warn', 'needs-review', 'inconclusive']
    assert.deepEqual(
      [...OUTCOMES].sort((a, b) => (a === b ? 0 : gravest([a, b]) === a ? 1 : -1)),
      [...ranked, 'fail'],
    )
  })
})

describe('a list', () => {
  it('is non-empty when it has a first element, whatever that is', () => {
    assert.equal(isNonEmpty([]), false)
    assert.equal(isNonEmpty([undefined]), true)
  })
})

describe('parameters', () => {
  it('have the declared defaults as values', () => {
    const specs = {
      limit: { type: 'number', default: 0.5, description: 'A limit.' },
      strict: { type: 'boolean', default: false, description: 'Whether.' },
      mode: { type: 'string', default: 'a', oneOf: ['a', 'b'], description: 'Which.' },
      names: { type: 'strings', default: ['x'], description: 'Names.' },
    } as const
    assert.deepEqual(defaultParams(specs), { limit: 0.5, strict: false, mode: 'a', names: ['x'] })
    assert.deepEqual(defaultParams({}), {})
  })
})
