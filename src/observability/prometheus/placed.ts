import type { Location } from '../../core/evidence.ts'
import { placeInside, placeOf, type ScalarNode } from '../../documents/node.ts'
import type { Expression } from './expression.ts'
import type { ValueType } from './functions.ts'
import { parsePromql, type PromqlProblem } from './promql.ts'

/** A text of a file with the place where it stands. */
export interface PlacedText {
  readonly text: string
  readonly place: Location
}

/** The expression of a rule or a panel. */
export interface PlacedExpression extends PlacedText {
  /** `undefined` when the text is no PromQL. */
  readonly expression: Expression | undefined
  readonly type: ValueType | undefined
  readonly problem: PromqlProblem | undefined
  /** The place in the file of an offset that the expression or the problem names. */
  readonly placeAt: (offset: number) => Location
}

/** Parses the expression that a scalar of a file holds. */
export function placedExpression(node: ScalarNode): PlacedExpression {
  const parsed = parsePromql(node.text)
  return {
    text: node.text,
    place: placeOf(node),
    expression: parsed.expression,
    type: parsed.type,
    problem: parsed.problem,
    placeAt: (offset) => placeInside(node, offset),
  }
}
