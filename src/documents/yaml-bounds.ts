/** What the tokens of a YAML text have shown so far. */
export interface YamlCounts {
  /** Scalars that are written. */
  readonly scalars: number
  /** Brackets, commas, dashes and question marks: an empty value may stand behind each. */
  readonly marks: number
  /** The commas among the marks. */
  readonly commas: number
  /** Colons behind keys. */
  readonly colons: number
}

/** How large a YAML text may be, for whoever reads it. */
export interface YamlBounds {
  /** Levels of nesting; the parser recurses. */
  readonly depth: number
  /** Values, which the parser takes about a kilobyte for; without it any number. */
  readonly values?: number
  /** How many values the counts stand for; the scalars and the marks without it. */
  readonly valuesIn?: (counts: YamlCounts) => number
}

/** The first token with which a text is beyond its bounds. */
export interface YamlExcess {
  readonly bound: 'depth' | 'values'
  /** In UTF-16 code units of the text. */
  readonly offset: number
}

/**
 * Looks at a text before it is parsed: the parser takes gigabytes for a few megabytes of brackets or
 * short values.
 *
 * @param tokens what the lexer of the library gives, signs that stand for no text included
 * @returns `undefined` for a text within its bounds. O(tokens).
 */
export function excessOf(
  tokens: Iterable<string>,
  { depth, values = Infinity, valuesIn = ({ scalars, marks }) => scalars + marks }: YamlBounds,
): YamlExcess | undefined {
  const counts = { scalars: 0, marks: 0, commas: 0, colons: 0 }
  let [flow, indicators, offset] = [0, 0, 0]
  let isScalarNext = false
  for (const token of tokens) {
    if (isScalarNext) isScalarNext = false
    else if (token === SCALAR) {
      isScalarNext = true
      counts.scalars += 1
    } else if (token === ':') counts.colons += 1
    else if (/^[[\]{},?-]$/.test(token)) {
      counts.marks += 1
      if (token === '[' || token === '{') flow += 1
      else if (token === ']' || token === '}') flow -= 1
      else if (token === ',') counts.commas += 1
      else indicators += 1
    } else if (token.endsWith('\n')) indicators = 0
    if (valuesIn(counts) > values) return { bound: 'values', offset }
    if (flow + indicators > depth) return { bound: 'depth', offset }
    if (!NO_TEXT.has(token)) offset += token.length
  }
  return undefined
}

/** The lexer's sign before a scalar. */
const SCALAR = '\x1f'

/** The lexer's signs for the begin of a document, the end of a flow and a scalar. */
const NO_TEXT: ReadonlySet<string> = new Set(['\x02', '\x18', SCALAR])
