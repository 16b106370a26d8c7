import { PromqlError } from './build-expression.ts'
import { bare, type Aggregation, type Binary, type Call, type Expression } from './expression.ts'
import { AGGREGATION_PARAMETERS, FUNCTIONS, type ValueType } from './functions.ts'

const SET_OPERATORS = ['and', 'or', 'unless']
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>=']

const IN_WORDS: Readonly<Record<ValueType, string>> = {
  scalar: 'a number',
  vector: 'an instant vector',
  range: 'a range such as [5m]',
  string: 'a text',
  any: 'anything',
}

/**
 * What an expression gives.
 *
 * @throws PromqlError at the first part that Prometheus refuses
 */
export function checkTypes(root: Expression, isPlaceholder: (name: string) => boolean): ValueType {
  const visit = (expression: Expression): ValueType => {
    switch (expression.kind) {
      case 'number':
        return 'scalar'
      case 'string':
        return 'string'
      case 'selector':
        return expression.matchers.length === 0 && isPlaceholder(expression.name ?? '')
          ? 'any'
          : 'vector'
      case 'parenthesised':
        return visit(expression.of)
      case 'range':
        if (expression.of.kind !== 'selector') {
          throw new PromqlError(
            expression.from,
            'a range stands behind something that is no selector',
          )
        }
        return 'range'
      case 'subquery':
        expect(expression.of, ['vector'])
        return 'range'
      case 'moved':
        return moved(expression.of, expression.by)
      case 'unary':
        return expect(expression.of, ['scalar', 'vector'])
      case 'call':
        return call(expression)
      case 'aggregation':
        return aggregation(expression)
      case 'binary':
        return binary(expression)
    }
  }

  const expect = (part: Expression, wanted: readonly ValueType[]): ValueType => {
    const found = visit(part)
    if (found === 'any' || wanted.includes(found)) return found
    const words = wanted.map((type) => IN_WORDS[type]).join(' or ')
    throw new PromqlError(part.from, `${words} is needed, this is ${IN_WORDS[found]}`)
  }

  const moved = (of: Expression, by: string): ValueType => {
    let inner = of
    while (inner.kind === 'moved') {
      if (inner.by === by) throw new PromqlError(inner.from, `${by} stands twice`)
      inner = inner.of
    }
    if (inner.kind !== 'selector' && inner.kind !== 'range' && inner.kind !== 'subquery') {
      throw new PromqlError(of.from, `${by} stands behind something that is no selector`)
    }
    return visit(of)
  }

  const call = ({ function: name, args, from }: Call): ValueType => {
    const signature = FUNCTIONS.get(name)
    if (signature === undefined) throw new PromqlError(from, `unknown function ${name}`)
    const least = signature.args.length - signature.optional
    if (args.length < least || args.length > signature.args.length + signature.repeated) {
      throw new PromqlError(from, `${name} does not take ${String(args.length)} arguments`)
    }
    args.forEach((arg, index) => {
      expect(arg, [signature.args[index] ?? signature.args.at(-1) ?? 'any'])
    })
    return signature.gives
  }

  const aggregation = ({ operator, args, from }: Aggregation): ValueType => {
    const parameter = AGGREGATION_PARAMETERS.get(operator)
    const types: readonly ValueType[] = parameter === undefined ? ['vector'] : [parameter, 'vector']
    if (args.length !== types.length) {
      throw new PromqlError(from, `${operator} does not take ${String(args.length)} arguments`)
    }
    args.forEach((arg, index) => expect(arg, [types[index] ?? 'vector']))
    return 'vector'
  }

  const binary = (expression: Binary): ValueType => {
    const { operator, isBool, matching, group, left, right } = expression
    const isComparison = COMPARISONS.includes(operator)
    if (isBool && !isComparison) {
      throw new PromqlError(left.to, 'bool belongs to a comparison')
    }
    const types = [left, right].map((side) => expect(side, ['scalar', 'vector']))
    if (types.includes('any')) return types.includes('vector') ? 'vector' : 'any'
    const hasNumber = types.includes('scalar')
    if (SET_OPERATORS.includes(operator)) {
      if (hasNumber) throw new PromqlError(left.to, `${operator} does not take a number`)
      if (group !== undefined)
        throw new PromqlError(left.to, `${operator} has no group_${group.side}`)
    }
    if (hasNumber && matching !== undefined && matching.labels.length > 0) {
      throw new PromqlError(left.to, 'labels are matched between two vectors only')
    }
    if (matching?.kind === 'on' && group?.labels.some((name) => matching.labels.includes(name))) {
      throw new PromqlError(left.to, `a label stands in on and in group_${group.side}`)
    }
    const isNumber = types.every((type) => type === 'scalar')
    if (isNumber && isComparison && !isBool) {
      throw new PromqlError(left.to, 'a comparison of two numbers needs bool')
    }
    return isNumber ? 'scalar' : 'vector'
  }

  return visit(bare(root))
}
