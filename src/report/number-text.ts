/** Numbers as people read them. None of it depends on a locale. */

const SIGNIFICANT_DIGITS = 4
const EXACT_INTEGERS_BELOW = 1e6

/** `1204311` as `1,204,311`. */
export function countText(count: number): string {
  const digits = String(count)
  return /^-?\d+$/.test(digits) ? digits.replace(/\B(?=(\d{3})+$)/g, ',') : digits
}

/** `1 row`, `2 rows`. */
export function countOf(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Four significant digits; integers below a million as they are. */
export function numberText(value: number, digits = SIGNIFICANT_DIGITS): string {
  if (!Number.isFinite(value)) return String(value)
  if (Number.isInteger(value) && Math.abs(value) < EXACT_INTEGERS_BELOW) return countText(value)
  return String(Number(value.toPrecision(digits)))
}

/**
 * A number and the limit it was compared with, with as many digits as it takes to tell them
 * apart: `0.09999996` against `0.1` must not read as `0.1` against `0.1`.
 */
export function comparedText(value: number, limit: number): readonly [string, string] {
  for (let digits = SIGNIFICANT_DIGITS; digits <= 17; digits += 1) {
    const pair = [numberText(value, digits), numberText(limit, digits)] as const
    if (pair[0] !== pair[1] || value === limit) return pair
  }
  return [String(value), String(limit)]
}

/** A share as a percentage with three significant digits; only 0 reads `0%`, only 1 reads `100%`. */
export function shareText(share: number): string {
  const percent = share * 100
  if (!Number.isFinite(percent)) return String(share)
  for (let digits = 3; digits < 16; digits += 1) {
    const rounded = Number(percent.toPrecision(digits))
    if (rounded !== 100 || share === 1) return `${plainDecimal(rounded)}%`
  }
  return `${String(percent)}%`
}

/** `p = 0.012`; a p-value that underflowed is a bound, not zero. */
export function pValueText(pValue: number): string {
  if (pValue < 1e-300) return 'p < 1e-300'
  return `p = ${String(Number(pValue.toPrecision(2)))}`
}

const BYTE_UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** Bytes in binary units: `1.5 MiB`. */
export function bytesText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (Math.abs(value) >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 ? countText(value) : numberText(value, 3)} ${BYTE_UNITS[unit] ?? ''}`
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
