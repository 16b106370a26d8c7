import type { ArtifactKind, Inspection } from '../artifacts/artifact.ts'
import type { ArrayFacts, ObjectFacts, ObjectStep, ObjectValue } from '../artifacts/object-facts.ts'

/** How far what two model files hold agrees. */
export interface ParameterAgreement {
  /** How many single values were held against each other. */
  readonly compared: number
  readonly differences: readonly ParameterDifference[]
  /** Parts that may hold parameters and were not compared: what agrees is then not all there is. */
  readonly notCompared: readonly string[]
}

/** One parameter that is not the same in both: `steps[scaler].mean_`. */
export interface ParameterDifference {
  readonly place: string
  readonly released: string
  readonly retrained: string
  /** Of each number that differs; empty where it is no matter of distance, such as another class. */
  readonly gaps: readonly Gap[]
}

interface Gap {
  /** `null` when one of the two is not finite. */
  readonly absolute: number | null
  /** Relative to the larger magnitude. */
  readonly relative: number | null
}

/** Formats of which every value is read; of the others the header and settings alone. */
const READ_WHOLE: readonly ArtifactKind[] = ['joblib', 'pickle', 'skops', 'npy', 'npz']

/**
 * Holds every value of one model file against the same place in another. Equal NaN are equal, and what
 * could not be read on both sides is listed, never taken for equal.
 *
 * @param released - `null` for a file that is not understood.
 * @returns differences in the order of the file; complexity O(values).
 */
export function compareModels(
  released: Inspection | null,
  retrained: Inspection | null,
): ParameterAgreement {
  const comparison = new Comparison()
  const [first, second] = [released?.object ?? null, retrained?.object ?? null]
  if (released === null || retrained === null || first === null || second === null) {
    comparison.skip('the model')
    return comparison
  }
  if (!READ_WHOLE.includes(released.kind)) comparison.skip('the weights')
  const isWhole = [released, retrained].every(({ reasons }) =>
    reasons.every(({ severity }) => severity !== 'inconclusive'),
  )
  if (!isWhole) comparison.skip('what could not be read')
  comparison.objects(first, second, '')
  return comparison
}

class Comparison implements ParameterAgreement {
  compared = 0
  readonly differences: ParameterDifference[] = []
  readonly #skipped = new Set<string>()

  get notCompared(): readonly string[] {
    return [...this.#skipped]
  }

  skip(place: string): void {
    this.#skipped.add(place)
  }

  objects(first: ObjectFacts, second: ObjectFacts, place: string): void {
    const at = place === '' ? 'the model' : place
    this.#texts(first.class, second.class, at)
    if (first.class !== second.class) return
    if (!isToldWhole(first) || !isToldWhole(second)) this.skip(at)
    this.#texts(fitting(first), fitting(second), `${at}: fitted`)
    this.#texts(columns(first.features), columns(second.features), `${at}: features`)
    this.#texts(String(first.featureCount), String(second.featureCount), `${at}: features`)
    const prefix = place === '' ? '' : `${place}.`
    const names = new Set([...Object.keys(first.parameters), ...Object.keys(second.parameters)])
    for (const name of names) {
      this.#values(first.parameters[name], second.parameters[name], `${prefix}${name}`)
    }
    this.#texts(order(first.steps), order(second.steps), `${at}: steps`)
    for (const [index, step] of first.steps.entries()) {
      const other = second.steps[index]
      if (other === undefined || other.name !== step.name) continue
      if (typeof step.object === 'string' || typeof other.object === 'string') continue
      this.objects(step.object, other.object, `${prefix}${step.name}`)
    }
  }

  /** Values of which one is not there differ as such. */
  #values(first: ObjectValue | undefined, second: ObjectValue | undefined, place: string): void {
    if (isNumber(first) && isNumber(second)) {
      this.#numbers([first], [second], place)
    } else if (isList(first) && isList(second)) {
      this.#lists(first, second, place)
    } else if (!isComposite(first) || !isComposite(second)) {
      this.#texts(shown(first), shown(second), place)
    } else if (first.kind === 'object' && second.kind === 'object') {
      this.objects(first, second, place)
    } else if (first.kind === 'array' && second.kind === 'array') {
      this.#arrays(first, second, place)
    } else {
      this.#texts(shown(first), shown(second), place)
      if (!isLayout(first)) this.skip(place)
    }
  }

  #lists(first: readonly ObjectValue[], second: readonly ObjectValue[], place: string): void {
    if (first.length !== second.length) {
      this.#texts(shown(first), shown(second), place)
    } else if (first.every(isNumber) && second.every(isNumber)) {
      this.#numbers(first, second, place)
    } else {
      for (const [index, value] of first.entries()) {
        this.#values(value, second[index], `${place}[${String(index)}]`)
      }
    }
  }

  #arrays(first: ArrayFacts, second: ArrayFacts, place: string): void {
    const [before, after] = [shown(first), shown(second)]
    if (before !== after) {
      this.#texts(before, after, place)
    } else if (first.values !== null && second.values !== null) {
      this.#lists(first.values, second.values, place)
    } else if (first.sha256 === null || first.sha256 !== second.sha256) {
      this.skip(place)
    } else {
      this.compared += 1
    }
  }

  #numbers(
    first: readonly (number | bigint)[],
    second: readonly (number | bigint)[],
    place: string,
  ): void {
    this.compared += first.length
    const gaps: Gap[] = []
    let [released, retrained] = ['', '']
    for (const [index, one] of first.entries()) {
      const other = second[index]
      if (other === undefined || isSame(one, other)) continue
      if (gaps.length === 0) [released, retrained] = [String(one), String(other)]
      gaps.push(gapOf(Number(one), Number(other)))
    }
    if (gaps.length > 0) this.differences.push({ place, released, retrained, gaps })
  }

  #texts(released: string, retrained: string, place: string): void {
    this.compared += 1
    if (released !== retrained) this.differences.push({ place, released, retrained, gaps: [] })
  }
}

/**
 * Whether all that makes an object what it is stands among its parameters: so with estimators of
 * scikit-learn and plain collections. Other classes may keep state in the arguments of their constructor.
 */
function isToldWhole({ class: name, fitted, parameters, steps }: ObjectFacts): boolean {
  if (/^(builtins\.dict|numpy\.(ndarray|npz))$/.test(name)) return true
  if (/^builtins\.(list|tuple)$/.test(name)) return true
  const isEmpty = Object.keys(parameters).length === 0 && steps.length === 0
  return name.startsWith('sklearn.') && fitted !== null && !isEmpty
}

/** Types and slices of columns are settled when the columns and the arrays are equal. */
function isLayout(value: Composite): boolean {
  return (
    value.kind === 'opaque' &&
    /^(builtins\.slice|numpy\.(dtype|bool_?|u?int\d+|float\d+))$/.test(value.class)
  )
}

function fitting({ fitted }: ObjectFacts): string {
  return String(fitted)
}

function columns(names: readonly (string | number)[] | null): string {
  return names === null ? 'none' : names.join(', ')
}

function order(steps: readonly ObjectStep[]): string {
  const text = ({ name, role, columns: taken, object }: ObjectStep) =>
    `${role} ${name} (${columns(taken)})${typeof object === 'string' ? ` ${object}` : ''}`
  return steps.map(text).join(', ')
}

function isNumber(value: ObjectValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: ObjectValue | undefined): value is readonly ObjectValue[] {
  return Array.isArray(value)
}

type Composite = Extract<ObjectValue, { readonly kind: string }>

function isComposite(value: ObjectValue | undefined): value is Composite {
  return typeof value === 'object' && value !== null && 'kind' in value
}

function isSame(one: number | bigint, other: number | bigint): boolean {
  if (typeof one !== typeof other) return String(one) === String(other)
  return one === other || (Number.isNaN(one) && Number.isNaN(other))
}

function gapOf(one: number, other: number): Gap {
  if (!Number.isFinite(one) || !Number.isFinite(other)) return { absolute: null, relative: null }
  const absolute = Math.abs(one - other)
  if (!Number.isFinite(absolute)) return { absolute: null, relative: null }
  return { absolute, relative: absolute / Math.max(Math.abs(one), Math.abs(other)) }
}

function shown(value: ObjectValue | undefined): string {
  if (value === undefined) return 'not there'
  if (isList(value)) return `${String(value.length)} values`
  // A text is not the number that it spells.
  if (!isComposite(value)) return typeof value === 'string' ? JSON.stringify(value) : String(value)
  if (value.kind !== 'array') return value.class
  return `${value.dtype} of ${value.shape.map(String).join(' × ') || 'one value'}`
}
