import type { Location } from '../../core/evidence.ts'
import { placeInside, placeOf, type ScalarNode } from '../../documents/node.ts'
import type { PlacedExpression } from '../prometheus/placed.ts'
import { parsePromql, type PromqlProblem } from '../prometheus/promql.ts'
import { PLACEHOLDER, substitute } from './substitute.ts'
import type { Variable } from './variables.ts'

/** A query as it stands in a dashboard. */
export interface WrittenQuery {
  readonly refId: string
  readonly isHidden: boolean
  readonly text: ScalarNode
}

/** A panel or an annotation as it stands in a dashboard. */
export interface WrittenPanel {
  readonly title: string
  readonly type: string
  readonly place: Location
  readonly queries: readonly WrittenQuery[]
  readonly library: string | undefined
  readonly otherQueries: number
}

/** The expression of a query; tried with the values of its variables, then with placeholders. */
export function readQuery(
  node: ScalarNode,
  variables: readonly Variable[],
  slice: readonly [from: number, to: number] = [0, node.text.length],
): { readonly expr: PlacedExpression; readonly unknown: readonly string[] } {
  const [from, to] = slice
  const text = node.text.slice(from, to)
  const attempts = [true, false].map((usesValues) => {
    const substituted = substitute(text, variables, usesValues)
    return { substituted, parsed: parsePromql(substituted.text, isPlaceholder) }
  })
  const best = attempts.find(({ parsed }) => parsed.problem === undefined) ?? attempts[0]
  const { substituted, parsed } = best as (typeof attempts)[number]
  return {
    expr: {
      text,
      place: from === 0 ? placeOf(node) : placeInside(node, from),
      expression: parsed.expression,
      type: parsed.type,
      problem: withoutPlaceholders(parsed.problem),
      placeAt: (offset) => placeInside(node, from + substituted.writtenAt(offset)),
    },
    unknown: substituted.unknown,
  }
}

/**
 * The selector or expression inside of the query of a variable: `label_values(metric, label)`,
 * `query_result(expression)`, or a selector alone. `undefined` where no metric is named.
 */
export function readVariableQuery(
  node: ScalarNode,
  variables: readonly Variable[],
): PlacedExpression | undefined {
  const { text } = node
  const call = /^\s*(label_values|query_result)\s*\(/.exec(text)
  if (call === null) {
    if (/^\s*(label_names|metrics|label_values)\b/.test(text)) return undefined
    const { expr } = readQuery(node, variables)
    return expr.problem === undefined ? expr : undefined
  }
  const close = text.lastIndexOf(')')
  const comma = text.lastIndexOf(',', close)
  const isValues = call[1] === 'label_values'
  if (isValues && !/^\s*\S+\s*$/.test(text.slice(comma + 1, close))) return undefined
  if (isValues && comma < call[0].length) return undefined
  const { expr } = readQuery(node, variables, [call[0].length, isValues ? comma : close])
  return expr.problem === undefined ? expr : undefined
}

function withoutPlaceholders(problem: PromqlProblem | undefined): PromqlProblem | undefined {
  if (problem === undefined) return undefined
  return { ...problem, reason: problem.reason.replaceAll(PLACEHOLDER, 'a variable') }
}

function isPlaceholder(name: string): boolean {
  return name !== '' && name.replaceAll(PLACEHOLDER, '') === ''
}
