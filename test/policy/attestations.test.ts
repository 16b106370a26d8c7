import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide } from '../../src/policy/exit-code.ts'
import type { AttestationTerms } from '../../src/policy/terms.ts'
import {
  ATTESTATION,
  decidedItem,
  gateOf,
  ITEM,
  OTHER_MODEL,
  PASS,
  policyOf,
  unbound,
  type Records,
} from './terms.ts'

/** What a changed attestation makes of an item that only a person can vouch for. */
function attested(change: Partial<AttestationTerms>, records: Records = {}) {
  return decidedItem(null, { ...records, attestations: [{ ...ATTESTATION, ...change }] })
}

function refusals(change: Partial<AttestationTerms>, records: Records = {}): readonly string[] {
  const item = attested(change, records)
  assert.equal(item.outcome, 'needs-review')
  assert.equal(item.attestation, null)
  return item.findings.map(({ severity, code }) => `${severity ?? ''} ${code}`)
}

describe('an attestation that holds', () => {
  it('passes its item at the level of a claim, with who vouches and until when', () => {
    const item = attested({})
    assert.equal(item.outcome, 'pass')
    assert.equal(item.level, 'claimed')
    const { statement, owner, date, expires, location } = ATTESTATION
    assert.deepEqual(item.attestation, { statement, owner, date, expires })
    assert.deepEqual(item.evidence, [
      {
        level: 'claimed',
        claim: ITEM.title,
        observed: { statement, owner, date },
        source: location,
      },
    ])
  })

  it('is documented by a file that is there, not by an address that nobody looks up', () => {
    const evidence = 'docs/drill.md'
    assert.equal(attested({ evidence, evidenceState: 'found' }).level, 'documented')
    assert.equal(attested({ evidence, evidenceState: 'address' }).level, 'claimed')
    const [proof] = attested({ evidence, evidenceState: 'found' }).evidence
    assert.deepEqual(proof?.observed, {
      statement: ATTESTATION.statement,
      owner: ATTESTATION.owner,
      date: ATTESTATION.date,
      evidence,
    })
  })

  it('cannot reach evidence that only a machine can give', () => {
    const item = attested({}, { item: { minEvidence: 'documented' } })
    assert.equal(item.outcome, 'inconclusive')
    assert.equal(item.findings[0]?.code, 'EVIDENCE_BELOW_MINIMUM')
  })

  it('includes its first and its last day', () => {
    for (const today of [ATTESTATION.date, ATTESTATION.expires]) {
      assert.equal(attested({}, { context: { today } }).outcome, 'pass', today)
    }
  })

  it('is the latest of several that hold, in any order', () => {
    const later = { ...ATTESTATION, date: '2026-11-20', owner: 'cy@example.org' }
    const refused = { ...ATTESTATION, modelSha256: OTHER_MODEL, date: '2026-11-24' }
    for (const attestations of [
      [ATTESTATION, refused, later, later],
      [later, refused, ATTESTATION],
    ]) {
      const item = decidedItem(null, { attestations })
      assert.equal(item.attestation?.owner, 'cy@example.org')
      assert.deepEqual(item.findings, [])
    }
  })
})

describe('an attestation that does not count leaves its item to a person', () => {
  const cases: readonly (readonly [string, Partial<AttestationTerms>, string, Records?])[] = [
    ['after its last day', { expires: '2026-11-24' }, 'ATTESTATION_EXPIRED'],
    ['before its first day', { date: '2026-11-26' }, 'ATTESTATION_NOT_YET_VALID'],
    ['for another model', { modelSha256: OTHER_MODEL }, 'ATTESTATION_OTHER_MODEL'],
    [
      'when the model could not be read',
      {},
      'ATTESTATION_MODEL_UNKNOWN',
      { context: { modelSha256: null } },
    ],
    [
      'when its file is not there',
      { evidence: 'gone.md', evidenceState: 'missing' },
      'ATTESTATION_EVIDENCE_MISSING',
    ],
    ['when it is due again', {}, 'ATTESTATION_DUE', { item: { everyDays: 14 } }],
  ]
  for (const [when, change, code, records] of cases) {
    it(`${when} (${code})`, () => {
      assert.deepEqual(refusals(change, records), [`inconclusive ${code}`])
    })
  }

  it('when it is bound to no model (ATTESTATION_NOT_BOUND)', () => {
    const item = decidedItem(null, { attestations: [unbound(ATTESTATION)] })
    assert.deepEqual(
      item.findings.map(({ code }) => code),
      ['ATTESTATION_NOT_BOUND'],
    )
  })

  it('not yet on the last day of its cadence', () => {
    assert.equal(attested({}, { item: { everyDays: 15 } }).outcome, 'pass')
  })

  it('and a run with such an item exits 3', () => {
    const { items, gateFindings } = policyOf(null)
    assert.equal(items[0]?.outcome, 'needs-review')
    assert.deepEqual(
      items[0].findings.map(({ code }) => code),
      ['ATTESTATION_MISSING'],
    )
    const verdict = decide({
      outcomes: items,
      findings: gateFindings,
      failOn: 'fail',
      reportOnly: false,
    })
    assert.equal(verdict.exitCode, 3)
  })

  it('and every one of several says why', () => {
    const attestations = [
      { ...ATTESTATION, expires: '2026-11-24' },
      { ...ATTESTATION, modelSha256: OTHER_MODEL },
    ]
    const codes = decidedItem(null, { attestations }).findings.map(({ code }) => code)
    assert.deepEqual(codes, ['ATTESTATION_EXPIRED', 'ATTESTATION_OTHER_MODEL'])
  })
})

describe('an attestation beside the point', () => {
  it('vouches nothing green that a check decides', () => {
    const result = policyOf(
      { outcome: 'fail', level: 'recomputed', findings: [{ code: 'X', args: {} }] },
      { attestations: [ATTESTATION] },
    )
    assert.equal(result.items[0]?.outcome, 'fail')
    assert.equal(result.items[0].attestation, null)
    assert.deepEqual(gateOf(result), ['warn ATTESTATION_NOT_USED'])
  })

  it('is of an item that the checklist does not have', () => {
    const attestations = [{ ...ATTESTATION, item: 'before.team-trainde' }]
    const result = policyOf(PASS, { attestations })
    assert.deepEqual(gateOf(result), ['warn ATTESTATION_UNKNOWN_ITEM'])
  })
})
