import { bare, type Expression } from './expression.ts'
import { constantOf } from './selectors.ts'

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>='

/** A condition of an alert, written as `measured operator threshold`. */
export interface Comparison {
  readonly measured: Expression
  readonly operator: ComparisonOperator
  /** `undefined` when it is compared with other series. */
  readonly threshold: number | undefined
  /** On which side the threshold stands in the text; the right one without a threshold. */
  readonly side: 'left' | 'right'
  readonly isBool: boolean
  readonly from: number
  readonly to: number
}

const TURNED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

/**
 * The comparisons that decide whether an alert fires: those at the top of the expression and under
 * `and`, `or` and the left of `unless`. A comparison inside of a function or an aggregation only
 * selects series.
 */
export function comparisonsOf(expression: Expression): readonly Comparison[] {
  const part = bare(expression)
  if (part.kind !== 'binary') return []
  const { operator, left, right, isBool, from, to } = part
  if (operator === 'unless') return comparisonsOf(left)
  if (operator === 'and' || operator === 'or') {
    return [...comparisonsOf(left), ...comparisonsOf(right)]
  }
  if (!isComparison(operator)) return []
  const leftNumber = constantOf(left)
  const rightNumber = constantOf(right)
  if (leftNumber !== undefined && rightNumber === undefined) {
    const turned = TURNED[operator]
    return [
      {
        measured: right,
        operator: turned,
        threshold: leftNumber,
        side: 'left',
        isBool,
        from,
        to,
      },
    ]
  }
  return [{ measured: left, operator, threshold: rightNumber, side: 'right', isBool, from, to }]
}

function isComparison(operator: string): operator is ComparisonOperator {
  return Object.hasOwn(TURNED, operator)
}
