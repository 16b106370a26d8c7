import type { FittedStep } from '../facts/preprocessing.ts'

/** The kinds of fitted steps that are held against the training data. */
export type StepKind = 'scaler' | 'encoder' | 'imputer'

const SCALERS = new Set([
  'StandardScaler',
  'MinMaxScaler',
  'MaxAbsScaler',
  'RobustScaler',
  'Normalizer',
  'PowerTransformer',
  'QuantileTransformer',
  'Scaler',
  'Normalization',
])
const ENCODERS = new Set([
  'OneHotEncoder',
  'OrdinalEncoder',
  'TargetEncoder',
  'LabelEncoder',
  'CategoryMapper',
])
const IMPUTERS = new Set(['SimpleImputer', 'KNNImputer', 'IterativeImputer', 'Imputer'])

/** Libraries whose classes are meant by these names, as their modules begin. */
const LIBRARIES = /^(sklearn|ai\.onnx\.ml|keras|tf_keras|tensorflow)\./

/**
 * Which kind of step an object is; `undefined` for any other, for classes of unknown libraries, and for
 * a scaler or encoder that another one keeps for itself.
 */
export function kindOf({ class: path, className, path: place }: FittedStep): StepKind | undefined {
  if (!LIBRARIES.test(path) || HELPERS.test(place)) return undefined
  if (SCALERS.has(className)) return 'scaler'
  if (ENCODERS.has(className)) return 'encoder'
  return IMPUTERS.has(className) ? 'imputer' : undefined
}

/** Parts of a PowerTransformer, an IterativeImputer, a TargetEncoder and of classifiers. */
const HELPERS = /(^|\.)(_scaler|initial_imputer_|_?label_encoder_?|_le|le_|_label_binarizer)$/

/** Models that split on the order of values, so that no scale changes them. */
const TREES = /(DecisionTree|ExtraTree|RandomForest|GradientBoosting|XGB|LGBM|CatBoost)/

/** Whether a step is a model of trees. */
export function isTreeModel({ className }: FittedStep): boolean {
  return TREES.test(className)
}

/** The target is scaled or encoded, not a feature. */
export function isOfTarget({ path }: FittedStep): boolean {
  return /(^|\.)transformer_$/.test(path)
}
