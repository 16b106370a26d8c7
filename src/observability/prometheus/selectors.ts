import { calculate } from './arithmetic.ts'
import { bare, partsOf, type Expression, type Selector } from './expression.ts'

/** A selector with what is done to its series. */
export interface SelectorUse {
  readonly selector: Selector
  /** Functions and aggregations around it, the outermost first. */
  readonly around: readonly string[]
  /** The length of the range it is read over. */
  readonly seconds: number | undefined
}

/** Every selector of an expression, in the order of the text. O(nodes × depth). */
export function selectorsOf(expression: Expression): readonly SelectorUse[] {
  const found: SelectorUse[] = []
  const visit = (
    part: Expression,
    around: readonly string[],
    seconds: number | undefined,
  ): void => {
    if (part.kind === 'selector') {
      found.push({ selector: part, around, seconds })
      return
    }
    const name =
      part.kind === 'call' ? part.function : part.kind === 'aggregation' ? part.operator : undefined
    const inside = name === undefined ? around : [...around, name]
    const range = part.kind === 'range' || part.kind === 'subquery' ? part.seconds : seconds
    for (const inner of partsOf(part)) visit(inner, inside, range)
  }
  visit(expression, [], undefined)
  return found
}

/** Every part of an expression, the whole first. */
export function allParts(expression: Expression): readonly Expression[] {
  const found: Expression[] = []
  const visit = (part: Expression): void => {
    found.push(part)
    partsOf(part).forEach(visit)
  }
  visit(expression)
  return found
}

/** The number that an expression without selectors is; `undefined` where series or time take part. */
export function constantOf(expression: Expression): number | undefined {
  const part = bare(expression)
  if (part.kind === 'number') return part.value
  if (part.kind === 'unary') {
    const value = constantOf(part.of)
    return value === undefined || part.operator === '+' ? value : -value
  }
  if (part.kind === 'call') {
    if (part.function === 'pi') return Math.PI
    const [only] = part.args
    const isWrapper = part.function === 'vector' || part.function === 'scalar'
    return isWrapper && only !== undefined ? constantOf(only) : undefined
  }
  if (part.kind !== 'binary') return undefined
  return calculate(part.operator, constantOf(part.left), constantOf(part.right))
}
