import type { Evidence, JsonValue } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import { moments } from '../stats/moments.ts'
import { quantileSorted } from '../stats/quantile.ts'
import type { ObjectValue, PreprocessingSteps } from '../facts/preprocessing.ts'
import type { TrainingColumn, TrainingStatistics } from '../facts/training-statistics.ts'
import { changersOf } from './column-sample.ts'
import { stepsOfKind, type FoundStep } from './declared-steps.ts'
import { categoryText } from './encoder-categories.ts'
import { gradeOf } from './scaler-findings.ts'
import { elementsOf } from './step-values.ts'

/** The features whose gaps a fitted imputer of the project fills. */
export function imputedFeatures(preprocessing: PreprocessingSteps): ReadonlySet<string> {
  const { steps } = stepsOfKind('imputer', preprocessing)
  const fitted = steps.filter(
    ({ step: { object, className } }) =>
      object.fitted === true &&
      (className !== 'SimpleImputer' || savedStatistics(object.parameters) !== undefined),
  )
  return new Set(fitted.flatMap(({ columns }) => columns ?? []))
}

/**
 * How what imputers have saved differs from what the training data give, by the strategy of each.
 * Imputers that put in a value for each row keep none; they are not compared.
 */
export function imputerFindings(
  preprocessing: PreprocessingSteps,
  training: TrainingStatistics | undefined,
  tolerance: number,
): readonly GradedFinding[] {
  const { steps, findings } = stepsOfKind('imputer', preprocessing)
  // That the manifest does not list an imputer is no fault of the handling of gaps.
  const declared = findings.filter(({ code }) => code !== 'STEP_UNDECLARED')
  return [...declared, ...steps.flatMap((found) => judgeImputer(found, training, tolerance))]
}

function judgeImputer(
  { step, columns, name, file }: FoundStep,
  training: TrainingStatistics | undefined,
  tolerance: number,
): readonly GradedFinding[] {
  const location = { path: file.path }
  const at = { step: name, file: file.path }
  const saved = savedStatistics(step.object.parameters)
  if (step.object.fitted === false || (step.className === 'SimpleImputer' && saved === undefined)) {
    return [{ severity: 'fail', code: 'IMPUTER_UNFITTED', args: at, location }]
  }
  if (saved === undefined || columns === undefined) return []
  if (saved.length !== columns.length) {
    const args = { ...at, saved: saved.length, columns: columns.length }
    return [{ severity: 'fail', code: 'IMPUTER_LENGTH_DIFFERS', args, location }]
  }
  return columns.flatMap((feature, index): readonly GradedFinding[] => {
    const column = training?.columns.get(feature)
    const expected = fillOf({ step, file }, feature, training)
    if (expected === undefined) {
      const args = { ...at, feature, strategy: text(step.object.parameters['strategy'] ?? null) }
      return [{ severity: 'notice', code: 'IMPUTER_NOT_RECOMPUTED', args, location }]
    }
    // A mean may be 0 by chance: it is compared on the scale of the spread.
    const spread = column?.kind === 'numeric' ? Math.sqrt(column.variance ?? 0) : 0
    const severity = differenceOf(saved[index] ?? null, expected, spread, tolerance)
    if (severity === undefined) return []
    const strategy = text(step.object.parameters['strategy'] ?? null)
    const args = {
      ...at,
      feature,
      strategy,
      saved: text(saved[index] ?? null),
      recomputed: expected,
    }
    return [{ severity, code: 'IMPUTER_VALUE_DIFFERS', args, location }]
  })
}

/** What a step would put into the gaps of a column; `undefined` where that cannot be computed. */
function fillOf(
  { step, file }: Pick<FoundStep, 'step' | 'file'>,
  feature: string,
  training: TrainingStatistics | undefined,
): number | string | undefined {
  const column = training?.columns.get(feature)
  const before = changersOf(feature, step.upstream, file.steps)
  if (column === undefined || before.length > 0) return undefined
  return expectedFill(step.object.parameters, column)
}

type Parameters = Readonly<Record<string, ObjectValue>>

function savedStatistics(parameters: Parameters): readonly ObjectValue[] | undefined {
  return elementsOf(parameters['statistics_'])
}

/** What an imputer would learn from the column; `undefined` for strategies and gaps of another kind. */
function expectedFill(parameters: Parameters, column: TrainingColumn): number | string | undefined {
  const gap = parameters['missing_values']
  if (!(gap === undefined || gap === null || Number.isNaN(gap)) || column.count === 0)
    return undefined
  const sorted = column.kind === 'numeric' && column.infinite === 0 ? column.sorted : undefined
  const strategy = parameters['strategy']
  if (strategy === 'most_frequent') return column.mostFrequent ?? undefined
  if (strategy === 'constant') return constantOf(parameters['fill_value'], column)
  if (sorted === undefined) return undefined
  if (strategy === 'mean') return moments(sorted).mean ?? undefined
  return strategy === 'median' ? quantileSorted(sorted, 0.5) : undefined
}

/** Without a value of its own, a gap becomes 0 among numbers and a word among texts. */
function constantOf(
  value: ObjectValue | undefined,
  { kind }: TrainingColumn,
): number | string | undefined {
  if (typeof value === 'number' || typeof value === 'string') return value
  if (value !== null && value !== undefined) return undefined
  return kind === 'numeric' ? 0 : 'missing_value'
}

function differenceOf(
  saved: ObjectValue,
  expected: number | string,
  spread: number,
  tolerance: number,
): 'warn' | 'fail' | undefined {
  if (typeof expected === 'string') return categoryText(saved) === expected ? undefined : 'fail'
  const number = typeof saved === 'bigint' ? Number(saved) : saved
  if (typeof number !== 'number' || !Number.isFinite(number)) return 'fail'
  return gradeOf(number, expected, spread, tolerance)
}

function text(value: ObjectValue): JsonValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  return typeof value === 'string' || typeof value === 'boolean' ? value : categoryText(value)
}

/** What the imputers keep, for the report, and whether it was computed again. */
export function imputerEvidence(
  preprocessing: PreprocessingSteps,
  training: TrainingStatistics | undefined,
): readonly Evidence[] {
  return stepsOfKind('imputer', preprocessing).steps.flatMap((found): readonly Evidence[] => {
    const { step, columns, name, file } = found
    const saved = savedStatistics(step.object.parameters)
    if (saved === undefined || columns === undefined) return []
    const isComputed = columns.every((column) => fillOf(found, column, training) !== undefined)
    return [
      {
        level: isComputed ? 'recomputed' : 'documented',
        claim: isComputed
          ? 'What the imputer puts into gaps is what the training data give.'
          : 'The imputer has saved what it puts into gaps; not all of it was computed again.',
        observed: {
          step: name,
          strategy: text(step.object.parameters['strategy'] ?? null),
          fills: Object.fromEntries(columns.map((column, at) => [column, text(saved[at] ?? null)])),
        },
        source: { path: file.path },
      },
    ]
  })
}
