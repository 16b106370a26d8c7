import type { ObjectStep, ObjectValue } from '../object-facts.ts'
import type { Attributes } from './attributes.ts'
import type { Conversion } from './conversion.ts'
import type { Columns } from './steps.ts'

/** What an object itself says about the columns that it was fitted with. */
export function ownColumns(attributes: Attributes, conversion: Conversion): Columns {
  const features = names(valueOf('feature_names_in_', attributes, conversion))
  // An indicator inside an imputer, and LightGBM, keep the count under a private name.
  const count =
    valueOf('n_features_in_', attributes, conversion) ??
    valueOf('_n_features', attributes, conversion)
  const featureCount = typeof count === 'number' ? count : (features?.length ?? null)
  return { features, featureCount }
}

/** Parts that get the columns of the object that keeps them, the first of these that is there. */
const TAKES_COLUMNS = ['regressor_', 'best_estimator_', 'estimator_', 'classifier_', 'estimator']

/** What an object without such attributes takes: what the first object in it takes. */
export function columnsOfSteps(steps: readonly ObjectStep[]): Columns {
  const unknown = { features: null, featureCount: null }
  const [first] = steps
  const part = TAKES_COLUMNS.map((name) => steps.find((step) => step.name === name)).find(Boolean)
  const taker = first?.role === 'part' ? part : first
  if (taker === undefined || typeof taker.object === 'string' || taker.columns !== null) {
    return unknown
  }
  const { features, featureCount } = taker.object
  return { features, featureCount }
}

function valueOf(name: string, attributes: Attributes, conversion: Conversion): ObjectValue {
  const node = attributes.get(name)
  return node === undefined ? null : conversion.value(node)
}

function names(value: ObjectValue): readonly string[] | null {
  const members = Array.isArray(value) ? value : isArray(value) ? value.values : null
  return members?.every((member) => typeof member === 'string') === true ? members : null
}

function isArray(value: ObjectValue): value is Extract<ObjectValue, { kind: 'array' }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'array'
}
