/** What a Python literal of text, numbers and containers says; a tuple is a list here. */
export type Literal =
  null | boolean | number | string | readonly Literal[] | ReadonlyMap<string, Literal>

const TOKEN =
  /\s*(?:([[\](){},:])|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\d+)L?|(True|False|None))/y

/** Headers nest two or three levels. */
const DEPTH = 20

type Token =
  | { readonly kind: 'mark'; readonly text: string }
  | { readonly kind: 'value'; readonly value: Literal }

/**
 * The value of a Python literal such as the header of a `.npy` file.
 *
 * @returns `undefined` when the text is anything else: negative or broken numbers, names, calls, a key twice.
 */
export function parseLiteral(text: string): Literal | undefined {
  const tokens = tokenize(text)
  if (tokens === undefined) return undefined
  let at = 0

  const isMark = (mark: string): boolean => {
    const token = tokens[at]
    return token?.kind === 'mark' && token.text === mark
  }
  const members = (end: string, depth: number, read: (depth: number) => boolean): boolean => {
    while (!isMark(end)) {
      if (!read(depth + 1)) return false
      if (isMark(',')) at += 1
      else if (!isMark(end)) return false
    }
    at += 1
    return true
  }
  const value = (depth: number): Literal | undefined => {
    const token = tokens[at]
    if (token === undefined || depth > DEPTH) return undefined
    at += 1
    if (token.kind === 'value') return token.value
    if (token.text === '{') return dictionary(depth)
    if (token.text !== '(' && token.text !== '[') return undefined
    const items: Literal[] = []
    const isWhole = members(token.text === '(' ? ')' : ']', depth, (inner) => {
      const item = value(inner)
      if (item !== undefined) items.push(item)
      return item !== undefined
    })
    return isWhole ? items : undefined
  }
  const dictionary = (depth: number): Literal | undefined => {
    const entries = new Map<string, Literal>()
    const isWhole = members('}', depth, (inner) => {
      const key = value(inner)
      if (typeof key !== 'string' || entries.has(key) || !isMark(':')) return false
      at += 1
      const item = value(inner)
      if (item !== undefined) entries.set(key, item)
      return item !== undefined
    })
    return isWhole ? entries : undefined
  }

  const result = value(0)
  return at === tokens.length ? result : undefined
}

function tokenize(text: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  const trimmed = text.trimEnd()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed)
    if (match === null) return undefined
    const [, mark, single, double, digits, word] = match
    if (mark !== undefined) tokens.push({ kind: 'mark', text: mark })
    else tokens.push({ kind: 'value', value: plainValue(single ?? double, digits, word) })
  }
  return tokens
}

function plainValue(
  text: string | undefined,
  digits: string | undefined,
  word: string | undefined,
): Literal {
  if (text !== undefined) return text
  if (digits !== undefined) return Number(digits)
  return word === 'None' ? null : word === 'True'
}

export function isLiteralList(value: Literal | undefined): value is readonly Literal[] {
  return Array.isArray(value)
}

export function isLiteralDictionary(
  value: Literal | undefined,
): value is ReadonlyMap<string, Literal> {
  return value instanceof Map
}
