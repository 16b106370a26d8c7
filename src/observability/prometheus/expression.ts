/** A PromQL expression; `from` and `to` are offsets in its text. */
export type Expression =
  | NumberLiteral
  | StringLiteral
  | Selector
  | Range
  | Subquery
  | Call
  | Aggregation
  | Binary
  | Unary
  | Moved
  | Parenthesised

interface Spanned {
  readonly from: number
  readonly to: number
}

export interface NumberLiteral extends Spanned {
  readonly kind: 'number'
  /** A duration counts in seconds. */
  readonly value: number
}

export interface StringLiteral extends Spanned {
  readonly kind: 'string'
  readonly value: string
}

export const MATCH_OPERATORS = ['=', '!=', '=~', '!~'] as const
export type MatchOperator = (typeof MATCH_OPERATORS)[number]

export interface Matcher extends Spanned {
  readonly label: string
  readonly operator: MatchOperator
  readonly value: string
}

export interface Selector extends Spanned {
  readonly kind: 'selector'
  /** Written before the braces, quoted inside of them, or as `__name__="…"`. */
  readonly name: string | undefined
  /** Without the one that gives the name; a regular expression on `__name__` is among them. */
  readonly matchers: readonly Matcher[]
}

export interface Range extends Spanned {
  readonly kind: 'range'
  readonly of: Expression
  /** `undefined` when it depends on the step of the query. */
  readonly seconds: number | undefined
}

export interface Subquery extends Spanned {
  readonly kind: 'subquery'
  readonly of: Expression
  readonly seconds: number | undefined
}

export interface Call extends Spanned {
  readonly kind: 'call'
  readonly function: string
  readonly args: readonly Expression[]
}

export interface Aggregation extends Spanned {
  readonly kind: 'aggregation'
  readonly operator: string
  readonly grouping:
    { readonly kind: 'by' | 'without'; readonly labels: readonly string[] } | undefined
  readonly args: readonly Expression[]
}

export interface Binary extends Spanned {
  readonly kind: 'binary'
  readonly operator: string
  readonly isBool: boolean
  readonly matching:
    { readonly kind: 'on' | 'ignoring'; readonly labels: readonly string[] } | undefined
  readonly group:
    { readonly side: 'left' | 'right'; readonly labels: readonly string[] } | undefined
  readonly left: Expression
  readonly right: Expression
}

export interface Unary extends Spanned {
  readonly kind: 'unary'
  readonly operator: '+' | '-'
  readonly of: Expression
}

/** With `offset`, `@`, `anchored` or `smoothed` behind it. */
export interface Moved extends Spanned {
  readonly kind: 'moved'
  readonly by: 'offset' | '@' | 'anchored' | 'smoothed'
  readonly of: Expression
}

export interface Parenthesised extends Spanned {
  readonly kind: 'parenthesised'
  readonly of: Expression
}

/** The expressions that an expression is made of. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'selector':
      return []
    case 'call':
    case 'aggregation':
      return expression.args
    case 'binary':
      return [expression.left, expression.right]
    case 'range':
    case 'subquery':
    case 'unary':
    case 'moved':
    case 'parenthesised':
      return [expression.of]
  }
}

/** The expression without the parentheses around it. */
export function bare(expression: Expression): Expression {
  let inner = expression
  while (inner.kind === 'parenthesised') inner = inner.of
  return inner
}
