import type { Evidence, JsonValue } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { FittedStep } from '../facts/preprocessing.ts'
import type { TrainingStatistics } from '../facts/training-statistics.ts'
import { sampleFor, type SampleProblem } from './column-sample.ts'
import { conclude } from './conclude.ts'
import { isHidden, stepsOfKind, undecidedFile, type FoundStep } from './declared-steps.ts'
import { defineCheck } from './define-check.ts'
import { isTreeModel } from './fitted-kinds.ts'
import { parameterFindings, rowFindings } from './scaler-findings.ts'
import { scalerParameters, unlistedParameters } from './scaler-parameters.ts'
import { innerScaler } from './shape-transformers.ts'
import { undecided } from './undecided.ts'

export const dataScalingSaved = defineCheck({
  id: 'data.scaling-saved',
  title: 'Feature scaling parameters saved',
  section: 'data',
  motivation:
    'A model whose inputs are scaled by other numbers than in training answers everything, a little wrong. Nothing crashes, and no log shows it.',
  decides:
    'The fitted scalers in the model file and in the files of preprocessing are read without running anything and each parameter is computed again from the rows of data.train, with the gaps filled as the imputer before the scaler has saved it; the variance is that of n. ' +
    'Pass: every parameter of every scaler agrees within relative_tolerance, in the order of the declared columns. ' +
    'Warn: a difference up to five times the tolerance, another number of rows than the file has, a scaler in the model, or a column of a scaler, that the manifest does not declare. ' +
    'Fail: a larger difference, parameters of other columns or of the sample variance, a scaler that is declared and absent or not fitted, a parameter that is absent or no number, other columns or another order of them than declared. ' +
    'Inconclusive: no data.train, a file that cannot be read, a parameter whose numbers are not listed, columns that are not known or that a step before changes in a way that is not computed again. ' +
    'Not applicable: no scaler is declared, and none was found in the model.',
  remediation:
    'Fit the scaler on data.train, save it with the model or beside it, and declare it under preprocessing with its columns in their order.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Data 7 and Monitor 3',
    'https://scikit-learn.org/stable/modules/preprocessing.html#standardization-or-mean-removal-and-variance-scaling',
  ],
  params: {
    relative_tolerance: {
      type: 'number',
      default: 1e-6,
      min: 0,
      max: 1,
      description:
        'How far a parameter may be from the computed one, relative to its size; a shift also to the spread of its column.',
    },
  },
  needs: ['preprocessing.steps', 'data.training-statistics'],
  judge(facts, { relative_tolerance: tolerance }) {
    const preprocessing = facts['preprocessing.steps']
    if (preprocessing.state !== 'present') return undecided(preprocessing)
    const { model } = preprocessing.value
    const { steps, findings, isDeclared } = stepsOfKind('scaler', preprocessing.value)
    if (steps.length === 0 && !isDeclared) {
      if (isHidden(model)) return undecidedFile(model)
      const args = { file: model.path, state: model.state }
      const trees = model.steps.find(isTreeModel)
      const location = { path: model.path }
      if (trees === undefined) {
        return { outcome: 'not-applicable', findings: [{ code: 'SCALER_NONE', args, location }] }
      }
      const named = { file: model.path, model: trees.className }
      return {
        outcome: 'not-applicable',
        findings: [{ code: 'SCALER_NOT_NEEDED', args: named, location }],
      }
    }
    const training = facts['data.training-statistics']
    if (training.state !== 'present') {
      const known = [...findings, ...steps.flatMap(unfitted)]
      return known.some(({ severity }) => severity === 'fail')
        ? conclude('consistent', known, [])
        : undecided(training)
    }
    const judged = steps.map((found) => judgeScaler(found, training.value, tolerance))
    const source = { path: model.path }
    return conclude(
      'recomputed',
      [...findings, ...judged.flatMap((each) => each.findings)],
      judged.flatMap(({ evidence }) =>
        evidence === undefined ? [] : [{ ...evidence, source: evidence.source ?? source }],
      ),
    )
  },
})

interface Judged {
  readonly findings: readonly GradedFinding[]
  readonly evidence?: Evidence
}

function unfitted({ step, name, file }: FoundStep): readonly GradedFinding[] {
  if (step.object.fitted !== false && hasParameters(step)) return []
  const args = { step: name, file: file.path }
  return [{ severity: 'fail', code: 'SCALER_UNFITTED', args, location: { path: file.path } }]
}

/** What each class has after it was fitted; an attribute of no parameter is not enough. */
const MARKS: Readonly<Record<string, string>> = {
  StandardScaler: 'n_samples_seen_',
  MinMaxScaler: 'scale_',
  MaxAbsScaler: 'scale_',
  PowerTransformer: 'lambdas_',
  QuantileTransformer: 'quantiles_',
}

function hasParameters({ className, object: { parameters } }: FittedStep): boolean {
  if (className === 'RobustScaler') return 'center_' in parameters || 'scale_' in parameters
  const mark = MARKS[className]
  return mark === undefined || mark in parameters
}

function judgeScaler(found: FoundStep, training: TrainingStatistics, tolerance: number): Judged {
  const missing = unfitted(found)
  if (missing.length > 0) return { findings: missing }
  const { step, columns, file, name } = found
  const location = { path: file.path }
  const claim = 'The saved parameters of the scaler are those of the training data.'
  if (step.className === 'Normalizer') {
    return {
      findings: [],
      evidence: {
        level: 'recomputed',
        claim,
        observed: { step: name, fitted: 'nothing' },
        source: location,
      },
    }
  }
  if (columns === undefined) {
    const args = { step: name, file: file.path }
    return {
      findings: [{ severity: 'inconclusive', code: 'SCALER_COLUMNS_UNKNOWN', args, location }],
    }
  }
  const samples = columns.map((column) =>
    sampleFor(column, training.columns.get(column), step, file.steps),
  )
  const problems = columns.flatMap((feature, at): readonly GradedFinding[] => {
    const problem = samples[at]
    if (typeof problem !== 'string') return []
    const args = { step: name, file: file.path, feature, reason: PROBLEMS[problem] }
    return [{ severity: 'inconclusive', code: 'SCALER_NOT_RECOMPUTED', args, location }]
  })
  const known = samples.map((sample) => (typeof sample === 'string' ? undefined : sample))
  const parameters = scalerParameters(step, known)
  if (parameters === undefined) {
    const args = { step: name, file: file.path, class: step.className }
    return {
      findings: [{ severity: 'inconclusive', code: 'SCALER_CLASS_NOT_RECOMPUTED', args, location }],
    }
  }
  const unlisted = [step.object, innerScaler(step)].flatMap((object) =>
    object === undefined ? [] : unlistedParameters(object),
  )
  return {
    findings: [
      ...problems,
      ...unlisted.map((parameter): GradedFinding => {
        const args = { step: name, file: file.path, parameter }
        return { severity: 'inconclusive', code: 'SCALER_PARAMETER_NOT_LISTED', args, location }
      }),
      ...parameterFindings(found, columns, parameters, known, tolerance),
      ...rowFindings(found, columns, known, training.rows),
    ],
    evidence: {
      level: 'recomputed',
      claim,
      observed: {
        step: name,
        class: step.className,
        columns,
        parameters: Object.fromEntries(
          parameters.map((each) => [each.name, each.saved.map(finite)]),
        ),
      },
      expected: Object.fromEntries(
        parameters.map((each) => [each.name, each.expected.map(finite)]),
      ),
      source: location,
    },
  }
}

const PROBLEMS: Readonly<Record<SampleProblem, string>> = {
  'no-column': 'data.train has no such column',
  'not-numeric': 'the column of data.train holds no numbers',
  infinite: 'the column of data.train has infinite values',
  'no-values': 'the column of data.train has no value',
  'changed-before': 'a step before it changes the values in a way that is not computed again',
}

function finite(value: number | null): JsonValue {
  return value !== null && Number.isFinite(value) ? value : null
}
