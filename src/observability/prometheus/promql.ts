import { parser } from '@prometheus-io/lezer-promql'
import type { SyntaxNode } from '@lezer/common'
import type { Expression } from './expression.ts'
import { buildExpression, PromqlError } from './build-expression.ts'
import { checkTypes } from './check-types.ts'
import type { ValueType } from './functions.ts'

/** Generated expressions reach some kilobytes. */
const LENGTH_LIMIT = 100_000
/** The tree is walked recursively. */
const DEPTH_LIMIT = 250

export interface PromqlProblem {
  readonly offset: number
  readonly reason: string
}

export type ParsedPromql =
  | { readonly expression: Expression; readonly type: ValueType; readonly problem?: undefined }
  | { readonly expression?: undefined; readonly type?: undefined; readonly problem: PromqlProblem }

/**
 * Parses a PromQL expression with the grammar of Prometheus 3 and checks it as Prometheus does
 * before it runs: number and kinds of arguments, ranges, sides of operators, matchers, regular
 * expressions. Experimental functions and modifiers are accepted.
 *
 * @param isPlaceholder whether a metric name stands for anything, a number too; never by default
 * @returns the expression, or the first problem; never throws. O(length), at most 100 000 characters
 *   and 250 levels
 */
export function parsePromql(
  text: string,
  isPlaceholder: (name: string) => boolean = () => false,
): ParsedPromql {
  if (text.length > LENGTH_LIMIT) return problem(LENGTH_LIMIT, 'longer than 100,000 characters')
  const tooDeep = depthProblem(text)
  if (tooDeep !== undefined) return problem(tooDeep, 'nested too deeply')
  const { topNode } = parser.parse(text.replace(OPEN_FRACTION, closeFraction))
  const error = firstError(topNode)
  if (error !== undefined) return problem(error, syntaxReason(text, error))
  try {
    const expression = buildExpression(topNode, text)
    return { expression, type: checkTypes(expression, isPlaceholder) }
  } catch (thrown) {
    if (thrown instanceof PromqlError) return problem(thrown.offset, thrown.message)
    throw thrown
  }
}

function problem(offset: number, reason: string): ParsedPromql {
  return { problem: { offset, reason } }
}

/** `5.` is a number of Prometheus and none of the grammar; texts and comments are stepped over. */
const OPEN_FRACTION =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|#[^\n]*|(?<![\w.])\d+\.(?![\w.])/g

function closeFraction(token: string): string {
  return token.replace(/^(\d+)\.$/, '$1 ')
}

/** Where brackets, signs or operators of one level exceed the limit; outside of texts and comments. */
function depthProblem(text: string): number | undefined {
  let [open, operators] = [0, 0]
  const outer: number[] = []
  const tokens =
    /#[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|[([{]|[)\]}]|[-+*/%^<>]|[=!]=|@|\b(?:and|or|unless|atan2|offset)\b|,/gi
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (/^["'`#]/.test(token)) continue
    if (/^[([{]/.test(token)) {
      open += 1
      outer.push(operators)
    } else if (/^[)\]}]/.test(token)) {
      open -= 1
      operators = outer.pop() ?? 0
    } else if (token === ',') operators = outer.at(-1) ?? 0
    else operators += 1
    if (open + operators > DEPTH_LIMIT) return index
  }
  return undefined
}

/** The offset of the first place that the grammar does not allow. */
function firstError(top: SyntaxNode): number | undefined {
  if (top.firstChild === null) return 0
  const cursor = top.cursor()
  do {
    if (cursor.type.isError) return cursor.from
  } while (cursor.next())
  return undefined
}

function syntaxReason(text: string, offset: number): string {
  const rest = text.slice(offset)
  if (rest.trim() === '')
    return text.trim() === '' ? 'no expression' : 'the expression ends too early'
  const [word = ''] = /^\s*(?:\w+|\S)/.exec(rest) ?? []
  return `unexpected ${word.trim().slice(0, 40)}`
}
