import type { Evidence } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { PreprocessingSteps } from '../facts/preprocessing.ts'
import type { TrainingStatistics } from '../facts/training-statistics.ts'
import { classEvidence, classFindings, modelClasses } from './class-order.ts'
import { conclude } from './conclude.ts'
import { isHidden, stepsOfKind, undecidedFile, type FoundStep } from './declared-steps.ts'
import { defineCheck } from './define-check.ts'
import { categoryText, savedCategories, unknownPolicy } from './encoder-categories.ts'
import { columnFindings } from './encoder-findings.ts'
import { undecided } from './undecided.ts'
import {
  declaredVocabularies,
  vocabularyEvidence,
  vocabularyFindings,
} from './vocabulary-findings.ts'

export const dataEncodingsSaved = defineCheck({
  id: 'data.encodings-saved',
  title: 'Categorical encodings saved',
  section: 'data',
  motivation:
    'An encoder that was fitted on other categories gives each value the column of another one, and a class order that changed turns every score around.',
  decides:
    'The categories of the fitted encoders in the model file and in the files of preprocessing, and the classes of the model, are read without running anything and held against every row of data.train and the features block. ' +
    'A vocabulary file (vocab.json, tokenizer.json, label_map.json) must give each text a number of its own; one with holes warns. ' +
    'Pass: every value of the training data has its category once, the encoder treats unknown values as unseen says, and the classes are the labels in their order. ' +
    'Warn: values of at most max_unknown_share of the rows without a category where the encoder takes unknown ones, categories that the manifest does not name, texts where the data hold numbers, a feature that does not say what happens to unseen values, an encoder, or a column of it, that the manifest does not declare. ' +
    'Fail: values without a category where the encoder raises, or in more rows; a category twice; categories of another column, or in an order that fitting does not make; an encoder that raises where unseen says ignore or other; classes in another order, without a label or without a score column; an encoder that is declared and absent or not fitted, other columns or another order of them than declared. ' +
    'Inconclusive: no data.train, a file that cannot be read, categories that are not listed, columns that are not known. ' +
    'Not applicable: no encoder is declared, and neither an encoder nor classes were found in the model.',
  remediation:
    'Fit the encoder on data.train, save it with the model or beside it, declare it under preprocessing, and set unseen of each category.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Data 1 and Monitor 3',
    'https://scikit-learn.org/stable/modules/preprocessing.html#encoding-categorical-features',
  ],
  params: {
    max_unknown_share: {
      type: 'number',
      default: 0.01,
      min: 0,
      max: 1,
      description: 'The share of training rows whose value an encoder need not know.',
    },
  },
  needs: ['preprocessing.steps', 'data.training-statistics', 'predictions'],
  judge(facts, params) {
    const preprocessing = facts['preprocessing.steps']
    if (preprocessing.state !== 'present') return undecided(preprocessing)
    const { model } = preprocessing.value
    const { steps, findings, isDeclared } = stepsOfKind('encoder', preprocessing.value)
    const classes = modelClasses(preprocessing.value)
    const location = { path: model.path }
    const vocabularies = declaredVocabularies(preprocessing.value)
    const isUsed = steps.length > 0 || isDeclared || vocabularies.length > 0
    if (!isUsed && classes === undefined) {
      if (isHidden(model)) return undecidedFile(model)
      const args = { file: model.path, state: model.state }
      return { outcome: 'not-applicable', findings: [{ code: 'ENCODER_NONE', args, location }] }
    }
    const training = facts['data.training-statistics']
    if (training.state !== 'present') {
      return findings.some(({ severity }) => severity === 'fail')
        ? conclude('consistent', findings, [])
        : undecided(training)
    }
    const tables = facts.predictions.state === 'present' ? facts.predictions.value : []
    const ofClasses =
      classes === undefined
        ? []
        : classFindings(classes, preprocessing.value, training.value, tables)
    return conclude(
      'recomputed',
      [
        ...findings,
        ...steps.flatMap((found) =>
          encoderFindings(found, preprocessing.value, training.value, params.max_unknown_share),
        ),
        ...vocabularies.flatMap((each) => vocabularyFindings(each, training.value)),
        ...ofClasses,
      ],
      [
        ...steps.map(evidenceOf),
        ...vocabularies.flatMap(vocabularyEvidence),
        ...(classes === undefined ? [] : [classEvidence(classes, preprocessing.value)]),
      ],
    )
  },
})

function encoderFindings(
  found: FoundStep,
  { features }: PreprocessingSteps,
  training: TrainingStatistics,
  maxUnknownShare: number,
): readonly GradedFinding[] {
  const { step, file, columns, name } = found
  const location = { path: file.path }
  const args = { step: name, file: file.path }
  if (step.object.fitted === false) {
    return [{ severity: 'fail', code: 'ENCODER_UNFITTED', args, location }]
  }
  const saved = savedCategories(step)
  if (saved === undefined) {
    return [{ severity: 'inconclusive', code: 'ENCODER_NOT_LISTED', args, location }]
  }
  if (columns === undefined) {
    return [{ severity: 'inconclusive', code: 'ENCODER_COLUMNS_UNKNOWN', args, location }]
  }
  if (saved.length !== columns.length) {
    const counts = { ...args, saved: saved.length, columns: columns.length }
    return [{ severity: 'fail', code: 'ENCODER_LENGTH_DIFFERS', args: counts, location }]
  }
  return columns.flatMap((feature, at) =>
    columnFindings({
      found,
      feature,
      saved: saved[at] ?? [],
      training,
      features,
      maxUnknownShare,
    }),
  )
}

function evidenceOf({ step, file, columns = [], name }: FoundStep): Evidence {
  const saved = savedCategories(step) ?? []
  return {
    level: 'recomputed',
    claim: 'Every value of the training data has its category in the encoder.',
    observed: {
      step: name,
      class: step.className,
      unknown: unknownPolicy(step),
      categories: Object.fromEntries(
        columns.map((column, at) => [column, (saved[at] ?? []).map(categoryText)]),
      ),
    },
    source: { path: file.path },
  }
}
