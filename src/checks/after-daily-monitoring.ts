import { cadenceParams, judgeCadence } from './cadence.ts'
import { defineCheck } from './define-check.ts'
import { isComparison, isDecided, runsOf, setAside, timesOf } from './recorded-runs.ts'

export const afterDailyMonitoring = defineCheck({
  id: 'after.daily-monitoring',
  title: 'Data monitored every day',
  section: 'release',
  motivation:
    'A broken feed shows on the first day, and costs least on the first day. A job that has stopped looks like a job without alarms.',
  decides:
    'Computed from .mlcheck/history.jsonl: `mlcheck drift` runs that came to a result, a snapshot compared with another one, since the deployment (model.deployed; else the first audit of the phase during of this model; else model.created). ' +
    'Pass: at least one every every_days. Warn: at most max_missed were missed within window_days; or a line of the ledger is broken or was edited, which never counts. ' +
    'Fail: one is due now, or more were missed; the gaps are listed with their dates. ' +
    'Inconclusive: no ledger, or the day of the deployment is not known. Not applicable before the first is due.',
  remediation: 'Let a scheduled job run mlcheck drift in the project, and keep its ledger.',
  references: ['Breck et al. 2017, "The ML Test Score", Monitor 2'],
  params: cadenceParams(1, 30, 2),
  needs: ['run.ledger', 'release.deployment'],
  judge(facts, params) {
    const ledger = facts['run.ledger']
    const runs = runsOf(ledger, isComparison)
    return judgeCadence({
      duty: 'drift run',
      deployment: facts['release.deployment'],
      ledger,
      params,
      done: timesOf(runs.filter(isDecided)),
      findings: [
        ...setAside(
          'RUNS_UNDECIDED',
          runs.filter((run) => !isDecided(run)),
        ),
      ],
    })
  },
})
