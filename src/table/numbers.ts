/**
 * How a text reads as a number. `code` is digits that must not become a number: a leading zero
 * (`01000`), or an integer that a double cannot hold (beyond 2^53).
 */
export type NumberKind = 'integer' | 'decimal' | 'infinite' | 'code' | 'none'

const ZERO = 48
const NINE = 57
const POINT = 46
const COMMA = 44
const PLUS = 43
const MINUS = 45

/** So many digits make a whole number below 2^53. */
const EXACT_DIGITS = 15
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power)

const INFINITIES: Readonly<Record<string, number>> = {
  inf: Infinity,
  '+inf': Infinity,
  '-inf': -Infinity,
  infinity: Infinity,
  '+infinity': Infinity,
  '-infinity': -Infinity,
}

/** A reader of numbers that keeps the answer of the last call, so that no object is made per cell. */
export interface NumberReader {
  /** Classifies a text; `value` and `digits` then hold what it says. */
  read(text: string): NumberKind
  value: number
  /** Digits after the decimal point, after taking the exponent into account. */
  digits: number
}

/**
 * Makes a strict reader of decimal numbers: optional sign, digits, optional fraction, optional
 * exponent, or a spelling of infinity. No spaces, no thousands separators, no hexadecimal.
 *
 * @param decimal - The decimal separator.
 * Complexity: O(length) per call.
 */
export function numberReader(decimal: '.' | ',' = '.'): NumberReader {
  const separator = decimal === '.' ? POINT : COMMA
  const reader: NumberReader = {
    value: 0,
    digits: 0,
    read: (text) => {
      const end = text.length
      let at = 0
      const sign = text.charCodeAt(0)
      if (sign === MINUS || sign === PLUS) at = 1
      const first = at
      /** The digits as one whole number, exact while there are few enough. */
      let whole = 0
      let code = 0
      for (; at < end && isDigit((code = text.charCodeAt(at))); at++)
        whole = whole * 10 + (code - ZERO)
      const wholeDigits = at - first
      let fraction = 0
      if (at < end && text.charCodeAt(at) === separator) {
        const start = ++at
        for (; at < end && isDigit((code = text.charCodeAt(at))); at++)
          whole = whole * 10 + (code - ZERO)
        fraction = at - start
      }
      const digits = wholeDigits + fraction
      if (digits === 0) return infinite(reader, text)
      if (at === end && at === first + wholeDigits) {
        if (wholeDigits > 1 && text.charCodeAt(first) === ZERO) return 'code'
        if (!Number.isSafeInteger(whole)) return 'code'
        reader.value = sign === MINUS ? -whole : whole
        reader.digits = 0
        return 'integer'
      }
      if (at === end && digits <= EXACT_DIGITS) {
        // Both are exact, so that their quotient is the nearest double, as Number() would give it.
        const value = whole / (POWERS_OF_TEN[fraction] as number)
        reader.value = sign === MINUS ? -value : value
        reader.digits = fraction
        return 'decimal'
      }
      let exponent = 0
      if (at < end) {
        const match = /^[eE]([+-]?\d{1,4})$/.exec(text.slice(at))
        if (match === null) return 'none'
        exponent = Number(match[1])
      }
      reader.value = Number(separator === COMMA ? text.replace(',', '.') : text)
      reader.digits = Math.max(0, fraction - exponent)
      return Number.isFinite(reader.value) ? 'decimal' : 'none'
    },
  }
  return reader
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE
}

function infinite(reader: NumberReader, text: string): NumberKind {
  if (text.length < 3 || text.length > 9) return 'none'
  const value = INFINITIES[text.toLowerCase()]
  if (value === undefined) return 'none'
  reader.value = value
  reader.digits = 0
  return 'infinite'
}
