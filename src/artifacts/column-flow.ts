import type { ObjectFacts, ObjectStep, ObjectValue } from './object-facts.ts'

/** Steps that give each column back as itself: other values, the same columns in the same order. */
const KEEPS_COLUMNS = new Set([
  'StandardScaler',
  'MinMaxScaler',
  'MaxAbsScaler',
  'RobustScaler',
  'Normalizer',
  'PowerTransformer',
  'QuantileTransformer',
  'Binarizer',
  'OrdinalEncoder',
  'Scaler',
  'Normalization',
])

/** Imputers keep the columns too, unless they add indicators or drop columns that had no value. */
const IMPUTERS = new Set(['SimpleImputer', 'KNNImputer', 'IterativeImputer', 'Imputer'])

/** Objects that are given the target, not the columns. */
const OF_TARGET = /^_?(transformer_|le_?|label_encoder_?|label_binarizer_?)$/

/**
 * The columns that a branch or a part of an object gets.
 *
 * @param features - The columns that the object itself sees.
 * @returns `undefined` when they cannot be known, as for positions in a table without names.
 */
export function givenColumns(
  step: ObjectStep,
  parent: ObjectFacts,
  features: readonly string[] | undefined,
): readonly string[] | undefined {
  if (step.role === 'branch') return chosenColumns(step, parent, features)
  if (typeof step.object === 'string' || OF_TARGET.test(step.name)) return undefined
  // Members of an ensemble may see a choice of the columns; the same number of them is no choice.
  return step.object.featureCount === features?.length ? features : undefined
}

function chosenColumns(
  { columns }: ObjectStep,
  parent: ObjectFacts,
  features: readonly string[] | undefined,
): readonly string[] | undefined {
  if (columns === null) return isColumnTransformer(parent) ? undefined : features
  const names = columns.map((column) =>
    typeof column === 'string' ? column : features?.at(column),
  )
  return allKnown(names)
}

/**
 * The columns that a step hands on.
 *
 * @param input - The columns that it gets.
 * @returns `undefined` when the step makes columns of its own, or does not say which it keeps.
 */
export function outputColumns(
  object: ObjectStep['object'],
  input: readonly string[] | undefined,
): readonly string[] | undefined {
  if (object === 'passthrough') return input
  if (object === 'drop') return []
  const seen = object.features ?? input
  const name = object.class.slice(object.class.lastIndexOf('.') + 1)
  if (KEEPS_COLUMNS.has(name)) return seen
  if (IMPUTERS.has(name)) return keepsAll(object) ? seen : undefined
  // Without a function it hands on what it gets: since version 1.4 it stands for `passthrough`.
  if (name === 'FunctionTransformer') return object.parameters['func'] === null ? seen : undefined
  if (name === 'TargetEncoder') return isOneForEach(object) ? seen : undefined
  if (name === 'KBinsDiscretizer')
    return object.parameters['encode'] === 'ordinal' ? seen : undefined
  if (name === 'Pipeline') return throughSequence(object, seen)
  if (name === 'ColumnTransformer' || name === 'FeatureUnion') return besides(object, seen)
  return undefined
}

function throughSequence(
  { steps }: ObjectFacts,
  input: readonly string[] | undefined,
): readonly string[] | undefined {
  return steps.reduce((columns, { object }) => outputColumns(object, columns), input)
}

/** What the branches give, one after the other. */
function besides(
  parent: ObjectFacts,
  input: readonly string[] | undefined,
): readonly string[] | undefined {
  const parts = parent.steps.map((step) =>
    outputColumns(step.object, givenColumns(step, parent, input)),
  )
  const known = allKnown(parts)
  return known?.flat()
}

/** An imputer that does neither: every column that it saw had a value, and none is added. */
function keepsAll({ parameters, steps, class: name }: ObjectFacts): boolean {
  const { add_indicator: indicator, keep_empty_features: keepsEmpty } = parameters
  if (indicator === true) return false
  if (keepsEmpty === true || name.startsWith('ai.onnx.ml')) return true
  const initial = steps.find((step) => step.name === 'initial_imputer_')?.object
  if (typeof initial === 'object') return keepsAll(initial)
  const learned = arrayValues(parameters['statistics_']) ??
    arrayValues(parameters['_valid_mask']) ?? [null]
  return learned.every((value) => value !== false && !isMissing(value))
}

function isMissing(value: ObjectValue): boolean {
  return value === null || Number.isNaN(value)
}

/** Of more than two classes, each column becomes as many as there are classes. */
function isOneForEach({ parameters }: ObjectFacts): boolean {
  const kind = parameters['target_type_']
  return kind === 'continuous' || kind === 'binary'
}

function isColumnTransformer(object: ObjectFacts): boolean {
  return object.class.endsWith('.ColumnTransformer')
}

function arrayValues(value: ObjectValue | undefined): readonly ObjectValue[] | undefined {
  if (value === null || typeof value !== 'object' || !('kind' in value)) return undefined
  return value.kind === 'array' ? (value.values ?? undefined) : undefined
}

function allKnown<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === values.length ? known : undefined
}
