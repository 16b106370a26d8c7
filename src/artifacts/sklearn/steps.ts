import type { ObjectStep } from '../object-facts.ts'
import type { PyGlobal, PyNode } from '../pickle/node.ts'
import { isFittedName, membersOf, type Attributes } from './attributes.ts'
import { branchColumns } from './columns.ts'
import type { Conversion } from './conversion.ts'
import { estimatorsIn, isEstimator, type Nested } from './estimator.ts'

export interface Steps {
  readonly steps: readonly ObjectStep[]
  /** Attributes that the steps stand for; they are not repeated among the parameters. */
  readonly attributes: ReadonlySet<string>
}

/** What the columns of a branch are told by. */
export interface Columns {
  readonly features: readonly string[] | null
  readonly featureCount: number | null
}

/**
 * The objects inside an object, each with how it takes its input. Of a fitted object the fitted copies
 * count, never the ones that were given to its constructor.
 */
export function stepsOf(
  type: PyGlobal,
  attributes: Attributes,
  columns: Columns,
  conversion: Conversion,
): Steps {
  switch (type.name) {
    case 'Pipeline':
      return listed('steps', 'sequence', attributes, columns, conversion)
    case 'FeatureUnion':
      return listed('transformer_list', 'branch', attributes, columns, conversion)
    case 'ColumnTransformer':
      return branches(attributes, columns, conversion)
    default:
      return parts(attributes, conversion)
  }
}

function branches(attributes: Attributes, columns: Columns, conversion: Conversion): Steps {
  const fitted = attributes.has('transformers_') ? 'transformers_' : 'transformers'
  const { steps } = listed(fitted, 'branch', attributes, columns, conversion)
  const told = ['transformers', 'transformers_']
  if (isEstimator(attributes.get('remainder'))) told.push('remainder')
  return { steps, attributes: new Set(told) }
}

function listed(
  attribute: string,
  role: 'sequence' | 'branch',
  attributes: Attributes,
  { features, featureCount }: Columns,
  conversion: Conversion,
): Steps {
  const members = membersOf(attributes.get(attribute)) ?? []
  const steps = members.flatMap((member): readonly ObjectStep[] => {
    const [name, node, chosen] = membersOf(member) ?? []
    if (name?.kind !== 'text' || node === undefined) return []
    const object = stepObject(node, conversion)
    const columns = branchColumns(chosen, features, featureCount, conversion)
    return [{ name: name.value, role, columns, object }]
  })
  return { steps, attributes: new Set([attribute]) }
}

/** An object that cannot be told is kept as one without facts: leaving it out would shift the others. */
function stepObject(node: PyNode, conversion: Conversion): ObjectStep['object'] {
  if (node.kind === 'none') return 'passthrough'
  if (node.kind === 'text') return node.value === 'drop' ? 'drop' : 'passthrough'
  return conversion.object(node) ?? unknownObject(node)
}

function unknownObject(node: PyNode): ObjectStep['object'] {
  return {
    kind: 'object',
    class: node.kind,
    fitted: null,
    features: null,
    featureCount: null,
    parameters: {},
    steps: [],
  }
}

function parts(attributes: Attributes, conversion: Conversion): Steps {
  const found = [...attributes].map(
    ([attribute, node]) => [attribute, estimatorsIn(attribute, node)] as const,
  )
  const held = found.filter(([, estimators]) => estimators.length > 0)
  const learned = held.filter(([name]) => isFittedName(name) || name.startsWith('_'))
  const chosen = learned.length > 0 ? learned : held
  return {
    steps: chosen.flatMap(([, estimators]) => estimators.flatMap((each) => part(each, conversion))),
    attributes: new Set(chosen.map(([name]) => name)),
  }
}

/** Members of a collection that stands at the top of a file, each as a part. */
export function partsAmong(
  members: readonly (readonly [string, PyNode])[],
  conversion: Conversion,
): Steps {
  const held = members.flatMap(([name, node]) =>
    isEstimator(node) ? [[name, part({ name, node }, conversion)] as const] : [],
  )
  return {
    steps: held.flatMap(([, steps]) => steps),
    attributes: new Set(held.map(([name]) => name)),
  }
}

function part({ name, node }: Nested, conversion: Conversion): readonly ObjectStep[] {
  const object = conversion.object(node)
  return object === null ? [] : [{ name, role: 'part', columns: null, object }]
}
