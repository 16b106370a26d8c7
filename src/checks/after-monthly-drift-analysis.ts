import type { ReferenceDigests } from '../facts/reference-digests.ts'
import type { RunLedger } from '../facts/run-ledger.ts'
import { cadenceParams, judgeCadence } from './cadence.ts'
import { defineCheck } from './define-check.ts'
import { isComparison, isDecided, runsOf, setAside, timesOf } from './recorded-runs.ts'
import { undecided } from './undecided.ts'

export const afterMonthlyDriftAnalysis = defineCheck({
  id: 'after.monthly-drift-analysis',
  title: 'Drift against the training reference analysed every month',
  section: 'release',
  motivation:
    'Comparing each day with the day before never sees a slow drift. Once in a while production must be held against the data that the model was made from.',
  decides:
    'Computed from .mlcheck/history.jsonl: `mlcheck drift` runs that came to a result and whose reference has the digest of data.reference, or of its recorded statistics in data.statistics, since the deployment (model.deployed; else the first audit of the phase during of this model; else model.created). ' +
    'Pass: at least one every every_days. Warn: at most max_missed were missed within window_days; or a line of the ledger is broken or was edited, which never counts. ' +
    'Fail: one is due now, or more were missed; the gaps are listed with their dates. ' +
    'Inconclusive: no ledger, data.reference is not declared or cannot be read, or the day of the deployment is not known. Not applicable before the first is due.',
  remediation: 'Run mlcheck drift with data.reference as its reference at least once a month.',
  references: ['Breck et al. 2017, "The ML Test Score", Monitor 2 and Monitor 4'],
  params: cadenceParams(31, 365, 1),
  needs: ['run.ledger', 'release.deployment', 'data.reference-digests'],
  judge(facts, params) {
    const ledger = facts['run.ledger']
    const reference = facts['data.reference-digests']
    if (reference.state !== 'present') return undecided(reference)
    const runs = runsOf(ledger, isComparison).filter(isDecided)
    return judgeCadence({
      duty: 'drift run against data.reference',
      deployment: facts['release.deployment'],
      ledger,
      params,
      done: timesOf(runs.filter((run) => isAgainst(run, reference.value))),
      findings: [
        ...setAside(
          'RUNS_WITH_OTHER_REFERENCE',
          runs.filter((run) => !isAgainst(run, reference.value)),
        ),
      ],
    })
  },
})

function isAgainst({ inputs }: RunLedger['entries'][number], digests: ReferenceDigests): boolean {
  return digests.some(({ sha256 }) => inputs['reference']?.includes(sha256) === true)
}
