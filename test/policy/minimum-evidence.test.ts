import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { EVIDENCE_LEVELS } from '../../src/core/evidence.ts'
import type { Judgement } from '../../src/core/judgement.ts'
import { crashJudgement, unmetCondition } from '../../src/policy/judgements.ts'
import { decidedItem, FAIL, INCONCLUSIVE, ITEM, NOT_APPLICABLE, PASS, WARN } from './terms.ts'

describe('minimum evidence', () => {
  it('lets a pass pass exactly when its level reaches the minimum', () => {
    for (const [reached, level] of EVIDENCE_LEVELS.entries()) {
      for (const [wanted, minEvidence] of EVIDENCE_LEVELS.entries()) {
        const judgement = { ...PASS, level } as Judgement
        const { outcome } = decidedItem(judgement, { item: { minEvidence } })
        const expected = reached >= wanted ? 'pass' : 'inconclusive'
        assert.equal(outcome, expected, `${level} for ${minEvidence}`)
      }
    }
  })

  it('turns a weaker pass or warning into inconclusive, with what was reached and demanded', () => {
    for (const judgement of [PASS, WARN] as readonly Judgement[]) {
      const item = decidedItem(judgement, { item: { minEvidence: 'executed' } })
      assert.equal(item.outcome, 'inconclusive')
      assert.equal(item.level, 'recomputed')
      const [finding, ...others] = item.findings
      assert.equal(finding?.code, 'EVIDENCE_BELOW_MINIMUM')
      assert.deepEqual(finding.args, {
        reached: 'recomputed',
        required: 'executed',
        outcome: judgement.outcome,
      })
      assert.deepEqual(finding.location, ITEM.location)
      assert.deepEqual(others, judgement.findings ?? [])
    }
  })

  it('does not soften a failure, and does not judge what has no evidence to weigh', () => {
    for (const judgement of [FAIL, INCONCLUSIVE, NOT_APPLICABLE]) {
      const item = decidedItem(judgement, { item: { minEvidence: 'executed' } })
      assert.equal(item.outcome, judgement.outcome)
      assert.deepEqual(item.findings, judgement.findings)
    }
  })

  it('asks nothing of an item without a minimum', () => {
    const claimed = { ...PASS, level: 'claimed' } as Judgement
    assert.equal(decidedItem(claimed).outcome, 'pass')
    assert.equal(decidedItem(claimed).minEvidence, null)
  })
})

describe('an item of the result', () => {
  it('carries its terms, its evidence and its remedy unchanged', () => {
    const item = decidedItem(PASS, { item: { minEvidence: 'documented' } })
    const { id, title, section, phase, severity, required } = ITEM
    assert.deepEqual(
      { ...item, fingerprint: '' },
      {
        ...{ id, title, section, phase, severity, required },
        outcome: 'pass',
        level: 'recomputed',
        minEvidence: 'documented',
        findings: [],
        evidence: PASS.evidence,
        remediation: 'Make it faster.',
        waiver: null,
        attestation: null,
        fingerprint: '',
      },
    )
  })

  it('has no level when nothing was established', () => {
    assert.equal(decidedItem(INCONCLUSIVE).level, null)
    assert.equal(decidedItem(NOT_APPLICABLE).level, null)
    assert.deepEqual(decidedItem(NOT_APPLICABLE).evidence, [])
    const partly = { ...INCONCLUSIVE, level: 'documented' } as Judgement
    assert.equal(decidedItem(partly).level, 'documented')
  })
})

describe('a check that throws', () => {
  it('is inconclusive with the error as its finding', () => {
    assert.deepEqual(crashJudgement(new RangeError('not a finite number')), {
      outcome: 'inconclusive',
      findings: [{ code: 'CHECK_CRASHED', args: { message: 'not a finite number' } }],
    })
    assert.equal(decidedItem(crashJudgement('text')).outcome, 'inconclusive')
    assert.deepEqual(decidedItem(crashJudgement('text')).findings[0]?.args, { message: 'text' })
  })
})

describe('an item whose condition does not hold', () => {
  it('is not applicable, with the condition and its place', () => {
    const location = { path: 'checklist.yaml', line: 7 }
    const item = decidedItem(unmetCondition('preprocessing.scaler', location))
    assert.equal(item.outcome, 'not-applicable')
    assert.deepEqual(item.findings, [
      { code: 'CONDITION_NOT_MET', args: { condition: 'preprocessing.scaler' }, location },
    ])
  })
})
