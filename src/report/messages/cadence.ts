import type { Messages } from './message.ts'

/** Duties that return after a deployment, and the ledger that shows them. */
export const cadenceMessages: Messages = {
  CADENCE_NOT_DUE: {
    text: 'Not due yet: deployed on {since}, the first {duty} is due by {due}.',
    remedy: 'Nothing to do until then.',
  },
  CADENCE_NEVER: {
    text: 'No {duty} since the deployment on {since}; the first was due by {due}, and today is {today}.',
    remedy: 'Do it now, and let a schedule do it from now on.',
    explain:
      'Deployed is the day of model.deployed; else of the first audit of the phase during of this model; else model.created.',
  },
  CADENCE_OVERDUE: {
    text: 'The last {duty} was on {last}; the next was due by {due} (every {every:day}), and today is {today}.',
    remedy: 'Do it now, and see why the schedule stopped.',
  },
  CADENCE_GAPS: {
    text: 'Gaps without a {duty}: {gaps:all}. Missed {missed:number} times; {allowed:number} may be.',
    remedy: 'See why the schedule stopped. A gap stays visible until the window has passed it.',
  },
  LEDGER_LINE_NOT_COUNTED: {
    text: 'Line {line:id} of the ledger does not count: it is {problem}.',
    remedy: 'Restore the ledger from the version control; do not edit it.',
    explain:
      'Each line holds its own digest and that of the line before. broken: no line of the format, or cut off. edited: its content is not what its digest says. ' +
      'unconfirmed: the next line was written after another one, so this line was exchanged or a line beside it is gone. backdated: it is dated before the line that it follows.',
  },
  RUNS_UNDECIDED: {
    text: 'Runs that came to no result do not count: {days:all}.',
    remedy: 'See in their reports what could not be decided.',
  },
  RUNS_WITH_OTHER_REFERENCE: {
    text: 'Drift runs against another reference than data.reference do not count: {days:all}.',
    remedy: 'Give data.reference, or the baseline of data.statistics, as the reference.',
  },
  IMPROVEMENT_NOT_ATTESTED: {
    text: 'Nobody vouches for a list of improvements.',
    remedy: 'Write the list, then: mlcheck attest after.continuous-improvement --evidence FILE.',
  },
  IMPROVEMENT_LAPSED: {
    text: 'The list of improvements was last attested on {date} by {owner}, {age:day} ago; at most {every:day} count.',
    remedy: 'Go through the list, and attest it anew.',
  },
  IMPROVEMENT_WITHOUT_LIST: {
    text: 'The attestation by {owner} names no file with the list of improvements.',
    remedy: 'Attest it with --evidence FILE; FILE is a YAML list of {action, owner, due}.',
  },
  IMPROVEMENT_OVERDUE: {
    text: 'Overdue since {due} ({days:day}): {action} ({owner}).',
    remedy: 'Do it, or give it another day for a reason.',
  },
  IMPROVEMENTS_NONE_OPEN: {
    text: 'Every action of the list is done: nothing is planned.',
    remedy: 'Add what the last review and the last incident taught.',
  },
}
