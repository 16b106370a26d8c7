import type { JsonValue } from '../core/evidence.ts'

/** The parsed form of `applies_when`. */
export type Condition =
  | { readonly kind: 'present'; readonly path: string }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }

/** A condition that cannot be read; the message says at which word. */
export class ConditionError extends Error {}

const TOKEN = /\s*([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*|[!()])/y

/**
 * Reads a condition over the blocks of the manifest:
 *
 *     condition = alternative { "or" alternative }
 *     alternative = operand { "and" operand }
 *     operand = "!" operand | "(" condition ")" | path
 *     path = key { "." key }
 *
 * A path holds when the manifest has something there. In a list of blocks a key names their `kind`:
 * `preprocessing.scaler`.
 *
 * @throws ConditionError when the text does not follow this grammar
 */
export function parseCondition(text: string): Condition {
  const tokens = tokenize(text)
  let next = 0
  const take = (): string | undefined => tokens[next++]
  const accept = (token: string): boolean => {
    if (tokens[next] !== token) return false
    next += 1
    return true
  }
  const operand = (): Condition => {
    const token = take()
    if (token === undefined) throw new ConditionError('the condition ends too early')
    if (token === '!') return { kind: 'not', operand: operand() }
    if (token === '(') {
      const inner = alternatives()
      if (!accept(')')) throw new ConditionError('a `)` is missing')
      return inner
    }
    if (token === ')' || token === 'and' || token === 'or') {
      throw new ConditionError(`\`${token}\` cannot stand here`)
    }
    return { kind: 'present', path: token }
  }
  const conjunction = (): Condition => {
    let left = operand()
    while (accept('and')) left = { kind: 'and', left, right: operand() }
    return left
  }
  const alternatives = (): Condition => {
    let left = conjunction()
    while (accept('or')) left = { kind: 'or', left, right: conjunction() }
    return left
  }
  const condition = alternatives()
  const rest = take()
  if (rest !== undefined) throw new ConditionError(`\`${rest}\` cannot stand here`)
  return condition
}

const LONGEST = 1000

function tokenize(text: string): readonly string[] {
  if (text.length > LONGEST) throw new ConditionError('the condition is too long')
  const tokens: string[] = []
  const trimmed = text.trimEnd()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < trimmed.length) {
    const from = TOKEN.lastIndex
    const token = TOKEN.exec(trimmed)?.[1]
    if (token === undefined) {
      throw new ConditionError(`\`${trimmed.slice(from).trim().slice(0, 20)}\` cannot stand here`)
    }
    tokens.push(token)
  }
  return tokens
}

/** The manifest paths that a condition asks about. */
export function conditionPaths(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'present':
      return [condition.path]
    case 'not':
      return conditionPaths(condition.operand)
    case 'and':
    case 'or':
      return [...conditionPaths(condition.left), ...conditionPaths(condition.right)]
  }
}

/** The condition as a person would write it. */
export function formatCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'present':
      return condition.path
    case 'not':
      return `!${inParentheses(condition.operand, ['and', 'or'])}`
    case 'and':
      return `${inParentheses(condition.left, ['or'])} and ${inParentheses(condition.right, ['and', 'or'])}`
    case 'or':
      return `${formatCondition(condition.left)} or ${inParentheses(condition.right, ['or'])}`
  }
}

function inParentheses(condition: Condition, kinds: readonly Condition['kind'][]): string {
  const text = formatCondition(condition)
  return kinds.includes(condition.kind) ? `(${text})` : text
}

/** Whether a condition holds for the content of a manifest as it is written. */
export function evaluateCondition(condition: Condition, written: JsonValue): boolean {
  switch (condition.kind) {
    case 'present':
      return isPresent(written, condition.path.split('.'))
    case 'not':
      return !evaluateCondition(condition.operand, written)
    case 'and':
      return (
        evaluateCondition(condition.left, written) && evaluateCondition(condition.right, written)
      )
    case 'or':
      return (
        evaluateCondition(condition.left, written) || evaluateCondition(condition.right, written)
      )
  }
}

/** `none` says that there is nothing, and an empty block or list says the same. */
function isPresent(value: JsonValue | undefined, steps: readonly string[]): boolean {
  const [step, ...rest] = steps
  if (step === undefined) {
    if (value === undefined || value === null || value === 'none') return false
    return typeof value !== 'object' || Object.keys(value).length > 0
  }
  if (isList(value)) {
    return rest.length === 0 && value.some((entry) => keyOf(entry, 'kind') === step)
  }
  return isPresent(keyOf(value, step), rest)
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function keyOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || isList(value)) return undefined
  return Object.hasOwn(value, key) ? value[key] : undefined
}
