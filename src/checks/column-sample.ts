import type { FittedStep } from '../facts/preprocessing.ts'
import type { TrainingColumn } from '../facts/training-statistics.ts'
import { kindOf } from './fitted-kinds.ts'
import { elementsOf } from './step-values.ts'

/** The training values of a column as a step got them, ascending. */
export interface ColumnSample {
  readonly values: Float64Array
  readonly missing: number
}

/** Why a column cannot be followed to a step. */
export type SampleProblem =
  'no-column' | 'not-numeric' | 'infinite' | 'no-values' | 'changed-before'

/**
 * The training values of a column as they reach a step: as in the file, or with the gaps filled by the
 * statistics that the imputers before it have saved.
 *
 * @param steps - all steps of the file.
 */
export function sampleFor(
  column: string,
  training: TrainingColumn | undefined,
  { upstream }: FittedStep,
  steps: readonly FittedStep[],
): ColumnSample | SampleProblem {
  if (training === undefined) return 'no-column'
  if (training.kind !== 'numeric' || training.sorted === undefined) return 'not-numeric'
  if (training.infinite > 0) return 'infinite'
  if (training.count === 0) return 'no-values'
  const before = changersOf(column, upstream, steps)
  if (!before.every((step) => kindOf(step) === 'imputer')) return 'changed-before'
  const { missing } = training
  if (missing === 0 || before.length === 0) return { values: training.sorted, missing }
  const filled = before.map((step) => savedFill(step, column)).find((fill) => fill !== undefined)
  if (typeof filled !== 'number' || !Number.isFinite(filled)) return 'changed-before'
  const values = new Float64Array(training.sorted.length + missing)
  values.set(training.sorted)
  values.fill(filled, training.sorted.length)
  return { values: values.sort(), missing: 0 }
}

/** Objects that hand on what their parts make; the parts are looked at themselves. */
const COMPOSITES = new Set(['Pipeline', 'ColumnTransformer', 'FeatureUnion', 'FunctionTransformer'])

/** Layers that say what a model takes, and change nothing. */
const INPUTS = new Set(['InputLayer'])

/** The steps before that may change a column, in order. */
export function changersOf(
  column: string,
  upstream: readonly string[],
  steps: readonly FittedStep[],
): readonly FittedStep[] {
  return steps.filter(
    ({ path, className, object, features }) =>
      upstream.some((before) => path === before || path.startsWith(`${before}.`)) &&
      !INPUTS.has(className) &&
      !(
        COMPOSITES.has(className) &&
        (object.steps.length > 0 || object.parameters['func'] === null)
      ) &&
      (features === undefined || features.includes(column)),
  )
}

/** What an imputer puts into the gaps of a column; `undefined` when it is not one value. */
export function savedFill(step: FittedStep, column: string): number | string | undefined {
  const saved =
    step.object.parameters['statistics_'] ?? step.object.parameters['imputed_value_floats']
  const all = elementsOf(saved)
  const at = step.features?.indexOf(column) ?? -1
  // ONNX keeps one value that stands for all columns.
  const fill = all?.length === 1 ? all[0] : all?.[at]
  return typeof fill === 'number' || typeof fill === 'string' ? fill : undefined
}
