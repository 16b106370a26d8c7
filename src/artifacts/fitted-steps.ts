import { givenColumns, outputColumns } from './column-flow.ts'
import type { ObjectFacts, ObjectStep } from './object-facts.ts'

/** An object inside a fitted object, with where it stands and what it sees. */
export interface FittedStep {
  /** `steps[prep].transformers_[num].steps[scaler]`; empty for the object itself. */
  readonly path: string
  readonly class: string
  /** The last part of the class: `StandardScaler`. */
  readonly className: string
  readonly object: ObjectFacts
  /** The columns of the data that the object sees, in order; `undefined` when they cannot be known. */
  readonly features: readonly string[] | undefined
  /**
   * Paths of the objects that its input went through, in order. Of a composite the path of the whole is
   * given; those inside it are the steps whose paths begin with it.
   */
  readonly upstream: readonly string[]
}

/** Objects inside objects; deeper ones are of no model. */
const DEPTH = 150

/**
 * Every object inside an object, itself first, each composite before its parts.
 *
 * Names of columns are those an object was fitted with, where it kept them; else they are followed from
 * the table through the columns of branches and through steps that keep the columns as they are. Where a
 * step makes columns of its own, what follows it has none.
 */
export function flattenSteps(object: ObjectFacts): readonly FittedStep[] {
  const found: FittedStep[] = []
  visit(object, { path: '', input: undefined, upstream: [], depth: 0 }, found)
  return found
}

interface Place {
  readonly path: string
  readonly input: readonly string[] | undefined
  readonly upstream: readonly string[]
  readonly depth: number
}

function visit(object: ObjectFacts, place: Place, found: FittedStep[]): void {
  const features = seenColumns(object, place.input)
  const { path, upstream, depth } = place
  found.push({
    path,
    class: object.class,
    className: object.class.slice(object.class.lastIndexOf('.') + 1),
    object,
    features,
    upstream,
  })
  if (depth >= DEPTH) return
  let passed = features
  const before: string[] = [...upstream]
  for (const step of object.steps) {
    const input = step.role === 'sequence' ? passed : givenColumns(step, object, features)
    const inside = stepPath(object, step, path)
    if (typeof step.object !== 'string') {
      visit(step.object, { path: inside, input, upstream: [...before], depth: depth + 1 }, found)
    }
    if (step.role === 'sequence') {
      passed = outputColumns(step.object, input)
      if (typeof step.object !== 'string') before.push(inside)
    }
  }
}

/** An object that was fitted with names saw those; a count that differs tells that names were lost. */
function seenColumns(
  { features, featureCount }: ObjectFacts,
  input: readonly string[] | undefined,
): readonly string[] | undefined {
  const names = features ?? input
  return featureCount !== null && names?.length !== featureCount ? undefined : names
}

function stepPath(parent: ObjectFacts, { name, role }: ObjectStep, path: string): string {
  const own = role === 'part' ? name : `${containerOf(parent, role)}[${name}]`
  return path === '' ? own : `${path}.${own}`
}

/** The attribute of scikit-learn that holds the steps of an object. */
function containerOf(parent: ObjectFacts, role: 'sequence' | 'branch'): string {
  if (role === 'sequence') return 'steps'
  if (parent.class.endsWith('.FeatureUnion')) return 'transformer_list'
  return parent.fitted === true ? 'transformers_' : 'transformers'
}
