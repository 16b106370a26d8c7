import { acceptsEmpty } from '../prometheus/build-expression.ts'
import { MATCH_OPERATORS, type MatchOperator } from '../prometheus/expression.ts'
import { compileRe2 } from '../prometheus/re2.ts'

/** One condition on a label; a label that an alert does not have counts as empty. */
export interface AlertMatcher {
  readonly label: string
  readonly operator: MatchOperator
  readonly value: string
}

export type ParsedMatchers =
  | { readonly matchers: readonly AlertMatcher[]; readonly problem?: undefined }
  | { readonly matchers?: undefined; readonly problem: string }

const TOKEN = /\s*(=~|!~|!=|=|,|\{|\}|"(?:[^"\\]|\\.)*"|[^\s{}!=~,\\"'`]+)\s*/y
const CLASSIC = /^\s*([a-zA-Z_:][\w:]*)\s*(=~|=|!=|!~)\s*([^]*?)\s*$/

/**
 * Parses the matchers of one text: `severity="critical"`, `team=~ml|data`, `{a="b", "ü"!="c"}`. As
 * Alertmanager does by default, what the syntax with UTF-8 refuses is read in the older one.
 *
 * @returns the matchers, or why Alertmanager refuses the text; never throws
 */
export function parseMatchers(text: string): ParsedMatchers {
  const matchers = parseUtf8(text) ?? parseClassic(text)
  if (matchers === undefined) return { problem: 'this is no matcher' }
  for (const matcher of matchers) {
    const problem = matcherProblem(matcher)
    if (problem !== undefined) return { problem }
  }
  return { matchers }
}

/** Why a matcher cannot be used; `undefined` for one that can. */
export function matcherProblem({ label, operator, value }: AlertMatcher): string | undefined {
  if (label === '') return 'the label has no name'
  return operator.endsWith('~') ? compileRe2(value).problem : undefined
}

/** Whether a matcher holds for the value of its label, empty for an alert without the label. */
export function matcherHolds({ operator, value }: AlertMatcher, actual: string): boolean {
  switch (operator) {
    case '=':
      return actual === value
    case '!=':
      return actual !== value
    case '=~':
      return compileRe2(value).matches?.(actual) ?? false
    case '!~':
      return !(compileRe2(value).matches?.(actual) ?? true)
  }
}

/** Whether a matcher holds for alerts that do not have its label. */
export function holdsWithout(matcher: AlertMatcher): boolean {
  return acceptsEmpty({ ...matcher, from: 0, to: 0 })
}

function parseUtf8(text: string): readonly AlertMatcher[] | undefined {
  const tokens = tokensOf(text)
  if (tokens === undefined) return undefined
  const isBraced = tokens[0] === '{'
  if (isBraced !== (tokens.at(-1) === '}')) return undefined
  const inner = isBraced ? tokens.slice(1, -1) : tokens
  if (inner.includes('{') || inner.includes('}')) return undefined
  if (inner.at(-1) === ',') inner.pop()
  if (inner.length === 0) return isBraced ? [] : undefined
  if (inner.length % 4 !== 3) return undefined
  const found: AlertMatcher[] = []
  for (let at = 0; at < inner.length; at += 4) {
    const [label, sign, value, comma] = inner.slice(at, at + 4)
    const operator = MATCH_OPERATORS.find((known) => known === sign)
    const isSeparated = comma === undefined || comma === ','
    if (operator === undefined || !isSeparated) return undefined
    const texts = [label, value].map((token) => tokenText(token ?? ''))
    const [name, written] = texts
    if (name === undefined || written === undefined) return undefined
    found.push({ label: name, operator, value: written })
  }
  return found
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = []
  let at = 0
  while (at < text.length) {
    TOKEN.lastIndex = at
    const found = TOKEN.exec(text)
    if (found === null) return text.slice(at).trim() === '' ? tokens : undefined
    tokens.push(found[1] ?? '')
    at += found[0].length
  }
  return tokens
}

/** The text of a name or value; `undefined` for a sign, and for a broken escape. */
function tokenText(token: string): string | undefined {
  if (/^(=~|!~|!=|=|,)$/.test(token)) return undefined
  if (!token.startsWith('"')) return token
  return unescape(token.slice(1, -1))
}

function parseClassic(text: string): readonly AlertMatcher[] | undefined {
  const inner = text.trim().replace(/^\{/, '').replace(/\}$/, '')
  const pieces = splitOutsideQuotes(inner)
  if (pieces === undefined) return undefined
  if (pieces.at(-1)?.trim() === '') pieces.pop()
  const found: AlertMatcher[] = []
  for (const piece of pieces) {
    const [, label, sign, raw = ''] = CLASSIC.exec(piece) ?? []
    const operator = MATCH_OPERATORS.find((known) => known === sign)
    const value = classicValue(raw)
    if (label === undefined || operator === undefined || value === undefined) return undefined
    found.push({ label, operator, value })
  }
  return found
}

function classicValue(raw: string): string | undefined {
  const isOpened = raw.startsWith('"')
  const isClosed = raw.length > 1 && /(?:^|[^\\])(?:\\\\)*"$/.test(raw)
  if (isOpened !== isClosed) return undefined
  const inner = isOpened ? raw.slice(1, -1) : raw
  if (/(?:^|[^\\])(?:\\\\)*"/.test(inner)) return undefined
  return unescape(inner, true)
}

/** `\n`, `\"` and `\\`; other escapes are kept where `isLoose`, and refused elsewhere. */
function unescape(text: string, isLoose = false): string | undefined {
  if (!isLoose && !/^(?:[^\\]|\\[n"\\])*$/.test(text)) return undefined
  return text.replace(/\\([^]?)/g, (whole, mark: string) => {
    if (mark === 'n') return '\n'
    return mark === '"' || mark === '\\' ? mark : whole
  })
}

function splitOutsideQuotes(text: string): string[] | undefined {
  const pieces: string[] = []
  let [start, isQuoted] = [0, false]
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') isQuoted = !isQuoted
    else if (text[at] === ',' && !isQuoted) {
      pieces.push(text.slice(start, at))
      start = at + 1
    }
  }
  if (isQuoted) return undefined
  return [...pieces, text.slice(start)]
}
