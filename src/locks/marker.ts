/** An environment marker (PEP 508) as a tree. */
export type Marker =
  | {
      readonly kind: 'combine'
      readonly operator: 'and' | 'or'
      readonly left: Marker
      readonly right: Marker
    }
  | {
      readonly kind: 'compare'
      readonly variable: MarkerVariable
      readonly operator: string
      readonly value: string
      /** `'linux' in sys_platform`: the value stands on the left. */
      readonly reversed: boolean
    }

const VARIABLES = [
  'python_version',
  'python_full_version',
  'implementation_version',
  'os_name',
  'sys_platform',
  'platform_machine',
  'platform_python_implementation',
  'platform_release',
  'platform_system',
  'platform_version',
  'implementation_name',
  'extra',
] as const
export type MarkerVariable = (typeof VARIABLES)[number]

const TOKEN =
  /\s*(?:(?<paren>[()])|(?<operator><=|>=|===|==|!=|~=|<|>)|(?<word>[A-Za-z_][A-Za-z0-9_.]*)|'(?<single>[^']*)'|"(?<double>[^"]*)")/y

type Token =
  | { readonly kind: 'paren' | 'operator' | 'word'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }

/** Reads a marker. Returns `undefined` when it is not a valid one, as pip would refuse it. */
export function parseMarker(text: string): Marker | undefined {
  const tokens = tokenize(text)
  if (tokens === undefined) return undefined
  let at = 0
  const word = (expected: string) => {
    const token = tokens[at]
    if (token?.kind === 'string' || token?.text !== expected) return false
    at += 1
    return true
  }
  const chain = (operator: 'and' | 'or', next: () => Marker | undefined): Marker | undefined => {
    let left = next()
    while (left !== undefined && word(operator)) {
      const right = next()
      left = right === undefined ? undefined : { kind: 'combine', operator, left, right }
    }
    return left
  }
  const disjunction = (): Marker | undefined => chain('or', conjunction)
  const conjunction = (): Marker | undefined => chain('and', term)
  const term = (): Marker | undefined => {
    if (!word('(')) return comparison()
    const inner = disjunction()
    return word(')') ? inner : undefined
  }
  const comparison = (): Marker | undefined => {
    const left = tokens[at++]
    const operator = word('in') ? 'in' : word('not') && word('in') ? 'not in' : symbol()
    const right = tokens[at++]
    if (left === undefined || operator === undefined || right === undefined) return undefined
    const leftVariable = variableOf(left)
    const rightVariable = variableOf(right)
    if (leftVariable !== undefined && right.kind === 'string') {
      return {
        kind: 'compare',
        variable: leftVariable,
        operator,
        value: right.text,
        reversed: false,
      }
    }
    if (rightVariable !== undefined && left.kind === 'string') {
      return {
        kind: 'compare',
        variable: rightVariable,
        operator,
        value: left.text,
        reversed: true,
      }
    }
    return undefined
  }
  const symbol = () => {
    const token = tokens[at]
    if (token?.kind !== 'operator') return undefined
    at += 1
    return token.text
  }
  const marker = disjunction()
  return at === tokens.length ? marker : undefined
}

function tokenize(text: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length && text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at
    const groups = TOKEN.exec(text)?.groups
    if (groups === undefined) return undefined
    const { paren, operator, word, single, double } = groups
    if (paren !== undefined) tokens.push({ kind: 'paren', text: paren })
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else tokens.push({ kind: 'string', text: single ?? double ?? '' })
    at = TOKEN.lastIndex
  }
  return tokens
}

function variableOf(token: Token): MarkerVariable | undefined {
  if (token.kind !== 'word') return undefined
  const name =
    token.text === 'python_implementation' ? 'platform_python_implementation' : token.text
  return VARIABLES.find((variable) => variable === name.replaceAll('.', '_'))
}
