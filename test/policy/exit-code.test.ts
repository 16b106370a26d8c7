import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  ConfigurationError,
  InputError,
  InterruptedError,
  NothingCheckedError,
  UsageError,
} from '../../src/core/errors.ts'
import type { Severity } from '../../src/core/finding.ts'
import { OUTCOMES, type Outcome } from '../../src/core/outcome.ts'
import {
  decide,
  EXIT_CODES,
  exitCodeOfError,
  type DecisionInput,
  type Trouble,
} from '../../src/policy/exit-code.ts'

const NOTHING: DecisionInput = { outcomes: [], failOn: 'fail', reportOnly: false }
const required = (...outcomes: readonly Outcome[]): DecisionInput => ({
  ...NOTHING,
  outcomes: outcomes.map((outcome) => ({ outcome, required: true })),
})
const code = (input: DecisionInput) => decide(input).exitCode

const TROUBLES: readonly Trouble[] = [
  'usage',
  'configuration',
  'input',
  'nothing-checked',
  'interrupted',
  'defect',
]
const SEVERITIES: readonly Severity[] = ['notice', 'warn', 'fail', 'inconclusive']
const runs: fc.Arbitrary<DecisionInput> = fc.record(
  {
    outcomes: fc.array(
      fc.record({ outcome: fc.constantFrom(...OUTCOMES), required: fc.boolean() }),
      {
        maxLength: 4,
      },
    ),
    findings: fc.array(fc.record({ severity: fc.constantFrom(...SEVERITIES) }), { maxLength: 3 }),
    errors: fc.array(fc.constantFrom(...TROUBLES), { maxLength: 2 }),
    nothingChecked: fc.constant('the table is empty'),
    failOn: fc.constantFrom('warn', 'fail'),
    reportOnly: fc.boolean(),
  },
  { requiredKeys: ['outcomes', 'findings', 'errors', 'failOn', 'reportOnly'] },
)

/** The contract once more, in its own words: the strongest claim on the run wins. */
function expectedCode(run: DecisionInput): number {
  const errors = run.errors ?? []
  const findings = (run.findings ?? []).map(({ severity }) => severity)
  const counted = run.outcomes.filter((each) => each.required).map(({ outcome }) => outcome)
  const failing = run.failOn === 'warn' ? ['warn', 'fail'] : ['fail']
  if (errors.includes('defect')) return 70
  if (errors.includes('interrupted')) return 130
  if (errors.some((kind) => ['usage', 'configuration', 'input'].includes(kind))) return 2
  if ([...counted, ...findings].some((each) => failing.includes(each))) return 1
  if (counted.some((each) => each === 'inconclusive' || each === 'needs-review')) return 3
  if (findings.includes('inconclusive')) return 3
  const decided = counted.filter(
    (outcome) => !['not-applicable', 'inconclusive', 'needs-review'].includes(outcome),
  )
  if (run.nothingChecked !== undefined || errors.includes('nothing-checked')) return 4
  return decided.length === 0 ? 4 : 0
}

describe('the exit code of a run', () => {
  it('is the strongest of 70 > 130 > 2 > 1 > 3 > 4 > 0 for every combination', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const expected = expectedCode({ ...run, reportOnly: false })
        assert.equal(code({ ...run, reportOnly: false }), expected)
        const softened = [1, 3, 4].includes(expected) ? 0 : expected
        assert.equal(code({ ...run, reportOnly: true }), softened)
      }),
      { numRuns: 3000 },
    )
  })

  it('does not depend on the order of outcomes, findings or errors', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const reversed = {
          ...run,
          outcomes: [...run.outcomes].reverse(),
          findings: [...(run.findings ?? [])].reverse(),
          errors: [...(run.errors ?? [])].reverse(),
        }
        assert.equal(code(reversed), code(run))
      }),
    )
  })

  it('is never green when another required item could not be decided', () => {
    fc.assert(
      fc.property(runs, fc.constantFrom<Outcome>('inconclusive', 'needs-review'), (run, open) => {
        const outcomes = [...run.outcomes, { outcome: open, required: true }]
        assert.notEqual(code({ ...run, outcomes, reportOnly: false }), 0)
      }),
    )
  })

  it('stays a definite failure whatever else could not be decided', () => {
    for (const outcome of OUTCOMES) assert.equal(code(required('fail', outcome)), 1, outcome)
    assert.equal(code({ ...required('fail'), nothingChecked: 'no rows' }), 1)
    assert.equal(code({ ...required('fail'), findings: [{ severity: 'inconclusive' }] }), 1)
  })

  it('has a row in the table of codes, and says why in words', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const { exitCode, reason } = decide(run)
        assert.ok(EXIT_CODES.some((row) => row.code === exitCode))
        assert.ok(reason.length > 0)
      }),
    )
    assert.equal(new Set(EXIT_CODES.map((row) => row.code)).size, EXIT_CODES.length)
  })
})

describe('what closes the gate', () => {
  it('is a required item, not an optional one', () => {
    const optional = (outcome: Outcome): DecisionInput => ({
      ...NOTHING,
      outcomes: [
        { outcome: 'pass', required: true },
        { outcome, required: false },
      ],
    })
    for (const outcome of OUTCOMES) assert.equal(code(optional(outcome)), 0, outcome)
  })

  it('is a warning only with --fail-on warn', () => {
    assert.equal(code(required('pass', 'warn')), 0)
    assert.equal(code({ ...required('pass', 'warn'), failOn: 'warn' }), 1)
    const beside: DecisionInput = { ...required('pass'), findings: [{ severity: 'warn' }] }
    assert.equal(code(beside), 0)
    assert.equal(code({ ...beside, failOn: 'warn' }), 1)
    assert.equal(code({ ...required('pass'), findings: [{ severity: 'notice' }] }), 0)
  })

  it('is a finding beside the items that fails, such as an expired waiver', () => {
    assert.equal(code({ ...required('pass'), findings: [{ severity: 'fail' }] }), 1)
    assert.equal(code({ ...required('pass'), findings: [{ severity: 'inconclusive' }] }), 3)
  })

  it('is a person who has not vouched yet', () => {
    assert.equal(code(required('needs-review')), 3)
    assert.match(decide(required('needs-review')).reason, /1 required item awaits a person/)
  })
})

describe('a run that checked nothing', () => {
  it('is not green', () => {
    assert.equal(code(NOTHING), 4)
    assert.equal(code(required('not-applicable', 'not-applicable')), 4)
    assert.equal(code({ ...required('pass'), nothingChecked: 'no rows' }), 4)
    assert.equal(decide(NOTHING).outcome, 'nothing-checked')
  })

  it('is one whose optional items were all left open', () => {
    const outcomes = (['inconclusive', 'needs-review', 'not-applicable'] as const).map(
      (outcome) => ({ outcome, required: false }),
    )
    assert.equal(code({ ...NOTHING, outcomes }), 4)
    assert.match(decide({ ...NOTHING, outcomes }).reason, /could be decided/)
  })
})

describe('a run whose items are all optional', () => {
  it('is never green, whatever they came to', () => {
    for (const outcome of OUTCOMES) {
      assert.equal(code({ ...NOTHING, outcomes: [{ outcome, required: false }] }), 4, outcome)
    }
  })
})

describe('--report-only', () => {
  it('lets 1, 3 and 4 pass, keeps the outcome, and says so', () => {
    for (const run of [required('fail'), required('inconclusive'), NOTHING]) {
      const strict = decide(run)
      const lenient = decide({ ...run, reportOnly: true })
      assert.equal(lenient.exitCode, 0)
      assert.equal(lenient.outcome, strict.outcome)
      assert.equal(lenient.reason, `${strict.reason} (--report-only lets it pass)`)
    }
  })

  it('never softens a wrong configuration, an unreadable file, a defect or an interruption', () => {
    for (const kind of ['usage', 'configuration', 'input', 'defect', 'interrupted'] as const) {
      const run: DecisionInput = { ...required('pass'), errors: [kind] }
      assert.equal(code({ ...run, reportOnly: true }), code(run), kind)
      assert.notEqual(code(run), 0, kind)
    }
  })
})

describe('an error that ends a run', () => {
  it('exits 2 when a person has to change the command, a file or the configuration', () => {
    for (const error of [new UsageError('x'), new ConfigurationError('x'), new InputError('x')]) {
      assert.equal(exitCodeOfError(error.kind), 2, error.name)
    }
  })

  it('exits 4 when there was nothing to check, 130 when interrupted, 70 when it is ours', () => {
    assert.equal(exitCodeOfError(new NothingCheckedError('x').kind), 4)
    assert.equal(exitCodeOfError(new InterruptedError().kind), 130)
    assert.equal(exitCodeOfError('defect'), 70)
    assert.equal(exitCodeOfError(undefined), 70)
  })

  it('leaves the outcome of the run undecided', () => {
    for (const kind of TROUBLES) {
      const { outcome } = decide({ ...required('pass'), errors: [kind, kind] })
      assert.equal(outcome, kind === 'nothing-checked' ? 'nothing-checked' : 'inconclusive', kind)
    }
  })
})

describe('the reason of a verdict', () => {
  it('counts what asked for the code, in the singular and in the plural', () => {
    assert.equal(decide(required('fail')).reason, '1 required item failed')
    assert.equal(decide(required('fail', 'fail', 'inconclusive')).reason, '2 required items failed')
    assert.equal(
      decide({ ...required('inconclusive', 'needs-review'), noun: 'column' }).reason,
      '1 column could not be decided; 1 column awaits a person',
    )
    assert.equal(
      decide({ ...required('fail'), findings: [{ severity: 'fail' }, { severity: 'fail' }] })
        .reason,
      '1 required item failed; 2 findings beside them fail the run',
    )
    assert.equal(
      decide({ ...required('pass'), errors: ['defect', 'defect', 'usage'] }).reason,
      '2 defect errors',
    )
  })

  it('names what a green run let through', () => {
    assert.equal(
      decide(required('pass', 'warn', 'waived', 'not-applicable')).reason,
      'no required item failed and all could be decided (1 with a warning, 1 waived, 1 not applicable)',
    )
    assert.equal(
      decide(required('pass')).reason,
      'no required item failed and all could be decided',
    )
  })
})
