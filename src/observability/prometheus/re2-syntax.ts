/** The parts of a regular expression in the syntax of RE2, which Prometheus and Alertmanager use. */
export type Re2Node =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'sequence'; readonly items: readonly Re2Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Re2Node[] }
  | { readonly kind: 'repeat'; readonly of: Re2Node; readonly least: number; readonly most: number }
  | { readonly kind: 'assertion'; readonly holds: Assertion }

export type CharacterTest = (character: string) => boolean
/** Whether an assertion holds between two characters; empty at the ends. */
export type Assertion = (before: string, after: string) => boolean

/** What RE2 does not accept. */
export class Re2Error extends Error {
  override readonly name = 'Re2Error'
}

const REPEAT_LIMIT = 1000
const DEPTH_LIMIT = 200
const WORD = /\w/
const CLASSES: Readonly<Record<string, string>> = { d: '\\d', w: '\\w', s: '[\\t\\n\\f\\r ]' }
const POSIX: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  ascii: '\\0-\\x7f',
  blank: '\\t ',
  cntrl: '\\0-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
}
const CONTROLS: Readonly<Record<string, string>> = {
  a: '\x07',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}
/** One name of a class or one character with its escape. */
const ESCAPE =
  /\\(?:([dDwWsS])|([pP])(?:\{(\^?\w+)\}|([A-Z]))|x\{([\dA-Fa-f]{1,6})\}|x([\dA-Fa-f]{2})|([0-7]{1,3})|([afnrtv])|([^\w\s]))/uy

interface Flags {
  readonly ignoresCase: boolean
  readonly isMultiline: boolean
}

/**
 * Reads a regular expression.
 *
 * @throws Re2Error for what RE2 does not accept (look-around and back references among it)
 */
export function parseRe2(pattern: string): Re2Node {
  let at = 0
  let flags: Flags = { ignoresCase: false, isMultiline: false }

  const take = (expression: RegExp): RegExpExecArray | null => {
    expression.lastIndex = at
    const found = expression.exec(pattern)
    at += found?.[0].length ?? 0
    return found
  }
  const point = (): string => {
    const character = String.fromCodePoint(pattern.codePointAt(at) ?? 0)
    at += character.length
    return character
  }

  const choice = (depth: number): Re2Node => {
    if (depth > DEPTH_LIMIT) throw new Re2Error('nested too deeply')
    const outer = flags
    const options = [sequence(depth)]
    while (pattern[at] === '|') {
      at += 1
      options.push(sequence(depth))
    }
    flags = outer
    return options.length === 1 ? (options[0] as Re2Node) : { kind: 'choice', options }
  }

  const sequence = (depth: number): Re2Node => {
    const items: Re2Node[] = []
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      const quoted = take(/\\Q(.*?)(?:\\E|$)/sy)
      if (quoted !== null) {
        for (const character of quoted[1] ?? '') items.push(literal(character, flags))
        continue
      }
      const atom = group(depth) ?? single()
      if (atom !== undefined) items.push(repeated(atom))
    }
    return { kind: 'sequence', items }
  }

  /** A group, `undefined` when none begins here; flags alone give an empty sequence. */
  const group = (depth: number): Re2Node | undefined => {
    if (pattern[at] !== '(') return undefined
    const outer = flags
    const opening = take(/\((?:\?P?<[A-Za-z_]\w*>|\?([imsU]*)(?:-([imsU]+))?([:)])|(?!\?))/y)
    if (opening === null) throw new Re2Error('look-around and unknown groups are not part of RE2')
    const [, on = '', off = '', end] = opening
    flags = {
      ignoresCase: (flags.ignoresCase || on.includes('i')) && !off.includes('i'),
      isMultiline: (flags.isMultiline || on.includes('m')) && !off.includes('m'),
    }
    if (end === ')') return { kind: 'sequence', items: [] }
    const inner = choice(depth + 1)
    flags = outer
    if (pattern[at] !== ')') throw new Re2Error('a bracket is not closed')
    at += 1
    return inner
  }

  const single = (): Re2Node | undefined => {
    const character = pattern[at] ?? ''
    if (/[*+?]/.test(character)) throw new Re2Error(`nothing stands before ${character}`)
    if (character === '^' || character === '$') {
      at += 1
      return character === '^' ? start(flags) : end(flags)
    }
    const anchor = take(/\\([AzbB])/y)?.[1]
    if (anchor === 'A') return start({ ...flags, isMultiline: false })
    if (anchor === 'z') return end({ ...flags, isMultiline: false })
    if (anchor !== undefined) return boundary(anchor === 'b')
    if (character === '[') return { kind: 'character', test: bracket() }
    if (character === '.') {
      at += 1
      return { kind: 'character', test: () => true }
    }
    if (character === '\\') {
      const found = escape()
      return typeof found === 'string' ? literal(found, flags) : { kind: 'character', test: found }
    }
    return literal(point(), flags)
  }

  const escape = (): string | CharacterTest => {
    const found = take(ESCAPE)
    if (found === null) throw new Re2Error(`unknown escape ${pattern.slice(at, at + 2)}`)
    const [, known, property, long, short, hexLong, hex, octal, control, mark] = found
    if (known !== undefined) {
      const inside = new RegExp(CLASSES[known.toLowerCase()] ?? '')
      const isNegated = known !== known.toLowerCase()
      return (character) => inside.test(character) !== isNegated
    }
    if (property !== undefined) return unicodeClass(long ?? short ?? '', property === 'P')
    if (octal !== undefined && !/^0|^[1-7][0-7]{2}$/.test(octal)) {
      throw new Re2Error('back references are not part of RE2')
    }
    const digits = hexLong ?? hex
    if (digits !== undefined) return codePoint(Number.parseInt(digits, 16))
    if (octal !== undefined) return codePoint(Number.parseInt(octal, 8))
    return control === undefined ? (mark ?? '') : (CONTROLS[control] ?? '')
  }

  const bracket = (): CharacterTest => {
    at += 1
    const isNegated = pattern[at] === '^'
    if (isNegated) at += 1
    const tests: CharacterTest[] = []
    const first = at
    while (at < pattern.length && (pattern[at] !== ']' || at === first)) {
      const posix = take(/\[:(\^?)(\w+):\]/y)
      if (posix !== null) {
        const inside = POSIX[posix[2] ?? '']
        if (inside === undefined) throw new Re2Error(`unknown class ${posix[0]}`)
        const test = new RegExp(`[${posix[1] ?? ''}${inside}]`)
        tests.push((character) => test.test(character))
        continue
      }
      const low = pattern[at] === '\\' ? escape() : point()
      if (typeof low !== 'string') {
        tests.push(low)
        continue
      }
      tests.push(inRange(low, take(/-(?!\])/y) === null ? low : upper(), flags))
    }
    if (pattern[at] !== ']') throw new Re2Error('a class in square brackets is not closed')
    at += 1
    return (character) => tests.some((test) => test(character)) !== isNegated
  }

  const upper = (): string => {
    const high = pattern[at] === '\\' ? escape() : point()
    if (typeof high !== 'string') throw new Re2Error('a range ends in a class')
    return high
  }

  const repeated = (atom: Re2Node): Re2Node => {
    const found = take(/(?:([*+?])|\{(\d{1,5})(?:(,)(\d{0,5}))?\})\??/y)
    if (found === null) return atom
    const [, mark, from, comma, to] = found
    const least = mark === undefined ? Number(from) : mark === '+' ? 1 : 0
    const exact = comma === undefined ? least : to === '' ? Infinity : Number(to)
    const most = mark === undefined ? exact : mark === '?' ? 1 : Infinity
    if (most < least || least > REPEAT_LIMIT || (most > REPEAT_LIMIT && most !== Infinity)) {
      throw new Re2Error('a repetition is reversed or beyond 1000')
    }
    if (/[*+?]/.test(pattern[at] ?? '') || take(/\{\d{1,5}(?:,\d{0,5})?\}/y) !== null) {
      throw new Re2Error('a repetition is repeated')
    }
    return { kind: 'repeat', of: atom, least, most }
  }

  const root = choice(0)
  if (at < pattern.length) throw new Re2Error('a bracket closes that was not opened')
  return root
}

function literal(character: string, { ignoresCase }: Flags): Re2Node {
  if (!ignoresCase) return { kind: 'character', test: (other) => other === character }
  const lower = character.toLowerCase()
  return { kind: 'character', test: (other) => other.toLowerCase() === lower }
}

function inRange(low: string, high: string, { ignoresCase }: Flags): CharacterTest {
  const [from, to] = [low.codePointAt(0) ?? 0, high.codePointAt(0) ?? 0]
  if (to < from) throw new Re2Error('a range in square brackets is reversed')
  const isInside = (character: string): boolean => {
    const code = character.codePointAt(0) ?? -1
    return code >= from && code <= to
  }
  if (!ignoresCase) return isInside
  return (character) => isInside(character.toLowerCase()) || isInside(character.toUpperCase())
}

function codePoint(code: number): string {
  if (code > 0x10ffff) throw new Re2Error('a character beyond Unicode')
  return String.fromCodePoint(code)
}

function unicodeClass(name: string, isNegatedByLetter: boolean): CharacterTest {
  const isNegated = name.startsWith('^') !== isNegatedByLetter
  const bare = name.replace('^', '')
  for (const written of [`\\p{${bare}}`, `\\p{Script=${bare}}`]) {
    try {
      const inside = new RegExp(written, 'u')
      return (character) => inside.test(character) !== isNegated
    } catch {
      continue
    }
  }
  throw new Re2Error(`unknown class of characters ${bare}`)
}

function start({ isMultiline }: Flags): Re2Node {
  return {
    kind: 'assertion',
    holds: (before) => before === '' || (isMultiline && before === '\n'),
  }
}

function end({ isMultiline }: Flags): Re2Node {
  return {
    kind: 'assertion',
    holds: (_, after) => after === '' || (isMultiline && after === '\n'),
  }
}

function boundary(isWanted: boolean): Re2Node {
  return {
    kind: 'assertion',
    holds: (before, after) => (WORD.test(before) !== WORD.test(after)) === isWanted,
  }
}
