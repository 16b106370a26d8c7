import { attestedTimes, cadenceParams, judgeCadence } from './cadence.ts'
import { defineCheck } from './define-check.ts'
import { isDecided, runsOf, timesOf } from './recorded-runs.ts'
import { undecided } from './undecided.ts'

const ID = 'after.quarterly-retraining-evaluation'

export const afterQuarterlyRetrainingEvaluation = defineCheck({
  id: ID,
  title: 'Retraining evaluated every quarter',
  section: 'release',
  motivation:
    'A model that nobody decides about is kept by default. The decision to keep it is one that somebody takes, with a reason.',
  decides:
    'Computed from the attestations of the item, whose statement is the decision and its reason, and from `mlcheck retrain` runs in .mlcheck/history.jsonl, since the deployment (model.deployed; else the first audit of the phase during of this model; else model.created). ' +
    'Pass: at least one every every_days. Warn: at most max_missed were missed within window_days; or a line of the ledger is broken or was edited, which never counts. ' +
    'Fail: one is due now, or more were missed; the gaps are listed with their dates. ' +
    'Inconclusive: neither a ledger nor an attestation, or the day of the deployment is not known. Not applicable before the first is due.',
  remediation:
    'Decide whether to train the model again, and record the decision with its reason: mlcheck attest after.quarterly-retraining-evaluation.',
  references: ['Breck et al. 2017, "The ML Test Score", Model 4 and Monitor 4'],
  attested: true,
  params: cadenceParams(92, 730, 1),
  needs: ['run.ledger', 'release.deployment', 'people.attested'],
  judge(facts, params) {
    const ledger = facts['run.ledger']
    const people = facts['people.attested']
    if (people.state !== 'present') return undecided(people)
    const runs = runsOf(ledger, ({ command }) => command === 'retrain').filter(isDecided)
    const attested = attestedTimes(people.value.statements, ID)
    return judgeCadence({
      duty: 'decision on retraining',
      deployment: facts['release.deployment'],
      ledger,
      params,
      done: [...timesOf(runs), ...attested.done],
      findings: attested.findings,
    })
  },
})
