/** Numbers as people read them. None of it depends on a locale. */

const SIGNIFICANT_DIGITS = 4
export const SHARE_DIGITS = 3
export const BYTE_DIGITS = 3
const EXACT_INTEGERS_BELOW = 1e15

/** `1204311` as `1,204,311`. */
export function countText(count: number): string {
  if (!Number.isFinite(count)) return notFinite(count)
  const digits = String(count)
  return /^-?\d+$/.test(digits) ? digits.replace(/\B(?=(\d{3})+$)/g, ',') : digits
}

/** `1 row`, `2 rows`. */
export function countOf(count: number, noun: string): string {
  const shown = Number.isInteger(count) ? countText(count) : numberText(count)
  return `${shown} ${noun}${count === 1 ? '' : 's'}`
}

/** Four significant digits, thousands apart; integers in full. */
export function numberText(value: number, digits = SIGNIFICANT_DIGITS): string {
  if (!Number.isFinite(value)) return notFinite(value)
  if (Number.isInteger(value) && Math.abs(value) < EXACT_INTEGERS_BELOW) return countText(value)
  return String(Number(value.toPrecision(digits))).replace(/^-?\d{4,}(?=\.|$)/, (whole) =>
    countText(Number(whole)),
  )
}

/**
 * A number and the limit it was compared with, with as many digits as it takes to tell them
 * apart: `0.09999996` against `0.1` must not read as `0.1` against `0.1`.
 */
export function comparedText(
  value: number,
  limit: number,
  format: (value: number, digits: number) => string = numberText,
  digits = SIGNIFICANT_DIGITS,
): readonly [string, string] {
  for (let kept = digits; kept <= 17; kept += 1) {
    const pair = [format(value, kept), format(limit, kept)] as const
    if (pair[0] !== pair[1] || value === limit) return pair
  }
  return [format(value, 17), format(limit, 17)]
}

/** A share as a percentage with three significant digits; only 0 reads `0%`, only 1 reads `100%`. */
export function shareText(share: number, digits = SHARE_DIGITS): string {
  const percent = share * 100
  if (!Number.isFinite(percent)) return notFinite(share)
  for (let kept = digits; kept < 16; kept += 1) {
    const rounded = Number(percent.toPrecision(kept))
    if (rounded !== 100 || share === 1) return `${plainDecimal(rounded)}%`
  }
  return `${String(percent)}%`
}

/** `p = 0.012`; a p-value that underflowed is a bound, not zero. */
export function pValueText(pValue: number): string {
  if (!Number.isFinite(pValue)) return `p is ${notFinite(pValue)}`
  if (pValue < 1e-300) return 'p < 1e-300'
  return `p = ${String(Number(pValue.toPrecision(2)))}`
}

const BYTE_UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** Bytes in binary units: `1.5 MiB`. */
export function bytesText(bytes: number, digits = BYTE_DIGITS): string {
  if (!Number.isFinite(bytes)) return notFinite(bytes)
  let value = bytes
  let unit = 0
  while (Math.abs(value) >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 ? countText(value) : numberText(value, digits)} ${BYTE_UNITS[unit] ?? ''}`
}

/** A result never holds such a number; a sentence that gets one must not look like a number. */
function notFinite(value: number): string {
  if (Number.isNaN(value)) return 'not a number'
  return value > 0 ? 'infinity' : '-infinity'
}

function plainDecimal(value: number): string {
  const text = String(value)
  return text.includes('e') && Math.abs(value) < 1 ? value.toFixed(decimalsOf(text)) : text
}

/** Decimals that `1.2e-7` needs when written out, up to what `toFixed` can print. */
function decimalsOf(scientific: string): number {
  const [mantissa = '', exponent = '0'] = scientific.split('e')
  const decimals = (mantissa.split('.')[1] ?? '').length - Number(exponent)
  return Math.min(decimals, 100)
}
