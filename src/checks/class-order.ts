import type { Evidence } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { FittedStep, PreprocessingSteps } from '../facts/preprocessing.ts'
import type { PredictionTables } from '../facts/predictions.ts'
import type { TrainingStatistics } from '../facts/training-statistics.ts'
import { categoryText } from './encoder-categories.ts'
import { kindOf } from './fitted-kinds.ts'
import { elementsOf } from './step-values.ts'

/** The classifier of the model with the classes that its scores stand for. */
export interface ModelClasses {
  readonly step: FittedStep
  readonly classes: readonly string[]
  readonly isOrdered: boolean
}

/** The outermost object of the model that keeps classes and is no encoder. */
export function modelClasses({ model }: PreprocessingSteps): ModelClasses | undefined {
  for (const step of model.steps) {
    const saved = elementsOf(step.object.parameters['classes_'])
    if (saved === undefined || kindOf(step) === 'encoder') continue
    const isOrdered = saved.every((value, at) => {
      const before = saved[at - 1]
      return at === 0 || !isComparable(before) || !isComparable(value) || before < value
    })
    return { step, classes: saved.map(categoryText), isOrdered }
  }
  return undefined
}

function isComparable(value: unknown): value is number | string {
  return typeof value === 'number' || typeof value === 'string'
}

/**
 * How the classes of a model differ from the labels of the training data, from those of the predictions
 * and from the score columns of the manifest.
 */
export function classFindings(
  { step, classes, isOrdered }: ModelClasses,
  { model, target }: PreprocessingSteps,
  training: TrainingStatistics | undefined,
  predictions: PredictionTables,
): readonly GradedFinding[] {
  const location = { path: model.path }
  const file = model.path
  const findings: GradedFinding[] = []
  if (!isOrdered && step.class.startsWith('sklearn.')) {
    findings.push({
      severity: 'fail',
      code: 'CLASSES_NOT_SORTED',
      args: { file, classes },
      location,
    })
  }
  const known = new Set(classes.map(plain))
  const compare = (labels: readonly string[], origin: string) => {
    const missing = labels.filter((label) => !known.has(plain(label)))
    if (missing.length === 0) return
    const args = { file, values: missing, origin }
    findings.push({ severity: 'fail', code: 'CLASSES_MISSING', args, location })
  }
  if (training !== undefined && target !== null) {
    compare(labelsOf(training, target), 'data.train')
  }
  for (const { split, columns } of predictions) {
    if (typeof columns.score !== 'object') continue
    const scored = Object.keys(columns.score)
    compare(scored, `predictions.${split}.score`)
    const lost = classes.filter((name) => !scored.map(plain).includes(plain(name)))
    if (lost.length === 0) continue
    const args = { file, values: lost, split }
    findings.push({ severity: 'fail', code: 'CLASSES_WITHOUT_SCORE', args, location })
  }
  return findings
}

function labelsOf({ columns }: TrainingStatistics, target: string): readonly string[] {
  const column = columns.get(target)
  if (column === undefined) return []
  if (column.kind === 'coded') return [...column.categories.keys()]
  return [...new Set(column.sorted ?? [])].map(String)
}

/** `True`, `true` and 1 are one class. */
function plain(label: string): string {
  const lower = label.toLowerCase()
  return lower === 'true' ? '1' : lower === 'false' ? '0' : label
}

export function classEvidence(
  { step, classes }: ModelClasses,
  { model }: PreprocessingSteps,
): Evidence {
  return {
    level: 'recomputed',
    claim: 'The classes of the model are the labels of the data, in their order.',
    observed: { step: step.path, class: step.className, classes },
    source: { path: model.path },
  }
}
