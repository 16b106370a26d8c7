import type { PyNode } from '../pickle/node.ts'
import { attributesOf, classOf, isFittedName, membersOf, namedEntries } from './attributes.ts'

/** Libraries whose models follow the interface of scikit-learn without marking their state. */
const LIBRARIES = new Set(['xgboost', 'lightgbm', 'catboost', 'imblearn'])

/** Holders of fitted objects that are no estimators themselves. */
const HOLDERS = new Set(['_CalibratedClassifier', '_CalibratedClassiferPipeline'])

/** Whether an object is an estimator in the sense of scikit-learn, rather than a helper of one. */
export function isEstimator(node: PyNode | undefined): boolean {
  if (node?.kind !== 'object') return false
  const type = classOf(node)
  if (type === undefined) return false
  const attributes = attributesOf(node)
  if (attributes === undefined) return false
  if (attributes.has('_sklearn_version') || HOLDERS.has(type.name)) return true
  if (LIBRARIES.has(type.module.split('.', 1)[0] ?? '')) return true
  return !type.module.startsWith('sklearn.') && [...attributes.keys()].some(isFittedName)
}

export interface Nested {
  /** `estimator_`, `estimators_[0]`, `named[scaler]`. */
  readonly name: string
  readonly node: PyNode
}

/**
 * The estimators that an attribute holds: itself one, or a list, dictionary or array of them or of pairs
 * of a name and one. Empty when anything else is among them but `None` and words such as `drop`.
 */
export function estimatorsIn(name: string, node: PyNode): readonly Nested[] {
  if (isEstimator(node)) return [{ name, node }]
  const entries = node.kind === 'dict' ? namedEntries(node.entries) : undefined
  const members = entries ?? membersOf(node)?.map((member, index) => named(member, index))
  if (members === undefined) return []
  const estimators = members.filter(([, member]) => isEstimator(member))
  const others = members.filter(
    ([, member]) => !isEstimator(member) && member.kind !== 'none' && member.kind !== 'text',
  )
  if (others.length > 0) return []
  return estimators.map(([key, member]) => ({ name: `${name}[${key}]`, node: member }))
}

function named(member: PyNode, index: number): readonly [string, PyNode] {
  if (member.kind === 'tuple' || member.kind === 'list') {
    const [first, second] = member.items
    if (member.items.length === 2 && first?.kind === 'text' && second !== undefined) {
      return [first.value, second]
    }
  }
  return [String(index), member]
}
