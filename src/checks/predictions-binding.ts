import type { Evidence } from '../core/evidence.ts'
import type { Fact } from '../core/fact.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { PredictionsBinding, RecomputedMetric } from '../facts/recomputed-metrics.ts'

/** The bindings of the splits that claims are about, each once. */
export function bindingsOf(metrics: readonly RecomputedMetric[]): readonly PredictionsBinding[] {
  const found = metrics.flatMap(({ binding }) => (binding === undefined ? [] : [binding]))
  return [...new Set(found)]
}

/**
 * The binding of one split: with the run of the model where its claims had it run, else as the files say.
 */
export function bindingOf(
  split: string,
  atRest: readonly PredictionsBinding[],
  recomputed: Fact<readonly RecomputedMetric[]>,
): PredictionsBinding | undefined {
  const isOfSplit = (binding: PredictionsBinding) => binding.split === split
  const run = recomputed.state === 'present' ? bindingsOf(recomputed.value) : []
  return run.find(isOfSplit) ?? atRest.find(isOfSplit)
}

/** Whether the model was run and gave all stored predictions and scores again. */
export function isExecuted({ run }: PredictionsBinding): boolean {
  return run.kind === 'compared' && run.differing === 0 && run.unanswered.length === 0
}

/** Whether the command gave other predictions or none, which is found anyway. */
function isRefuted({ run }: PredictionsBinding): boolean {
  return run.kind === 'failed' || (run.kind === 'compared' && run.differing > 0)
}

/** What is wrong between the predictions of a split, its data and the model. */
export function bindingFindings(binding: PredictionsBinding): GradedFinding[] {
  const { split, source: location, repeatsLabels, lacksKey, key } = binding
  const findings = [...tieFindings(binding), ...runFindings(binding)]
  if (lacksKey) {
    const args = { split, key: key ?? null }
    findings.push({ severity: 'warn', code: 'PREDICTIONS_WITHOUT_KEY', args, location })
  }
  if (repeatsLabels && !isRefuted(binding) && !isExecuted(binding)) {
    const code = 'PREDICTIONS_REPEAT_LABELS'
    findings.push({ severity: 'inconclusive', code, args: { split }, location })
  }
  return findings
}

function tieFindings({ split, tie, rows, source: location }: PredictionsBinding): GradedFinding[] {
  switch (tie.kind) {
    case 'tied':
    case 'undeclared':
      return []
    case 'unlabelled': {
      const args = { split, file: tie.data.path, target: tie.target }
      return [{ severity: 'warn', code: 'PREDICTIONS_DATA_UNLABELLED', args, location }]
    }
    case 'rows-differ': {
      const args = { split, rows, file: tie.data.path, expected: tie.rows }
      return [{ severity: 'fail', code: 'PREDICTIONS_ROWS_DIFFER', args, location }]
    }
    case 'labels-differ': {
      const args = { split, file: tie.data.path, ...tie.difference }
      return [{ severity: 'fail', code: 'PREDICTIONS_LABELS_DIFFER', args, location }]
    }
    case 'of-training': {
      const args = { split, file: tie.file }
      return [{ severity: 'fail', code: 'PREDICTIONS_OF_TRAINING_DATA', args, location }]
    }
  }
}

function runFindings({ split, run, source: location }: PredictionsBinding): GradedFinding[] {
  if (run.kind === 'failed') {
    const args = { split, problem: run.problem }
    return [{ severity: 'inconclusive', code: 'PREDICTIONS_RUN_FAILED', args, location }]
  }
  if (run.kind === 'not-run' || run.first === undefined) return []
  const { differing, rows, first } = run
  const args = { split, differing, rows, ...first }
  return [{ severity: 'fail', code: 'PREDICTIONS_NOT_OF_MODEL', args, location }]
}

/** Says in either case whether the predictions were held against the data and against the model. */
export function bindingEvidence(binding: PredictionsBinding): Evidence[] {
  const { split, tie, run, source } = binding
  const isTied = tie.kind === 'tied'
  const isRun = run.kind === 'compared'
  return [
    {
      level: 'consistent',
      claim: isTied
        ? `The predictions of ${split} have the labels of its data.`
        : `The predictions of ${split} are not tied to its data.`,
      observed: isTied ? { by: tie.by, data: tie.data.path } : { tie: tie.kind },
      source,
    },
    {
      level: isRun ? 'executed' : 'recomputed',
      claim: isRun
        ? `The predict command was asked for stored predictions of ${split}.`
        : `The predictions of ${split} were not run against the model.`,
      observed: isRun
        ? {
            rows: run.rows,
            differing: run.differing,
            columns: run.columns,
            unanswered: run.unanswered,
          }
        : { reason: run.kind === 'failed' ? run.problem : run.reason },
      source,
    },
  ]
}
