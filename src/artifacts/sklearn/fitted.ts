import type { ObjectStep } from '../object-facts.ts'
import type { PyGlobal, PyNode } from '../pickle/node.ts'
import { isFittedName, type Attributes } from './attributes.ts'

/** They learn nothing: what the constructor got is all there is. */
const STATELESS = new Set([
  'AdditiveChi2Sampler',
  'Binarizer',
  'FeatureHasher',
  'FunctionTransformer',
  'HashingVectorizer',
  'Normalizer',
])

/**
 * Whether an object was fitted, by the rules of the classes that scikit-learn itself makes exceptions for.
 *
 * @returns `null` for a class of another library that shows no attribute that `fit` sets.
 * Source: sklearn.utils.validation.check_is_fitted and the methods `__sklearn_is_fitted__`
 */
export function isFitted(
  type: PyGlobal,
  attributes: Attributes,
  steps: readonly ObjectStep[],
): boolean | null {
  switch (type.name) {
    case 'Pipeline':
    case 'FeatureUnion':
    case 'FrozenEstimator':
      return allFitted(steps)
    case 'ColumnTransformer':
      return attributes.has('transformers_')
    case 'CountVectorizer':
      return hasVocabulary(attributes)
    case 'TfidfVectorizer':
      return (
        hasVocabulary(attributes) && (!usesFrequencies(attributes) || allFitted(steps) === true)
      )
    case 'TfidfTransformer':
      return attributes.has('idf_') || attributes.has('_idf_diag') || !usesFrequencies(attributes)
    default:
      return isFittedByNames(type, attributes)
  }
}

function isFittedByNames(type: PyGlobal, attributes: Attributes): boolean | null {
  const isOwn = type.module.startsWith('sklearn.')
  if (isOwn && STATELESS.has(type.name)) return true
  if ([...attributes.keys()].some(isFittedName)) return true
  if (attributes.has('_Booster')) return attributes.get('_Booster')?.kind !== 'none'
  return isOwn || attributes.has('_sklearn_version') ? false : null
}

function allFitted(steps: readonly ObjectStep[]): boolean | null {
  const states = steps.flatMap(({ object }) => (typeof object === 'string' ? [] : [object.fitted]))
  if (states.includes(false)) return false
  return states.includes(null) ? null : true
}

function hasVocabulary(attributes: Attributes): boolean {
  if (attributes.has('vocabulary_')) return true
  const given = attributes.get('vocabulary')
  return given !== undefined && given.kind !== 'none'
}

function usesFrequencies(attributes: Attributes): boolean {
  const uses: PyNode | undefined = attributes.get('use_idf')
  return !(uses?.kind === 'bool' && !uses.value)
}
