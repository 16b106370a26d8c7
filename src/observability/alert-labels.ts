import type { AlertLabels } from './alertmanager/routes.ts'
import type { Binary, Call, Expression } from './prometheus/expression.ts'
import type { Rule } from './prometheus/rules.ts'
import { constantOf } from './prometheus/selectors.ts'

type Labels = ReadonlyMap<string, string>

const NONE: Labels = new Map()

/**
 * The labels that the alerts of a rule are known to have: its name, its own labels, and those that
 * the expression asks for by value and keeps. Others may come from the series and from the settings
 * of Prometheus.
 */
export function alertLabels({ name, labels, expr }: Rule): AlertLabels {
  const own = [...labels].map(([label, { text }]) => [label, text] as const)
  const ofSeries = expr?.expression === undefined ? NONE : keptLabels(expr.expression)
  return { known: new Map([...ofSeries, ...own, ['alertname', name]]), mayHaveOthers: true }
}

/** Labels with one value in every series that an expression gives. */
export function keptLabels(expression: Expression): Labels {
  switch (expression.kind) {
    case 'number':
    case 'string':
      return NONE
    case 'selector':
      return new Map(
        expression.matchers
          .filter(({ label, operator, value }) => isValue(label, operator, value))
          .map(({ label, value }) => [label, value]),
      )
    case 'range':
    case 'subquery':
    case 'unary':
    case 'moved':
    case 'parenthesised':
      return keptLabels(expression.of)
    case 'aggregation': {
      const { grouping, args } = expression
      const of = args.at(-1)
      if (grouping === undefined || of === undefined) return NONE
      const isBy = grouping.kind === 'by'
      return filtered(keptLabels(of), (label) => grouping.labels.includes(label) === isBy)
    }
    case 'call':
      return ofCall(expression)
    case 'binary':
      return ofBinary(expression)
  }
}

function isValue(label: string, operator: string, value: string): boolean {
  return operator === '=' && value !== '' && label !== '__name__'
}

function ofCall({ function: name, args }: Call): Labels {
  if (name === 'scalar' || name === 'vector' || name.startsWith('label_')) return NONE
  const [first] = args
  const isPlain = first?.kind === 'selector' || first?.kind === 'range'
  if (name.startsWith('absent') && !isPlain) return NONE
  const inner = args.map(keptLabels).find((labels) => labels.size > 0) ?? NONE
  return name.startsWith('histogram_quantile') ? filtered(inner, (label) => label !== 'le') : inner
}

function ofBinary({ operator, left, right, matching, group }: Binary): Labels {
  if (constantOf(right) !== undefined) return operator === 'or' ? NONE : keptLabels(left)
  if (constantOf(left) !== undefined) return operator === 'or' ? NONE : keptLabels(right)
  const ofLeft = keptLabels(left)
  if (operator === 'and' || operator === 'unless') return ofLeft
  if (operator === 'or') {
    const ofRight = keptLabels(right)
    return filtered(ofLeft, (label) => ofRight.get(label) === ofLeft.get(label))
  }
  if (group !== undefined || matching !== undefined) return NONE
  return ofLeft
}

function filtered(labels: Labels, keeps: (label: string) => boolean): Labels {
  return new Map([...labels].filter(([label]) => keeps(label)))
}
