import type { Evidence, JsonValue, Source } from '../core/evidence.ts'
import type { FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import type { PredictionAgreement } from '../facts/compare-predictions.ts'
import type { ReproducibilityRuns, VariedRun } from '../facts/reproducibility.ts'
import { quantileSorted } from '../stats/quantile.ts'
import { retrainingEvidence, retrainingFindings } from './code-reproducibility-training.ts'
import { isKnown, isLabel, isWithin, type Tolerance } from './code-reproducibility-tolerance.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { missingFactFinding, undecided } from './undecided.ts'

export const codeReproducibility = defineCheck({
  id: 'code.reproducibility',
  title: 'Same inputs give the same outputs',
  section: 'code',
  motivation:
    'A model that answers differently to the same row can be neither tested nor debugged, and a prediction that depends on its neighbours in the batch differs between the test and the service.',
  decides:
    'The predict command runs in separate processes on the same rows: again, under other row ids, shuffled with ids by position and restored, one row at a time, with another hash seed, with one thread and with four. ' +
    'The training command, where there is one, runs once and its model is held against the released one: the bytes; else the predictions of both on the same rows where the predict command takes {model}, and if it does not, every parameter, where the format lets all of them be read. ' +
    'Pass: every answer is complete and equal to the first in every column, as text or within the tolerances; the evidence names the columns and the strictest equality that holds. A training command is not required; its model has the same bytes, or predictions or parameters within the tolerances. ' +
    'Warn: scores beyond the tolerances with equal labels, only where the number of threads changes or the model is trained again. ' +
    'Fail: an answer is not complete, defined and one line per row, or lacks the score that the manifest declares; a label changes; a score moves beyond the tolerances; a later run fails; the training command ends well without a model that can be read, or gives one of another format, other parameters or other labels. ' +
    'Inconclusive: there is no predict command, it may not run, the data has fewer than ten rows, the first run does not start or end, a column that is neither prediction nor score changes, the training command fails or does not end, its model cannot be compared, or a command changes files that the audit reads.',
  remediation:
    'Fix every seed, sort before iterating over sets, keep statistics of the batch out of inference, and pin the number of threads if sums must not be reordered. Train from fixed seeds, data and versions, and write no time into the model file.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Infra 1',
    'https://pytorch.org/docs/stable/notes/randomness.html',
    'https://docs.python.org/3/using/cmdline.html#envvar-PYTHONHASHSEED',
  ],
  params: {
    absolute_tolerance: {
      type: 'number',
      default: 1e-9,
      min: 0,
      description:
        'Scores, and parameters of a model trained again, within this distance count as equal.',
    },
    relative_tolerance: {
      type: 'number',
      default: 1e-6,
      min: 0,
      description:
        'Scores, and parameters of a model trained again, within this share of the larger one count as equal.',
    },
  },
  needs: ['reproducibility.runs', 'reproducibility.retraining'],
  judge(facts, params) {
    const runs = facts['reproducibility.runs']
    const retraining = facts['reproducibility.retraining']
    const isDeclared = retraining.state !== 'absent' || retraining.block !== 'commands.train'
    if (runs.state !== 'present' && retraining.state !== 'present') {
      return undecided(runs, ...(isDeclared ? [retraining] : []))
    }
    const evidence: Evidence[] = []
    const findings: GradedFinding[] = []
    if (runs.state === 'present') {
      const { value, source } = runs
      const tolerance = toleranceFor(value.task, params)
      findings.push(...located(runsFindings(value, tolerance), source))
      if (isCompared(value)) evidence.push(evidenceOf(value, tolerance, source))
    } else {
      findings.push({ severity: 'inconclusive', ...missingFactFinding(runs) })
    }
    if (retraining.state === 'present') {
      const { value, source } = retraining
      const tolerance = toleranceFor(value.task, params)
      findings.push(...located(retrainingFindings(value, tolerance), source))
      evidence.push(...retrainingEvidence(value, tolerance, source))
    } else if (isDeclared) {
      findings.push({ severity: 'inconclusive', ...missingFactFinding(retraining) })
    }
    return conclude('executed', findings, evidence)
  },
})

function located(findings: readonly GradedFinding[], source: Source): readonly GradedFinding[] {
  return findings.map((each) => ({ ...each, location: source }))
}

function toleranceFor(
  task: string,
  params: { readonly absolute_tolerance: number; readonly relative_tolerance: number },
): Tolerance {
  return {
    absolute: params.absolute_tolerance,
    relative: params.relative_tolerance,
    isRegression: ['regression', 'ranking'].includes(task),
  }
}

function isCompared({ rows, changedInputs, firstProblem }: ReproducibilityRuns): boolean {
  return rows > 0 && changedInputs.length === 0 && firstProblem === undefined
}

function runsFindings(value: ReproducibilityRuns, tolerance: Tolerance): readonly GradedFinding[] {
  if (value.rows === 0) {
    return [finding('inconclusive', 'DATA_WITHOUT_ROWS', { file: value.data })]
  }
  if (value.changedInputs.length > 0) {
    const args = { files: value.changedInputs }
    return [finding('inconclusive', 'INPUT_CHANGED_DURING_RUN', args)]
  }
  if (value.firstProblem !== undefined) {
    const { code, args } = value.firstProblem
    const severity = COULD_NOT_RUN.includes(code) ? 'inconclusive' : 'fail'
    return [finding(severity, code, { ...args, variation: 'first' })]
  }
  const findings = value.runs.flatMap((run) => findingsOf(run, tolerance))
  if (value.rows >= NEEDED_ROWS) return findings
  const args = { data: value.data, rows: value.rows, needed: NEEDED_ROWS }
  return [...findings, finding('inconclusive', 'REPRODUCIBILITY_TOO_FEW_ROWS', args)]
}

/** With fewer rows, a shuffle moves too little and a batch holds too little to tell anything. */
const NEEDED_ROWS = 10

/** A first run that never gave an answer says nothing about equal answers. */
const COULD_NOT_RUN: readonly FindingCode[] = [
  'PREDICT_COMMAND_INCOMPLETE',
  'PREDICT_NOT_STARTED',
  'PREDICT_TIMED_OUT',
  'PREDICT_FLOODED',
  'PREDICT_SIGNALLED',
  'PREDICT_EXITED',
]

function finding(
  severity: Severity,
  code: FindingCode,
  args: GradedFinding['args'],
): GradedFinding {
  return { severity, code, args }
}

function findingsOf(
  { variation, outcome }: VariedRun,
  tolerance: Tolerance,
): readonly GradedFinding[] {
  if (outcome.kind === 'failed') {
    const { code, args } = outcome.problem
    const severity = code === 'PREDICT_TIMED_OUT' ? 'inconclusive' : 'fail'
    return [finding(severity, code, { ...args, variation })]
  }
  const { agreement } = outcome
  const { rows } = agreement
  if (agreement.unmatchedColumns.length > 0) {
    return [
      finding('fail', 'PREDICTION_COLUMNS_CHANGE', {
        variation,
        columns: agreement.unmatchedColumns,
      }),
    ]
  }
  const others = otherColumnFindings(variation, agreement, tolerance)
  const known = agreement.differences.filter(({ column }) => isKnown(column))
  const labels = known.filter((cell) => isLabel(cell, tolerance))
  const [label] = labels
  if (label !== undefined) {
    const changed = new Set(labels.map(({ row }) => row)).size
    const { row, first, second } = label
    return [
      finding('fail', 'PREDICTION_LABELS_CHANGE', { variation, rows, changed, row, first, second }),
      ...others,
    ]
  }
  const scores = known.filter((cell) => !isWithin(cell, tolerance))
  const [score] = scores
  if (score === undefined) return others
  const isThreads = variation === 'one-thread' || variation === 'many-threads'
  return [
    finding(isThreads ? 'warn' : 'fail', 'PREDICTION_SCORES_CHANGE', {
      variation,
      rows,
      changed: new Set(scores.map(({ row }) => row)).size,
      largest: Math.max(...scores.map(({ absolute }) => absolute ?? 0)),
      column: score.column,
      row: score.row,
      first: score.first,
      second: score.second,
    }),
    ...others,
  ]
}

function otherColumnFindings(
  variation: string,
  { differences, rows }: PredictionAgreement,
  tolerance: Tolerance,
): readonly GradedFinding[] {
  const cells = differences.filter((cell) => !isKnown(cell.column) && !isWithin(cell, tolerance))
  const columns = [...new Set(cells.map(({ column }) => column))]
  return columns.flatMap((column) => {
    const own = cells.filter((cell) => cell.column === column)
    const [cell] = own
    if (cell === undefined) return []
    const { row, first, second } = cell
    const args = { variation, column, rows, changed: own.length, row, first, second }
    return [finding('inconclusive', 'PREDICTION_OTHER_COLUMN_CHANGES', args)]
  })
}

/** From the strictest to none; a set of runs is as equal as its least equal one. */
const EQUALITIES = [
  'identical text',
  'within tolerance',
  'equal labels',
  'different labels',
  'different columns',
  'failed',
] as const
type Equality = (typeof EQUALITIES)[number]

function evidenceOf(value: ReproducibilityRuns, tolerance: Tolerance, source: Source): Evidence {
  const equality = value.runs.map(({ variation, outcome }): [string, Equality] => [
    variation,
    outcome.kind === 'failed' ? 'failed' : equalityOf(outcome.agreement, tolerance),
  ])
  const weakest = Math.max(0, ...equality.map(([, each]) => EQUALITIES.indexOf(each)))
  const gaps = value.runs.flatMap(({ variation, outcome }) =>
    outcome.kind === 'failed' ? [] : scoreGaps(variation, outcome.agreement),
  )
  return {
    level: 'executed',
    claim:
      'The same rows get the same predictions in another process, order, batch and setting, and under other ids.',
    observed: {
      data: value.data,
      rows: value.rows,
      columns: value.columns,
      strictest: EQUALITIES[weakest] ?? 'failed',
      equality: Object.fromEntries(equality),
      ...(gaps.length === 0 ? {} : { scoreGaps: Object.fromEntries(gaps) }),
    },
    expected: { absolute: tolerance.absolute, relative: tolerance.relative },
    source,
  }
}

/** How far scores moved: one row at the edge of a tree jumps far, so the largest gap says little alone. */
function scoreGaps(
  variation: string,
  { differences, rows }: PredictionAgreement,
): readonly [string, JsonValue][] {
  const sizes = differences.flatMap(({ absolute }) => (absolute === null ? [] : [absolute]))
  if (sizes.length === 0) return []
  const sorted = Float64Array.from(sizes).sort()
  const changed = new Set(differences.map(({ row }) => row)).size
  const at = (probability: number) => quantileSorted(sorted, probability)
  return [[variation, { rows, changed, median: at(0.5), p95: at(0.95), largest: at(1) }]]
}

function equalityOf(agreement: PredictionAgreement, tolerance: Tolerance): Equality {
  if (agreement.unmatchedColumns.length > 0) return 'different columns'
  if (agreement.identicalRows === agreement.rows) return 'identical text'
  if (
    agreement.differences.every((cell) => isWithin(cell, tolerance) && !isLabel(cell, tolerance))
  ) {
    return 'within tolerance'
  }
  const hasLabels = agreement.differences.some((cell) => isLabel(cell, tolerance))
  return hasLabels ? 'different labels' : 'equal labels'
}
