import type { RunLedger } from '../facts/run-ledger.ts'
import { attestedTimes, cadenceParams, judgeCadence } from './cadence.ts'
import { defineCheck } from './define-check.ts'
import { isDecided, isOfModel, runsOf, setAside, timesOf } from './recorded-runs.ts'
import { undecided } from './undecided.ts'

const ID = 'after.weekly-performance-review'
const PERFORMANCE = 'model.performance-documented'

export const afterWeeklyPerformanceReview = defineCheck({
  id: ID,
  title: 'Performance reviewed every week',
  section: 'release',
  motivation:
    'Labels arrive late and quality fades slowly: nothing alarms, and only somebody who looks at regular times notices.',
  decides:
    'Computed from .mlcheck/history.jsonl and the attestations of the item: audits of this model that judged its performance, `mlcheck performance` runs, and reviews that somebody vouches for, since the deployment (model.deployed; else the first audit of the phase during of this model; else model.created). ' +
    'Pass: at least one every every_days. Warn: at most max_missed were missed within window_days; or a line of the ledger is broken or was edited, which never counts. ' +
    'Fail: one is due now, or more were missed; the gaps are listed with their dates. ' +
    'Inconclusive: neither a ledger nor an attestation, or the day of the deployment is not known. Not applicable before the first is due.',
  remediation:
    'Audit the model or run mlcheck performance each week, or record the review with mlcheck attest.',
  references: ['Breck et al. 2017, "The ML Test Score", Monitor 7'],
  attested: true,
  params: cadenceParams(7, 91, 1),
  needs: ['run.ledger', 'release.deployment', 'people.attested'],
  judge(facts, params) {
    const ledger = facts['run.ledger']
    const people = facts['people.attested']
    if (people.state !== 'present') return undecided(people)
    const reviews = runsOf(ledger, (run, all) => isOfModel(run, all) && isReview(run))
    const attested = attestedTimes(people.value.statements, ID)
    return judgeCadence({
      duty: 'performance review',
      deployment: facts['release.deployment'],
      ledger,
      params,
      done: [...timesOf(reviews.filter(isDecided)), ...attested.done],
      findings: [
        ...setAside(
          'RUNS_UNDECIDED',
          reviews.filter((run) => !isDecided(run)),
        ),
        ...attested.findings,
      ],
    })
  },
})

/** An audit of other items, such as those of this phase, reviews no performance. */
function isReview({ command, audit }: RunLedger['entries'][number]): boolean {
  if (audit === null) return command === 'performance'
  const { phase, only, sections } = audit
  return (
    (phase === 'before' || phase === 'all') &&
    (only.length === 0 || only.includes(PERFORMANCE)) &&
    (sections.length === 0 || sections.includes('model'))
  )
}
