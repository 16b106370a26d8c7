import type { SyntaxNode } from '@lezer/common'
import { MATCH_OPERATORS } from './expression.ts'
import type { Aggregation, Expression, Matcher, Moved, Selector } from './expression.ts'
import { associate, withLast, type Chain, type Operator } from './operator-chain.ts'
import { calculate } from './arithmetic.ts'
import { durationSeconds } from './duration.ts'
import { compileRe2 } from './re2.ts'
import { unquote } from './strings.ts'

/** An expression that the grammar allows and Prometheus refuses. */
export class PromqlError extends Error {
  override readonly name = 'PromqlError'
  readonly offset: number
  constructor(offset: number, reason: string) {
    super(reason)
    this.offset = offset
  }
}

/**
 * The expression of a syntax tree without errors.
 *
 * @throws PromqlError for texts, numbers and matchers that the grammar lets pass and Prometheus does not
 */
export function buildExpression(top: SyntaxNode, text: string): Expression {
  const written = (node: SyntaxNode): string => text.slice(node.from, node.to)

  const string = (node: SyntaxNode): string => {
    const value = unquote(written(node))
    if (value === undefined)
      throw new PromqlError(node.from, 'a text is not closed, or has an unknown escape')
    return value
  }

  const label = (node: SyntaxNode): string =>
    node.name === 'QuotedLabelName' ? string(node) : written(node)

  const labels = (node: SyntaxNode): readonly string[] =>
    children(node)
      .filter(({ name }) => name === 'LabelName' || name === 'QuotedLabelName')
      .map(label)

  const grouping = (node: SyntaxNode): Aggregation['grouping'] => {
    const [kind, list] = children(node)
    if (kind === undefined || list === undefined) return undefined
    return { kind: kind.name === 'By' ? 'by' : 'without', labels: labels(list) }
  }

  const matcher = (node: SyntaxNode): Matcher => {
    const { from, to } = node
    // A text alone is the name of the metric.
    if (node.name === 'QuotedLabelName') {
      return { from, to, label: '__name__', operator: '=', value: string(node) }
    }
    const [name, operator, value] = children(node) as [SyntaxNode, SyntaxNode, SyntaxNode]
    const sign = MATCH_OPERATORS.find((known) => known === written(operator))
    if (sign === undefined) throw new PromqlError(operator.from, 'unknown matcher')
    const found: Matcher = {
      from,
      to,
      label: label(name),
      operator: sign,
      value: string(value),
    }
    const refusal = sign.endsWith('~') ? compileRe2(found.value).problem : undefined
    if (refusal !== undefined) throw new PromqlError(value.from, `regular expression: ${refusal}`)
    return found
  }

  const selector = (node: SyntaxNode): Selector => {
    const [first, second] = children(node) as [SyntaxNode, SyntaxNode?]
    const braces = first.name === 'LabelMatchers' ? first : second
    const parts = braces === undefined ? [] : children(braces)
    const before = first.name === 'Identifier' ? written(first) : undefined
    const all = parts.map(matcher)
    if (before !== undefined && all.some(({ label }) => label === '__name__')) {
      throw new PromqlError(node.from, 'the metric name stands twice')
    }
    if (before === undefined && all.every(acceptsEmpty)) {
      throw new PromqlError(
        node.from,
        'a selector without a name needs a matcher that is not empty',
      )
    }
    const named = all.find(({ label, operator }) => label === '__name__' && operator === '=')
    return {
      kind: 'selector',
      from: node.from,
      to: node.to,
      name: before ?? named?.value,
      matchers: all.filter((found) => found !== named),
    }
  }

  const seconds = (node: SyntaxNode): number | undefined => {
    const parts = children(node)
    const [first, second, third] = parts
    if (first === undefined) return numberOf(written(node).replace(/^\((.*)\)$/s, '$1'))
    if (parts.length === 1) {
      return first.name.startsWith('Number') ? numberOf(written(first)) : seconds(first)
    }
    if (first.name === 'UnaryOp' && second !== undefined) {
      const value = seconds(second)
      return value === undefined || written(first) === '+' ? value : -value
    }
    if (second === undefined || third === undefined || /^Duration(Min|Max)Of$/.test(first.name)) {
      return undefined
    }
    return calculate(written(second), seconds(first), seconds(third))
  }

  const span = (node: SyntaxNode): number | undefined => {
    const value = seconds(node)
    if (value !== undefined && !(value > 0)) {
      throw new PromqlError(node.from, 'a range must be longer than nothing')
    }
    return value
  }

  const operatorOf = (parts: readonly SyntaxNode[]): Operator => {
    const clause = parts.find(({ name }) => name === 'MatchingModifierClause')
    const [kind, list, side, added] = clause === undefined ? [] : children(clause)
    return {
      operator: written(parts[1] as SyntaxNode).toLowerCase(),
      isBool: parts.some(({ name }) => name === 'BoolModifier'),
      matching:
        kind === undefined || list === undefined
          ? undefined
          : { kind: kind.name === 'On' ? 'on' : 'ignoring', labels: labels(list) },
      group:
        side === undefined
          ? undefined
          : {
              side: side.name === 'GroupLeft' ? 'left' : 'right',
              labels: added === undefined ? [] : labels(added),
            },
    }
  }

  /** Operands and operators under a node; what stands behind the last operand belongs to that alone. */
  const chainOf = (node: SyntaxNode): Chain => {
    const parts = children(node)
    const [first, second] = parts as [SyntaxNode, SyntaxNode]
    const { to } = node
    const behind = (make: (of: Expression) => Expression): Chain => withLast(chainOf(first), make)
    const moved = (by: Moved['by']): Chain =>
      behind((of) => ({ kind: 'moved', by, from: of.from, to, of }))
    switch (node.name) {
      case 'BinaryExpr':
        return [...chainOf(first), operatorOf(parts), ...chainOf(parts.at(-1) as SyntaxNode)]
      case 'UnaryExpr':
        return [{ sign: written(first) === '-' ? '-' : '+', from: node.from }, ...chainOf(second)]
      case 'MatrixSelector': {
        const seconds = span(second)
        return behind((of) => ({ kind: 'range', from: of.from, to, of, seconds }))
      }
      case 'SubqueryExpr': {
        const seconds = span(second)
        if (parts[2] !== undefined) span(parts[2])
        return behind((of) => ({ kind: 'subquery', from: of.from, to, of, seconds }))
      }
      case 'OffsetExpr':
        return moved('offset')
      case 'StepInvariantExpr':
        return moved('@')
      case 'AnchoredExpr':
        return moved('anchored')
      case 'SmoothedExpr':
        return moved('smoothed')
      default:
        return [operand(node)]
    }
  }

  const convert = (node: SyntaxNode): Expression => associate(chainOf(node))

  const operand = (node: SyntaxNode): Expression => {
    const { from, to } = node
    const parts = children(node)
    switch (node.name) {
      case 'NumberDurationLiteral': {
        const value = numberOf(written(node))
        if (value === undefined) throw new PromqlError(from, 'not a number')
        return { kind: 'number', from, to, value }
      }
      case 'StringLiteral':
        return { kind: 'string', from, to, value: string(node) }
      case 'VectorSelector':
        return selector(node)
      case 'ParenExpr':
        return { kind: 'parenthesised', from, to, of: convert(parts[0] as SyntaxNode) }
      case 'FunctionCall':
      case 'AggregateExpr': {
        const body = parts.find(({ name }) => name === 'FunctionCallBody')
        const args = body === undefined ? [] : children(body).map(convert)
        const name = written(parts[0] as SyntaxNode)
        if (node.name === 'FunctionCall') return { kind: 'call', from, to, function: name, args }
        const modifier = parts.find((part) => part.name === 'AggregateModifier')
        return {
          kind: 'aggregation',
          from,
          to,
          operator: name.toLowerCase(),
          grouping: modifier === undefined ? undefined : grouping(modifier),
          args,
        }
      }
      default:
        throw new PromqlError(from, `unexpected ${node.name}`)
    }
  }

  return convert(children(top)[0] as SyntaxNode)
}

function children(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'LineComment') found.push(child)
  }
  return found
}

/** A matcher that a series without the label satisfies. */
export function acceptsEmpty({ operator, value }: Matcher): boolean {
  if (operator === '=') return value === ''
  if (operator === '!=') return value !== ''
  return (compileRe2(value).matches?.('') ?? false) === (operator === '=~')
}

function numberOf(written: string): number | undefined {
  const text = written.replaceAll(/[\s_]/g, '').toLowerCase()
  const sign = text.startsWith('-') ? -1 : 1
  const digits = text.replace(/^[-+]/, '')
  if (digits === 'inf') return sign * Infinity
  if (digits === 'nan') return NaN
  if (/^0[0-7]+$/.test(digits)) return sign * Number.parseInt(digits, 8)
  if (/^0x[\da-f]+$|^[\d.]+(e[-+]?\d+)?$/.test(digits)) return sign * Number(digits)
  const seconds = durationSeconds(digits)
  return seconds === undefined ? undefined : sign * seconds
}
