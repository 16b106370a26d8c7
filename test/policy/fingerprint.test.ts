import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Finding, FindingCode } from '../../src/core/finding.ts'
import { fingerprint } from '../../src/policy/fingerprint.ts'
import { ATTESTATION, decidedItem, FAIL, WAIVER } from './terms.ts'

const codes = fc.constantFrom<FindingCode>('SHAPE_DRIFT', 'TAIL_DRIFT', 'MISSING_DRIFT')
const findings: fc.Arbitrary<readonly Finding[]> = fc.array(
  fc.record({
    code: codes,
    args: fc.record({
      column: fc.constantFrom('age', 'income'),
      statistic: fc.double({ noNaN: true }),
    }),
  }),
  { maxLength: 5 },
)

describe('a fingerprint', () => {
  it('names the same problem alike, whatever was measured and wherever it stands', () => {
    fc.assert(
      fc.property(findings, fc.integer(), (list, line) => {
        const remeasured = [...list].reverse().map(({ code, args }) => ({
          code,
          args: { ...args, statistic: line },
          location: { path: 'model.yaml', line },
        }))
        assert.equal(fingerprint('a.b', remeasured), fingerprint('a.b', list))
        assert.equal(fingerprint('a.b', [...list, ...list]), fingerprint('a.b', list))
      }),
    )
  })

  it('is sixteen hexadecimal digits', () => {
    fc.assert(
      fc.property(fc.string(), findings, (id, list) => {
        assert.match(fingerprint(id, list), /^[0-9a-f]{16}$/)
      }),
    )
  })

  it('tells items, codes and subjects apart', () => {
    const of = (id: string, code: FindingCode, feature: string) =>
      fingerprint(id, [{ code, args: { feature } }])
    const all = [
      of('a.b', 'SHAPE_DRIFT', 'age'),
      of('a.c', 'SHAPE_DRIFT', 'age'),
      of('a.b', 'TAIL_DRIFT', 'age'),
      of('a.b', 'SHAPE_DRIFT', 'income'),
      fingerprint('a.b', []),
      fingerprint('a.b', [
        { code: 'SHAPE_DRIFT', args: { feature: 'age' } },
        { code: 'SHAPE_DRIFT', args: { feature: 'income' } },
      ]),
    ]
    assert.equal(new Set(all).size, all.length)
  })

  it('tells names in any argument and in lists apart, and forgets lines, days and explanations', () => {
    const of = (args: Finding['args']) => fingerprint('a.b', [{ code: 'REQUIREMENT_RANGE', args }])
    const args = { file: 'a.txt:3', name: 'numpy', specifier: '>=1', day: '2026-11-01', line: 3 }
    const other = { file: 'a.txt:9', name: 'numpy', specifier: '>=2', day: '2026-12-01', line: 9 }
    assert.equal(of(args), of(other))
    assert.notEqual(of(args), of({ ...args, name: 'flask' }))
    assert.notEqual(of({ values: ['north'] }), of({ values: ['north', 'south'] }))
    assert.notEqual(of({ column: '2026-11-01' }), of({ column: '2026-12-01' }))
  })

  it('is the published FNV-1a digest of its parts', () => {
    // http://www.isthe.com/chongo/tech/comp/fnv/: test vectors of the 64-bit FNV-1a.
    assert.equal(fingerprint('', []), 'cbf29ce484222325')
    assert.equal(fingerprint('a', []), 'af63dc4c8601ec8c')
    assert.equal(fingerprint('foobar', []), '85944171f73967e8')
  })

  it('of an item does not change when somebody waives or attests it', () => {
    const plain = decidedItem(FAIL).fingerprint
    const recorded = decidedItem(FAIL, { waivers: [WAIVER], attestations: [ATTESTATION] })
    assert.equal(recorded.fingerprint, plain)
  })
})
