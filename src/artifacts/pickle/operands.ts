import { narrow } from '../narrow.ts'
import { Unreadable } from '../unreadable.ts'

/** Whole numbers of more bytes are no part of any model. */
const LONGEST_INTEGER = 4096

// A byte order mark is a character like any other here: it must not vanish from a name.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A part of a pickle that no Python would accept. */
export function broken(problem: string, offset: number): Unreadable {
  return new Unreadable('PICKLE_MALFORMED', { problem, offset })
}

/** Text as Python reads it: halves of surrogate pairs, which are no UTF-8, stand for themselves. */
export function textOf(bytes: Uint8Array, offset: number): string {
  try {
    const start = surrogateIn(bytes, 0)
    return start === -1 ? utf8.decode(bytes) : textWithSurrogates(bytes, start)
  } catch (error) {
    throw new Unreadable('PICKLE_MALFORMED', { problem: 'text that is not UTF-8', offset }, error)
  }
}

function surrogateIn(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xed, from); at !== -1; at = bytes.indexOf(0xed, at + 1)) {
    const [, second = 0, third = 0] = bytes.subarray(at, at + 3)
    if (second >= 0xa0 && second <= 0xbf && third >= 0x80 && third <= 0xbf) return at
  }
  return -1
}

function textWithSurrogates(bytes: Uint8Array, first: number): string {
  let text = ''
  let done = 0
  for (let at = first; at !== -1; at = surrogateIn(bytes, done)) {
    const unit = ((bytes[at + 1] as number) & 0x3f) * 64 + ((bytes[at + 2] as number) & 0x3f)
    text += utf8.decode(bytes.subarray(done, at)) + String.fromCharCode(0xd000 + unit)
    done = at + 3
  }
  return text + utf8.decode(bytes.subarray(done))
}

/** Bytes of one character each; they come from Python 2, which has no other text in old protocols. */
export function latin1Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

/** An unsigned number of up to eight bytes, the little end first; large ones lose their last digits. */
export function unsignedOf(bytes: Uint8Array): number {
  let value = 0
  for (let index = bytes.length - 1; index >= 0; index -= 1) {
    value = value * 256 + (bytes[index] as number)
  }
  return value
}

/** A whole number in two's complement of any length, the little end first. */
export function longOf(bytes: Uint8Array, offset: number): number | bigint {
  if (bytes.length === 0) return 0
  if (bytes.length > LONGEST_INTEGER) throw broken('a whole number of too many digits', offset)
  const hex = Buffer.from(bytes).reverse().toString('hex')
  return narrow(BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex}`)))
}

/** A whole number as protocol 0 writes it, or in one of the other ways that Python reads. */
export function decimalOf(text: string, offset: number): number | bigint {
  const match = /^([+-]?)(\d+|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)L?$/.exec(
    text.trim().replaceAll(/(?<=[\da-fA-F])_(?=[\da-fA-F])/g, ''),
  )
  const [, sign, digits = ''] = match ?? []
  if (match === null || digits.length > LONGEST_INTEGER) {
    throw broken('a whole number that is none', offset)
  }
  return narrow(sign === '-' ? -BigInt(digits) : BigInt(digits))
}

/** A number as Python's `float` reads it. */
export function floatOf(text: string, offset: number): number {
  const word = text
    .trim()
    .toLowerCase()
    .replaceAll(/(?<=\d)_(?=\d)/g, '')
  const special = /^([+-]?)(inf|infinity|nan)$/.exec(word)
  if (special !== null) {
    if (special[2] === 'nan') return NaN
    return special[1] === '-' ? -Infinity : Infinity
  }
  // No digit can be read in two ways, or a long line of them would be read again and again.
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/.test(word)) {
    throw broken('a number that is none', offset)
  }
  return Number(word)
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
}

/** A quoted string with escapes, as protocol 0 writes the strings of Python 2. */
export function quotedOf(line: string, offset: number): string {
  const text = line.trimEnd()
  const quote = text[0]
  if (text.length < 2 || (quote !== "'" && quote !== '"') || !text.endsWith(quote)) {
    throw broken('a string without quotes', offset)
  }
  return text
    .slice(1, -1)
    .replace(
      /\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|([\s\S]))/g,
      (whole: string, hex?: string, octal?: string, simple?: string) => {
        if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16))
        if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 0xff)
        return SIMPLE_ESCAPES[simple ?? ''] ?? whole
      },
    )
}

/** Text in which characters beyond Latin-1 are `\u` escapes; a backslash itself is one as well. */
export function rawUnicodeOf(line: string, offset: number): string {
  return line.replace(
    // An even number of backslashes before it makes `\u` plain text.
    /(?<!\\)((?:\\\\)*)\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g,
    (_, before: string, short?: string, long?: string) => {
      const point = parseInt(short ?? long ?? '', 16)
      if (point > 0x10ffff) throw broken('a character that is none', offset)
      return before + String.fromCodePoint(point)
    },
  )
}
