import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Judgement } from '../../src/core/judgement.ts'
import { decide } from '../../src/policy/exit-code.ts'
import type { WaiverTerms } from '../../src/policy/terms.ts'
import {
  decidedItem,
  FAIL,
  gateOf,
  INCONCLUSIVE,
  NOT_APPLICABLE,
  OTHER_MODEL,
  PASS,
  policyOf,
  unbound,
  WAIVER,
  WARN,
  type Records,
} from './terms.ts'

function exitCode(judgement: Judgement | null, records: Records): number {
  const { items, gateFindings } = policyOf(judgement, records)
  return decide({ outcomes: items, findings: gateFindings, failOn: 'fail', reportOnly: false })
    .exitCode
}

/** What one changed waiver comes to on an item that fails: its outcome and the findings about it. */
function onFailure(change: Partial<WaiverTerms>, records: Records = {}): readonly string[] {
  const result = policyOf(FAIL, { ...records, waivers: [{ ...WAIVER, ...change }] })
  return [result.items[0]?.outcome ?? '', ...gateOf(result)]
}

describe('a waiver that holds', () => {
  it('waives a failure and a warning, and the record keeps what it was', () => {
    for (const judgement of [FAIL, WARN]) {
      const item = decidedItem(judgement, { waivers: [WAIVER] })
      assert.equal(item.outcome, 'waived')
      const { reason, owner, expires } = WAIVER
      assert.deepEqual(item.waiver, { reason, owner, expires, outcome: judgement.outcome })
      assert.deepEqual(item.findings, judgement.findings)
    }
    assert.equal(exitCode(FAIL, { waivers: [WAIVER] }), 0)
  })

  it('accepts what nobody could decide only where the item says so', () => {
    const undecided = { waivable: { allowed: true, maxDays: null, undecided: true } }
    for (const [judgement, demands] of [
      [INCONCLUSIVE, {}],
      [null, {}],
      [PASS, { minEvidence: 'executed' }],
    ] as const) {
      const strict = policyOf(judgement, { waivers: [WAIVER], item: demands })
      assert.equal(strict.items[0]?.waiver, null)
      assert.deepEqual(gateOf(strict), ['warn WAIVER_OF_UNDECIDED'])
      const item = { ...demands, ...undecided }
      assert.equal(decidedItem(judgement, { waivers: [WAIVER], item }).outcome, 'waived')
    }
  })

  it('includes its first and its last day', () => {
    for (const today of [WAIVER.created, WAIVER.expires]) {
      const item = decidedItem(FAIL, { waivers: [WAIVER], context: { today } })
      assert.equal(item.outcome, 'waived', today)
    }
  })

  it('says when it ends within a week', () => {
    const soon = (today: string) =>
      gateOf(policyOf(FAIL, { waivers: [WAIVER], context: { today } }))
    assert.deepEqual(soon('2026-12-02'), [])
    assert.deepEqual(soon('2026-12-03'), ['warn WAIVER_EXPIRING_SOON'])
    assert.deepEqual(soon('2026-12-10'), ['warn WAIVER_EXPIRING_SOON'])
  })

  it('warns when it is bound to no model', () => {
    const result = policyOf(FAIL, { waivers: [unbound(WAIVER)] })
    assert.equal(result.items[0]?.outcome, 'waived')
    assert.deepEqual(gateOf(result), ['warn WAIVER_NOT_BOUND'])
  })
})

describe('a waiver that does not hold', () => {
  it('has expired the day after its last, and closes the gate even when the item passes', () => {
    const context = { today: '2026-12-11' }
    assert.deepEqual(onFailure({}, { context }), ['fail', 'fail WAIVER_EXPIRED'])
    const passed = policyOf(PASS, { waivers: [WAIVER], context })
    assert.equal(passed.items[0]?.outcome, 'pass')
    assert.equal(exitCode(PASS, { waivers: [WAIVER], context }), 1)
  })

  it('is for another model, and closes the gate even when the item passes', () => {
    const modelSha256 = OTHER_MODEL
    assert.deepEqual(onFailure({ modelSha256 }), ['fail', 'fail WAIVER_OTHER_MODEL'])
    assert.equal(exitCode(PASS, { waivers: [{ ...WAIVER, modelSha256 }] }), 1)
  })

  it('cannot be held against a model that could not be read', () => {
    const context = { modelSha256: null }
    assert.deepEqual(onFailure({}, { context }), ['fail', 'inconclusive WAIVER_MODEL_UNKNOWN'])
    assert.equal(exitCode(PASS, { waivers: [WAIVER], context }), 3)
  })

  it('is of an item that nobody may waive', () => {
    const item = { waivable: { allowed: false, maxDays: null, undecided: false } }
    assert.deepEqual(onFailure({}, { item }), ['fail', 'warn WAIVER_NOT_ALLOWED'])
    assert.equal(exitCode(FAIL, { waivers: [WAIVER], item }), 1)
  })

  it('begins in the future', () => {
    assert.deepEqual(onFailure({ created: '2026-11-26' }), ['fail', 'warn WAIVER_NOT_YET_VALID'])
  })

  it('is longer than the item allows, counted in days between its first and its last', () => {
    const maxDays = (days: number) => ({
      waivable: { allowed: true, maxDays: days, undecided: false },
    })
    assert.deepEqual(onFailure({}, { item: maxDays(30) }), ['waived'])
    assert.deepEqual(onFailure({}, { item: maxDays(29) }), ['fail', 'warn WAIVER_TOO_LONG'])
    const [finding] = policyOf(FAIL, { waivers: [WAIVER], item: maxDays(29) }).gateFindings
    assert.deepEqual(finding?.args, {
      item: WAIVER.item,
      owner: WAIVER.owner,
      days: 30,
      maxDays: 29,
    })
  })

  it('is not looked up at local midnight', () => {
    const zone = process.env['TZ']
    try {
      for (const TZ of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/New_York']) {
        process.env['TZ'] = TZ
        const outcome = (today: string) =>
          decidedItem(FAIL, { waivers: [WAIVER], context: { today } }).outcome
        assert.deepEqual([outcome('2026-12-10'), outcome('2026-12-11')], ['waived', 'fail'], TZ)
      }
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
  })
})

describe('a waiver that is not needed', () => {
  it('is named, so that the list does not rot', () => {
    for (const judgement of [PASS, NOT_APPLICABLE]) {
      const result = policyOf(judgement, { waivers: [WAIVER] })
      assert.equal(result.items[0]?.outcome, judgement.outcome)
      assert.equal(result.items[0].waiver, null)
      assert.deepEqual(gateOf(result), ['warn WAIVER_UNUSED'])
    }
  })

  it('is of an item that the checklist does not have', () => {
    const result = policyOf(PASS, { waivers: [{ ...WAIVER, item: 'model.latensy' }] })
    assert.deepEqual(gateOf(result), ['warn WAIVER_UNKNOWN_ITEM'])
    assert.deepEqual(
      result.findings.map(({ code }) => code),
      ['WAIVER_UNKNOWN_ITEM'],
    )
    assert.deepEqual(result.items[0]?.findings, [])
  })

  it('is not unknown when its item was only not selected', () => {
    const context = { knownItems: new Set([WAIVER.item, 'data.input-schema']) }
    const waivers = [{ ...WAIVER, item: 'data.input-schema' }]
    assert.deepEqual(gateOf(policyOf(PASS, { waivers, context })), [])
  })
})

describe('several waivers of one item', () => {
  const later = { ...WAIVER, expires: '2027-01-10', reason: 'later' }
  it('count by the one that holds longest, in any order', () => {
    for (const waivers of [
      [WAIVER, later],
      [later, WAIVER],
    ]) {
      const result = policyOf(FAIL, { waivers })
      assert.equal(result.items[0]?.waiver?.reason, 'later')
      assert.deepEqual(gateOf(result), ['notice WAIVER_SUPERSEDED'])
    }
  })

  it('do not close the gate by an expired one when another holds', () => {
    const expired = { ...WAIVER, created: '2026-10-01', expires: '2026-11-01' }
    assert.equal(exitCode(FAIL, { waivers: [expired, WAIVER] }), 0)
  })

  it('all say why they do not hold when none does', () => {
    const expired = { ...WAIVER, expires: '2026-11-11' }
    const other = { ...WAIVER, modelSha256: OTHER_MODEL }
    const result = policyOf(FAIL, { waivers: [expired, other] })
    assert.deepEqual(gateOf(result), ['fail WAIVER_EXPIRED', 'fail WAIVER_OTHER_MODEL'])
  })
})
