import { findMetric } from '../stats/metrics/registry.ts'

/**
 * The value of the last printed digit. YAML drops trailing zeros, so shares are taken to two decimals, and
 * errors and losses, whose size depends on the unit, to two digits.
 */
export function lastDigit(value: number, name: string): number {
  const [, decimals = '', exponent = '0'] =
    /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  const places = decimals.length - Number(exponent)
  if (findMetric(name)?.isShare === false) {
    if (value === 0) return 0
    return 10 ** Math.min(-places, Math.floor(Math.log10(Math.abs(value))) - 1)
  }
  return 10 ** -(Math.abs(value) <= 1 ? Math.max(places, 2) : places)
}

/** What binary fractions may add to a comparison of decimals. */
export function slack(value: number): number {
  return 4 * Number.EPSILON * Math.max(1, Math.abs(value))
}
