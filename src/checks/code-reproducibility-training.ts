import type { Evidence, JsonValue, Source } from '../core/evidence.ts'
import type { FindingCode, GradedFinding } from '../core/finding.ts'
import type { CellDifference, PredictionAgreement } from '../facts/compare-predictions.ts'
import type { ParameterAgreement, ParameterDifference } from '../facts/retraining-parameters.ts'
import type { RetrainedPredictions, Retraining, RetrainingOutcome } from '../facts/retraining.ts'
import { isKnown, isLabel, isWithin, type Tolerance } from './code-reproducibility-tolerance.ts'

/** A training that ended before it gave a model says nothing about that model. */
const COULD_NOT_RUN: readonly FindingCode[] = [
  'TRAINING_NOT_STARTED',
  'TRAINING_EXITED',
  'TRAINING_SIGNALLED',
  'TRAINING_TIMED_OUT',
  'TRAINING_FLOODED',
]

/** How equal the two models are, from the strictest view to none; `undefined` where none could be had. */
type Equality =
  | 'identical bytes'
  | 'equal predictions'
  | 'equal parameters'
  | 'equal labels'
  | 'different predictions'
  | 'different parameters'
  | 'different formats'

interface Verdict {
  readonly equality: Equality | undefined
  readonly findings: readonly GradedFinding[]
}

/**
 * What the training command shows: equal bytes are enough; else equal predictions of both models where
 * the predict command takes `{model}`, else equal parameters where the format lets all of them be read.
 */
export function retrainingFindings(
  { outcome, changedInputs }: Retraining,
  tolerance: Tolerance,
): readonly GradedFinding[] {
  if (changedInputs.length > 0) {
    return [
      {
        severity: 'inconclusive',
        code: 'INPUT_CHANGED_DURING_RUN',
        args: { files: changedInputs },
      },
    ]
  }
  return verdictOn(outcome, tolerance).findings
}

/** The strictest equality that holds, with what was compared; nothing where no model came of it. */
export function retrainingEvidence(
  { model, outcome, changedInputs }: Retraining,
  tolerance: Tolerance,
  source: Source,
): readonly Evidence[] {
  const { equality } = verdictOn(outcome, tolerance)
  if (equality === undefined || changedInputs.length > 0) return []
  return [
    {
      level: 'executed',
      claim: 'The training command gives the released model again.',
      observed: { model, equality, ...extent(outcome) },
      expected: { absolute: tolerance.absolute, relative: tolerance.relative },
      source,
    },
  ]
}

function verdictOn(outcome: RetrainingOutcome, tolerance: Tolerance): Verdict {
  switch (outcome.kind) {
    case 'failed': {
      const { code, args } = outcome.problem
      const severity = COULD_NOT_RUN.includes(code) ? 'inconclusive' : 'fail'
      return { equality: undefined, findings: [{ severity, code, args }] }
    }
    case 'identical':
      return { equality: 'identical bytes', findings: [] }
    case 'other-format': {
      const { released, retrained } = outcome
      return failing('different formats', 'RETRAINED_FORMAT_DIFFERS', { released, retrained })
    }
    case 'compared':
      return outcome.predictions.kind === 'not-asked'
        ? onParameters(outcome.parameters, tolerance)
        : onPredictions(outcome.predictions, tolerance)
  }
}

function onPredictions(
  predictions: Exclude<RetrainedPredictions, { readonly kind: 'not-asked' }>,
  tolerance: Tolerance,
): Verdict {
  if (predictions.kind === 'failed') {
    const { model, problem } = predictions
    // What the released model does is judged by the runs of the predict command.
    const severity = model === 'released' ? 'inconclusive' : 'fail'
    const args = { model, problem: problem.code }
    const finding = { severity, code: 'RETRAINED_MODEL_NOT_ASKED', args } as const
    return { equality: undefined, findings: [finding] }
  }
  const { differences, unmatchedColumns, rows } = predictions.agreement
  if (unmatchedColumns.length > 0) {
    const args = { columns: unmatchedColumns }
    return failing('different predictions', 'RETRAINED_COLUMNS_DIFFER', args)
  }
  // A column that the protocol does not know is judged by the runs of the predict command.
  const known = differences.filter(({ column }) => isKnown(column))
  const beyond = known.filter((cell) => !isWithin(cell, tolerance))
  const labels = known.filter((cell) => isLabel(cell, tolerance))
  const [first] = labels.length > 0 ? labels : beyond
  if (first === undefined) return { equality: 'equal predictions', findings: [] }
  const cells = labels.length > 0 ? labels : beyond
  const args = { rows, ...exampleOf(first), changed: new Set(cells.map(({ row }) => row)).size }
  if (labels.length > 0) return failing('different predictions', 'RETRAINED_LABELS_DIFFER', args)
  const largest = Math.max(...beyond.map(({ absolute }) => absolute ?? 0))
  const scored = { ...args, largest }
  if (tolerance.isRegression) {
    return failing('different predictions', 'RETRAINED_SCORES_DIFFER', scored)
  }
  return {
    equality: 'equal labels',
    findings: [{ severity: 'warn', code: 'RETRAINED_SCORES_DIFFER', args: scored }],
  }
}

function exampleOf({ column, row, first, second }: CellDifference) {
  return { column, row, released: first, retrained: second }
}

function onParameters(
  { differences, notCompared }: ParameterAgreement,
  tolerance: Tolerance,
): Verdict {
  const beyond = differences.filter((each) => !isNear(each, tolerance))
  const [first] = beyond
  if (first !== undefined) {
    const { place, released, retrained } = first
    const args = { parameters: beyond.map((each) => each.place), place, released, retrained }
    return failing('different parameters', 'RETRAINED_PARAMETERS_DIFFER', args)
  }
  if (notCompared.length === 0) return { equality: 'equal parameters', findings: [] }
  const args = { parts: notCompared }
  return {
    equality: undefined,
    findings: [{ severity: 'inconclusive', code: 'RETRAINED_MODEL_NOT_COMPARED', args }],
  }
}

function isNear({ gaps }: ParameterDifference, tolerance: Tolerance): boolean {
  return gaps.length > 0 && gaps.every((gap) => isWithin(gap, tolerance))
}

function failing(equality: Equality, code: FindingCode, args: GradedFinding['args']): Verdict {
  return { equality, findings: [{ severity: 'fail', code, args }] }
}

function extent(outcome: RetrainingOutcome): Readonly<Record<string, JsonValue>> {
  if (outcome.kind !== 'compared') return {}
  const { parameters, predictions } = outcome
  return {
    parametersCompared: parameters.compared,
    parametersDiffering: parameters.differences.map(({ place }) => place).slice(0, SHOWN),
    ...(predictions.kind === 'compared' ? rowsOf(predictions.agreement, predictions.data) : {}),
  }
}

/** The report names so many parameters. */
const SHOWN = 20

function rowsOf({ rows, identicalRows }: PredictionAgreement, data: string) {
  return { data, rows, identicalRows }
}
