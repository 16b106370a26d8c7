import type { ErrorKind } from '../core/errors.ts'
import type { Severity } from '../core/finding.ts'
import type { Outcome } from '../core/outcome.ts'
import type { ExitCode, KnownRecord, Verdict } from '../core/result.ts'

/** What each exit code says; the help, the README and the documentation show this table. */
export const EXIT_CODES: readonly {
  readonly code: ExitCode
  readonly name: string
  readonly meaning: string
}[] = [
  {
    code: 0,
    name: 'pass',
    meaning:
      'Every required item passed or has a valid waiver; warnings are allowed unless --fail-on warn.',
  },
  {
    code: 1,
    name: 'fail',
    meaning:
      'A required item failed, the data drifted at or above --fail-on, or a waiver has expired or is for another model.',
  },
  {
    code: 2,
    name: 'usage',
    meaning:
      'A flag, a configuration file or a path is wrong, or a file cannot be read at all; the message says where.',
  },
  {
    code: 3,
    name: 'inconclusive',
    meaning: 'Nothing failed, but something required could not be decided.',
  },
  {
    code: 4,
    name: 'nothing-checked',
    meaning:
      'There was nothing to check: no item matched, a table is empty, no columns are common.',
  },
  { code: 70, name: 'defect', meaning: 'mlcheck itself has a defect; please report it.' },
  { code: 130, name: 'interrupted', meaning: 'The run was stopped from outside.' },
]

/** From the code that outranks all others down. */
const PRECEDENCE: readonly ExitCode[] = [70, 130, 2, 1, 3, 4, 0]

/** A kind of error that a person can act on, or a defect of ours. */
export type Trouble = ErrorKind | 'defect'

/** The exit code of a command that ended with an error; the kind is missing for an unknown error. */
export function exitCodeOfError(kind: Trouble | undefined): ExitCode {
  switch (kind) {
    case 'usage':
    case 'configuration':
    case 'input':
      return 2
    case 'nothing-checked':
      return 4
    case 'interrupted':
      return 130
    case 'defect':
    case undefined:
      return 70
  }
}

export interface DecisionInput {
  /** Items, or columns of a comparison; only what is required can close the gate. */
  readonly outcomes: readonly {
    readonly outcome: Outcome
    readonly required: boolean
    /** A failure that an earlier result has too does not close the gate. */
    readonly known?: KnownRecord
  }[]
  /** Findings beside them that count by their severity: waivers, tables as a whole. */
  readonly findings?: readonly { readonly severity: Severity }[]
  /** Why there was nothing to look at; outcomes of which none is decided say it too. */
  readonly nothingChecked?: string
  readonly failOn: 'warn' | 'fail'
  /** Report and let pass: 1, 3 and 4 become 0. */
  readonly reportOnly: boolean
  /** Errors that did not end the run. */
  readonly errors?: readonly Trouble[]
  /** What the reason calls an outcome that counts, in the singular; `required item` if not given. */
  readonly noun?: string
}

/**
 * The one verdict of a run. A definite failure stays one whatever could not be decided, and a run that
 * checked nothing is never green: 70 > 130 > 2 > 1 > 3 > 4 > 0.
 */
export function decide(input: DecisionInput): Verdict {
  const reasons = gatherReasons(input)
  const code = PRECEDENCE.find((candidate) => reasons.has(candidate)) ?? 0
  const reason = (reasons.get(code) ?? [allPassed(input)]).join('; ')
  const isReportedOnly = input.reportOnly && (code === 1 || code === 3 || code === 4)
  return {
    outcome: outcomeOf(code),
    exitCode: isReportedOnly ? 0 : code,
    reason: isReportedOnly ? `${reason} (--report-only lets it pass)` : reason,
  }
}

function outcomeOf(code: ExitCode): Verdict['outcome'] {
  switch (code) {
    case 0:
      return 'pass'
    case 1:
      return 'fail'
    case 4:
      return 'nothing-checked'
    case 2:
    case 3:
    case 70:
    case 130:
      return 'inconclusive'
  }
}

/** Every code that something asks for, with what asks for it. */
function gatherReasons(input: DecisionInput): ReadonlyMap<ExitCode, readonly string[]> {
  const { outcomes, findings = [], errors = [], failOn, noun = 'required item' } = input
  const reasons = new Map<ExitCode, string[]>()
  const add = (code: ExitCode, count: number, sentence: (plural: boolean) => string): void => {
    if (count === 0) return
    const known = reasons.get(code) ?? []
    reasons.set(code, [...known, `${String(count)} ${sentence(count > 1)}`])
  }
  const count = (outcome: Outcome): number =>
    outcomes.filter((each) => each.required && each.known === undefined && each.outcome === outcome)
      .length
  const graded = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity).length

  for (const kind of new Set(errors)) {
    const same = errors.filter((each) => each === kind).length
    add(exitCodeOfError(kind), same, (plural) => `${kind} error${plural ? 's' : ''}`)
  }
  add(1, count('fail'), (plural) => `${noun}${plural ? 's' : ''} failed`)
  add(
    1,
    graded('fail'),
    (plural) => `finding${plural ? 's' : ''} beside them fail${plural ? '' : 's'} the run`,
  )
  if (failOn === 'warn') {
    add(1, count('warn'), (plural) => `${noun}${plural ? 's' : ''} warned, with --fail-on warn`)
    add(
      1,
      graded('warn'),
      (plural) => `warning${plural ? 's' : ''} beside them, with --fail-on warn`,
    )
  }
  add(3, count('inconclusive'), (plural) => `${noun}${plural ? 's' : ''} could not be decided`)
  add(3, count('needs-review'), (plural) => `${noun}${plural ? 's await' : ' awaits'} a person`)
  add(
    3,
    graded('inconclusive'),
    (plural) => `finding${plural ? 's leave' : ' leaves'} the run undecided`,
  )
  const isEmpty = !outcomes.some((each) => each.required && DECIDED.includes(each.outcome))
  if (input.nothingChecked !== undefined || isEmpty) {
    reasons.set(4, [input.nothingChecked ?? nothingReason(outcomes.length)])
  }
  return reasons
}

/** Outcomes that say something about their subject. Optional items alone must not make a run green. */
const DECIDED: readonly Outcome[] = ['pass', 'warn', 'fail', 'waived']

function nothingReason(outcomes: number): string {
  if (outcomes === 0) return 'nothing was checked'
  return 'nothing was checked: nothing required that was asked for applies or could be decided'
}

function allPassed({ outcomes, noun = 'required item' }: DecisionInput): string {
  const required = outcomes.filter((each) => each.required)
  const news = required.filter(({ known }) => known === undefined)
  const count = (outcome: Outcome): number => news.filter((each) => each.outcome === outcome).length
  const parts = [
    [required.length - news.length, 'known to fail or warn'],
    [count('warn'), 'with a warning'],
    [count('waived'), 'waived'],
    [count('not-applicable'), 'not applicable'],
  ] as const
  const details = parts.filter(([n]) => n > 0).map(([n, word]) => `${String(n)} ${word}`)
  const suffix = details.length === 0 ? '' : ` (${details.join(', ')})`
  const failed = news.length < required.length ? 'failed anew' : 'failed'
  return `no ${noun} ${failed} and all could be decided${suffix}`
}
