import type { Binary, Expression, Unary } from './expression.ts'

/** An operator between two operands, or a sign before one. */
export type Operator =
  | Pick<Binary, 'operator' | 'isBool' | 'matching' | 'group'>
  | { readonly sign: Unary['operator']; readonly from: number }

/** Operands and operators in the order of the text. */
export type Chain = readonly (Expression | Operator)[]

const SIGN = 5
const PRECEDENCE: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '</': 3,
  '>/': 3,
  '+': 4,
  '-': 4,
  '*': SIGN,
  '/': SIGN,
  '%': SIGN,
  atan2: SIGN,
  '^': 6,
}

/**
 * The expression of a chain by the precedence of PromQL. The tree of the grammar cannot be taken for
 * it: there, `a - b offset 1h` moves the whole difference, in Prometheus `b` alone.
 */
export function associate(chain: Chain): Expression {
  let at = 0
  const operand = (): Expression => {
    const part = chain[at] as Chain[number]
    at += 1
    if (!('sign' in part)) return part as Expression
    const of = parse(SIGN + 1)
    if (of.kind === 'number') {
      return { ...of, from: part.from, value: part.sign === '-' ? -of.value : of.value }
    }
    return { kind: 'unary', operator: part.sign, from: part.from, to: of.to, of }
  }
  const parse = (least: number): Expression => {
    let left = operand()
    for (;;) {
      const next = chain[at] as
        Pick<Binary, 'operator' | 'isBool' | 'matching' | 'group'> | undefined
      const precedence = next === undefined ? 0 : (PRECEDENCE[next.operator] ?? 0)
      if (next === undefined || precedence < least) return left
      at += 1
      // A power is taken from the right: 2 ^ 3 ^ 2 is 2 ^ 9.
      const right = parse(next.operator === '^' ? precedence : precedence + 1)
      left = { kind: 'binary', ...next, from: left.from, to: right.to, left, right }
    }
  }
  return parse(1)
}

/** The chain with its last operand replaced. */
export function withLast(chain: Chain, wrap: (last: Expression) => Expression): Chain {
  return [...chain.slice(0, -1), wrap(chain.at(-1) as Expression)]
}
