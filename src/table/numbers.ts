import { cellBytes, cellText } from './cell-text.ts'

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
/** So many digits, of which shortest representations of doubles have 17, are read without Number(). */
const LONG_DIGITS = 19
/** Each is a double exactly. */
const POWERS_OF_TEN = Array.from({ length: LONG_DIGITS + 1 }, (_, power) =>
  Number(`1e${String(power)}`),
)

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
  /** The same for the UTF-8 text from `start` to `end`. */
  readBytes(bytes: Uint8Array, start: number, end: number): NumberKind
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
      const bytes = cellBytes(text)
      return reader.readBytes(bytes, 0, bytes.length)
    },
    readBytes: (bytes, start, end) => {
      let at = start
      const sign = start < end ? (bytes[start] as number) : 0
      if (sign === MINUS || sign === PLUS) at++
      const first = at
      /** The digits as one whole number, exact while there are few enough; the rest in `more`. */
      let whole = 0
      let more = 0
      let code = 0
      for (; at < end && isDigit((code = bytes[at] as number)); at++)
        whole = whole * 10 + (code - ZERO)
      const wholeDigits = at - first
      let fraction = 0
      if (at < end && bytes[at] === separator) {
        const point = at++
        const full = Math.min(end, Math.max(at, at + EXACT_DIGITS - wholeDigits))
        for (; at < full && isDigit((code = bytes[at] as number)); at++)
          whole = whole * 10 + (code - ZERO)
        if (at === full) {
          for (; at < end && isDigit((code = bytes[at] as number)); at++)
            more = more * 10 + (code - ZERO)
        }
        fraction = at - point - 1
      }
      const digits = wholeDigits + fraction
      if (digits === 0) return infinite(reader, bytes, start, end)
      if (at === end && at === first + wholeDigits) {
        if (wholeDigits > 1 && bytes[first] === ZERO) return 'code'
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
      if (at === end && wholeDigits <= EXACT_DIGITS && digits <= LONG_DIGITS) {
        const value = longDecimal(whole, digits - EXACT_DIGITS, more, fraction)
        if (value !== undefined) {
          reader.value = sign === MINUS ? -value : value
          reader.digits = fraction
          return 'decimal'
        }
      }
      let exponent = 0
      if (at < end) {
        const match = /^[eE]([+-]?\d{1,4})$/.exec(cellText(bytes, at, end))
        if (match === null) return 'none'
        exponent = Number(match[1])
      }
      const cell = cellText(bytes, start, end)
      reader.value = Number(separator === COMMA ? cell.replace(',', '.') : cell)
      reader.digits = Math.max(0, fraction - exponent)
      return Number.isFinite(reader.value) ? 'decimal' : 'none'
    },
  }
  return reader
}

/** Splits a double into two halves of 26 bits: 2^27 + 1. */
const SPLITTER = 134_217_729
/** Far more than the rounding errors of the correction below, relative to it. */
const DOUBT = 2 ** -48

/**
 * The double that is nearest to `(leading * 10^count + trailing) / 10^fraction`, in twice the precision
 * of doubles; `undefined` in the rare case that this does not decide how to round.
 *
 * @param leading - Fifteen digits. @param trailing - The next `count` digits, 1 to 4.
 * @param fraction - At most 19.
 * Source: Dekker 1971, "A floating-point technique for extending the available precision", Numer. Math. 18.
 */
function longDecimal(
  leading: number,
  count: number,
  trailing: number,
  fraction: number,
): number | undefined {
  const shift = POWERS_OF_TEN[count] as number
  const product = leading * shift
  const low = productError(leading, shift, product) + trailing
  const high = product + low
  const rest = low - (high - product)
  const divisor = POWERS_OF_TEN[fraction] as number
  const quotient = high / divisor
  const back = quotient * divisor
  const remainder = high - back - productError(quotient, divisor, back) + rest
  const correction = remainder / divisor
  const value = quotient + correction * (1 - DOUBT)
  return value === quotient + correction * (1 + DOUBT) ? value : undefined
}

/** What `a * b` lost when it was rounded to `product`, exactly. */
function productError(a: number, b: number, product: number): number {
  const aShifted = a * SPLITTER
  const aHigh = aShifted - (aShifted - a)
  const aLow = a - aHigh
  const bShifted = b * SPLITTER
  const bHigh = bShifted - (bShifted - b)
  const bLow = b - bHigh
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE
}

function infinite(reader: NumberReader, bytes: Uint8Array, start: number, end: number): NumberKind {
  if (end - start < 3 || end - start > 9) return 'none'
  const value = INFINITIES[cellText(bytes, start, end).toLowerCase()]
  if (value === undefined) return 'none'
  reader.value = value
  reader.digits = 0
  return 'infinite'
}
